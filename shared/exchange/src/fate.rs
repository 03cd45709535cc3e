//! What became, or would become, of every row of an account: told row by row, and counted.

use crate::{
    book::Flags,
    bundle::{Bundle, Outcome, StagedRow},
    draft,
    reason::Fault,
};

/// One thing to be told of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fate {
    pub outcome: Outcome,
    /// What is the matter, unless all is well.
    pub fault: Option<Fault>,
}

/// How many rows had which fate, and how many cells were left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub taken: u64,
    pub already_here: u64,
    pub refused: u64,
    pub left_out: u64,
    /// Taken, and counted as taken, but alike to another.
    pub flagged: u64,
}

impl Count {
    /// Takes in one thing that was told.
    pub fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Taken => self.taken += 1,
            Outcome::AlreadyHere => self.already_here += 1,
            Outcome::RowRefused => self.refused += 1,
            Outcome::CellLeftOut => self.left_out += 1,
            Outcome::Flagged => {
                self.taken += 1;
                self.flagged += 1;
            }
        }
    }
}

/// Tells the fate of every row once, and after it the cells left out of rows that were taken.
pub fn tell(
    bundle: &Bundle,
    outcomes: &[draft::Outcome],
    left_out: &[(usize, Fault)],
    flags: &Flags,
    mut told: impl FnMut(&StagedRow, Fate),
) {
    for (row, outcome) in bundle.rows.iter().zip(outcomes) {
        let (outcome, fault) = match outcome {
            draft::Outcome::Taken => match flags.get(&(row.kind, row.line)) {
                Some(reason) => (Outcome::Flagged, Some(Fault::row(reason.clone()))),
                None => (Outcome::Taken, None),
            },
            draft::Outcome::AlreadyHere => (Outcome::AlreadyHere, None),
            draft::Outcome::Refused(fault) => (Outcome::RowRefused, Some(fault.clone())),
        };
        told(row, Fate { outcome, fault });
    }
    for (place, fault) in left_out {
        if outcomes[*place] == draft::Outcome::Taken {
            let fault = Some(fault.clone());
            told(&bundle.rows[*place], Fate { outcome: Outcome::CellLeftOut, fault });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{kind::Kind, reason::Reason};
    use domain::id::AccountId;

    #[test]
    fn each_row_is_counted_once_and_a_refused_row_has_no_cells_left_out() {
        let row = |line| StagedRow { kind: Kind::Contacts, line, cells: Vec::new() };
        let bundle = Bundle { account: AccountId([1; 16]), rows: (2..6).map(row).collect() };
        let refused = draft::Outcome::Refused(Fault::row(Reason::Missing));
        let outcomes =
            [draft::Outcome::Taken, draft::Outcome::Taken, draft::Outcome::AlreadyHere, refused];
        let left_out = [(0, Fault::row(Reason::Email)), (3, Fault::row(Reason::Email))];
        let flags = Flags::from([((Kind::Contacts, 3), Reason::LooksLike { line: 2 })]);
        let mut count = Count::default();
        tell(&bundle, &outcomes, &left_out, &flags, |_, fate| count.add(fate.outcome));
        let expected = Count { taken: 2, already_here: 1, refused: 1, left_out: 1, flagged: 1 };
        assert_eq!(count, expected);
    }
}
