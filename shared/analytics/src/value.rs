//! What a customer will bring: one model a situation.
//!
//! With a contract: [`contract`] where renewals are steady, [`sbg`] where they rise with age.
//! Without one: [`bgnbd`] says how often, [`gamma_gamma`] how much, [`lifetime`] what it is worth;
//! [`occasion`] makes their rows from purchases, [`bgbb`] is for fixed occasions.

pub mod bgbb;
pub mod bgnbd;
pub mod contract;
pub mod gamma_gamma;
pub mod hypergeometric;
pub mod lifetime;
pub mod occasion;
pub mod sbg;
