//! What an account bought, told in days of the reporting zone and in the reporting currency.

use super::gathered::View;
use crate::span::Days;
use domain::{row::AccountRow, time::Day};

/// An account that bought something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    /// Oldest first.
    pub bought: Vec<Bought>,
    /// What `bought` names by place.
    pub categories: Vec<String>,
}

/// A purchase, or a refund, which lowers what was spent and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bought {
    pub day: Day,
    pub is_refund: bool,
    /// Nothing where its currency has no rate.
    pub minor: Option<i64>,
    pub category: Option<u16>,
}

/// What somebody spent on some days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// Purchases less refunds.
    pub net_minor: i128,
    /// Purchases alone.
    pub gross_minor: i128,
    pub purchases: u64,
    /// Purchases and refunds whose currency has no rate.
    pub untold: u64,
}

impl Buyer {
    /// Tells what the account bought; nothing where it bought nothing.
    pub fn of(row: &AccountRow, view: &View) -> Option<Self> {
        let mut categories: Vec<String> = Vec::new();
        let mut bought: Vec<_> = row
            .purchases()
            .map(|one| {
                let day = view.zone.day_of(one.at);
                let told = view.configuration.reported(one.amount, day);
                let category = one.category.map(|word| {
                    let known = categories.iter().position(|known| known == word);
                    known.unwrap_or_else(|| {
                        categories.push(word.to_owned());
                        categories.len() - 1
                    }) as u16
                });
                Bought {
                    day,
                    is_refund: one.amount.minor < 0,
                    minor: told.and_then(Result::ok).map(|told| told.minor),
                    category,
                }
            })
            .collect();
        bought.sort_by_key(|one| one.day);
        (!bought.is_empty()).then_some(Self { bought, categories })
    }

    /// Returns the days something was bought on up to a day, each once, in order.
    pub fn days(&self, last: Day) -> Vec<Day> {
        let bought = self.bought.iter().filter(|one| !one.is_refund && one.day <= last);
        let mut days: Vec<_> = bought.map(|one| one.day).collect();
        days.dedup();
        days
    }

    /// Returns the first day something was bought on.
    pub fn first(&self) -> Option<Day> {
        self.bought.iter().find(|one| !one.is_refund).map(|one| one.day)
    }

    /// Sums up what was spent on some days.
    pub fn spent(&self, days: Days) -> Spent {
        let mut spent = Spent::default();
        for one in self.bought.iter().filter(|one| days.contains(one.day)) {
            spent.purchases += u64::from(!one.is_refund);
            match one.minor {
                None => spent.untold += 1,
                Some(minor) => {
                    spent.net_minor += i128::from(minor);
                    spent.gross_minor += if one.is_refund { 0 } else { i128::from(minor) };
                }
            }
        }
        spent
    }
}
