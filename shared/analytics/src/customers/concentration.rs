//! How unevenly the money is spread: Gini, top shares, the Pareto point, ABC and the Lorenz curve.
//!
//! Whole numbers up to the last division, so that equal books give equal bits.

use crate::reason::{Found, Reason};

/// The share of the money at which the Pareto point is taken, in percent.
pub const PARETO_PERCENT: u8 = 80;
/// A customer is A below the first share before it, B below the second, else C; in percent.
pub const ABC_PERCENT: [i128; 2] = [80, 95];

#[derive(Debug, Clone, PartialEq)]
pub struct Concentration {
    pub gini: f64,
    /// Corrected for few customers; a single one has none.
    pub gini_unbiased: Found<f64>,
    pub pareto: Pareto,
    /// Classes A, B and C.
    pub abc: [Class; 3],
    /// The share of the poorest 0, 10, .. 100 percent.
    pub lorenz: [f64; 11],
}

/// The fewest customers that hold the Pareto share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pareto {
    pub customers: u64,
    pub share_of_customers: f64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Class {
    pub count: u64,
    pub minor: i128,
}

/// Returns the values, the smallest first, with their sum, or why nothing is to be said.
fn spread(values_minor: &[i64]) -> Found<(Vec<i64>, i128)> {
    let mut sorted = values_minor.to_vec();
    sorted.sort_unstable();
    match sorted.first() {
        None => return Err(Reason::NoRows),
        Some(least) if *least < 0 => return Err(Reason::Negative),
        Some(_) => {}
    }
    let total = sum(&sorted);
    if total == 0 { Err(Reason::ZeroDenominator) } else { Ok((sorted, total)) }
}

/// Returns the sum, exactly.
pub fn sum(values_minor: &[i64]) -> i128 {
    values_minor.iter().map(|value| i128::from(*value)).sum()
}

/// Returns the share held by the largest `percent` of the customers, rounded up to a whole one.
pub fn top_share(values_minor: &[i64], percent: u8) -> Found<f64> {
    let (sorted, total) = spread(values_minor)?;
    let count = (sorted.len() * usize::from(percent)).div_ceil(100).min(sorted.len());
    Ok(sum(&sorted[sorted.len() - count..]) as f64 / total as f64)
}

/// Measures how the values are spread.
pub fn concentration(values_minor: &[i64]) -> Found<Concentration> {
    let (sorted, total) = spread(values_minor)?;
    let n = sorted.len() as i128;
    let weighed = |(place, value): (i128, &i64)| (2 * place - n - 1) * i128::from(*value);
    let tilt: i128 = (1..).zip(&sorted).map(weighed).sum();
    let gini = tilt as f64 / (n * total) as f64;
    let unbiased = tilt as f64 / ((n - 1) * total) as f64;
    Ok(Concentration {
        gini,
        gini_unbiased: if n > 1 { Ok(unbiased) } else { Err(Reason::TooFew) },
        pareto: pareto(&sorted, total),
        abc: classes(&sorted, total),
        lorenz: lorenz(&sorted, total),
    })
}

fn pareto(sorted: &[i64], total: i128) -> Pareto {
    let (mut held, mut customers) = (0, 0);
    for value in sorted.iter().rev() {
        if held * 100 >= i128::from(PARETO_PERCENT) * total {
            break;
        }
        held += i128::from(*value);
        customers += 1;
    }
    Pareto { customers, share_of_customers: customers as f64 / sorted.len() as f64 }
}

/// Returns the class of each customer whose value comes after `before` of the total.
fn class(before: i128, total: i128) -> usize {
    ABC_PERCENT.iter().filter(|percent| before * 100 >= **percent * total).count()
}

/// Returns the class of each customer, A 0, B 1 and C 2; the values come the largest first.
pub fn classes_of(descending_minor: &[i64]) -> Found<Vec<usize>> {
    let ascending: Vec<_> = descending_minor.iter().rev().copied().collect();
    let (sorted, total) = spread(&ascending)?;
    let mut before = 0;
    let mut classes = Vec::with_capacity(sorted.len());
    for value in sorted.iter().rev() {
        classes.push(class(before, total));
        before += i128::from(*value);
    }
    Ok(classes)
}

fn classes(sorted: &[i64], total: i128) -> [Class; 3] {
    let (mut classes, mut before) = ([Class::default(); 3], 0);
    for value in sorted.iter().rev().map(|value| i128::from(*value)) {
        let class = &mut classes[class(before, total)];
        class.count += 1;
        class.minor += value;
        before += value;
    }
    classes
}

fn lorenz(sorted: &[i64], total: i128) -> [f64; 11] {
    let mut below = vec![0_i128];
    below.extend(sorted.iter().scan(0, |sum, value| {
        *sum += i128::from(*value);
        Some(*sum)
    }));
    std::array::from_fn(|tenth| {
        let (whole, rest) = (tenth * sorted.len() / 10, tenth * sorted.len() % 10);
        let next = sorted.get(whole).map_or(0, |value| i128::from(*value));
        (below[whole] * 10 + rest as i128 * next) as f64 / (10 * total) as f64
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holder_of_all_is_as_uneven_as_can_be() {
        let found = concentration(&[0, 100, 0, 0]).unwrap();
        assert_eq!((found.gini, found.gini_unbiased), (0.75, Ok(1.0)));
        assert_eq!(found.abc.map(|class| class.count), [1, 0, 3]);
        assert_eq!(found.lorenz[8..], [0.2, 0.6, 1.0]);
    }

    #[test]
    fn equal_customers_are_not_uneven() {
        let found = concentration(&[7; 10]).unwrap();
        assert_eq!((found.gini, found.pareto.customers), (0.0, 8));
        assert_eq!(top_share(&[7; 10], 11), Ok(0.2));
    }

    #[test]
    fn a_customer_is_in_the_class_its_money_begins_in() {
        let classes = classes_of(&[70, 15, 10, 5]).unwrap();
        assert_eq!(classes, [0, 0, 1, 2]);
        let found = concentration(&[5, 70, 10, 15]).unwrap();
        assert_eq!(found.abc.map(|class| (class.count, class.minor)), [(2, 85), (1, 10), (1, 5)]);
    }

    #[test]
    fn what_is_no_spread_has_a_reason() {
        assert_eq!(concentration(&[]), Err(Reason::NoRows));
        assert_eq!(concentration(&[5, -1]), Err(Reason::Negative));
        assert_eq!(concentration(&[0, 0]), Err(Reason::ZeroDenominator));
        let one = concentration(&[9]).unwrap();
        assert_eq!((one.gini, one.gini_unbiased), (0.0, Err(Reason::TooFew)));
    }
}
