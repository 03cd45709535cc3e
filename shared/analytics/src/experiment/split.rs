//! Whether heads fell into the arms as planned. If not, stop: something else chose them.

use crate::{
    distribution::chi_square_tail,
    reason::{Found, Reason},
    sample::ordered_sum,
};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    pub chi_square: f64,
    pub df: u32,
    pub p: f64,
    pub mismatch: bool,
}

/// Below which chance a split counts as not the planned one.
pub const ALPHA: f64 = 0.001;

/// Compares counts with the planned ratio by Pearson's chi-square.
pub fn split(counts: &[i64], planned: &[f64], alpha: f64) -> Found<Split> {
    if counts.len() != planned.len() {
        return Err(Reason::LengthsDiffer);
    }
    if counts.iter().any(|count| *count < 0) || planned.iter().any(|part| *part < 0.0) {
        return Err(Reason::Negative);
    }
    if planned.contains(&0.0) {
        return Err(Reason::OutOfRange);
    }
    let heads = counts.iter().map(|count| i128::from(*count)).sum::<i128>() as f64;
    if counts.len() < 2 || heads == 0.0 {
        return Err(Reason::TooFew);
    }
    let whole = ordered_sum(planned);
    let terms: Vec<_> = counts
        .iter()
        .zip(planned)
        .map(|(count, part)| {
            let expected = heads * part / whole;
            (*count as f64 - expected) * (*count as f64 - expected) / expected
        })
        .collect();
    let (chi_square, df) = (ordered_sum(&terms), counts.len() as u32 - 1);
    let p = chi_square_tail(chi_square, df);
    Ok(Split { chi_square, df, p, mismatch: p < alpha })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_as_planned_is_none_to_worry_about() {
        let even = split(&[50, 100], &[1.0, 2.0], ALPHA).unwrap();
        assert_eq!((even.chi_square, even.p, even.mismatch), (0.0, 1.0, false));
        assert!(split(&[500, 1200], &[1.0, 2.0], ALPHA).unwrap().mismatch);
    }

    #[test]
    fn what_is_no_split_has_a_reason() {
        assert_eq!(split(&[1], &[1.0, 1.0], ALPHA), Err(Reason::LengthsDiffer));
        assert_eq!(split(&[0, 0], &[1.0, 1.0], ALPHA), Err(Reason::TooFew));
        assert_eq!(split(&[1, 1], &[1.0, 0.0], ALPHA), Err(Reason::OutOfRange));
    }
}
