//! The words of the dashboards over accounts, in the reader's language.
//!
//! Apart from the rest of the catalogue, so that they load with these dashboards alone.

mod chinese;
mod english;
mod russian;

use super::{current, measures::MeasureWords, texts::Plural};

/// Everything said on these dashboards and nowhere else.
pub struct Boards {
    /// Sales, customers, retention, leads, adoption, data quality, segments.
    pub tabs: [&'static str; 7],
    pub accounts: Plural,
    pub tabs_label: &'static str,
    pub over: &'static str,
    pub so_far: &'static str,
    pub interval: &'static str,
    pub range: &'static str,
    pub thin: &'static str,
    pub save: &'static str,
    pub unnamed: &'static str,
    pub empty: &'static str,
    pub empty_hint: &'static str,
    pub negative: &'static str,
    measures: [MeasureWords; MEASURES.len()],
    charts: [Chart; CHARTS.len()],
    columns: [&'static str; COLUMNS.len()],
    classes: [&'static str; CLASSES.len()],
}

/// A chart in words; the takeaway names the largest bar {0} with its figure {1}, the sum {2}, the
/// first {3} and the last {4} figure, and the smallest bar {5} with its figure {6}.
#[derive(Clone, Copy)]
pub struct Chart {
    pub title: &'static str,
    /// What a bar stands for.
    pub head: &'static str,
    pub takeaway: &'static str,
}

/// The measures, by the ids the analytics give them.
const MEASURES: [&str; 49] = [
    "revenue_minor",
    "customers",
    "buyers",
    "new_customers",
    "repeat_share",
    "purchases",
    "average_purchase_minor",
    "gini",
    "top_fifth_share",
    "pareto_customers",
    "active_share",
    "at_risk",
    "lapsed",
    "reactivated",
    "usual_gap_days",
    "grr",
    "nrr",
    "not_back_share",
    "third_month_share",
    "enquiries",
    "qualified_share",
    "converted",
    "conversion_share",
    "days_to_convert",
    "waiting",
    "cost_minor",
    "cost_per_enquiry_minor",
    "cac_minor",
    "people_at_work",
    "activities",
    "activities_per_person",
    "touched_share",
    "open_tasks",
    "overdue_share",
    "no_next_step_share",
    "late_deals_share",
    "open_conflicts",
    "complete_share",
    "with_person_share",
    "reachable_share",
    "consent_share",
    "owned_share",
    "deal_amount_share",
    "deal_close_share",
    "doubles",
    "segment_accounts",
    "segment_money_minor",
    "segment_money_share",
    "segment_active_share",
];

/// The charts, likewise.
const CHARTS: [&str; 12] = [
    "segments", "abc", "category", "standing", "bridge", "cohorts", "source", "status", "person",
    "field", "stage", "channel",
];

/// The columns of charts, likewise.
const COLUMNS: [&str; 21] = [
    "customers",
    "money",
    "share",
    "month_1",
    "month_2",
    "month_3",
    "month_6",
    "month_12",
    "enquiries",
    "converted",
    "conversion",
    "cost",
    "cac",
    "bought",
    "activities",
    "accounts",
    "open_tasks",
    "overdue",
    "filled",
    "lacking",
    "purchases",
];

/// The classes bars stand for, likewise.
const CLASSES: [&str; 24] = [
    "champions",
    "loyal",
    "promising",
    "attention",
    "at_risk",
    "lost",
    "others",
    "a",
    "b",
    "c",
    "active",
    "due",
    "lapsed",
    "opening",
    "churned",
    "contraction",
    "expansion",
    "new",
    "closing",
    "working",
    "qualified",
    "disqualified",
    "converted",
    "never",
];

/// Returns the words of the reader's language; one that lacks any does not compile.
pub fn boards() -> &'static Boards {
    current().of([&english::BOARDS, &russian::BOARDS, &chinese::BOARDS])
}

impl Boards {
    /// Returns the words of a measure; its bare id where it is not listed.
    pub fn measure(&self, id: &'static str) -> MeasureWords {
        let bare = MeasureWords { name: id, sentence: "", formula: "" };
        listed(&MEASURES, id, &self.measures).unwrap_or(bare)
    }

    pub fn chart(&self, id: &'static str) -> Chart {
        let bare = Chart { title: id, head: "", takeaway: "" };
        listed(&CHARTS, id, &self.charts).unwrap_or(bare)
    }

    pub fn column(&self, id: &'static str) -> &'static str {
        listed(&COLUMNS, id, &self.columns).unwrap_or(id)
    }

    pub fn class(&self, code: &'static str) -> &'static str {
        listed(&CLASSES, code, &self.classes).unwrap_or(code)
    }
}

fn listed<T: Copy>(ids: &[&str], id: &str, words: &[T]) -> Option<T> {
    let place = ids.iter().position(|known| *known == id)?;
    words.get(place).copied()
}

const fn words(name: &'static str, sentence: &'static str, formula: &'static str) -> MeasureWords {
    MeasureWords { name, sentence, formula }
}

#[cfg(test)]
mod tests {
    use super::{CHARTS, CLASSES, COLUMNS, MEASURES};
    use analytics::{
        boards::{
            Board, Label, Which,
            gathered::{Gathered, View},
        },
        segments::{
            Base, Members,
            facts::{Facts, STANDINGS},
            portrait::portrait,
        },
        service::zone::Zone,
        span::Span,
    };
    use domain::{
        configuration::Configuration,
        filter::{Filter, Reader},
        id::PersonId,
        time::Day,
    };
    use std::{collections::BTreeMap, sync::Arc};

    const TODAY: Day = Day(20_000);

    fn view(which: Which) -> View {
        View {
            which,
            configuration: Arc::new(Configuration::beginning()),
            filter: Filter::default(),
            reader: Reader { person: PersonId([1; 16]), today: TODAY },
            zone: Arc::new(Zone::utc()),
        }
    }

    #[test]
    fn everything_a_dashboard_shows_has_words() {
        for which in Which::ALL {
            check(&Gathered::of(&[], view(which)).board(Span::ThisYear.so_far(TODAY)));
        }
    }

    #[test]
    fn everything_a_segment_shows_has_words() {
        let view = view(Which::Customers);
        let facts = Facts::of_buyers(&BTreeMap::new(), TODAY);
        let base = Base { rows: &[], facts: &facts, view: &view };
        check(&portrait(&Members::default(), base));
        STANDINGS.iter().for_each(|code| assert!(CLASSES.contains(code), "{code}"));
    }

    fn check(board: &Board) {
        let has = |list: &[&str], id: &str| assert!(list.contains(&id), "{id}");
        board.measures.iter().for_each(|one| has(&MEASURES, one.definition.id));
        for chart in &board.charts {
            has(&CHARTS, chart.id);
            chart.columns.iter().for_each(|(column, _)| has(&COLUMNS, column));
            for bar in &chart.bars {
                if let Label::Class(code) = bar.label {
                    has(&CLASSES, code);
                }
            }
        }
    }
}
