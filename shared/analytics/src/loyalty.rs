//! Points: the ledger they live in.

pub mod ledger;
