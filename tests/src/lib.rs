//! What holds across crates, in four parts. [`world`]: a seeded world of devices, a relay, a network
//! and clocks, in which both machines of `sync` live on real documents; nothing in it asks the time
//! or is random, so the same seed gives the same world. [`cases`]: the questions `analytics` is
//! asked, and whether its answers are the ones somebody else found. [`attack`]: what an insider can
//! send the relay, and that it does no harm. [`crowd`]: thousands of tablets on real sockets against the
//! relay as it is shipped, with a clock in hand.

pub mod attack;
pub mod book_rows;
pub mod cases;
pub mod crowd;
pub mod world;
