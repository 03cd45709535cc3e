//! What time it is, as this device believes.

use domain::time::Timestamp;
use sync::id::Time;

pub fn now() -> Timestamp {
    Timestamp(js_sys::Date::now() as i64)
}

/// Returns the same moment in the words of the replica.
pub fn time() -> Time {
    Time(now().0)
}
