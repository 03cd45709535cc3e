//! Business time over weekends and changes of the clock.

use super::*;

const HOUR: i64 = 3_600_000;

fn window(from: i64, to: i64) -> Window {
    Window { from_ms: from * HOUR, to_ms: to * HOUR }
}

fn workdays(zone: Zone) -> Calendar {
    let weekly = std::array::from_fn(|day| if day < 5 { vec![window(9, 18)] } else { vec![] });
    Calendar::new(zone, weekly, BTreeMap::new()).unwrap()
}

/// An hour of a day of the first week of 1970, whose 5 January was a Monday.
fn at(day: i64, hour: i64) -> Timestamp {
    Timestamp((day - 1) * DAY_MS + hour * HOUR)
}

#[test]
fn nights_and_weekends_do_not_count() {
    let calendar = workdays(Zone::utc());
    // Friday 17:00 to Monday 10:00.
    assert_eq!(calendar.spent_ms(at(2, 17), at(5, 10)), 2 * HOUR);
    assert_eq!(calendar.spent_ms(at(3, 0), at(5, 0)), 0);
    assert_eq!(calendar.spent_ms(at(5, 10), at(5, 9)), 0);
}

#[test]
fn the_last_second_of_a_day_is_due_at_closing() {
    let calendar = workdays(Zone::utc());
    assert_eq!(calendar.due(at(2, 17), HOUR), Ok(at(2, 18)));
    assert_eq!(calendar.due(at(2, 17), 2 * HOUR), Ok(at(5, 10)));
    assert_eq!(calendar.due(at(3, 17), 0), Ok(at(3, 17)));
    assert_eq!(calendar.due(at(3, 17), -1), Err(Reason::Negative));
}

#[test]
fn a_skipped_hour_does_not_count_and_a_repeated_one_counts_twice() {
    let around = |first, second| {
        let zone = Zone::new(first, vec![(at(2, 1), second)]).unwrap();
        let always = std::array::from_fn(|_| vec![window(1, 4)]);
        let calendar = Calendar::new(zone, always, BTreeMap::new()).unwrap();
        calendar.spent_ms(Timestamp(at(2, 0).0 - 6 * HOUR), at(2, 12))
    };
    // Local 1:00 to 4:00 with the clock put forward, and back, at 2:00 or 3:00.
    assert_eq!(around(3600, 7200), 2 * HOUR);
    assert_eq!(around(7200, 3600), 4 * HOUR);
}

#[test]
fn dates_override_weekdays_and_a_desk_never_open_has_no_due_time() {
    let mut dates = BTreeMap::new();
    dates.insert(Day(4), vec![]);
    dates.insert(Day(2), vec![window(9, 12), window(11, 13)]);
    let weekly = std::array::from_fn(|_| vec![window(9, 18)]);
    let calendar = Calendar::new(Zone::utc(), weekly, dates).unwrap();
    assert_eq!(calendar.spent_ms(at(5, 0), at(6, 0)), 0);
    assert_eq!(calendar.spent_ms(at(3, 0), at(4, 0)), 4 * HOUR);
    let never = std::array::from_fn(|_| vec![]);
    let never = Calendar::new(Zone::utc(), never, BTreeMap::new()).unwrap();
    assert_eq!(never.due(at(1, 0), 1), Err(Reason::NotReached));
    let crooked = std::array::from_fn(|_| vec![window(18, 9)]);
    assert!(Calendar::new(Zone::utc(), crooked, BTreeMap::new()).is_err());
}
