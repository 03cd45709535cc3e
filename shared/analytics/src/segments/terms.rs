//! The conditions this release knows, read from how they are kept and written so again.

use super::facts::{ABC, Fact, RFM, STANDINGS};
use domain::{
    configuration::Configuration,
    filter::Filter,
    money::{Currency, Money},
    row::AccountRow,
    segment::Conditions,
    time::Day,
};
use std::fmt;

/// What a segment asks; every one has to be met.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Terms {
    /// Owner, territory and place in the life cycle, as the list has them.
    pub filter: Filter,
    pub tag: Option<String>,
    pub source: Option<String>,
    /// One of these classes; none for all.
    pub rfm: Vec<&'static str>,
    pub abc: Vec<&'static str>,
    pub standing: Vec<&'static str>,
    /// Bought in the last 365 days less what was given back, in that currency.
    pub bought_in: Option<(Currency, Between)>,
    /// Purchases in the last 365 days.
    pub orders: Option<Between>,
    /// Days since the last purchase.
    pub silent_days: Option<Between>,
}

/// From and up to a number, both counted in; one of them may be missing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Between {
    pub from: Option<i64>,
    pub to: Option<i64>,
}

const FILTER: [&str; 3] = ["owner", "territory", "stage"];

impl Terms {
    /// Reads conditions, or names those it does not know, each as it was written.
    pub fn read(conditions: &Conditions) -> Result<Self, Vec<String>> {
        let (mut terms, mut unknown) = (Self::default(), Vec::new());
        let part = |name: &str| {
            let asked = conditions.0.get(name).filter(|_| FILTER.contains(&name));
            asked.cloned()
        };
        terms.filter = Filter::of_parts(part);
        let understood = terms.filter.parts();
        for (name, asks) in &conditions.0 {
            if terms.take(name, asks).is_none() && !understood.contains_key(&**name) {
                unknown.push(format!("{name}: {asks}"));
            }
        }
        if unknown.is_empty() { Ok(terms) } else { Err(unknown) }
    }

    fn take(&mut self, name: &str, asks: &str) -> Option<()> {
        match name {
            "tag" => self.tag = Some(asks.to_owned()),
            "source" => self.source = Some(asks.to_owned()),
            "rfm" => self.rfm = classes(asks, &RFM)?,
            "abc" => self.abc = classes(asks, &ABC)?,
            "standing" => self.standing = classes(asks, &STANDINGS)?,
            "bought" => {
                let (currency, between) = asks.split_once(' ')?;
                self.bought_in = Some((currency.parse().ok()?, Between::parse(between)?));
            }
            "orders" => self.orders = Some(Between::parse(asks)?),
            "silent" => self.silent_days = Some(Between::parse(asks)?),
            _ => return None,
        }
        Some(())
    }

    /// Returns the conditions as they are kept; what is not asked is left out.
    pub fn written(&self) -> Conditions {
        let parts = self.filter.parts();
        let mut asked: Vec<(&str, Option<String>)> =
            FILTER.iter().map(|name| (*name, parts.get(name).cloned())).collect();
        let list = |of: &[&str]| (!of.is_empty()).then(|| of.join(","));
        let between = |of: Option<Between>| of.map(|of| of.to_string());
        let bought = self.bought_in.map(|(currency, of)| format!("{currency} {of}"));
        asked.extend([
            ("tag", self.tag.clone()),
            ("source", self.source.clone()),
            ("rfm", list(&self.rfm)),
            ("abc", list(&self.abc)),
            ("standing", list(&self.standing)),
            ("bought", bought),
            ("orders", between(self.orders)),
            ("silent", between(self.silent_days)),
        ]);
        let asked = asked.into_iter().filter_map(|(name, asks)| Some((name.to_owned(), asks?)));
        Conditions(asked.collect())
    }

    /// Returns what is asked of the money in the reporting currency, or the condition's name where
    /// that has no rate.
    pub fn bought(&self, of: &Configuration, on: Day) -> Result<Option<Between>, String> {
        let Some((currency, between)) = self.bought_in else { return Ok(None) };
        let told = |minor: Option<i64>| match minor {
            None => Some(None),
            Some(minor) => {
                let told = of.reported(Money { minor, currency }, on)?.ok()?;
                Some(Some(told.minor))
            }
        };
        match (told(between.from), told(between.to)) {
            (Some(from), Some(to)) => Ok(Some(Between { from, to })),
            _ => Err(format!("bought: {currency} {between}")),
        }
    }

    /// Says whether an account fits, filter and money apart.
    pub fn fits(&self, row: &AccountRow, fact: &Fact) -> bool {
        let within = |asked: Option<Between>, number: Option<i64>| {
            asked.is_none_or(|asked| number.is_some_and(|number| asked.holds(number)))
        };
        let among = |asked: &[&str], class: Option<&str>| {
            asked.is_empty() || class.is_some_and(|class| asked.contains(&class))
        };
        self.tag.as_ref().is_none_or(|tag| row.tags.contains(tag))
            && (self.source.is_none() || row.source == self.source)
            && among(&self.rfm, fact.rfm)
            && among(&self.abc, fact.abc)
            && among(&self.standing, Some(fact.standing))
            && within(self.orders, Some(fact.orders))
            && within(self.silent_days, fact.silent_days)
    }
}

impl Between {
    /// Reads `from..to`, of which one may be left out.
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once("..")?;
        let end = |end: &str| match end {
            "" => Some(None),
            end => end.parse().ok().map(Some),
        };
        let between = Self { from: end(from)?, to: end(to)? };
        (between != Self::default()).then_some(between)
    }

    pub fn holds(self, number: i64) -> bool {
        self.from.is_none_or(|from| number >= from) && self.to.is_none_or(|to| number <= to)
    }
}

impl fmt::Display for Between {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |end: Option<i64>| end.map(|end| end.to_string()).unwrap_or_default();
        write!(out, "{}..{}", end(self.from), end(self.to))
    }
}

fn classes(asks: &str, known: &[&'static str]) -> Option<Vec<&'static str>> {
    let named = asks.split(',').map(|asked| known.iter().find(|known| **known == asked).copied());
    named.collect()
}
