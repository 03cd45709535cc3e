//! How often a score puts one with the outcome above one without; ties count half.

use crate::reason::{Found, Reason};

/// Returns the area under the curve.
pub fn auc(labels: &[bool], scores: &[f64]) -> Found<f64> {
    if labels.len() != scores.len() {
        return Err(Reason::LengthsDiffer);
    }
    if scores.iter().any(|score| !score.is_finite()) {
        return Err(Reason::OutOfRange);
    }
    let positives = labels.iter().filter(|label| **label).count() as u128;
    let negatives = labels.len() as u128 - positives;
    if positives == 0 || negatives == 0 {
        return Err(Reason::OneClass);
    }
    let mut order: Vec<_> = (0..scores.len()).collect();
    order.sort_by(|one, other| scores[*one].total_cmp(&scores[*other]));
    let (mut below, mut twice_won) = (0_u128, 0_u128);
    for tie in order.chunk_by(|one, other| scores[*one] == scores[*other]) {
        let with = tie.iter().filter(|place| labels[**place]).count() as u128;
        let without = tie.len() as u128 - with;
        twice_won += with * (2 * below + without);
        below += without;
    }
    Ok(twice_won as f64 / (2 * positives * negatives) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_count_half() {
        assert_eq!(auc(&[true, false], &[1.0, 1.0]), Ok(0.5));
        assert_eq!(auc(&[true, false, true], &[3.0, 2.0, 2.0]), Ok(0.75));
        // Zero has two signs and is one number.
        assert_eq!(auc(&[true, false], &[-0.0, 0.0]), Ok(0.5));
    }

    #[test]
    fn one_outcome_alone_cannot_be_foretold() {
        assert_eq!(auc(&[true, true], &[1.0, 2.0]), Err(Reason::OneClass));
        assert_eq!(auc(&[], &[]), Err(Reason::OneClass));
        assert_eq!(auc(&[true], &[]), Err(Reason::LengthsDiffer));
    }
}
