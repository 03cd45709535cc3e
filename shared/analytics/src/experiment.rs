//! Experiments: first whether the split is the planned one, then whether the arms differ.

pub mod adjust;
pub mod arms;
pub mod split;
