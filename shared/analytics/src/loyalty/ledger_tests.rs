//! The ledger by hand, and its balance equation under many entries.

use super::*;

fn entry<'a>(id: &'a str, day: i32, kind: Kind<'a>) -> Entry<'a> {
    Entry { id, day: Day(day), kind }
}

fn earn(points: i64) -> Kind<'static> {
    Kind::Earn { points, valid_months: Some(1) }
}

fn check_balance(ledger: &Ledger) {
    let kept = ledger.earned - ledger.clawed_back - ledger.expired;
    assert_eq!(kept - (ledger.burned - ledger.restored), ledger.balance() - ledger.debt);
}

#[test]
fn points_are_usable_through_their_last_day() {
    let entries = [entry("a", 0, earn(10)), entry("x", 31, Kind::Burn { points: 4 })];
    // 1970-01-01 and a month is 1970-02-01, day 31.
    let on_the_day = Ledger::play(&entries, Day(31)).unwrap();
    assert_eq!((on_the_day.balance(), on_the_day.expired), (6, 0));
    let after = Ledger::play(&entries, Day(32)).unwrap();
    assert_eq!((after.balance(), after.expired), (0, 6));
    check_balance(&after);
}

#[test]
fn more_than_the_balance_is_refused_whole() {
    let entries = [entry("a", 0, earn(10)), entry("x", 1, Kind::Burn { points: 11 })];
    let ledger = Ledger::play(&entries, Day(2)).unwrap();
    assert_eq!((ledger.balance(), ledger.refused), (10, vec!["x"]));
}

#[test]
fn what_was_spent_of_a_returned_purchase_becomes_debt_and_later_earnings_pay_it() {
    let mut entries = vec![
        entry("a", 0, earn(100)),
        entry("x", 1, Kind::Burn { points: 70 }),
        entry("ca", 2, Kind::CancelEarn { of: "a" }),
    ];
    let ledger = Ledger::play(&entries, Day(3)).unwrap();
    assert_eq!((ledger.balance(), ledger.debt, ledger.clawed_back), (0, 70, 100));
    entries.push(entry("cx", 3, Kind::CancelBurn { of: "x" }));
    let ledger = Ledger::play(&entries, Day(3)).unwrap();
    assert_eq!((ledger.debt, ledger.restored, ledger.balance()), (0, 70, 0));
    check_balance(&ledger);
}

#[test]
fn points_that_come_back_too_late_expire_at_once() {
    let entries = [
        entry("a", 0, earn(10)),
        entry("x", 1, Kind::Burn { points: 10 }),
        entry("cx", 40, Kind::CancelBurn { of: "x" }),
        entry("cx again", 40, Kind::CancelBurn { of: "x" }),
        entry("ca", 41, Kind::CancelEarn { of: "a" }),
    ];
    let ledger = Ledger::play(&entries, Day(41)).unwrap();
    assert_eq!((ledger.expired, ledger.restored, ledger.clawed_back), (10, 10, 0));
    assert_eq!(ledger.refused, ["cx again"]);
    check_balance(&ledger);
}

#[test]
fn whatever_happens_the_points_add_up() {
    let ids: Vec<String> = (0..400).map(|id| id.to_string()).collect();
    let mut state = 99_u64;
    let mut roll = |sides: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % sides
    };
    let mut entries = Vec::new();
    for (place, id) in ids.iter().enumerate() {
        let of = ids[roll(place as u64 + 1) as usize].as_str();
        let kind = match roll(6) {
            0..3 => Kind::Earn { points: roll(50) as i64, valid_months: Some(roll(4) as u32) },
            3 => Kind::Burn { points: roll(60) as i64 },
            4 => Kind::CancelEarn { of },
            _ => Kind::CancelBurn { of },
        };
        entries.push(entry(id, place as i32 / 3, kind));
        check_balance(&Ledger::play(&entries, Day(place as i32 / 3)).unwrap());
    }
}
