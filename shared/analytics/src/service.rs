//! The service desk: time that counts, clocks of tickets, and what a desk achieves.

pub mod business_time;
pub mod desk;
pub mod incident;
pub mod ticket;
pub mod zone;
