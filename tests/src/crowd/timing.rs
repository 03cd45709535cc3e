//! How long things took, told by their parts: the middle, the slow ones, the slowest.

use std::time::Duration;

/// Many durations.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Timing {
    milliseconds: Vec<f64>,
}

impl Timing {
    pub fn add(&mut self, took: Duration) {
        self.milliseconds.push(took.as_secs_f64() * 1e3);
    }

    pub fn count(&self) -> usize {
        self.milliseconds.len()
    }

    /// Returns what so many of a thousand stay under, in milliseconds; not a number where there is
    /// nothing to tell of.
    pub fn per_mille(&self, part: usize) -> f64 {
        let mut sorted = self.milliseconds.clone();
        sorted.sort_unstable_by(f64::total_cmp);
        let place = (sorted.len() * part).div_ceil(1000);
        sorted.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_thousand_are_those_of_the_sorted_ones() {
        let mut timing = Timing::default();
        (1..=1000).rev().for_each(|number| timing.add(Duration::from_millis(number)));
        let parts = [500, 990, 999, 1000].map(|part| timing.per_mille(part).round());
        assert_eq!(parts, [500.0, 990.0, 999.0, 1000.0]);
        assert!(Timing::default().per_mille(990).is_nan());
    }
}
