//! A seeded world of devices, a relay, a network and clocks, in which both machines of `sync` live
//! on real documents. Nothing here asks the time or is random: the same seed gives the same world.

pub mod world;
