//! Time zones, from the data this program carries.

use analytics::service::zone::Zone;
use domain::time::Timestamp;
use jiff::tz::TimeZone;

/// Rules of zones are read up to here: the year 2100.
const END_MS: i64 = 4_102_444_800_000;

/// Returns the zone of that name; UTC where none is named or nobody knows it.
pub fn zone(name: Option<&str>) -> Zone {
    let known = name.and_then(|name| TimeZone::get(name).ok());
    known.and_then(|zone| table(&zone)).unwrap_or_else(Zone::utc)
}

fn table(zone: &TimeZone) -> Option<Zone> {
    let changes = zone
        .following(jiff::Timestamp::MIN)
        .map(|change| (Timestamp(change.timestamp().as_millisecond()), change.offset().seconds()));
    let first = zone.to_offset(jiff::Timestamp::MIN).seconds();
    Zone::new(first, changes.take_while(|(at, _)| at.0 < END_MS).collect()).ok()
}
