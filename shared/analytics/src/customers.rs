//! Who the customers are: what they buy and when, how the money is spread, who is slipping away.
//!
//! Most of it runs on [`purchase`], one row a purchase or refund.

pub mod behaviour;
pub mod cohort;
pub mod concentration;
pub mod lapse;
pub mod purchase;
pub mod retention;
pub mod rfm;
