//! Files of customers ⇄ the domain: what stands in a cell, a row, a heading, and what it becomes.
//!
//! Used by the relay's commands and by the app alike. Does no IO of its own (bytes come from a
//! reader and go to a writer it is given), asks neither the time nor for randomness (ids derive from
//! the names of the source), and knows no document: what it makes of rows are edits. Read in this
//! order: [`kind`] and [`heading`] say what a file is; [`encoding`] and [`form`] tell
//! how it is written, [`decode`] and [`source`] read it;
//! [`context`], [`identity`], [`people`] and [`mention`] are what rows are read against; [`reading`],
//! [`field`], [`calendar`], [`number`] and [`noun`] read one row, [`belonging`] says whose it is, [`book`]
//! brings rows together, [`bundle`] and [`draft`] work on all rows of an account, [`piece`] makes
//! changes of them; [`duplicate`] finds who looks like whom ([`fold`]), [`mailboxes`] where an
//! e-mail address may stand; [`reason`], [`fate`],
//! [`outcome_file`] and [`summary`] tell what became of them. The way back: [`names`], [`cell`], [`sheets`], [`written`].

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that cannot go on has failed"))]

pub mod belonging;
pub mod book;
pub mod bundle;
pub mod calendar;
pub mod cell;
pub mod context;
#[cfg(feature = "decoders")]
pub mod decode;
pub mod draft;
pub mod duplicate;
pub mod encoding;
pub mod fate;
pub mod field;
pub mod fold;
pub mod form;
pub mod heading;
pub mod identity;
pub mod kind;
pub mod mailboxes;
pub mod mention;
pub mod names;
pub mod noun;
pub mod number;
pub mod outcome_file;
pub mod people;
pub mod piece;
pub mod reading;
pub mod reason;
pub mod sheets;
pub mod source;
pub mod summary;
pub mod written;
