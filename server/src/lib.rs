//! The relay: judges at the door, orders, keeps, forwards; and serves the app.
//!
//! Makes no decision of synchronisation (that is `sync`) and none of the CRM (that is `domain` and
//! `documents`). Read in this order: [`storage`], [`people`].

pub mod people;
pub mod storage;
