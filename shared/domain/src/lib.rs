//! What a CRM is: the nouns, the edits people make, and the reasons to refuse one.
//!
//! Knows nothing of documents, wires or screens, and never asks for the time or for randomness:
//! both are arguments. Read in this order:
//! [`id`], [`value`], [`money`], [`rate`], [`time`], [`language`], then the nouns [`account`], [`contact`], [`activity`],
//! [`task`], [`deal`], [`pipeline`], [`purchase`], [`enquiry`], [`note`], [`configuration`] with [`term`] and [`calendar`], [`segment`], [`product`], and
//! [`setting`], the pieces those two are made of;
//! [`edit`] is what a person does, [`rules`] say which of it may be done, [`refusal`] why not, [`conflict`] what two people
//! did at once, and [`row`] the small projection lists and numbers run on; [`filter`] says which
//! of them a person looks at, and in which [`period`].

pub mod account;
pub mod activity;
pub mod agenda;
pub mod calendar;
pub mod configuration;
pub mod conflict;
pub mod contact;
pub mod deal;
pub mod edit;
pub mod enquiry;
pub mod filter;
pub mod id;
pub mod language;
pub mod money;
pub mod note;
pub mod period;
pub mod pipeline;
pub mod product;
pub mod purchase;
pub mod rate;
pub mod refusal;
pub mod row;
pub mod rules;
pub mod segment;
pub mod setting;
pub mod task;
pub mod term;
pub mod time;
pub mod value;
