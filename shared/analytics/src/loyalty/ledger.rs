//! A member's points, worked out from what happened: nothing here is stored.
//!
//! Points live in lots. A lot earned on a day for so many months is usable through the same day of
//! the month and gone the next morning, before that day's events. The lot that ends first is used
//! first. Whatever happened: earned - clawed back - expired - (burned - restored) is the balance
//! less the debt.

use crate::{
    calendar::months_later,
    reason::{Found, Reason},
};
use domain::time::Day;
use std::collections::BTreeMap;

/// More than anybody earns at once.
const POINTS_MAX: i64 = 1_000_000_000_000;

/// Something that happened to a member's points. Days are those of the programme's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    pub id: &'a str,
    pub day: Day,
    pub kind: Kind<'a>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind<'a> {
    Earn {
        points: i64,
        valid_months: Option<u32>,
    },
    Burn {
        points: i64,
    },
    /// The purchase is undone: what it earned is taken back.
    CancelEarn {
        of: &'a str,
    },
    /// The redemption is undone: what it took comes back.
    CancelBurn {
        of: &'a str,
    },
}

/// Points earned together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lot<'a> {
    pub id: &'a str,
    pub left: i64,
    /// The last day the points can be used; nothing when they never expire.
    pub expires_after: Option<Day>,
    earned: i64,
    expired: i64,
    cancelled: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger<'a> {
    /// Lots in the order they were earned.
    lots: Vec<Lot<'a>>,
    /// What each burn took: lots and points, in the order they were taken.
    burns: BTreeMap<&'a str, Vec<(usize, i64)>>,
    pub debt: i64,
    /// Entries that were refused whole.
    pub refused: Vec<&'a str>,
    pub earned: i64,
    pub burned: i64,
    pub restored: i64,
    pub expired: i64,
    pub clawed_back: i64,
    /// Points that paid debt: from other lots, later earnings or restored redemptions.
    pub debt_paid: i64,
}

impl<'a> Ledger<'a> {
    /// Plays the entries up to the end of `as_of`; those of one day in the order given.
    pub fn play(entries: &[Entry<'a>], as_of: Day) -> Found<Self> {
        let mut ordered: Vec<_> = entries.iter().filter(|entry| entry.day <= as_of).collect();
        ordered.sort_by_key(|entry| entry.day);
        let mut ledger = Self::default();
        for entry in ordered {
            ledger.expire(entry.day);
            let done = match entry.kind {
                Kind::Earn { points, valid_months } => ledger.earn(entry, points, valid_months)?,
                Kind::Burn { points } => ledger.burn(entry.id, points)?,
                Kind::CancelEarn { of } => ledger.cancel_earn(of),
                Kind::CancelBurn { of } => ledger.cancel_burn(of, entry.day),
            };
            if !done {
                ledger.refused.push(entry.id);
            }
        }
        ledger.expire(as_of);
        Ok(ledger)
    }

    pub fn balance(&self) -> i64 {
        self.lots.iter().map(|lot| lot.left).sum()
    }

    /// Returns the lots with points in them, the one that ends first on top.
    pub fn live(&self) -> Vec<&Lot<'a>> {
        self.in_order().into_iter().map(|place| &self.lots[place]).collect()
    }

    /// Returns the points whose last usable day comes before `as_of` and so many days.
    pub fn expiring_within(&self, as_of: Day, days: i32) -> i64 {
        let before = Day(as_of.0.saturating_add(days));
        let soon = |lot: &&Lot| lot.expires_after.is_some_and(|last| last < before);
        self.lots.iter().filter(soon).map(|lot| lot.left).sum()
    }

    fn in_order(&self) -> Vec<usize> {
        let mut places: Vec<_> =
            (0..self.lots.len()).filter(|place| self.lots[*place].left > 0).collect();
        places.sort_by_key(|place| {
            let last = self.lots[*place].expires_after;
            (last.is_none(), last)
        });
        places
    }

    fn expire(&mut self, today: Day) {
        let over = |lot: &&mut Lot| lot.expires_after.is_some_and(|last| last < today);
        for lot in self.lots.iter_mut().filter(over) {
            self.expired += lot.left;
            lot.expired += lot.left;
            lot.left = 0;
        }
    }

    fn earn(&mut self, entry: &Entry<'a>, points: i64, valid: Option<u32>) -> Found<bool> {
        require_points(points)?;
        if self.lots.iter().any(|lot| lot.id == entry.id) {
            return Err(Reason::Duplicate);
        }
        let last = valid.map(|months| months_later(entry.day, months).ok_or(Reason::OutOfRange));
        let left = points - self.pay_debt(points);
        self.earned += points;
        self.lots.push(Lot {
            id: entry.id,
            left,
            expires_after: last.transpose()?,
            earned: points,
            expired: 0,
            cancelled: false,
        });
        Ok(true)
    }

    fn burn(&mut self, id: &'a str, points: i64) -> Found<bool> {
        require_points(points)?;
        if points > self.balance() || self.burns.contains_key(id) {
            return Ok(false);
        }
        let taken = self.take(points);
        self.burns.insert(id, taken);
        self.burned += points;
        Ok(true)
    }

    fn cancel_earn(&mut self, of: &str) -> bool {
        let found = self.lots.iter_mut().find(|lot| lot.id == of && !lot.cancelled);
        let Some(lot) = found else { return false };
        lot.cancelled = true;
        let owed = lot.earned - lot.expired;
        let spent = owed - lot.left;
        lot.left = 0;
        self.clawed_back += owed;
        let paid: i64 = self.take(spent).iter().map(|(_, points)| points).sum();
        self.debt_paid += paid;
        self.debt += spent - paid;
        true
    }

    fn cancel_burn(&mut self, of: &str, today: Day) -> bool {
        let Some(parts) = self.burns.get_mut(of).map(std::mem::take) else { return false };
        if parts.is_empty() {
            return false;
        }
        for (place, points) in parts {
            self.restored += points;
            let back = points - self.pay_debt(points);
            let lot = &mut self.lots[place];
            if lot.expires_after.is_some_and(|last| last < today) {
                lot.expired += back;
                self.expired += back;
            } else {
                lot.left += back;
            }
        }
        true
    }

    /// Takes points from live lots, as far as they go.
    fn take(&mut self, mut points: i64) -> Vec<(usize, i64)> {
        let mut taken = Vec::new();
        for place in self.in_order() {
            let part = points.min(self.lots[place].left);
            if part > 0 {
                self.lots[place].left -= part;
                points -= part;
                taken.push((place, part));
            }
        }
        taken
    }

    fn pay_debt(&mut self, points: i64) -> i64 {
        let paid = points.min(self.debt);
        self.debt -= paid;
        self.debt_paid += paid;
        paid
    }
}

/// Refuses points nobody has: sums of what is left stay numbers.
fn require_points(points: i64) -> Found<()> {
    match points {
        0..=POINTS_MAX => Ok(()),
        ..0 => Err(Reason::Negative),
        _ => Err(Reason::OutOfRange),
    }
}

#[cfg(test)]
#[path = "ledger_tests.rs"]
mod tests;
