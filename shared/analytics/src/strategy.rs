//! Assessments and scorecards: one arithmetic for each kind, whatever the model is called.

pub mod fraction;
pub mod idic;
pub mod maturity;
pub mod scorecard;
pub mod significant;
