//! Which lead to call first, and which channel a won customer came by.

pub mod attribution;
pub mod score;
