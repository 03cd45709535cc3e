//! What the relay's gate costs: microseconds of scan, milliseconds of trial.

use crate::{bench::Figure, build, failure::*, place, step};

pub fn measure() -> Outcome<Vec<Figure>> {
    build::tools_of_tests()?;
    let mut figures = Vec::new();
    step::watch("measuring the gate", &mut step::command(place::released("measure")), |line| {
        let mut parts = line.split('\t');
        let (name, value, unit) = (parts.next(), parts.next(), parts.next());
        let value = value.and_then(|value| value.parse().ok());
        if let (Some(name), Some(value), Some(unit)) = (name, value, unit) {
            figures.push(Figure::new(name, value, if unit == "ms" { "ms" } else { "µs" }));
        }
    })?;
    Ok(figures)
}
