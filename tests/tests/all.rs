//! What must hold across crates. One package, one test binary.

mod architecture;
mod cases;
mod gate;
mod world;
