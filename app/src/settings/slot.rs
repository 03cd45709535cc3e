//! One field of a thing: what it is called, what it can be, and how what was typed is read. Pure.

use crate::{
    language::{self, names, texts},
    ui::select::Choice,
};
use domain::{
    activity::ActivityKind,
    calendar::{Span, Weekday},
    configuration::Configuration,
    id::PersonId,
    language::Language,
    money::{Currency, Money},
    pipeline::{ExitCheck, PipelineId, StageCategory},
    setting::{Setting, Subject},
    term::Outcome,
};

/// What kind of field it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shape {
    Name,
    NameIn(Language),
    Order,
    Pipeline,
    Category,
    Probability,
    Stale,
    Exit(ExitCheck),
    Outcome,
    CountsAs,
    Member(PersonId),
    Currency,
    Rate(Currency),
    Reporting,
    Zone,
    Calendar,
    Hours(Weekday),
    Holiday,
    Code,
    ProductCategory,
    Unit,
    Price,
    Cost,
}

/// A field as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub shape: Shape,
    pub value: String,
}

impl Shape {
    pub fn label(&self, configuration: &Configuration) -> String {
        let words = language::settings();
        let word = match self {
            Self::Name => words.name,
            Self::NameIn(of) => {
                let known = language::Language::ALL.into_iter();
                let mut own = known.filter(|one| one.in_domain() == *of).map(|one| one.own_name());
                own.next_back().unwrap_or(words.name)
            }
            Self::Order => words.order,
            Self::Pipeline => words.pipeline,
            Self::Category | Self::ProductCategory => words.category,
            Self::Probability => words.probability,
            Self::Stale => words.stale,
            Self::Exit(check) => words.checks[*check as usize],
            Self::Outcome => words.outcome,
            Self::CountsAs => words.counts_as,
            Self::Member(person) => return names::person(configuration, Some(*person)),
            Self::Currency => words.rates,
            Self::Rate(base) => return format!("{} ({base})", words.rate),
            Self::Reporting => words.reporting,
            Self::Zone => words.zone,
            Self::Calendar => words.calendar,
            Self::Hours(weekday) => words.weekdays[*weekday as usize],
            Self::Holiday => words.holiday,
            Self::Code => words.code,
            Self::Unit => words.unit,
            Self::Price => words.price,
            Self::Cost => words.cost,
        };
        word.to_owned()
    }

    /// Says whether it is set or not, and nothing else; then its value is 1 or 0.
    pub fn is_yes_or_no(&self) -> bool {
        matches!(self, Self::Exit(_) | Self::Member(_))
    }

    /// Returns what can be chosen; nothing where it is typed.
    pub fn choices(&self, configuration: &Configuration) -> Option<Vec<Choice>> {
        let words = language::settings();
        let numbered = |names: &[&str]| {
            let names = names.iter().enumerate();
            names.map(|(number, name)| (number.to_string(), (*name).to_owned())).collect()
        };
        Some(match self {
            Self::Category => numbered(&words.categories),
            Self::Outcome => numbered(&words.outcomes),
            Self::CountsAs => numbered(&ActivityKind::ALL.map(names::activity)),
            Self::Pipeline => {
                let pipelines = configuration.pipelines_in_use().into_iter();
                let name =
                    |id: &PipelineId| names::subject(configuration, &Subject::Pipeline(id.clone()));
                pipelines.map(|one| (one.id.0.clone(), name(&one.id))).collect()
            }
            Self::Calendar if !configuration.calendars.is_empty() => {
                let known = configuration.calendars.iter();
                let known = known.map(|(code, one)| (code.clone(), one.name.clone()));
                [(String::new(), texts().words.not_set.to_owned())]
                    .into_iter()
                    .chain(known)
                    .collect()
            }
            _ => return None,
        })
    }

    /// Reads what was typed or chosen; nothing where it cannot be read.
    pub fn read(&self, text: &str) -> Option<Setting> {
        let text = text.trim();
        let typed = || (!text.is_empty()).then(|| text.to_owned());
        let chosen = |all: usize| text.parse::<usize>().ok().filter(|place| *place < all);
        Some(match self {
            Self::Name => Setting::Name(text.to_owned()),
            Self::NameIn(language) => Setting::NameIn(*language, text.to_owned()),
            Self::Order => Setting::Order(text.parse().ok()?),
            Self::Pipeline => Setting::Pipeline(PipelineId(text.to_owned())),
            Self::Category => Setting::StageCategory(StageCategory::ALL[chosen(4)?]),
            Self::Probability => Setting::Probability(text.parse().ok()?),
            Self::Stale if text.is_empty() => Setting::StaleAfterDays(None),
            Self::Stale => Setting::StaleAfterDays(Some(text.parse().ok()?)),
            Self::Exit(check) => Setting::ExitCheck(*check, text == "1"),
            Self::Outcome => Setting::Outcome([Outcome::Won, Outcome::Lost][chosen(2)?]),
            Self::CountsAs => Setting::CountsAs(ActivityKind::ALL[chosen(6)?]),
            Self::Member(person) => Setting::Member(*person, text == "1"),
            Self::Currency => return None,
            Self::Rate(base) => {
                let (day, rate) = text.split_once(' ')?;
                let rate = rate.trim().replace(',', ".").parse().ok()?;
                Setting::Rate(*base, day.parse().ok()?, Some(rate))
            }
            Self::Reporting => Setting::ReportingCurrency(text.to_uppercase().parse().ok()?),
            Self::Zone => Setting::TimeZone(text.to_owned()),
            Self::Calendar => Setting::Calendar(text.to_owned()),
            Self::Hours(weekday) => Setting::Hours(*weekday, spans(text)?),
            Self::Holiday => {
                let (day, name) = text.split_once(' ').unwrap_or((text, ""));
                let name = name.trim();
                Setting::Holiday(day.parse().ok()?, (!name.is_empty()).then(|| name.to_owned()))
            }
            Self::Code => Setting::Code(typed()),
            Self::ProductCategory => Setting::Category(typed()),
            Self::Unit => Setting::Unit(typed()),
            Self::Price => Setting::Price(money(text)?),
            Self::Cost => Setting::Cost(money(text)?),
        })
    }
}

/// Reads `12.50 EUR`; nothing typed is no money, and that is something read.
fn money(text: &str) -> Option<Option<Money>> {
    if text.is_empty() {
        return Some(None);
    }
    let (amount, currency) = text.rsplit_once(' ')?;
    let currency = currency.to_uppercase().parse().ok()?;
    let amount = amount.replace(',', ".").replace([' ', '\u{a0}'], "");
    Money::parse(&amount, currency).ok().map(Some)
}

/// Writes `9:00-13:00, 14:00-18:00`.
pub fn hours(spans: &[Span]) -> String {
    let time = |minutes: u16| format!("{}:{:02}", minutes / 60, minutes % 60);
    let spans = spans.iter().map(|span| format!("{}-{}", time(span.from), time(span.to)));
    spans.collect::<Vec<_>>().join(", ")
}

fn spans(text: &str) -> Option<Vec<Span>> {
    let time = |text: &str| {
        let (hours, minutes) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
        let minutes = minutes.parse::<u16>().ok().filter(|minutes| *minutes < 60)?;
        hours.parse::<u16>().ok()?.checked_mul(60)?.checked_add(minutes)
    };
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    let span = |part: &str| {
        let (from, to) = part.split_once(['-', '–'])?;
        Some(Span { from: time(from)?, to: time(to)? })
    };
    parts.map(span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_read_back_as_written() {
        for text in ["9:00-13:00, 14:00-18:00", "8:05-9:10", ""] {
            assert_eq!(hours(&spans(text).unwrap()), text);
        }
        assert_eq!(spans("9-18").map(|spans| hours(&spans)), Some("9:00-18:00".to_owned()));
        assert_eq!((spans("9:70-18"), spans("all day")), (None, None));
    }

    #[test]
    fn money_is_read_with_its_currency_or_not_at_all() {
        let eur = Currency(*b"EUR");
        assert_eq!(money("1 200,50 eur"), Some(Some(Money { minor: 120_050, currency: eur })));
        assert_eq!((money(""), money("12.5"), money("x EUR")), (Some(None), None, None));
    }
}
