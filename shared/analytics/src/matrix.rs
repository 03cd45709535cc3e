//! Small symmetric systems of equations, refused where they have no single answer.

use crate::reason::{Found, Reason};
use libm::sqrt;

/// A pivot smaller than this part of its diagonal is taken for nothing.
const PIVOT_MIN: f64 = 1e-11;

/// The lower triangle whose product with itself turned over is the matrix.
pub struct Cholesky(Vec<Vec<f64>>);

impl Cholesky {
    /// Takes a symmetric matrix apart, or says that a row follows from others.
    pub fn of(matrix: &[Vec<f64>]) -> Found<Self> {
        let n = matrix.len();
        let mut lower = vec![vec![0.0; n]; n];
        for row in 0..n {
            for column in 0..=row {
                let known: f64 = (0..column).map(|k| lower[row][k] * lower[column][k]).sum();
                let rest = matrix[row][column] - known;
                if row != column {
                    lower[row][column] = rest / lower[column][column];
                } else if rest > PIVOT_MIN * matrix[row][row] && rest.is_finite() {
                    lower[row][row] = sqrt(rest);
                } else {
                    return Err(Reason::Collinear);
                }
            }
        }
        Ok(Self(lower))
    }

    /// Returns what the matrix turns into `right`.
    pub fn solve(&self, right: &[f64]) -> Vec<f64> {
        let (lower, n) = (&self.0, self.0.len());
        let mut x = right.to_vec();
        for row in 0..n {
            let known: f64 = (0..row).map(|k| lower[row][k] * x[k]).sum();
            x[row] = (x[row] - known) / lower[row][row];
        }
        for row in (0..n).rev() {
            let known: f64 = (row + 1..n).map(|k| lower[k][row] * x[k]).sum();
            x[row] = (x[row] - known) / lower[row][row];
        }
        x
    }

    /// Returns the diagonal of the inverse.
    pub fn inverse_diagonal(&self) -> Vec<f64> {
        let n = self.0.len();
        let unit = |place| (0..n).map(|k| f64::from(u8::from(k == place))).collect::<Vec<_>>();
        (0..n).map(|place| self.solve(&unit(place))[place]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_solved_and_one_without_an_answer_is_refused() {
        let cholesky = Cholesky::of(&[vec![4.0, 2.0], vec![2.0, 3.0]]).unwrap();
        let x = cholesky.solve(&[8.0, 7.0]);
        assert!((x[0] - 1.25).abs() < 1e-12 && (x[1] - 1.5).abs() < 1e-12);
        assert!((cholesky.inverse_diagonal()[0] - 0.375).abs() < 1e-12);
        let same = Cholesky::of(&[vec![1.0, 1.0], vec![1.0, 1.0]]);
        assert_eq!(same.err(), Some(Reason::Collinear));
    }
}
