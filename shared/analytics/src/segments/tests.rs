//! Who belongs, as values.

use super::{portrait::portrait, *};
use crate::{
    boards::{
        Which,
        gathered::{Gathered, tests::opened},
    },
    service::zone::Zone,
};
use domain::{
    account::{Account, LifecycleStage},
    configuration::Configuration,
    filter::Reader,
    id::{PersonId, PurchaseId},
    money::{Currency, Money},
    purchase::Purchase,
    segment::Frozen,
    time::{Day, Timestamp},
};
use std::sync::Arc;

const RUB: Currency = Currency(*b"RUB");
const EUR: Currency = Currency(*b"EUR");
const TODAY: Day = Day(400);
const DAY_MS: i64 = 86_400_000;

fn view() -> View {
    let configuration =
        Configuration { reporting_currency: Some(RUB), ..Configuration::beginning() };
    View {
        which: Which::Customers,
        configuration: Arc::new(configuration),
        filter: Filter::default(),
        reader: Reader { person: PersonId([9; 16]), today: TODAY },
        zone: Arc::new(Zone::utc()),
    }
}

/// Returns an account that bought on these days for so much.
fn account(number: u8, stage: LifecycleStage, bought: &[(i32, i64, Currency)]) -> AccountRow {
    let mut account = Account { id: AccountId([number; 16]), stage, ..opened() };
    for (place, (day, minor, currency)) in (0..).zip(bought) {
        let purchase = Purchase {
            at: Timestamp(i64::from(*day) * DAY_MS),
            amount: Money { minor: *minor, currency: *currency },
            category: None,
            quantity: None,
            channel: (*minor > 500).then(|| "shop".to_owned()),
            refund_of: None,
            cost: None,
        };
        account.purchases.insert(PurchaseId([place; 16]), purchase);
    }
    AccountRow::of(&account)
}

/// A large buyer, a small one in the rhythm, one long silent, one untold, a lead and one put away.
fn rows() -> Vec<AccountRow> {
    use LifecycleStage::{Customer, Lead};
    let mut rows = vec![
        account(0, Customer, &[(380, 9_000, RUB), (390, 1_000, RUB), (395, -400, RUB)]),
        account(1, Customer, &[(340, 100, RUB), (365, 100, RUB), (390, 100, RUB)]),
        account(2, Customer, &[(10, 900, RUB), (20, 900, RUB), (30, 900, RUB)]),
        account(3, Customer, &[(350, 700, EUR)]),
        account(4, Lead, &[]),
        account(5, Customer, &[(399, 5_000, RUB)]),
    ];
    rows[5].archived = Some(true);
    rows[4].tags = vec!["fair".to_owned()];
    rows
}

fn conditions(asked: &[(&str, &str)]) -> Conditions {
    let asked = asked.iter().map(|(name, asks)| ((*name).to_owned(), (*asks).to_owned()));
    Conditions(asked.collect())
}

fn with<T>(ask: impl FnOnce(Base<'_>) -> T) -> T {
    let (rows, view) = (rows(), view());
    let gathered = Gathered::of(&rows, view.clone());
    let facts = Facts::of_buyers(gathered.buyers().unwrap(), TODAY);
    ask(Base { rows: &rows, facts: &facts, view: &view })
}

/// Checks who fits, and how many could not be told.
fn check(asked: &[(&str, &str)], places: &[u32], untold: u64) {
    let found = with(|base| fitting(&conditions(asked), base)).unwrap();
    assert_eq!((&*found.places, found.untold), (places, untold), "{asked:?}");
}

#[test]
fn whoever_meets_every_condition_belongs() {
    check(&[], &[0, 1, 2, 3, 4], 0);
    check(&[("stage", "0")], &[4], 0);
    check(&[("stage", "3"), ("orders", "3..")], &[1], 0);
    check(&[("orders", "..0")], &[2, 4], 0);
    check(&[("silent", "100..")], &[2], 0);
    check(&[("silent", "..20")], &[0, 1], 0);
    check(&[("abc", "a")], &[0], 0);
    check(&[("standing", "lapsed")], &[2], 0);
    check(&[("standing", "active,never")], &[0, 1, 4], 0);
    check(&[("standing", "at_risk")], &[3], 0);
    check(&[("tag", "fair")], &[4], 0);
    check(&[("tag", "fair"), ("orders", "1..")], &[], 0);
}

#[test]
fn money_is_less_what_was_given_back_and_names_whom_it_cannot_tell() {
    check(&[("bought", "RUB 9600..9600")], &[0], 1);
    check(&[("bought", "RUB ..300")], &[1, 2, 4], 1);
    check(&[("bought", "RUB 1.."), ("stage", "0")], &[], 0);
}

#[test]
fn scores_are_those_of_the_whole_base() {
    let rfm = |place| with(|base| base.facts.of(place).rfm);
    let classes: Vec<_> = (0..6).map(rfm).collect();
    assert!(classes[0].is_some() && classes[1].is_some());
    assert_eq!(classes[2..], [None; 4], "silent for a year, untold, a lead, put away");
    let all: Vec<_> = classes[..2].iter().flatten().copied().collect();
    check(&[("rfm", &all.join(","))], &[0, 1], 0);
}

#[test]
fn a_condition_of_a_later_release_is_named_and_nobody_is_guessed() {
    let asked = [("abc", "a,d"), ("mood", "sunny"), ("orders", "many"), ("stage", "3")];
    let found = with(|base| fitting(&conditions(&asked), base));
    let named = ["abc: a,d", "mood: sunny", "orders: many"].map(ToOwned::to_owned);
    assert_eq!(found, Err(Untold(named.into())));
    let sum = with(|base| fitting(&conditions(&[("bought", "EUR 5..")]), base));
    assert_eq!(sum, Err(Untold(vec!["bought: EUR 5..".to_owned()])), "without a rate");
}

#[test]
fn what_is_asked_reads_back_as_written() {
    let asked = conditions(&[
        ("owner", "01010101010101010101010101010101"),
        ("territory", "no"),
        ("stage", "3"),
        ("tag", "fair"),
        ("source", "referral"),
        ("rfm", "champions,lost"),
        ("abc", "b"),
        ("standing", "due,never"),
        ("bought", "RUB 5..7"),
        ("orders", "..2"),
        ("silent", "30.."),
    ]);
    assert_eq!(Terms::read(&asked).unwrap().written(), asked);
    assert_eq!(Terms::default().written(), Conditions::default());
}

#[test]
fn frozen_accounts_belong_whatever_the_conditions_and_those_not_here_are_counted() {
    let frozen = Frozen::of([0, 4, 5, 77].map(|number| AccountId([number; 16])));
    let segment = Segment {
        conditions: Some(conditions(&[("mood", "sunny")])),
        frozen: Some(frozen),
        ..Segment::default()
    };
    let found = with(|base| members(&segment, base)).unwrap();
    assert_eq!((&*found.places, found.missing), (&[0, 4][..], 2));
    let nobody = with(|base| members(&Segment::default(), base));
    assert_eq!(nobody, Ok(Members::default()));
}

#[test]
fn a_portrait_tells_money_share_and_channels_of_its_members() {
    let asked = conditions(&[("abc", "a"), ("stage", "3")]);
    let board = with(|base| portrait(&fitting(&asked, base).unwrap(), base));
    let numbers: Vec<_> = board.measures.iter().map(|one| one.value).collect();
    assert_eq!(numbers, [Ok(1.0), Ok(9_600.0), Ok(9_600.0 / 9_900.0), Ok(1.0)]);
    let channels = &board.charts[2];
    assert_eq!(channels.bars[0].label.code(), "shop");
    assert_eq!(channels.bars[0].cells[0], Ok(2.0));
    let empty = with(|base| portrait(&Members::default(), base));
    assert_eq!(empty.measures[0].value, Ok(0.0));
    assert!(empty.charts.iter().all(|chart| chart.id == "segments" || chart.bars.is_empty()));
}
