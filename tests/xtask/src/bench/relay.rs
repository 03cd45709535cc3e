//! The relay before a crowd of tablets: durable acknowledgements, memory, slow readers, a storm.

use super::{Figure, told};
use crate::{build, failure::*, place, step};

pub fn measure(tablets: u32, seconds: u32) -> Outcome<Vec<Figure>> {
    build::relay_and_sim()?;
    let mut command = step::command(place::released("crowd"));
    command.arg("--relay").arg(place::relay());
    command.args(["--tablets", &tablets.to_string(), "--seconds", &seconds.to_string()]);
    told::figures("a crowd of tablets before the relay", &mut command)
}
