//! Values in order: medians and quantiles, found again at once after one value came or went.

/// Whole numbers kept in order. Equal collections are equal whatever the order they came in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sample {
    values: Vec<i64>,
}

impl Sample {
    /// Adds a value in its place.
    pub fn add(&mut self, value: i64) {
        let place = self.values.partition_point(|other| *other <= value);
        self.values.insert(place, value);
    }

    /// Takes one such value away, if there is one.
    pub fn remove(&mut self, value: i64) {
        if let Ok(place) = self.values.binary_search(&value) {
            self.values.remove(place);
        }
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Returns the values, smallest first.
    pub fn values(&self) -> &[i64] {
        &self.values
    }

    pub fn sum(&self) -> i128 {
        self.values.iter().map(|value| i128::from(*value)).sum()
    }

    /// Returns the arithmetic mean, or nothing of nothing.
    pub fn mean(&self) -> Option<f64> {
        (!self.is_empty()).then(|| self.sum() as f64 / self.len() as f64)
    }

    /// Returns the middle value; of an even count the mean of the middle two.
    pub fn median(&self) -> Option<f64> {
        let (low, high) = middle(self.len())?;
        Some((self.values[low] as f64 + self.values[high] as f64) / 2.0)
    }
}

impl FromIterator<i64> for Sample {
    fn from_iter<I: IntoIterator<Item = i64>>(values: I) -> Self {
        let mut values: Vec<_> = values.into_iter().collect();
        values.sort_unstable();
        Self { values }
    }
}

/// Returns the median of numbers, or nothing of nothing.
pub fn median(numbers: &[f64]) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (low, high) = middle(sorted.len())?;
    Some((sorted[low] + sorted[high]) / 2.0)
}

/// Returns the sum of numbers taken in order of size, so that it does not depend on arrival.
pub fn ordered_sum(numbers: &[f64]) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.iter().sum()
}

fn middle(count: usize) -> Option<(usize, usize)> {
    (count > 0).then(|| ((count - 1) / 2, count / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_count_is_the_mean_of_the_middle_two() {
        assert_eq!(Sample::from_iter([4, 1, 10, 2]).median(), Some(3.0));
        assert_eq!(Sample::from_iter([7]).median(), Some(7.0));
        assert_eq!(Sample::default().median(), None);
        assert_eq!(median(&[2.0, 1.0]), Some(1.5));
    }

    #[test]
    fn values_that_come_and_go_leave_the_same_sample() {
        let mut sample = Sample::from_iter([5, 3, 3, 9]);
        sample.add(4);
        sample.remove(3);
        sample.remove(100);
        assert_eq!(sample, Sample::from_iter([9, 5, 4, 3]));
    }

    #[test]
    fn a_sum_does_not_depend_on_the_order_of_arrival() {
        let numbers = [1e16, 1.0, -1e16, 3.0, 0.1];
        let mut turned = numbers;
        turned.reverse();
        assert_eq!(ordered_sum(&numbers).to_bits(), ordered_sum(&turned).to_bits());
    }
}
