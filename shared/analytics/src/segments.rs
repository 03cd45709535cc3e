//! Who belongs to a segment, and what they are worth.
//!
//! [`terms`] reads the conditions, [`facts`] tells of each account what the rows alone do not say,
//! [`portrait`] sums the members up. Classes and shares are those of the whole base, not of the
//! members among themselves; money and orders are those of the last 365 days.

pub mod facts;
pub mod portrait;
pub mod terms;

use crate::boards::gathered::View;
use domain::{
    filter::Filter,
    id::AccountId,
    row::AccountRow,
    segment::{Conditions, Segment},
};
use facts::Facts;
use std::collections::BTreeSet;
use terms::Terms;

/// What is known of the accounts of this tablet or relay.
#[derive(Debug, Clone, Copy)]
pub struct Base<'a> {
    pub rows: &'a [AccountRow],
    pub facts: &'a Facts,
    pub view: &'a View,
}

/// Who belongs to a segment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// The places of their rows, in order.
    pub places: Vec<u32>,
    /// Accounts that were frozen and are not here: archived, taken back, or of other people.
    pub missing: u64,
    /// Accounts a condition could not be told of, as their money has no rate.
    pub untold: u64,
}

/// The conditions, by their names as they were written, that cannot be told here: they are of a
/// later release, or a sum in them has no rate. Nobody is guessed to belong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold(pub Vec<String>);

/// Returns who belongs to a segment; one without conditions and accounts has nobody.
pub fn members(segment: &Segment, base: Base<'_>) -> Result<Members, Untold> {
    match (&segment.frozen, &segment.conditions) {
        (Some(frozen), _) => Ok(thawed(frozen.accounts().collect(), base)),
        (None, Some(conditions)) => fitting(conditions, base),
        (None, None) => Ok(Members::default()),
    }
}

fn thawed(mut frozen: BTreeSet<AccountId>, base: Base<'_>) -> Members {
    let all = Filter::default();
    let here = listed(&all, base).filter(|(_, row)| frozen.remove(&row.id));
    let places = here.map(|(at, _)| at).collect();
    Members { places, missing: frozen.len() as u64, untold: 0 }
}

/// Returns who fits conditions.
pub fn fitting(conditions: &Conditions, base: Base<'_>) -> Result<Members, Untold> {
    let terms = Terms::read(conditions).map_err(Untold)?;
    let bought = terms.bought(&base.view.configuration, base.view.reader.today);
    let bought = bought.map_err(|name| Untold(vec![name]))?;
    let mut members = Members::default();
    for (at, row) in listed(&terms.filter, base) {
        let fact = base.facts.of(at);
        if !terms.fits(row, fact) {
            continue;
        }
        match bought.map(|bought| fact.bought_minor.map(|minor| bought.holds(minor))) {
            None | Some(Some(true)) => members.places.push(at),
            Some(Some(false)) => {}
            Some(None) => members.untold += 1,
        }
    }
    Ok(members)
}

/// Returns the accounts lists show that fit a filter, with their places.
fn listed<'a>(
    filter: &'a Filter,
    base: Base<'a>,
) -> impl Iterator<Item = (u32, &'a AccountRow)> + use<'a> {
    let places = (0..).zip(base.rows);
    let shown =
        |row: &AccountRow| row.withdrawn != Some(true) && filter.fits(row, base.view.reader);
    places.filter(move |(_, row)| shown(row))
}

#[cfg(test)]
#[path = "segments/tests.rs"]
mod tests;
