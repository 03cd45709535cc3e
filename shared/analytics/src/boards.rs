//! Dashboards over the rows of accounts: figures and charts, each with the accounts behind it.
//!
//! What is needed of each account is [`gathered`] once, and again for accounts that change; a
//! [`Board`] is worked out from that for some days. Its numbers depend on what the accounts are,
//! never on the order they came in.

pub mod adoption;
pub mod buyer;
pub mod customers;
pub mod gathered;
pub mod leads;
pub mod quality;
pub mod retention;
pub mod worth;
pub mod written;

use crate::{
    calendar::Month,
    measure::{Measure, Unit},
    reason::Found,
};
use domain::{
    account::{LifecycleStage, ProfileField},
    id::PersonId,
};

/// Which dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Customers,
    Retention,
    Leads,
    Adoption,
    Quality,
}

/// What a dashboard shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// The rows behind each are places of accounts.
    pub measures: Vec<Measure>,
    pub charts: Vec<Chart>,
}

/// Figures side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Names it in exports and the catalogue of words.
    pub id: &'static str,
    /// The first is what the bars are as long as.
    pub columns: &'static [(&'static str, Unit)],
    pub bars: Vec<Bar>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub label: Label,
    /// One cell a column.
    pub cells: Vec<Found<f64>>,
    /// The places of the accounts behind it.
    pub accounts: Vec<u32>,
}

/// What a bar stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Label {
    /// A class of ours, by its code.
    Class(&'static str),
    /// A word of the workspace's own, where one was given.
    Word(Option<String>),
    Month(Month),
    Person(Option<PersonId>),
    Field(ProfileField),
    Stage(LifecycleStage),
}

impl Which {
    pub const ALL: [Self; 5] =
        [Self::Customers, Self::Retention, Self::Leads, Self::Adoption, Self::Quality];

    /// Returns its name in addresses and exports.
    pub fn code(self) -> &'static str {
        match self {
            Self::Customers => "customers",
            Self::Retention => "retention",
            Self::Leads => "leads",
            Self::Adoption => "adoption",
            Self::Quality => "quality",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|which| which.code() == code)
    }
}

/// Says whether an account buys or is a customer by its stage: of leads, and of what came to
/// nothing, nobody asks as much.
fn is_customer(stage: LifecycleStage) -> bool {
    !matches!(stage, LifecycleStage::Lead | LifecycleStage::Qualified | LifecycleStage::Closed)
}

impl Label {
    /// Returns the label in no language; what was not named has none.
    pub fn code(&self) -> String {
        match self {
            Self::Class(code) => (*code).to_owned(),
            Self::Word(word) => word.clone().unwrap_or_default(),
            Self::Month(month) => month.to_string(),
            Self::Person(person) => person.map(|person| person.to_string()).unwrap_or_default(),
            Self::Field(field) => (*field as u8).to_string(),
            Self::Stage(stage) => (*stage as u8).to_string(),
        }
    }
}

impl Chart {
    /// Puts the bars with the largest first cell first, equals by their labels.
    #[must_use]
    pub fn largest_first(mut self) -> Self {
        let first = |bar: &Bar| bar.cells.first().and_then(|cell| cell.ok()).unwrap_or(f64::MIN);
        self.bars.sort_by(|one, other| {
            first(other).total_cmp(&first(one)).then_with(|| one.label.cmp(&other.label))
        });
        self
    }
}
