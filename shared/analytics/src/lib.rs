//! Row tables in, numbers out: what a manager reads, and how each number is found.
//!
//! Pure: no clock, no randomness, no documents, no wire. A table is a plain slice; time zone,
//! instant and rates are arguments. What cannot be said is a [`reason::Reason`], never 0, NaN or
//! infinity. Logarithms and their kin come from `libm`, so that tablet and relay agree to the bit.
//! Read in this order: [`reason`] and [`measure`] (what a result is), [`sample`], [`calendar`],
//! [`distribution`] and [`proportion`] (the arithmetic below), then the families: [`sales`],
//! [`customers`], [`voice`], [`loyalty`], [`experiment`],
//! [`survival`], [`outcome`], [`value`], [`leads`], [`service`], [`strategy`]; [`matrix`] and
//! [`minimum`] fit what has to be fitted. [`boards`] lays the families out as dashboards over the
//! rows of accounts, for the days a [`span`] names; [`segments`] say who belongs to a segment.

pub mod boards;
pub mod calendar;
pub mod customers;
pub mod distribution;
pub mod experiment;
pub mod leads;
pub mod loyalty;
pub mod matrix;
pub mod measure;
pub mod minimum;
pub mod outcome;
pub mod proportion;
pub mod reason;
pub mod sales;
pub mod sample;
pub mod segments;
pub mod service;
pub mod span;
pub mod strategy;
pub mod survival;
pub mod value;
pub mod voice;
