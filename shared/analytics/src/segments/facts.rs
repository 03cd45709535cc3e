//! What the purchases of all say of each account: its classes, its rhythm, its money.

use crate::{
    boards::{
        buyer::Buyer,
        customers::{self, Year},
        retention,
    },
    customers::lapse::Standing,
};
use domain::time::Day;
use std::collections::BTreeMap;

pub use crate::boards::customers::{ABC, SEGMENTS as RFM};

/// How an account stands by its own rhythm.
pub const STANDINGS: [&str; 5] = ["active", "due", "at_risk", "lapsed", "never"];

/// What is told of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Nothing where nothing was bought within the year.
    pub rfm: Option<&'static str>,
    pub abc: Option<&'static str>,
    pub standing: &'static str,
    /// Of the last 365 days, less what was given back; nothing where a currency has no rate.
    pub bought_minor: Option<i64>,
    /// Of the last 365 days.
    pub orders: i64,
    pub silent_days: Option<i64>,
    /// What of the money counts as held by it; nothing where it gave back more than it bought.
    pub held_minor: i64,
}

/// What is told of every account that bought, by place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    told: BTreeMap<u32, Fact>,
    /// The money all hold together.
    pub held_minor: i128,
    /// The day they are told on.
    pub today: Day,
}

/// What is told of one who never bought.
static NEVER: Fact = Fact {
    rfm: None,
    abc: None,
    standing: STANDINGS[4],
    bought_minor: Some(0),
    orders: 0,
    silent_days: None,
    held_minor: 0,
};

impl Facts {
    /// Tells them as of a day; what was bought later is not known yet.
    pub fn of_buyers(buyers: &BTreeMap<u32, Buyer>, today: Day) -> Self {
        let year = Year::of(buyers, today);
        let scored = customers::scored(buyers, today);
        let standings = retention::standings(buyers, today);
        let window = customers::window(today);
        let mut told: BTreeMap<u32, Fact> = BTreeMap::new();
        for (at, buyer) in buyers {
            let spent = buyer.spent(window);
            let fact = Fact {
                rfm: scored.get(at).map(|(segment, _)| RFM[*segment]),
                standing: standings.get(at).map_or(NEVER.standing, |one| standing(*one)),
                bought_minor: (spent.untold == 0)
                    .then(|| i64::try_from(spent.net_minor).ok())
                    .flatten(),
                orders: i64::try_from(spent.purchases).unwrap_or(i64::MAX),
                silent_days: buyer.days(today).last().map(|last| i64::from(today.0 - last.0)),
                ..NEVER.clone()
            };
            told.insert(*at, fact);
        }
        for ((net, at), class) in year.spent.iter().zip(year.classed()) {
            if let Some(fact) = told.get_mut(at) {
                (fact.abc, fact.held_minor) = (Some(ABC[class]), *net);
            }
        }
        let held_minor = year.spent.iter().map(|(net, _)| i128::from(*net)).sum();
        Self { told, held_minor, today }
    }

    /// Returns what is told of the account at a place.
    pub fn of(&self, at: u32) -> &Fact {
        self.told.get(&at).unwrap_or(&NEVER)
    }
}

fn standing(standing: Standing) -> &'static str {
    STANDINGS[match standing {
        Standing::Active => 0,
        Standing::Due => 1,
        Standing::AtRisk => 2,
        Standing::Lapsed => 3,
        Standing::NeverBought => 4,
    }]
}
