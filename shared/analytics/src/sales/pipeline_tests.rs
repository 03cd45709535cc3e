//! A period's pipeline on a few deals counted by hand, and its totals after many edits.

use super::*;
use crate::{
    reason::Reason,
    sales::{
        deal::{Closing, Move},
        funnel::Funnel,
        outlook::Outlook,
    },
};
use domain::time::Timestamp;

const DAY: i64 = 86_400_000;

fn terms(quota_minor: Option<i64>) -> Terms {
    let period = Period { from: Timestamp(10 * DAY), to: Timestamp(20 * DAY) };
    Terms { period, probability: vec![Some(0.25), Some(0.5), None], quota_minor }
}

fn deal(minor: i64, created: i64, stage: u16, closing: Option<(Outcome, i64)>) -> Deal {
    Deal {
        amount_minor: Some(minor),
        created_at: Timestamp(created * DAY),
        moves: vec![Move { stage: Some(stage), at: Timestamp(created * DAY) }],
        closing: closing.map(|(outcome, day)| Closing { outcome, at: Timestamp(day * DAY) }),
    }
}

fn quarter() -> Vec<Deal> {
    vec![
        deal(1000, 4, 0, Some((Outcome::Won, 10))),
        deal(3000, 2, 0, Some((Outcome::Won, 12))),
        deal(4000, 2, 0, Some((Outcome::Lost, 19))),
        deal(9999, 2, 0, Some((Outcome::Won, 20))),
        deal(500, 15, 1, None),
        deal(7777, 20, 0, None),
        deal(7777, 1, 0, Some((Outcome::Lost, 9))),
    ]
}

#[test]
fn a_deal_counts_where_it_stood_when_the_period_ended() {
    let outlook = Outlook::explained(&quarter(), &terms(Some(5000)));
    assert_eq!(outlook.won.number(), Some(2.0));
    assert_eq!(outlook.win_rate.number(), Some(2.0 / 3.0));
    assert_eq!(outlook.win_rate_value.number(), Some(0.5));
    assert_eq!(outlook.cycle_mean_days.number(), Some(8.0));
    assert_eq!(outlook.open_minor.number(), Some(10_499.0));
    assert_eq!(outlook.weighted_minor.number(), Some(9999.0 * 0.25 + 250.0));
    assert_eq!(outlook.quota_left_minor.number(), Some(1000.0));
    assert_eq!(outlook.coverage.number(), Some(10.499));
    assert_eq!(outlook.attainment.number(), Some(0.8));
    assert_eq!(outlook.win_rate.rows, [0, 1, 2]);
    assert_eq!(outlook.open.rows, [3, 4]);
}

#[test]
fn a_quota_that_is_met_leaves_nothing_to_cover() {
    let outlook = Outlook::explained(&quarter(), &terms(Some(4000)));
    assert_eq!(outlook.coverage.reason(), Some(Reason::QuotaMet));
    assert_eq!(outlook.quota_left_minor.number(), Some(0.0));
    let none = Outlook::explained(&quarter(), &terms(None));
    assert_eq!(none.coverage.reason(), Some(Reason::NoQuota));
}

#[test]
fn a_period_without_deals_has_reasons_and_no_rates() {
    let outlook = Outlook::explained(&[], &terms(Some(1)));
    assert_eq!(outlook.win_rate.reason(), Some(Reason::ZeroDenominator));
    assert_eq!(outlook.velocity_minor_per_day.number(), None);
    assert_eq!(outlook.cycle_median_days.reason(), Some(Reason::NoRows));
}

#[test]
fn what_could_not_be_weighed_is_told() {
    let mut nameless = deal(100, 11, 0, None);
    nameless.moves[0].stage = None;
    let deals = [deal(100, 11, 2, None), nameless, deal(100, 11, 9, None)];
    let totals = Totals::of(&deals, &terms(None));
    assert_eq!((totals.open, totals.unplaced.deals), (3, 2));
    assert_eq!(Outlook::of(&totals, &terms(None)).weighted_minor.coverage.left_out.len(), 2);
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }

    fn deal(&mut self) -> Deal {
        let created = self.roll(25) as i64;
        let moves = (0..self.roll(4)).map(|_| Move {
            stage: Some(self.roll(4) as u16).filter(|stage| *stage < 3),
            at: Timestamp(created * DAY + self.roll(900_000_000) as i64),
        });
        let moves = moves.collect();
        let closing = (self.roll(2) == 0).then(|| Closing {
            outcome: if self.roll(2) == 0 { Outcome::Won } else { Outcome::Lost },
            at: Timestamp(self.roll(25) as i64 * DAY + 7),
        });
        let amount = (self.roll(9) > 0).then(|| self.roll(1_000_000) as i64);
        Deal { amount_minor: amount, created_at: Timestamp(created * DAY), moves, closing }
    }
}

#[test]
fn after_ten_thousand_edits_the_totals_are_those_of_a_fresh_count() {
    let seed = 7;
    let mut dice = Dice(seed);
    let (terms, as_of) = (terms(Some(5000)), Timestamp(18 * DAY));
    let mut deals: Vec<Deal> = (0..300).map(|_| dice.deal()).collect();
    let mut totals = Totals::of(&deals, &terms);
    let mut funnel = Funnel::of(&deals, 3, as_of);
    for edit in 0..10_000 {
        let place = dice.roll(deals.len() as u64) as usize;
        let new = dice.deal();
        totals.remove(&deals[place], &terms);
        funnel.remove(&deals[place]);
        totals.add(&new, &terms);
        funnel.add(&new);
        deals[place] = new;
        if edit % 1000 == 999 {
            assert_eq!(totals, Totals::of(&deals, &terms), "seed {seed}, edit {edit}");
            assert_eq!(funnel, Funnel::of(&deals, 3, as_of), "seed {seed}, edit {edit}");
        }
    }
    let fresh = Outlook::of(&Totals::of(&deals, &terms), &terms);
    assert_eq!(Outlook::of(&totals, &terms), fresh);
}
