//! Days of a time zone as instants; the browser knows the zones.

use domain::time::{Day, Timestamp};
use js_sys::{Date, Object, Reflect};
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

/// Returns how far the zone's clocks are ahead of UTC at an instant.
fn offset_ms(at: Timestamp, zone: &str) -> i64 {
    // Sweden writes date and time as a computer does: 2024-12-31 23:59:59.
    let options = Object::new();
    let set = |name: &str, value: &str| Reflect::set(&options, &name.into(), &value.into());
    if set("timeZone", zone).is_err() || set("hourCycle", "h23").is_err() {
        return 0;
    }
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    let written = js_sys::Function::from(
        Reflect::get(&date, &"toLocaleString".into()).unwrap_or(JsValue::UNDEFINED),
    );
    let written =
        written.call2(&date, &"sv-SE".into(), &options).ok().and_then(|it| it.as_string());
    let wall = written.map(|text| Date::parse(&format!("{}Z", text.replace(' ', "T"))));
    match wall {
        Some(wall) if wall.is_finite() => wall as i64 - at.0.div_euclid(1000) * 1000,
        _ => 0,
    }
}
