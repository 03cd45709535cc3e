//! A deal as the numbers see it: what it is worth and how it went from stage to stage.

use domain::time::Timestamp;

/// A deal. Its amount is in minor units of the reporting currency, changed at one dated table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deal {
    /// Nothing when it has none, or its currency has no rate.
    pub amount_minor: Option<i64>,
    pub created_at: Timestamp,
    /// Every move from stage to stage, in any order.
    pub moves: Vec<Move>,
    pub closing: Option<Closing>,
}

/// The deal came to a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The stage's place in the pipeline, or nothing when the pipeline has no such stage (any more).
    pub stage: Option<u16>,
    pub at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closing {
    pub outcome: Outcome,
    pub at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Won,
    /// Given up to a competitor or to nobody: "no decision" is lost too.
    Lost,
}

/// How many milliseconds a day has when spans are told in days.
pub const DAY_MS: f64 = 86_400_000.0;

impl Deal {
    /// Returns the moves `before` says yes to, oldest first; those at one instant as they came.
    pub(crate) fn moves_where(&self, before: impl Fn(Timestamp) -> bool) -> Vec<Move> {
        let mut moves: Vec<_> = self.moves.iter().copied().filter(|one| before(one.at)).collect();
        moves.sort_by_key(|one| one.at);
        moves
    }
}
