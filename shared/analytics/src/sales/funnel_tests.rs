//! The funnel on a few deals counted by hand.

use super::*;
use crate::sales::deal::{Closing, Move};

const DAY: i64 = 86_400_000;

fn deal(moves: &[(u16, i64)], closing: Option<(Outcome, i64)>) -> Deal {
    let moves: Vec<_> = moves
        .iter()
        .map(|(stage, day)| Move { stage: Some(*stage), at: Timestamp(day * DAY) })
        .collect();
    let closing = closing.map(|(outcome, day)| Closing { outcome, at: Timestamp(day * DAY) });
    let created_at = moves.first().map_or(Timestamp(0), |one| one.at);
    Deal { amount_minor: Some(1), created_at, moves, closing }
}

#[test]
fn winning_reaches_every_stage_and_going_back_unreaches_none() {
    let deals = [
        deal(&[(0, 0), (2, 3)], Some((Outcome::Won, 5))),
        deal(&[(0, 0), (1, 1), (0, 2)], None),
        deal(&[(0, 50)], None),
    ];
    let funnel = Funnel::of(&deals, 3, Timestamp(10 * DAY));
    let reached: Vec<_> = funnel.stages.iter().map(|step| step.reached).collect();
    assert_eq!(reached, [2, 2, 1]);
    assert_eq!((funnel.entered, funnel.won, funnel.skips, funnel.regressions), (2, 1, 1, 1));
    assert_eq!(funnel.stages[1].open_here, 1);
    assert_eq!(funnel.conversion_settled(1).number(), Some(1.0));
    // The second deal stands at the first stage again: its stay there is not over.
    assert_eq!(funnel.median_days(0).number(), Some(3.0));
    assert_eq!(super::reached(&deals, 3, Timestamp(10 * DAY), 1), [0, 1]);
}

#[test]
fn a_closing_after_the_instant_has_not_happened() {
    let deals = [deal(&[(0, 0)], Some((Outcome::Won, 5)))];
    let funnel = Funnel::of(&deals, 1, Timestamp(5 * DAY - 1));
    assert_eq!((funnel.won, funnel.stages[0].open_here), (0, 1));
    assert_eq!(Funnel::of(&deals, 1, Timestamp(5 * DAY)).won, 1);
}

#[test]
fn an_empty_funnel_has_reasons_and_no_numbers() {
    let funnel = Funnel::of(&[], 2, Timestamp(0));
    assert_eq!(funnel.conversion(0).reason(), Some(Reason::ZeroDenominator));
    assert_eq!(funnel.median_days(1).reason(), Some(Reason::NoRows));
    assert_eq!(funnel.overall().number(), None);
}

#[test]
fn a_deal_in_a_removed_stage_is_told_and_not_gone() {
    let mut lost = deal(&[(0, 0)], None);
    lost.moves[0].stage = None;
    let funnel = Funnel::of(&[lost], 2, Timestamp(DAY));
    assert_eq!((funnel.entered, funnel.unplaced), (0, 1));
    assert_eq!(funnel.overall().coverage.left_out, [(Lack::Stage, 1)]);
}
