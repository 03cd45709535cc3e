//! Deals across all accounts, by the stage they stand in.

mod board;
mod gathered;
pub mod move_to;
mod row;

pub use board::DealsPage;
