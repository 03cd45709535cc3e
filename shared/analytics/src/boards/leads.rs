//! What enquiries come to, what they cost, and from where they come.
//!
//! An enquiry belongs to the period it came in. Its status is the present one: of enquiries only
//! the conversion is dated.

use super::{Bar, Board, Chart, Label, buyer::Buyer, gathered::View};
use crate::{
    measure::{Coverage, Lack, Measure, Unit, definitions},
    reason::{Found, Reason, quotient},
    sample::Sample,
    span::{Days, Stretch},
};
use domain::{
    enquiry::EnquiryStatus,
    row::AccountRow,
    time::{Day, Timestamp},
};
use std::collections::BTreeMap;

definitions! {
    ENQUIRIES = "enquiries", "Enquiries that came in the period.", "count", Count Higher;
    QUALIFIED = "qualified_share", "Of the period's enquiries, the share that is qualified or converted by now.", "qualified or converted / enquiries", Share Higher;
    CONVERTED = "converted", "Of the period's enquiries, those converted by the end of the period.", "count", Count Higher;
    CONVERSION = "conversion_share", "Of the period's enquiries, the share converted by the end of the period; those still open may follow.", "converted / enquiries", Share Higher;
    DAYS = "days_to_convert", "From enquiry to conversion, in the middle; converted ones only, and so too short while others are open.", "median of days", Days Lower;
    WAITING = "waiting", "Enquiries of the period that are new or being worked on by now.", "count", Count Lower;
    COST = "cost_minor", "What the period's enquiries cost to attract.", "sum of costs", Minor Lower;
    COST_PER = "cost_per_enquiry_minor", "What an enquiry of the period cost to attract, of those whose cost is known.", "cost / enquiries with a cost", Minor Lower;
    CAC = "cac_minor", "What a conversion among the period's enquiries cost to attract.", "cost / converted", Minor Lower;
}

/// An account that asked for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prospect {
    pub asked: Vec<Asked>,
    /// What it bought, if anything.
    pub buyer: Option<Buyer>,
}

/// An enquiry, told in days of the reporting zone and in the reporting currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub day: Day,
    pub at: Timestamp,
    pub source: Option<String>,
    pub status: EnquiryStatus,
    pub converted: Option<(Day, Timestamp)>,
    pub cost: Cost,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    Unknown,
    Minor(i64),
    /// Its currency has no rate.
    Untold,
}

impl Prospect {
    /// Tells what the account asked for; nothing where it asked for nothing.
    pub fn of(row: &AccountRow, view: &View) -> Option<Self> {
        let asked = row.enquiries().map(|one| {
            let day = view.zone.day_of(one.at);
            let told = |cost| view.configuration.reported(cost, day).and_then(Result::ok);
            let cost = one.cost.map_or(Cost::Unknown, |cost| {
                told(cost).map_or(Cost::Untold, |told| Cost::Minor(told.minor))
            });
            Asked {
                day,
                at: one.at,
                source: one.source.map(ToOwned::to_owned),
                status: one.status,
                converted: one.converted_at.map(|at| (view.zone.day_of(at), at)),
                cost,
            }
        });
        let asked: Vec<_> = asked.collect();
        (!asked.is_empty()).then(|| Self { asked, buyer: Buyer::of(row, view) })
    }
}

/// What some enquiries add up to.
#[derive(Default)]
struct Pot {
    enquiries: u64,
    qualified: u64,
    converted: u64,
    waiting: u64,
    cost_minor: i128,
    with_cost: u64,
    untold: u64,
    backwards: u64,
    days_ms: Vec<i64>,
    accounts: Vec<u32>,
    converted_accounts: Vec<u32>,
    waiting_accounts: Vec<u32>,
    revenue_minor: i128,
}

impl Pot {
    fn add(&mut self, (at, asked): (u32, &Asked), last: Day) {
        self.enquiries += 1;
        self.accounts.push(at);
        let status = asked.status;
        let converted = asked.converted.filter(|(day, _)| *day <= last);
        if matches!(status, EnquiryStatus::Qualified | EnquiryStatus::Converted) {
            self.qualified += 1;
        }
        if matches!(status, EnquiryStatus::New | EnquiryStatus::Working) {
            self.waiting += 1;
            self.waiting_accounts.push(at);
        }
        if let Some((_, later)) = converted {
            self.converted += 1;
            self.converted_accounts.push(at);
            match later.0 - asked.at.0 {
                length if length >= 0 => self.days_ms.push(length),
                _ => self.backwards += 1,
            }
        }
        match asked.cost {
            Cost::Unknown => {}
            Cost::Untold => self.untold += 1,
            Cost::Minor(minor) => {
                self.cost_minor += i128::from(minor);
                self.with_cost += 1;
            }
        }
    }

    fn cost(&self) -> Found<f64> {
        if self.with_cost > 0 { Ok(self.cost_minor as f64) } else { Err(Reason::NoRows) }
    }
}

/// Works out what the enquiries of the days came to.
pub fn board(prospects: &BTreeMap<u32, Prospect>, stretch: Stretch) -> Board {
    let (days, last) = (stretch.days, stretch.days.last());
    let mut all = Pot::default();
    let mut sources: BTreeMap<Option<&str>, Pot> = BTreeMap::new();
    let mut states: BTreeMap<u8, Vec<u32>> = BTreeMap::new();
    for (at, prospect) in prospects {
        let mut credited = false;
        for asked in prospect.asked.iter().filter(|one| days.contains(one.day)) {
            all.add((*at, asked), last);
            let source = sources.entry(asked.source.as_deref()).or_default();
            source.add((*at, asked), last);
            // What an account bought is counted once, for the first of its enquiries.
            if let (false, Some(buyer)) = (credited, &prospect.buyer) {
                source.revenue_minor += buyer.spent(Days { from: asked.day, ..days }).net_minor;
                credited = true;
            }
            states.entry(asked.status as u8).or_default().push(*at);
        }
    }
    let measures = measures(&all);
    Board { measures, charts: vec![by_source(sources), by_status(states)] }
}

fn measures(all: &Pot) -> Vec<Measure> {
    let coverage = Coverage::of(all.enquiries, []);
    let costs = Coverage::of(
        all.with_cost,
        [(Lack::Rate, all.untold), (Lack::Amount, all.enquiries - all.with_cost - all.untold)],
    );
    let days: Sample = all.days_ms.iter().copied().collect();
    let median = days.median().map(|ms| ms / crate::sales::deal::DAY_MS).ok_or(Reason::NoRows);
    let timed = Coverage::of(days.len() as u64, [(Lack::Order, all.backwards)]);
    let known = |measure: Measure| Measure { value: all.cost().and(measure.value), ..measure };
    let cost = all.cost_minor as f64;
    let of = |measure: Measure, rows: &[u32]| measure.covering(coverage.clone()).behind(once(rows));
    vec![
        of(ENQUIRIES.total(all.enquiries as f64), &all.accounts),
        of(QUALIFIED.share(all.qualified, all.enquiries), &all.accounts),
        of(CONVERTED.total(all.converted as f64), &all.converted_accounts),
        of(CONVERSION.share(all.converted, all.enquiries), &all.converted_accounts),
        of(DAYS.found(median), &all.converted_accounts).covering(timed),
        of(WAITING.total(all.waiting as f64), &all.waiting_accounts),
        of(COST.found(all.cost()), &all.accounts).covering(costs.clone()),
        of(known(COST_PER.quotient(cost, all.with_cost as f64)), &all.accounts)
            .covering(costs.clone()),
        of(known(CAC.quotient(cost, all.converted as f64)), &all.converted_accounts)
            .covering(costs),
    ]
}

fn by_source(sources: BTreeMap<Option<&str>, Pot>) -> Chart {
    let bars = sources.into_iter().map(|(source, pot)| Bar {
        cells: vec![
            Ok(pot.enquiries as f64),
            Ok(pot.converted as f64),
            quotient(pot.converted as f64, pot.enquiries as f64),
            pot.cost(),
            pot.cost().and_then(|cost| quotient(cost, pot.converted as f64)),
            Ok(pot.revenue_minor as f64),
        ],
        label: Label::Word(source.map(ToOwned::to_owned)),
        accounts: once(&pot.accounts),
    });
    let columns: &[(&str, Unit)] = &[
        ("enquiries", Unit::Count),
        ("converted", Unit::Count),
        ("conversion", Unit::Share),
        ("cost", Unit::Minor),
        ("cac", Unit::Minor),
        ("bought", Unit::Minor),
    ];
    Chart { id: "source", columns, bars: bars.collect() }.largest_first()
}

/// The states of an enquiry, by their numbers.
const STATES: [&str; 5] = ["new", "working", "qualified", "disqualified", "converted"];

fn by_status(mut states: BTreeMap<u8, Vec<u32>>) -> Chart {
    let bars = (0..).zip(STATES).map(|(number, code)| {
        let accounts = states.remove(&number).unwrap_or_default();
        Bar {
            label: Label::Class(code),
            cells: vec![Ok(accounts.len() as f64)],
            accounts: once(&accounts),
        }
    });
    Chart { id: "status", columns: &[("enquiries", Unit::Count)], bars: bars.collect() }
}

fn once(accounts: &[u32]) -> Vec<u32> {
    let mut accounts = accounts.to_vec();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(day: i32, source: &str, converted: Option<i32>, cost: Cost) -> Asked {
        let at = |day: i32| Timestamp(i64::from(day) * 86_400_000);
        let status =
            if converted.is_some() { EnquiryStatus::Converted } else { EnquiryStatus::Working };
        Asked {
            day: Day(day),
            at: at(day),
            source: Some(source.to_owned()),
            status,
            converted: converted.map(|day| (Day(day), at(day))),
            cost,
        }
    }

    #[test]
    fn an_enquiry_counts_in_the_period_it_came_and_its_conversion_by_the_end() {
        let days = Days { from: Day(10), to: Day(20) };
        let prospects = [
            asked(9, "fair", Some(12), Cost::Minor(1)),
            asked(10, "fair", Some(14), Cost::Minor(300)),
            asked(12, "fair", Some(20), Cost::Minor(100)),
            asked(19, "web", None, Cost::Unknown),
        ];
        let prospects = (0..).zip(prospects.map(|one| Prospect { asked: vec![one], buyer: None }));
        let stretch = Stretch { days, before: days, partial: false };
        let board = board(&prospects.collect(), stretch);
        let value = |id: &str| {
            board.measures.iter().find(|one| one.definition.id == id).and_then(Measure::number)
        };
        assert_eq!((value("enquiries"), value("converted")), (Some(3.0), Some(1.0)));
        assert_eq!(
            (value("conversion_share"), value("days_to_convert")),
            (Some(1.0 / 3.0), Some(4.0))
        );
        assert_eq!((value("cost_minor"), value("cac_minor")), (Some(400.0), Some(400.0)));
        assert_eq!(value("cost_per_enquiry_minor"), Some(200.0));
        let sources: Vec<_> = board.charts[0].bars.iter().map(|bar| bar.label.code()).collect();
        assert_eq!(sources, ["fair", "web"]);
        assert_eq!(board.charts[0].bars[1].cells[3], Err(Reason::NoRows), "no cost is not nought");
    }
}
