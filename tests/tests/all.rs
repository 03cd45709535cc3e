//! What must hold across crates. One package, one test binary.

mod architecture;
mod cases;
mod catalogue;
mod gate;
mod world;
