//! What a dashboard needs of each account, kept by account: one that changed is told again, and
//! all others stand.

use super::{
    Board, Which,
    adoption::{self, Work},
    buyer::Buyer,
    customers,
    leads::{self, Prospect},
    quality::{self, Known},
    retention, worth,
};
use crate::{service::zone::Zone, span::Stretch};
use domain::{
    configuration::Configuration,
    filter::{Filter, Reader},
    row::AccountRow,
    time::Day,
};
use std::{collections::BTreeMap, ops::Range, sync::Arc};

/// How the accounts are looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub which: Which,
    pub configuration: Arc<Configuration>,
    /// Without a period of its own: that is the dashboard's.
    pub filter: Filter,
    pub reader: Reader,
    /// The zone whose days are meant.
    pub zone: Arc<Zone>,
}

/// What was gathered of the accounts, by the places of their rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Gathered {
    pub view: View,
    /// The accounts looked at.
    pub accounts: u64,
    /// By place, whether the account is looked at.
    looked_at: Vec<bool>,
    told: Told,
}

/// What is told of each account depends on the dashboard.
#[derive(Debug, Clone, PartialEq)]
enum Told {
    Buyers(BTreeMap<u32, Buyer>),
    Prospects(BTreeMap<u32, Prospect>),
    Work(BTreeMap<u32, Work>),
    Known(BTreeMap<u32, Known>),
}

impl Gathered {
    /// Begins with no account.
    pub fn begin(view: View) -> Self {
        let told = match view.which {
            Which::Customers | Which::Retention => Told::Buyers(BTreeMap::new()),
            Which::Leads => Told::Prospects(BTreeMap::new()),
            Which::Adoption => Told::Work(BTreeMap::new()),
            Which::Quality => Told::Known(BTreeMap::new()),
        };
        Self { view, accounts: 0, looked_at: Vec::new(), told }
    }

    /// Gathers all accounts at once.
    pub fn of(rows: &[AccountRow], view: View) -> Self {
        let mut gathered = Self::begin(view);
        gathered.take_in(rows, 0..rows.len());
        gathered
    }

    /// Takes in the accounts of these places, so that many can be taken in piece by piece.
    pub fn take_in(&mut self, rows: &[AccountRow], places: Range<usize>) {
        places.for_each(|place| self.tell(rows, place));
    }

    /// Tells these accounts again, which changed or came.
    pub fn tell_again(&mut self, rows: &[AccountRow], changed: &[usize]) {
        changed.iter().for_each(|place| self.tell(rows, *place));
    }

    /// Works the dashboard out for some days.
    pub fn board(&self, stretch: Stretch) -> Board {
        match &self.told {
            Told::Buyers(told) if self.view.which == Which::Customers => {
                customers::board(told, stretch)
            }
            Told::Buyers(told) => retention::board(told, stretch),
            Told::Prospects(told) => leads::board(told, stretch),
            Told::Work(told) => adoption::board(told, stretch, self.view.reader.today),
            Told::Known(told) => quality::board(told),
        }
    }

    /// Works out what customers will yet bring, as known on a day. Takes long over a large base;
    /// nothing where not purchases were gathered.
    pub fn worth(&self, last: Day) -> Option<Board> {
        self.buyers().map(|told| worth::board(told, last))
    }

    /// Returns those who bought, by the places of their rows; nothing where not purchases were
    /// gathered.
    pub fn buyers(&self) -> Option<&BTreeMap<u32, Buyer>> {
        match &self.told {
            Told::Buyers(told) => Some(told),
            _ => None,
        }
    }

    fn tell(&mut self, rows: &[AccountRow], place: usize) {
        let Some(row) = rows.get(place) else { return };
        let fits = row.withdrawn != Some(true) && self.view.filter.fits(row, self.view.reader);
        if self.looked_at.len() <= place {
            self.looked_at.resize(place + 1, false);
        }
        self.accounts += u64::from(fits);
        self.accounts -= u64::from(std::mem::replace(&mut self.looked_at[place], fits));
        let row = fits.then_some(row);
        let (at, view) = (place as u32, &self.view);
        match &mut self.told {
            Told::Buyers(told) => keep(told, at, row.and_then(|row| Buyer::of(row, view))),
            Told::Prospects(told) => keep(told, at, row.and_then(|row| Prospect::of(row, view))),
            Told::Work(told) => keep(told, at, row.map(|row| Work::of(row, view))),
            Told::Known(told) => keep(told, at, row.and_then(|row| Known::of(row, view))),
        }
    }
}

fn keep<T>(told: &mut BTreeMap<u32, T>, at: u32, one: Option<T>) {
    match one {
        Some(one) => told.insert(at, one),
        None => told.remove(&at),
    };
}

#[cfg(test)]
#[path = "gathered_tests.rs"]
pub(crate) mod tests;
