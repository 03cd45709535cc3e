//! How copies of documents meet: a log of changes, ordered by the relay.
//!
//! Knows bytes, devices and people; never what a contact is. Two machines without IO share one
//! vocabulary: [`replica`] on each device, [`relay`] in the middle. `SPEC.md` beside this crate
//! states their behaviour as numbered rules, and tests carry the numbers.
//!
//! A driver's whole duty: hand over what happened as an [`input`], carry out the returned
//! [`output`]s in order, and call again no later than the time asked for.
//!
//! Read in this order: [`id`], [`frame`], [`verdict`], [`digest`], [`change`], [`input`],
//! [`output`], [`record`], [`replica`], [`relay`]. [`planted`] holds deliberate bugs, for tests.

pub mod backoff;
pub mod change;
pub mod digest;
pub mod frame;
pub mod id;
pub mod input;
pub mod output;
pub mod planted;
pub mod record;
pub mod relay;
pub mod replica;
pub mod verdict;
