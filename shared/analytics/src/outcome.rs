//! How well scores foretell an outcome, and a score fitted to outcomes.

pub mod auc;
pub mod logistic;
