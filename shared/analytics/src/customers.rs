//! Who the customers are: how the money is spread over them.

pub mod concentration;
