//! A purchase as the numbers see it.

use domain::time::Day;

/// A purchase, or a refund when its amount is negative: that lowers what was spent and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Purchase<C> {
    /// Names the customer: an id, or a place in the caller's table.
    pub customer: C,
    pub day: Day,
    pub minor: i64,
}

impl<C> Purchase<C> {
    pub fn is_refund(&self) -> bool {
        self.minor < 0
    }
}

/// Returns the days something was bought on, each once, in order.
pub fn distinct_days(mut days: Vec<Day>) -> Vec<Day> {
    days.sort_unstable();
    days.dedup();
    days
}

/// Returns the days between each two that follow each other.
pub fn gaps(days: &[Day]) -> Vec<i64> {
    days.windows(2).map(|pair| i64::from(pair[1].0) - i64::from(pair[0].0)).collect()
}
