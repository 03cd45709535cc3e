//! The relay's clock: the one place the time is asked for.

use std::time::{SystemTime, UNIX_EPOCH};
use sync::id::Time;

/// Returns the time now; a clock before 1970 counts as 1970.
pub fn now() -> Time {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Time(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
