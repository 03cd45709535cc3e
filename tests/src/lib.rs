//! What holds across crates, in three parts. [`world`]: a seeded world of devices, a relay, a network
//! and clocks, in which both machines of `sync` live on real documents; nothing in it asks the time
//! or is random, so the same seed gives the same world. [`cases`]: the questions `analytics` is
//! asked, and whether its answers are the ones somebody else found. [`attack`]: what an insider can
//! send the relay, and that it does no harm.

pub mod attack;
pub mod cases;
pub mod world;
