//! What holds across crates, in two parts. [`world`]: a seeded world of devices, a relay, a network
//! and clocks, in which both machines of `sync` live on real documents; nothing in it asks the time
//! or is random, so the same seed gives the same world. [`cases`]: the questions `analytics` is
//! asked, and whether its answers are the ones somebody else found.

pub mod cases;
pub mod world;
