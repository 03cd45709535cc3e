//! Several tests at once: chances made honest by Holm, or by Benjamini and Hochberg to explore.

use crate::reason::{Found, Reason};

#[derive(Debug, Clone, PartialEq)]
pub struct Adjusted {
    pub holm: Vec<f64>,
    pub benjamini_hochberg: Vec<f64>,
}

/// Adjusts chances, each in its place.
pub fn adjust(chances: &[f64]) -> Found<Adjusted> {
    if chances.iter().any(|p| !(0.0..=1.0).contains(p)) {
        return Err(Reason::OutOfRange);
    }
    let n = chances.len();
    let mut order: Vec<_> = (0..n).collect();
    order.sort_by(|one, other| chances[*one].total_cmp(&chances[*other]));
    let mut adjusted = Adjusted { holm: vec![0.0; n], benjamini_hochberg: vec![0.0; n] };
    let mut highest = 0.0_f64;
    for (rank, place) in order.iter().enumerate() {
        highest = highest.max(chances[*place] * (n - rank) as f64).min(1.0);
        adjusted.holm[*place] = highest;
    }
    let mut lowest = 1.0_f64;
    for (rank, place) in order.iter().enumerate().rev() {
        lowest = lowest.min(chances[*place] * n as f64 / (rank + 1) as f64);
        adjusted.benjamini_hochberg[*place] = lowest;
    }
    Ok(adjusted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_only_grow_and_keep_their_places() {
        let found = adjust(&[0.5, 0.01, 0.02]).unwrap();
        assert_eq!(found.holm, [0.5, 0.03, 0.04]);
        assert_eq!(found.benjamini_hochberg, [0.5, 0.03, 0.03]);
        assert_eq!(adjust(&[1.2]), Err(Reason::OutOfRange));
        assert_eq!(adjust(&[]).unwrap().holm, [0.0; 0]);
    }
}
