//! What the relay's gate costs: microseconds of scan, milliseconds of trial.

use super::{Figure, told};
use crate::{build, failure::*, place, step};

pub fn measure() -> Outcome<Vec<Figure>> {
    build::tools_of_tests()?;
    told::figures("measuring the gate", &mut step::command(place::released("measure")))
}
