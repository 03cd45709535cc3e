//! How the domain is kept in Automerge: domain ⇄ documents.
//!
//! Rules every document type obeys: collections are maps keyed by id; things written once are one
//! scalar; an edit writes only what it changes; `read` is valid after any merge and leaves unknown
//! fields alone; nothing repairs itself. Each type's file opens with a table of its fields.
//!
//! Read in this order: [`class`], [`actor`], [`genesis`], [`document`], then `account`, `note`,
//! `configuration` and `catalogue` with `settings`, `register` (fields several people set at once), `scalar`; [`gate`]
//! with `policy`; [`snapshot`]; [`succession`]; [`malformed`].

mod account;
pub mod actor;
mod catalogue;
pub mod class;
mod configuration;
pub mod document;
pub mod gate;
pub mod genesis;
pub mod malformed;
mod note;
mod policy;
mod register;
mod scalar;
mod settings;
pub mod snapshot;
pub mod succession;
