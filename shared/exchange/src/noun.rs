//! One row → one noun of the domain, a file each.

pub mod account;
pub mod activity;
pub mod address;
pub mod contact;
pub mod contact_point;
pub mod currency;
pub mod deal;
pub mod lead;
pub mod purchase;
pub mod stage_event;
pub mod task;
