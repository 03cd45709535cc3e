//! Fits BG/NBD to many customers, one look at all of them at a time, so that whoever fits can show
//! how far it is and let it be.
//!
//! Goes down the slopes of the likelihood, which are known in full: a few dozen looks, where a
//! search without slopes takes thousands. Slopes are of logarithms of the parameters; the method is
//! that of Broyden, Fletcher, Goldfarb and Shanno, with steps halved until they lead down.

use super::{Fit, Parameters, gathered, log_likelihood, of_logs, require_fit};
use crate::{
    minimum::LOG_MAX,
    reason::{Found, Reason, finite},
    value::occasion::Occasions,
};
use libm::{exp, fabs, log, log1p, sqrt};

/// Looks at all customers before it is given up.
const LOOKS_MAX: u32 = 400;
/// The steepest slope, a customer, that counts as flat.
const FLAT: f64 = 1e-8;
/// What counts as flat where no step leads further down than the height is exact.
const NEARLY_FLAT: f64 = 1e-6;
/// No step is longer than this, in logarithms.
const STRIDE_MAX: f64 = 2.0;
/// How much of the promised descent a step must bring.
const KEPT: f64 = 1e-4;
const STEP_MIN: f64 = 1e-9;
/// How exact a height is, as a part of it.
const EXACT: f64 = 1e-13;

type Point = [f64; 4];

/// A fit under way; dropping it gives it up.
#[derive(Debug, Clone)]
pub struct Fitting {
    rows: Vec<(Occasions, f64)>,
    scaled: Vec<(Occasions, f64)>,
    unit: f64,
    people: f64,
    x_max: usize,
    /// The lowest point so far, its height and slopes; nothing before the first look.
    low: Option<(Point, f64, Point)>,
    /// What the bends seen so far make of a slope.
    inverse: [Point; 4],
    /// Where to, and how far of it.
    going: Option<(Point, f64)>,
    looks: u32,
}

impl Fitting {
    /// Begins, or says why there is nothing to fit.
    pub fn begin(rows: &[(Occasions, f64)]) -> Found<Self> {
        let x_max = require_fit(rows)? as usize;
        let rows = gathered(rows);
        let people = rows.iter().map(|(_, weight)| weight).sum();
        let unit = rows.iter().map(|(row, _)| row.t).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        let scaled = |row: &Occasions| Occasions { t_x: row.t_x / unit, t: row.t / unit, ..*row };
        let scaled = rows.iter().map(|(row, weight)| (scaled(row), *weight)).collect();
        let (low, inverse, going) = (None, identity(), None);
        Ok(Self { rows, scaled, unit, people, x_max, low, inverse, going, looks: 0 })
    }

    /// Returns how often all customers were looked at, and how often at most.
    pub fn looks(&self) -> (u32, u32) {
        (self.looks, LOOKS_MAX)
    }

    /// Returns how many different customers there are to look at.
    pub fn different(&self) -> usize {
        self.scaled.len()
    }

    /// Looks at all customers once more; returns the fit, or that there is none, when it is known.
    pub fn advance(&mut self) -> Option<Found<Fit>> {
        const START: Point = [-0.7, -1.5, 0.0, 0.7];
        self.looks += 1;
        if self.looks > LOOKS_MAX {
            return Some(Err(Reason::NoFit));
        }
        let Some((point, height, slopes)) = self.low else {
            let (height, slopes) = self.look(&START);
            self.low = Some((START, height, slopes));
            return self.judged();
        };
        let (way, step) = self.going.unwrap_or_else(|| (self.way(&slopes), 1.0));
        let promised = -dot(&slopes, &way);
        if promised < EXACT * (1.0 + fabs(height)) && steepest(&slopes) < NEARLY_FLAT {
            return Some(self.fit());
        }
        let next = std::array::from_fn(|axis| point[axis] + step * way[axis]);
        let (found, bent) = self.look(&next);
        if found.is_finite() && found <= height - KEPT * step * promised {
            self.learn(&std::array::from_fn(|axis| next[axis] - point[axis]), &slopes, &bent);
            self.low = Some((next, found, bent));
            self.going = None;
            return self.judged();
        }
        self.going = Some((way, step / 2.0));
        if step / 2.0 >= STEP_MIN {
            return None;
        }
        if steepest(&slopes) < NEARLY_FLAT { Some(self.fit()) } else { Some(Err(Reason::NoFit)) }
    }

    /// Returns the end where it is reached: flat ground, or the edge.
    fn judged(&self) -> Option<Found<Fit>> {
        let (point, height, slopes) = self.low?;
        // At the edge the data do not hold what the parameters describe.
        if !height.is_finite() || point.iter().any(|log| fabs(*log) >= LOG_MAX) {
            return Some(Err(Reason::NoFit));
        }
        (steepest(&slopes) < FLAT).then(|| self.fit())
    }

    fn fit(&self) -> Found<Fit> {
        let (point, ..) = self.low.ok_or(Reason::NoFit)?;
        let found = of_logs(&point);
        let parameters = Parameters { alpha: found.alpha * self.unit, ..found };
        let log_likelihood = log_likelihood(&self.rows, self.x_max as u64, parameters);
        Ok(Fit { parameters, log_likelihood: finite(log_likelihood)? })
    }

    /// Returns the way down, no longer than a stride.
    fn way(&mut self, slopes: &Point) -> Point {
        let mut way: Point = std::array::from_fn(|axis| -dot(&self.inverse[axis], slopes));
        if dot(&way, slopes) >= 0.0 {
            self.inverse = identity();
            way = slopes.map(|slope| -slope);
        }
        let length = sqrt(dot(&way, &way));
        if length > STRIDE_MAX { way.map(|part| part * STRIDE_MAX / length) } else { way }
    }

    /// Takes in how the slopes changed over a step.
    fn learn(&mut self, step: &Point, before: &Point, after: &Point) {
        let change: Point = std::array::from_fn(|axis| after[axis] - before[axis]);
        let along = dot(&change, step);
        if along <= 1e-14 {
            return;
        }
        let bent: Point = std::array::from_fn(|axis| dot(&self.inverse[axis], &change));
        let scale = (1.0 + dot(&change, &bent) / along) / along;
        let inverse = self.inverse;
        self.inverse = std::array::from_fn(|one| {
            std::array::from_fn(|other| {
                inverse[one][other] + scale * step[one] * step[other]
                    - (bent[one] * step[other] + step[one] * bent[other]) / along
            })
        });
    }

    /// Returns the height and the slopes at a point, a customer.
    fn look(&self, logs: &Point) -> (f64, Point) {
        let p = of_logs(logs);
        let Parameters { r, alpha, a, b } = p;
        // What depends on the number of purchases alone: log-gammas and their slopes, as sums.
        let mut by_x = Vec::with_capacity(self.x_max + 1);
        let (mut of_x, mut of_r, mut of_a, mut of_b) = (r * log(alpha), 0.0, 0.0, 0.0);
        for x in 0..=self.x_max {
            by_x.push((of_x, of_r, of_a, of_b));
            let x = x as f64;
            of_x += log(r + x) + log(b + x) - log(a + b + x);
            of_r += 1.0 / (r + x);
            of_a -= 1.0 / (a + b + x);
            of_b += 1.0 / (b + x) - 1.0 / (a + b + x);
        }
        let (ln_alpha, ln_a) = (log(alpha), log(a));
        let (mut height, mut slopes) = (0.0, [0.0; 4]);
        for (row, weight) in &self.scaled {
            let x = row.x as f64;
            let (of_x, of_r, of_a, of_b) = by_x[row.x as usize];
            let (ln_t, shape) = (log(alpha + row.t), r + x);
            let alive = -shape * ln_t;
            let mut slope =
                [of_r + ln_alpha - ln_t, r / alpha - shape / (alpha + row.t), of_a, of_b];
            let mut ln = alive;
            if row.x > 0 {
                let ln_seen = log(alpha + row.t_x);
                let left = ln_a - log(b + x - 1.0) - shape * ln_seen;
                ln = alive.max(left) + log1p(exp(-fabs(alive - left)));
                let gone = exp(left - ln);
                slope[0] += gone * (ln_t - ln_seen);
                slope[1] += gone * shape * (1.0 / (alpha + row.t) - 1.0 / (alpha + row.t_x));
                slope[2] += gone / a;
                slope[3] -= gone / (b + x - 1.0);
            }
            height += weight * (of_x + ln);
            (0..4).for_each(|axis| slopes[axis] += weight * slope[axis]);
        }
        let of_logs = [r, alpha, a, b];
        let slopes = std::array::from_fn(|axis| -slopes[axis] * of_logs[axis] / self.people);
        (-height / self.people, slopes)
    }
}

fn identity() -> [Point; 4] {
    std::array::from_fn(|one| std::array::from_fn(|other| f64::from(u8::from(one == other))))
}

fn dot(one: &Point, other: &Point) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

fn steepest(slopes: &Point) -> f64 {
    slopes.iter().fold(0.0, |most, slope| most.max(fabs(*slope)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::bgnbd::{fit, search};

    /// Customers of a base with r = a = 1, drawn from numbers that are the same in every run.
    fn drawn(count: u64) -> Vec<(Occasions, f64)> {
        let mut dice = 42_u64;
        let mut chance = || {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            ((dice >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
        };
        let customer = |chance: &mut dyn FnMut() -> f64| {
            let rate = -log(chance()) / 40.0;
            let leaves = 1.0 - libm::pow(chance(), 1.0 / 2.5);
            let t = libm::floor(30.0 + 300.0 * chance());
            let (mut x, mut t_x, mut at) = (0, 0.0, 0.0);
            loop {
                at += -log(chance()) / rate;
                if at > t {
                    break;
                }
                (x, t_x) = (x + 1, at);
                if chance() < leaves {
                    break;
                }
            }
            (Occasions { x, t_x: libm::floor(t_x), t, mean_value_minor: 0.0 }, 1.0)
        };
        (0..count).map(|_| customer(&mut chance)).collect()
    }

    fn done(rows: &[(Occasions, f64)]) -> (Found<Fit>, u32) {
        let mut fitting = Fitting::begin(rows).unwrap();
        loop {
            if let Some(found) = fitting.advance() {
                return (found, fitting.looks().0);
            }
        }
    }

    #[test]
    fn going_down_the_slopes_finds_what_the_search_finds_in_few_looks() {
        let rows = drawn(3_000);
        let ((slopes, looks), search) = (done(&rows), search(&rows).unwrap());
        let slopes = slopes.unwrap();
        let pairs = [
            (slopes.parameters.r, search.parameters.r),
            (slopes.parameters.alpha, search.parameters.alpha),
            (slopes.parameters.a, search.parameters.a),
            (slopes.parameters.b, search.parameters.b),
            (slopes.log_likelihood, search.log_likelihood),
        ];
        assert!(pairs.iter().all(|(one, other)| fabs(one / other - 1.0) < 1e-4), "{pairs:?}");
        assert!(looks < 80, "{looks}");
        assert!(slopes.log_likelihood >= search.log_likelihood - 1e-6);
    }

    #[test]
    fn the_base_that_was_drawn_from_is_found_again() {
        let found = fit(&drawn(40_000)).unwrap().parameters;
        let near = |found: f64, drawn: f64| fabs(found / drawn - 1.0) < 0.1;
        assert!(near(found.r, 1.0) && near(found.alpha, 40.0), "{found:?}");
        assert!(near(found.a / (found.a + found.b), 1.0 / 3.5), "{found:?}");
    }

    #[test]
    fn what_holds_no_fit_is_refused_and_not_looked_for_without_end() {
        let equal = vec![(Occasions { x: 5, t_x: 50.0, t: 51.0, mean_value_minor: 0.0 }, 1.0); 9];
        let (found, looks) = done(&equal);
        assert_eq!(found, Err(Reason::NoFit));
        assert!(looks <= LOOKS_MAX + 1);
        assert!(Fitting::begin(&[]).is_err());
    }
}
