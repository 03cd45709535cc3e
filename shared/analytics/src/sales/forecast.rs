//! How far forecasts were from what came. An error is forecast less actual: positive is too high.

use crate::{
    reason::{Found, Reason, finite, quotient},
    sample::ordered_sum,
};
use libm::{fabs, sqrt};

#[derive(Debug, Clone, PartialEq)]
pub struct ForecastError {
    pub n: usize,
    /// The mean error.
    pub bias: Found<f64>,
    /// The mean error without its sign.
    pub mae: Found<f64>,
    pub rmse: Found<f64>,
    /// All errors without sign over all that came.
    pub wape: Found<f64>,
    /// The mean error as a share of what came, where something came.
    pub mape: Found<f64>,
    /// How many periods entered `mape`.
    pub mape_n: usize,
    /// All errors over all that came.
    pub bias_percent: Found<f64>,
}

/// Compares forecasts, frozen at their date, with what came.
pub fn forecast_error(forecast: &[f64], actual: &[f64]) -> Found<ForecastError> {
    if forecast.len() != actual.len() {
        return Err(Reason::LengthsDiffer);
    }
    forecast.iter().chain(actual).try_for_each(|number| finite(*number).map(|_| ()))?;
    let errors: Vec<_> = forecast.iter().zip(actual).map(|(f, a)| f - a).collect();
    let sizes: Vec<_> = errors.iter().copied().map(fabs).collect();
    let squares: Vec<_> = errors.iter().map(|error| error * error).collect();
    let came = ordered_sum(&actual.iter().copied().map(fabs).collect::<Vec<_>>());
    let shares: Vec<_> = sizes
        .iter()
        .zip(actual)
        .filter(|(_, actual)| **actual != 0.0)
        .map(|(size, actual)| size / fabs(*actual))
        .collect();
    let n = errors.len() as f64;
    Ok(ForecastError {
        n: errors.len(),
        bias: quotient(ordered_sum(&errors), n),
        mae: quotient(ordered_sum(&sizes), n),
        rmse: quotient(ordered_sum(&squares), n).map(sqrt),
        wape: quotient(ordered_sum(&sizes), came),
        mape: quotient(ordered_sum(&shares), shares.len() as f64),
        mape_n: shares.len(),
        bias_percent: quotient(ordered_sum(&errors), came),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_in_which_nothing_came_have_no_percentage() {
        let error = forecast_error(&[110.0, 5.0], &[100.0, 0.0]).unwrap();
        assert_eq!((error.mape, error.mape_n), (Ok(0.1), 1));
        assert_eq!(error.bias, Ok(7.5));
        assert_eq!(error.wape, Ok(0.15));
        let nothing = forecast_error(&[], &[]).unwrap();
        assert_eq!(nothing.rmse, Err(Reason::ZeroDenominator));
    }

    #[test]
    fn lists_of_two_lengths_are_refused() {
        assert_eq!(forecast_error(&[1.0], &[]), Err(Reason::LengthsDiffer));
        assert_eq!(forecast_error(&[f64::NAN], &[1.0]), Err(Reason::OutOfRange));
    }
}
