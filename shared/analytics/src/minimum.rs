//! The lowest point of a function nobody has the slopes of: the method of Nelder and Mead.

use crate::reason::{Found, Reason};

const STEPS_MAX: usize = 4000;
/// How near the corners must lie, in height and in place.
const NEAR: f64 = 1e-11;
/// Parameters are logarithms: beyond this the fit runs away to nothing or to infinity.
pub const LOG_MAX: f64 = 14.0;

/// Returns the lowest point found from several starts, in logarithms of positive parameters.
///
/// Refuses when it lies at the edge: then the data do not hold what the parameters describe.
pub fn lowest<const N: usize>(
    height: impl Fn(&[f64; N]) -> f64,
    starts: &[[f64; N]],
) -> Found<([f64; N], f64)> {
    let height = |point: &[f64; N]| {
        let found = height(point);
        if found.is_nan() { f64::INFINITY } else { found }
    };
    let mut best: Option<([f64; N], f64)> = None;
    for start in starts {
        // Begun again where it ended, the simplex does not stay flat.
        let (point, _) = descend(&height, *start);
        let found = descend(&height, point);
        if best.is_none_or(|(_, height)| found.1 < height) {
            best = Some(found);
        }
    }
    let (point, low) = best.ok_or(Reason::NoFit)?;
    let inside = point.iter().all(|log| log.abs() < LOG_MAX);
    if inside && low.is_finite() { Ok((point, low)) } else { Err(Reason::NoFit) }
}

fn descend<const N: usize>(height: &impl Fn(&[f64; N]) -> f64, start: [f64; N]) -> ([f64; N], f64) {
    let mut corners = vec![(start, height(&start))];
    for axis in 0..N {
        let mut corner = start;
        corner[axis] += 0.3;
        corners.push((corner, height(&corner)));
    }
    for _ in 0..STEPS_MAX {
        corners.sort_by(|one, other| one.1.total_cmp(&other.1));
        let (low, worst) = (corners[0], corners[N]);
        let apart = (0..N).map(|axis| (worst.0[axis] - low.0[axis]).abs()).fold(0.0, f64::max);
        if (worst.1 - low.1).abs() <= NEAR * (1.0 + low.1.abs()) && apart < 1e-7
            || low.0.iter().any(|log| log.abs() > 2.0 * LOG_MAX)
        {
            break;
        }
        let middle: [f64; N] = std::array::from_fn(|axis| {
            corners[..N].iter().map(|corner| corner.0[axis]).sum::<f64>() / N as f64
        });
        let toward = |part: f64| {
            let point =
                std::array::from_fn(|axis| middle[axis] + part * (worst.0[axis] - middle[axis]));
            (point, height(&point))
        };
        let mirrored = toward(-1.0);
        let new = if mirrored.1 < low.1 {
            let further = toward(-2.0);
            if further.1 < mirrored.1 { Some(further) } else { Some(mirrored) }
        } else if mirrored.1 < corners[N - 1].1 {
            Some(mirrored)
        } else {
            let nearer = toward(if mirrored.1 < worst.1 { -0.5 } else { 0.5 });
            (nearer.1 < worst.1.min(mirrored.1)).then_some(nearer)
        };
        match new {
            Some(corner) => corners[N] = corner,
            None => {
                for corner in &mut corners[1..] {
                    corner.0 = std::array::from_fn(|axis| (corner.0[axis] + low.0[axis]) / 2.0);
                    corner.1 = height(&corner.0);
                }
            }
        }
    }
    corners.sort_by(|one, other| one.1.total_cmp(&other.1));
    corners[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bottom_of_a_bent_valley_is_found() {
        let valley = |p: &[f64; 2]| {
            (1.0 - p[0]) * (1.0 - p[0]) + 100.0 * (p[1] - p[0] * p[0]) * (p[1] - p[0] * p[0])
        };
        let (point, low) = lowest(valley, &[[-1.2, 1.0]]).unwrap();
        assert!((point[0] - 1.0).abs() < 1e-4 && (point[1] - 1.0).abs() < 1e-4 && low < 1e-9);
    }

    #[test]
    fn a_slope_without_a_bottom_is_refused() {
        assert_eq!(lowest(|p: &[f64; 1]| -p[0], &[[0.0]]), Err(Reason::NoFit));
        assert_eq!(lowest(|_: &[f64; 1]| f64::NAN, &[[0.0]]), Err(Reason::NoFit));
    }
}
