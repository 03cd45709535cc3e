//! Points: the ledger they live in, and how the programme does.

pub mod ledger;
pub mod programme;
