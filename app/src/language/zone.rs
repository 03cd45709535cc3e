//! Days of a time zone as instants; the browser knows the zones.

use analytics::service::zone::Zone;
use domain::time::{Day, Timestamp};
use js_sys::{Array, Date, Function, Intl::DateTimeFormat, Object, Reflect};
use wasm_bindgen::JsValue;

/// Returns the zone this device is in; nothing where the browser does not say.
pub fn here() -> String {
    let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &Object::new());
    let zone = Reflect::get(&options.resolved_options(), &"timeZone".into()).ok();
    zone.and_then(|zone| zone.as_string()).unwrap_or_default()
}

/// Returns the first instant of a day in a zone; in UTC where the browser does not know the zone.
pub fn start_of(day: Day, zone: Option<&str>) -> Timestamp {
    let utc = day.start();
    let Some(zone) = zone else { return utc };
    // The offset at the day's own beginning may differ from that at the same hour in UTC.
    let near = Timestamp(utc.0 - offset_ms(utc, zone));
    Timestamp(utc.0 - offset_ms(near, zone))
}

/// Returns the day it is in a zone.
pub fn day_in(at: Timestamp, zone: Option<&str>) -> Day {
    zone.map_or(at, |zone| Timestamp(at.0 + offset_ms(at, zone))).day()
}

/// From 1990 to 2040 a table has offsets; before and after that the nearest holds.
const TABLE: (Day, Day) = (Day(7_305), Day(25_567));
/// No zone changes its clocks twice within so many days and back.
const STEP_DAYS: usize = 40;

/// Returns the offsets of a zone as a table, as the relay has them from its own data; UTC where
/// none is named or the browser does not know it.
pub fn table(zone: Option<&str>) -> Zone {
    let Some(clock) = zone.filter(|zone| is_known(zone)).and_then(Clock::of) else {
        return Zone::utc();
    };
    let (from, to) = TABLE;
    let first = clock.offset_ms(from.start());
    let (mut changes, mut before) = (Vec::new(), (from.start().0, first));
    for day in (from.0..to.0).step_by(STEP_DAYS) {
        let at = Day(day).start().0;
        let offset = clock.offset_ms(Timestamp(at));
        if offset != before.1 {
            changes.push((Timestamp(clock.change((before.0, at), offset)), seconds(offset)));
        }
        before = (at, offset);
    }
    Zone::new(seconds(first), changes).unwrap_or_else(|_| Zone::utc())
}

/// Says whether the browser knows the zone; asked wrongly, its writer would throw.
fn is_known(zone: &str) -> bool {
    let options = Object::new();
    let set = Reflect::set(&options, &"timeZone".into(), &zone.into()).is_ok();
    let date = Date::new_0();
    let write = Reflect::get(&date, &"toLocaleString".into()).unwrap_or(JsValue::UNDEFINED);
    set && Function::from(write).call2(&date, &"sv-SE".into(), &options).is_ok()
}

fn seconds(offset_ms: i64) -> i32 {
    (offset_ms / 1000) as i32
}

/// The clocks of a zone, asked for many instants: making the browser's writer anew each time would
/// cost more than its writing.
struct Clock(Function, DateTimeFormat);

impl Clock {
    fn of(zone: &str) -> Option<Self> {
        let options = Object::new();
        let parts =
            ["year", "month", "day", "hour", "minute", "second"].map(|part| (part, "2-digit"));
        for (name, value) in parts.into_iter().chain([("timeZone", zone), ("hourCycle", "h23")]) {
            Reflect::set(&options, &name.into(), &value.into()).ok()?;
        }
        Reflect::set(&options, &"year".into(), &"numeric".into()).ok()?;
        let format = DateTimeFormat::new(&Array::of1(&"sv-SE".into()), &options);
        Some(Self(format.format(), format))
    }

    /// Returns how far the clocks are ahead of UTC.
    fn offset_ms(&self, at: Timestamp) -> i64 {
        let date = Date::new(&JsValue::from_f64(at.0 as f64));
        let written = self.0.call1(&self.1, &date).ok().and_then(|it| it.as_string());
        let wall = written.map(|text| Date::parse(&format!("{}Z", text.replace(' ', "T"))));
        match wall {
            Some(wall) if wall.is_finite() => wall as i64 - at.0.div_euclid(1000) * 1000,
            _ => 0,
        }
    }

    /// Returns the instant from which on an offset holds, between two that differ.
    fn change(&self, (mut low, mut high): (i64, i64), offset: i64) -> i64 {
        const MINUTE_MS: i64 = 60_000;
        while high - low > MINUTE_MS {
            let middle = (low + (high - low) / 2).div_euclid(MINUTE_MS) * MINUTE_MS;
            let middle = middle.max(low + MINUTE_MS);
            if self.offset_ms(Timestamp(middle)) == offset { high = middle } else { low = middle }
        }
        high
    }
}

/// Returns how far the zone's clocks are ahead of UTC at an instant.
fn offset_ms(at: Timestamp, zone: &str) -> i64 {
    // Sweden writes date and time as a computer does: 2024-12-31 23:59:59.
    let options = Object::new();
    let set = |name: &str, value: &str| Reflect::set(&options, &name.into(), &value.into());
    if set("timeZone", zone).is_err() || set("hourCycle", "h23").is_err() {
        return 0;
    }
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    let written =
        Function::from(Reflect::get(&date, &"toLocaleString".into()).unwrap_or(JsValue::UNDEFINED));
    let written =
        written.call2(&date, &"sv-SE".into(), &options).ok().and_then(|it| it.as_string());
    let wall = written.map(|text| Date::parse(&format!("{}Z", text.replace(' ', "T"))));
    match wall {
        Some(wall) if wall.is_finite() => wall as i64 - at.0.div_euclid(1000) * 1000,
        _ => 0,
    }
}
