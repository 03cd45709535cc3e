//! Deals across all accounts: a board by stage and a list by stage, on one filter.

mod board;
mod card;
mod drag;
pub mod filter;
pub mod gathered;
mod list;
pub mod move_to;
mod moving;
mod page;
mod row;

pub use page::DealsPage;
