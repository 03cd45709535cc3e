//! How often customers without a contract buy, and whether they are still there: BG/NBD.
//!
//! While there, a customer buys at a steady rate; after each purchase they may leave. Rates are
//! gamma over customers (r, alpha), chances to leave beta (a, b). One who never bought again is
//! alive by construction: ask the lapse rule about them.

pub mod fitting;

use crate::{
    distribution::ln_gamma,
    minimum::lowest,
    reason::{Found, Reason, finite},
    value::{hypergeometric::ln_2f1, occasion::Occasions},
};
use fitting::Fitting;
use libm::{exp, fabs, log, log1p};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    pub r: f64,
    pub alpha: f64,
    pub a: f64,
    pub b: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    pub parameters: Parameters,
    pub log_likelihood: f64,
}

/// Within this distance of a pole that is none, the value is taken from both sides.
const POLE: f64 = 1e-7;

/// With more customers than this the slopes are followed; below, a search without them is as quick
/// and has the answers others found behind it.
const SEARCHED_MAX: usize = 10_000;

/// Fits the parameters to customers with their weights, mostly 1.
pub fn fit(rows: &[(Occasions, f64)]) -> Found<Fit> {
    if rows.len() <= SEARCHED_MAX {
        return search(rows);
    }
    let mut fitting = Fitting::begin(rows)?;
    loop {
        if let Some(found) = fitting.advance() {
            return found;
        }
    }
}

/// Returns the most often anybody bought again, or why there is nothing to fit.
fn require_fit(rows: &[(Occasions, f64)]) -> Found<u64> {
    rows.iter().try_for_each(|(row, _)| row.require_sound())?;
    match rows.iter().map(|(row, _)| row.x).max() {
        None => Err(Reason::NoRows),
        Some(0) => Err(Reason::NoRepeats),
        Some(x_max) => Ok(x_max),
    }
}

fn search(rows: &[(Occasions, f64)]) -> Found<Fit> {
    let (x_max, rows) = (require_fit(rows)?, gathered(rows));
    let people: f64 = rows.iter().map(|(_, weight)| weight).sum();
    // Units of the longest watch: alpha follows the unit, the others do not.
    let unit = rows.iter().map(|(row, _)| row.t).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    let scaled = |row: &Occasions| Occasions { t_x: row.t_x / unit, t: row.t / unit, ..*row };
    let scaled: Vec<_> = rows.iter().map(|(row, weight)| (scaled(row), *weight)).collect();
    let height = |logs: &[f64; 4]| -log_likelihood(&scaled, x_max, of_logs(logs)) / people;
    let starts = [[-0.7, -1.5, 0.0, 0.7], [0.0, 0.0, -0.7, 0.0]];
    let (logs, _) = lowest(height, &starts)?;
    let found = of_logs(&logs);
    let parameters = Parameters { alpha: found.alpha * unit, ..found };
    let log_likelihood = log_likelihood(&rows, x_max, parameters);
    Ok(Fit { parameters, log_likelihood: finite(log_likelihood)? })
}

fn of_logs(logs: &[f64; 4]) -> Parameters {
    let [r, alpha, a, b] = logs.map(exp);
    Parameters { r, alpha, a, b }
}

/// Returns equal customers as one with their weights together.
fn gathered(rows: &[(Occasions, f64)]) -> Vec<(Occasions, f64)> {
    let mut sorted = rows.to_vec();
    let key = |row: &Occasions| (row.x, row.t_x.to_bits(), row.t.to_bits());
    sorted.sort_by_key(|(row, _)| key(row));
    let same = |one: &(Occasions, f64), other: &(Occasions, f64)| key(&one.0) == key(&other.0);
    let sum = |tie: &[(Occasions, f64)]| tie.iter().map(|(_, weight)| weight).sum();
    sorted.chunk_by(same).map(|tie| (tie[0].0, sum(tie))).collect()
}

fn log_likelihood(rows: &[(Occasions, f64)], x_max: u64, p: Parameters) -> f64 {
    let Parameters { r, alpha, a, b } = p;
    // What depends on the number of purchases alone.
    let start = r * log(alpha) - ln_gamma(r);
    let stays = ln_gamma(a + b) - ln_gamma(b);
    let by_x: Vec<_> = (0..=x_max)
        .map(|x| {
            let x = x as f64;
            start + ln_gamma(r + x) + stays + ln_gamma(b + x) - ln_gamma(a + b + x)
        })
        .collect();
    let term = |(row, weight): &(Occasions, f64)| {
        let x = row.x as f64;
        let alive = -(r + x) * log(alpha + row.t);
        let ln = if row.x == 0 {
            alive
        } else {
            let left = log(a) - log(b + x - 1.0) - (r + x) * log(alpha + row.t_x);
            alive.max(left) + log1p(exp(-fabs(alive - left)))
        };
        weight * (by_x[row.x as usize] + ln)
    };
    rows.iter().map(term).sum()
}

impl Parameters {
    /// Refuses parameters that are not positive.
    pub fn checked(self) -> Found<Self> {
        let sound = [self.r, self.alpha, self.a, self.b];
        let sound = sound.iter().all(|one| *one > 0.0 && one.is_finite());
        if sound { Ok(self) } else { Err(Reason::OutOfRange) }
    }

    /// Returns the chance that the customer still buys.
    pub fn p_alive(self, row: &Occasions) -> f64 {
        if row.x == 0 {
            return 1.0;
        }
        let x = row.x as f64;
        let ln = log(self.a) - log(self.b + x - 1.0)
            + (self.r + x) * (log(self.alpha + row.t) - log(self.alpha + row.t_x));
        1.0 / (1.0 + exp(ln))
    }

    /// Returns how often the customer will buy in the next `t`.
    pub fn purchases_ahead(self, row: &Occasions, t: f64) -> Found<f64> {
        let x = row.x as f64;
        let unbounded = |p: Self| p.growth(x, p.alpha + row.t, t);
        Ok(self.around_poles(x, unbounded)? * self.p_alive(row))
    }

    /// Returns how often a customer nothing is known of will buy again in their first `t`.
    pub fn purchases_of_new(self, t: f64) -> Found<f64> {
        self.around_poles(0.0, |p| p.growth(0.0, p.alpha, t))
    }

    /// (a+b+x-1)/(a-1) (1 - (s/(s+t))^(r+x) 2F1(r+x, b+x; a+b+x-1; t/(s+t))), s the time so far.
    fn growth(self, x: f64, so_far: f64, t: f64) -> Found<f64> {
        if t < 0.0 || !t.is_finite() {
            return Err(Reason::OutOfRange);
        }
        let (shape, c) = (self.r + x, self.a + self.b + x - 1.0);
        let (sign, ln) = ln_2f1(shape, self.b + x, c, t / (so_far + t))?;
        let left = sign * exp(ln + shape * (log(so_far) - log(so_far + t)));
        finite(c / (self.a - 1.0) * (1.0 - left))
    }

    /// At a = 1, and where a + b + x = 1, the formula divides nothing by nothing: the value there
    /// is the one its neighbours lead to.
    fn around_poles(self, x: f64, value: impl Fn(Self) -> Found<f64>) -> Found<f64> {
        let at = |shift: f64| {
            if fabs(self.a - 1.0) < POLE {
                Some(Self { a: self.a + shift, ..self })
            } else if fabs(self.a + self.b + x - 1.0) < POLE {
                Some(Self { b: self.b + shift, ..self })
            } else {
                None
            }
        };
        if at(0.0).is_none() {
            return value(self);
        }
        let mean = |shift: f64| {
            let both = at(shift).zip(at(-shift)).ok_or(Reason::OutOfRange)?;
            Ok((value(both.0)? + value(both.1)?) / 2.0)
        };
        // Two means, so that what grows with the square of the shift falls out.
        Ok((4.0 * mean(1e-3)? - mean(2e-3)?) / 3.0)
    }

    /// Returns how likely exactly `x` repeat purchases are in a customer's first `t`.
    pub fn probability_of(self, x: u64, t: f64) -> Found<f64> {
        if t < 0.0 || !t.is_finite() {
            return Err(Reason::OutOfRange);
        }
        let Self { r, alpha, a, b } = self;
        let n = x as f64;
        let (stay, go) = (log(alpha) - log(alpha + t), log(t) - log(alpha + t));
        let term = |j: f64| {
            let power = if j > 0.0 { j * go } else { 0.0 };
            exp(ln_gamma(r + j) - ln_gamma(r) - ln_gamma(j + 1.0) + r * stay + power)
        };
        let beta = |p: f64, q: f64| ln_gamma(p) + ln_gamma(q) - ln_gamma(p + q);
        let active = exp(beta(a, b + n) - beta(a, b)) * term(n);
        if x == 0 {
            return Ok(active);
        }
        // The tail from x on, summed itself: one less the rest would lose its digits.
        let (mut one, mut tail, mut j) = (term(n), 0.0, n);
        let ratio = t / (alpha + t);
        while one > 0.0 && j < 1e7 {
            tail += one;
            one *= (r + j) / (j + 1.0) * ratio;
            j += 1.0;
            if one < 1e-18 * tail * (1.0 - ratio) && j > r {
                break;
            }
        }
        finite(active + exp(beta(a + 1.0, b + n - 1.0) - beta(a, b)) * tail)
    }
}

#[cfg(test)]
#[path = "bgnbd_tests.rs"]
mod tests;
