//! What deals tell: the funnel, the pipeline of a period, forecasts and channels.
//!
//! [`deal`] is the row they run on; [`funnel`] and [`pipeline`] are totals one row can be added to
//! and taken from, so that a dashboard follows an edit without counting everybody again; [`outlook`]
//! are its figures, and [`dashboard`] is all of it as one filter sees it.

pub mod activity;
pub mod channel;
pub mod dashboard;
pub mod deal;
pub mod forecast;
pub mod funnel;
pub mod outlook;
pub mod pipeline;
pub mod table;
