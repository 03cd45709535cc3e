//! What is known of the accounts and what is not. Only those that buy or are customers are looked
//! at: nobody asks as much of a lead.

use super::{Bar, Board, Chart, Label, gathered::View, is_customer};
use crate::{
    measure::{Coverage, Measure, Unit, definitions},
    reason::quotient,
};
use domain::{
    account::ProfileField,
    pipeline::StageId,
    row::{AccountRow, facts::Reach},
};
use std::collections::BTreeMap;

definitions! {
    COMPLETE = "complete_share", "Of the fields an account that buys or is a customer should have, the share that is filled.", "filled fields / fields asked for", Share Higher;
    WITH_PERSON = "with_person_share", "The share of accounts with at least one person.", "with a person / accounts", Share Higher;
    REACHABLE = "reachable_share", "The share of accounts with a person who has an e-mail or a phone.", "reachable / accounts", Share Higher;
    CONSENT = "consent_share", "Of the people at customers, the share that was asked about marketing by e-mail, whatever they said.", "asked / people", Share Higher;
    OWNED = "owned_share", "The share of accounts somebody is in charge of.", "with an owner / accounts", Share Higher;
    AMOUNT = "deal_amount_share", "Of the open deals, the share with an amount.", "with an amount / open deals", Share Higher;
    CLOSE = "deal_close_share", "Of the open deals, the share with a close date.", "with a close date / open deals", Share Higher;
    DOUBLES = "doubles", "Accounts that share name and country with another; they may be one.", "count", Count Lower;
}

/// The fields every such account should have.
pub const ASKED: [ProfileField; 8] = [
    ProfileField::Website,
    ProfileField::Industry,
    ProfileField::Country,
    ProfileField::City,
    ProfileField::Currency,
    ProfileField::Employees,
    ProfileField::AnnualRevenue,
    ProfileField::Source,
];

/// What is known of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub filled: u32,
    pub reach: Vec<Reach>,
    pub has_owner: bool,
    /// Open deals: whether they have an amount and a close date.
    pub deals: Vec<(bool, bool)>,
    /// Name and country, as doubles are looked for.
    pub likeness: (String, String),
}

impl Known {
    /// Tells what is known of an account; of others than customers nothing.
    pub fn of(row: &AccountRow, view: &View) -> Option<Self> {
        if !is_customer(row.stage) {
            return None;
        }
        let stages = &view.configuration.stages;
        let is_open = |stage: &Option<StageId>| {
            let stage = stage.as_ref().and_then(|stage| stages.get(stage));
            stage.is_none_or(|stage| stage.category.is_open())
        };
        let deals = row.deals.iter().filter(|deal| is_open(&deal.stage));
        let words = row.name.split_whitespace().map(str::to_lowercase);
        Some(Self {
            filled: row.facts.as_ref().map_or(0, |facts| facts.read().filled()),
            reach: row.reach().collect(),
            has_owner: row.owner.is_some(),
            deals: deals.map(|deal| (deal.amount.is_some(), deal.close.is_some())).collect(),
            likeness: (
                words.collect::<Vec<_>>().join(" "),
                row.country.clone().unwrap_or_default(),
            ),
        })
    }

    fn fills(&self, field: ProfileField) -> bool {
        self.filled >> (field as u32) & 1 == 1
    }
}

/// Works out what is known.
pub fn board(known: &BTreeMap<u32, Known>) -> Board {
    let all = known.len() as u64;
    let coverage = Coverage::of(all, []);
    let lacking = |so: &dyn Fn(&Known) -> bool| -> Vec<u32> {
        known.iter().filter(|(_, one)| !so(one)).map(|(at, _)| *at).collect()
    };
    // Behind a share stand the accounts that lack what it asks for: they are what can be mended.
    let share = |definition: &'static crate::measure::Definition, so: &dyn Fn(&Known) -> bool| {
        let lacking = lacking(so);
        definition.share(all - lacking.len() as u64, all).covering(coverage.clone()).behind(lacking)
    };
    let sum = |definition: &'static crate::measure::Definition,
               parts: &dyn Fn(&Known) -> (usize, usize)| {
        let parts_of = known.iter().map(|(at, one)| (*at, parts(one)));
        let (mut filled, mut asked, mut lacking) = (0, 0, Vec::new());
        for (at, (has, of)) in parts_of {
            (filled, asked) = (filled + has as u64, asked + of as u64);
            if has < of {
                lacking.push(at);
            }
        }
        definition.share(filled, asked).covering(coverage.clone()).behind(lacking)
    };
    let doubles = doubles(known);
    let fields =
        |one: &Known| (ASKED.iter().filter(|field| one.fills(**field)).count(), ASKED.len());
    let measures: Vec<Measure> = vec![
        // Fields of one account go together: no interval of independent tries is theirs.
        Measure { interval: None, ..sum(&COMPLETE, &fields) },
        share(&WITH_PERSON, &|one| !one.reach.is_empty()),
        share(&REACHABLE, &|one| one.reach.iter().any(|person| person.email || person.phone)),
        sum(&CONSENT, &|one| {
            (one.reach.iter().filter(|one| one.consent.is_some()).count(), one.reach.len())
        }),
        share(&OWNED, &|one| one.has_owner),
        sum(&AMOUNT, &|one| (one.deals.iter().filter(|deal| deal.0).count(), one.deals.len())),
        sum(&CLOSE, &|one| (one.deals.iter().filter(|deal| deal.1).count(), one.deals.len())),
        DOUBLES.total(doubles.len() as f64).covering(coverage.clone()).behind(doubles),
    ];
    Board { measures, charts: vec![by_field(known)] }
}

fn doubles(known: &BTreeMap<u32, Known>) -> Vec<u32> {
    let mut alike: BTreeMap<&(String, String), Vec<u32>> = BTreeMap::new();
    for (at, one) in known {
        alike.entry(&one.likeness).or_default().push(*at);
    }
    let mut doubles: Vec<_> =
        alike.into_values().filter(|accounts| accounts.len() > 1).flatten().collect();
    doubles.sort_unstable();
    doubles
}

fn by_field(known: &BTreeMap<u32, Known>) -> Chart {
    let bars = ASKED.into_iter().map(|field| {
        let lacking = known.iter().filter(|(_, one)| !one.fills(field));
        let accounts: Vec<_> = lacking.map(|(at, _)| *at).collect();
        let filled = (known.len() - accounts.len()) as f64;
        Bar {
            label: Label::Field(field),
            cells: vec![quotient(filled, known.len() as f64), Ok(accounts.len() as f64)],
            accounts,
        }
    });
    let columns: &[(&str, Unit)] = &[("filled", Unit::Share), ("lacking", Unit::Count)];
    Chart { id: "field", columns, bars: bars.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_a_share_stand_the_accounts_that_lack_what_it_asks_for() {
        let person = Reach { phone: true, consent: Some(false), ..Reach::default() };
        let known = |name: &str, reach: Vec<Reach>| Known {
            filled: 1 << ProfileField::City as u32,
            reach,
            has_owner: true,
            deals: vec![(true, false)],
            likeness: (name.to_owned(), "DE".to_owned()),
        };
        let all = [
            (0, known("acme", vec![person])),
            (1, known("acme", vec![Reach::default()])),
            (2, known("other", vec![])),
        ];
        let board = board(&all.into());
        let told: Vec<_> =
            board.measures.iter().map(|one| (one.number(), one.rows.clone())).collect();
        assert_eq!(told[0], (Some(1.0 / 8.0), vec![0, 1, 2]));
        assert_eq!(told[1], (Some(2.0 / 3.0), vec![2]));
        assert_eq!(told[2], (Some(1.0 / 3.0), vec![1, 2]));
        assert_eq!(told[3], (Some(0.5), vec![1]));
        assert_eq!(told[7], (Some(2.0), vec![0, 1]));
        assert_eq!(board.charts[0].bars[3].cells, [Ok(1.0), Ok(0.0)]);
    }
}
