//! What there is to be set, list by list. Pure.

use super::slot::{Field, Shape};
use crate::language::{self, current};
use domain::{
    activity::ActivityKind,
    calendar::Weekday,
    configuration::Configuration,
    id::{ProductId, TeamId},
    language::{Language, Names},
    money::Currency,
    pipeline::{ExitCheck, PipelineId, StageId},
    product::Catalogue,
    setting::{Setting, Subject},
    term::Vocabulary,
};

/// A list of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Section {
    Workspace,
    People,
    Teams,
    Territories,
    Pipelines,
    Stages,
    Terms(Vocabulary),
    Products,
    Rates,
    Calendars,
}

/// A thing as it stands: its fields in order, and whether it is out of use, where it can be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    pub fields: Vec<Field>,
    pub archived: Option<bool>,
}

impl Section {
    pub const ALL: [Self; 12] = [
        Self::Workspace,
        Self::People,
        Self::Teams,
        Self::Territories,
        Self::Pipelines,
        Self::Stages,
        Self::Terms(Vocabulary::ActivityKind),
        Self::Terms(Vocabulary::OutcomeReason),
        Self::Terms(Vocabulary::LeadSource),
        Self::Products,
        Self::Rates,
        Self::Calendars,
    ];

    pub fn title(self) -> &'static str {
        let words = language::settings();
        match self {
            Self::Workspace => words.workspace,
            Self::People => words.people,
            Self::Teams => words.teams,
            Self::Territories => words.territories,
            Self::Pipelines => words.pipelines,
            Self::Stages => words.stages,
            Self::Terms(Vocabulary::ActivityKind) => words.kinds,
            Self::Terms(Vocabulary::OutcomeReason) => words.reasons,
            Self::Terms(Vocabulary::LeadSource) => words.sources,
            Self::Products => words.products,
            Self::Rates => words.rates,
            Self::Calendars => words.calendars,
        }
    }

    /// Returns what a person has to know to fill the list in.
    pub fn hint(self) -> Option<&'static str> {
        let words = language::settings();
        match self {
            Self::People => Some(words.people_hint),
            Self::Calendars => Some(words.hours),
            _ => None,
        }
    }

    /// Says whether its things stand in the order of their names; others have an order of their own.
    pub fn is_by_name(self) -> bool {
        matches!(
            self,
            Self::People | Self::Teams | Self::Territories | Self::Products | Self::Calendars
        )
    }

    pub fn can_add(self) -> bool {
        !matches!(self, Self::Workspace | Self::People)
    }

    /// Returns what begins a new thing of that name; nothing where the name cannot be one.
    pub fn begin(self, name: &str, id: [u8; 16], order: u32) -> Option<(Subject, Vec<Setting>)> {
        let code = || TeamId(id).to_string();
        let own = |subject| Some((subject, vec![Setting::Name(name.to_owned())]));
        let in_words = |subject| {
            let name = Setting::NameIn(current().in_domain(), name.to_owned());
            Some((subject, vec![name, Setting::Order(order)]))
        };
        match self {
            Self::Workspace | Self::People => None,
            Self::Teams => own(Subject::Team(TeamId(id))),
            Self::Territories => own(Subject::Territory(code())),
            Self::Pipelines => in_words(Subject::Pipeline(PipelineId(code()))),
            Self::Stages => in_words(Subject::Stage(StageId(code()))),
            Self::Terms(vocabulary) => in_words(Subject::Term(vocabulary, code())),
            Self::Products => own(Subject::Product(ProductId(id))),
            Self::Rates => {
                let currency: Currency = name.to_uppercase().parse().ok()?;
                Some((Subject::Currency(currency), vec![Setting::Archived(false)]))
            }
            Self::Calendars => own(Subject::Calendar(code())),
        }
    }
}

/// Returns the place after the last of a list.
pub fn next_order(section: Section, configuration: &Configuration) -> u32 {
    let last = match section {
        Section::Stages => configuration.stages.values().map(|one| one.order).max(),
        Section::Pipelines => configuration.pipelines.values().map(|one| one.order).max(),
        Section::Terms(vocabulary) => {
            configuration.terms(vocabulary).values().map(|one| one.order).max()
        }
        _ => None,
    };
    last.unwrap_or(0).saturating_add(10)
}

/// Returns the things of a list in their order; those out of use too.
pub fn subjects(
    section: Section,
    configuration: &Configuration,
    catalogue: &Catalogue,
) -> Vec<Subject> {
    match section {
        Section::Workspace => vec![Subject::Workspace],
        Section::People => configuration.people.keys().copied().map(Subject::Person).collect(),
        Section::Teams => configuration.teams.keys().copied().map(Subject::Team).collect(),
        Section::Territories => {
            configuration.territories.keys().cloned().map(Subject::Territory).collect()
        }
        Section::Pipelines => {
            let mut all: Vec<_> = configuration.pipelines.values().collect();
            all.sort_by_key(|one| (one.order, &one.id));
            all.into_iter().map(|one| Subject::Pipeline(one.id.clone())).collect()
        }
        Section::Stages => {
            let stages = configuration.pipeline().into_iter();
            stages.map(|stage| Subject::Stage(stage.id.clone())).collect()
        }
        Section::Terms(vocabulary) => {
            let mut all: Vec<_> = configuration.terms(vocabulary).iter().collect();
            all.sort_by_key(|(code, term)| (term.order, *code));
            all.into_iter().map(|(code, _)| Subject::Term(vocabulary, code.clone())).collect()
        }
        Section::Products => catalogue.products.keys().copied().map(Subject::Product).collect(),
        Section::Rates => configuration.currencies.iter().copied().map(Subject::Currency).collect(),
        Section::Calendars => {
            configuration.calendars.keys().cloned().map(Subject::Calendar).collect()
        }
    }
}

/// Returns a thing as it stands.
pub fn line(subject: &Subject, configuration: &Configuration, catalogue: &Catalogue) -> Line {
    let mut line = Line::default();
    let mut put = |shape: Shape, value: String| line.fields.push(Field { shape, value });
    let archived = match subject {
        Subject::Workspace => {
            put(Shape::Name, configuration.name.clone().unwrap_or_default());
            let currency = configuration.reporting_currency.map(|one| one.to_string());
            put(Shape::Reporting, currency.unwrap_or_default());
            put(Shape::Zone, configuration.time_zone.clone().unwrap_or_default());
            put(Shape::Calendar, configuration.calendar.clone().unwrap_or_default());
            None
        }
        Subject::Person(id) => configuration.people.get(id).map(|person| {
            put(Shape::Name, person.name.clone());
            person.left == Some(true)
        }),
        Subject::Team(id) => configuration.teams.get(id).map(|team| {
            put(Shape::Name, team.name.clone());
            for person in configuration.people.keys() {
                put(Shape::Member(*person), yes_or_no(team.members.contains(person)));
            }
            team.archived == Some(true)
        }),
        // Views are kept and put away where they are looked at.
        Subject::View(id) => configuration.views.get(id).map(|view| {
            put(Shape::Name, view.name.clone());
            view.archived == Some(true)
        }),
        Subject::Segment(id) => configuration.segments.get(id).map(|segment| {
            put(Shape::Name, segment.name.clone());
            segment.archived == Some(true)
        }),
        Subject::Territory(code) => configuration.territories.get(code).map(|name| {
            put(Shape::Name, name.clone());
            configuration.archived_territories.contains(code)
        }),
        Subject::Pipeline(id) => configuration.pipelines.get(id).map(|one| {
            named(&mut put, &one.names);
            put(Shape::Order, one.order.to_string());
            one.archived == Some(true)
        }),
        Subject::Stage(id) => configuration.stages.get(id).map(|stage| {
            named(&mut put, &stage.names);
            put(Shape::Pipeline, stage.pipeline.0.clone());
            put(Shape::Order, stage.order.to_string());
            put(Shape::Category, (stage.category as u8).to_string());
            put(Shape::Probability, stage.probability.to_string());
            let stale = stage.stale_after_days.map(|days| days.to_string());
            put(Shape::Stale, stale.unwrap_or_default());
            for check in ExitCheck::ALL {
                put(Shape::Exit(check), yes_or_no(stage.exit_checks.contains(&check)));
            }
            stage.is_archived()
        }),
        Subject::Term(vocabulary, code) => configuration.terms(*vocabulary).get(code).map(|term| {
            named(&mut put, &term.names);
            put(Shape::Order, term.order.to_string());
            let of = |number: Option<u8>| number.map_or(String::new(), |one| one.to_string());
            match vocabulary {
                Vocabulary::OutcomeReason => {
                    put(Shape::Outcome, of(term.outcome.map(|one| one as u8)));
                }
                // What every workspace begins with counts as itself.
                Vocabulary::ActivityKind if ActivityKind::of_code(code).is_none() => {
                    put(Shape::CountsAs, of(term.counts_as.map(|one| one as u8)));
                }
                Vocabulary::ActivityKind | Vocabulary::LeadSource => {}
            }
            term.archived == Some(true)
        }),
        Subject::Product(id) => catalogue.products.get(id).map(|product| {
            put(Shape::Name, product.name.clone());
            put(Shape::Code, product.code.clone().unwrap_or_default());
            put(Shape::ProductCategory, product.category.clone().unwrap_or_default());
            put(Shape::Unit, product.unit.clone().unwrap_or_default());
            let money = |money: Option<domain::money::Money>| {
                money.map(|money| format!("{} {}", money.decimal(), money.currency))
            };
            put(Shape::Price, money(product.price).unwrap_or_default());
            put(Shape::Cost, money(product.cost).unwrap_or_default());
            product.archived == Some(true)
        }),
        Subject::Currency(code) => {
            put(Shape::Currency, code.to_string());
            if let Some(base) = configuration.reporting_currency.filter(|base| base != code) {
                let dated = configuration.rates.get(code).and_then(|of| of.get(&base));
                let last = dated.and_then(|dated| dated.last_key_value());
                let last = last.map(|(day, rate)| format!("{day} {rate}"));
                put(Shape::Rate(base), last.unwrap_or_default());
            }
            Some(configuration.archived_currencies.contains(code))
        }
        Subject::Calendar(code) => configuration.calendars.get(code).map(|calendar| {
            put(Shape::Name, calendar.name.clone());
            put(Shape::Zone, calendar.time_zone.clone().unwrap_or_default());
            for weekday in Weekday::ALL {
                let spans = calendar.hours.get(&weekday).map_or(&[][..], Vec::as_slice);
                put(Shape::Hours(weekday), super::slot::hours(spans));
            }
            let last = calendar.holidays.last_key_value();
            let last = last.map(|(day, name)| format!("{day} {name}"));
            put(Shape::Holiday, last.unwrap_or_default());
            calendar.archived == Some(true)
        }),
    };
    line.archived = archived;
    line
}

fn named(put: &mut impl FnMut(Shape, String), names: &Names) {
    for language in Language::ALL {
        put(Shape::NameIn(language), names.0.get(&language).cloned().unwrap_or_default());
    }
}

fn yes_or_no(holds: bool) -> String {
    if holds { "1" } else { "0" }.to_owned()
}
