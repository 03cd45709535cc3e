//! The relay: it judges at the door, orders, keeps, forwards; and serves the app.
//!
//! Makes no decision of synchronisation (that is `sync`) and none of the CRM (that is `domain` and
//! `documents`). Read in this order: [`command`] and [`settings`]; [`serve`] starts everything;
//! [`router`] is the surface, [`access`] who may touch it, [`session`], [`socket`] and [`site`]
//! what is behind it, [`policy`] and [`error`] what every answer obeys; [`relay`] drives the open
//! workspaces, [`storage`] keeps them; [`import`] brings a book in, [`kpi`] tells its numbers; [`demo`] and [`user`]
//! are about colleagues.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that cannot go on has failed"))]

pub mod access;
pub mod clock;
pub mod command;
pub mod demo;
pub mod desk;
pub mod error;
pub mod export;
pub mod import;
pub mod kpi;
pub mod policy;
pub mod relay;
pub mod router;
pub mod serve;
pub mod session;
pub mod settings;
pub mod site;
pub mod socket;
pub mod storage;
pub mod user;
