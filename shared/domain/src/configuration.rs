//! What a workspace has agreed on: its people, territories, pipelines, words, rates and hours.

mod take;

use crate::{
    calendar::WorkingCalendar,
    filter::Filter,
    id::{PersonId, SegmentId, TeamId, ViewId},
    money::{Currency, Money},
    pipeline::{Pipeline, PipelineId, Stage, StageId, default_pipeline},
    rate::{self, NoValue, Rates},
    segment::Segment,
    setting::SettingConflict,
    term::{self, Term, Terms, Vocabulary},
    time::Day,
};
use minicbor::{Decode, Encode};
use std::collections::{BTreeMap, BTreeSet};

/// The configuration as it stands after any merge.
#[derive(Debug, Clone, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Configuration {
    #[n(0)]
    pub people: BTreeMap<PersonId, Person>,
    /// Code → name.
    #[n(1)]
    pub territories: BTreeMap<String, String>,
    #[n(2)]
    pub stages: BTreeMap<StageId, Stage>,
    #[n(3)]
    #[cbor(default)]
    pub pipelines: BTreeMap<PipelineId, Pipeline>,
    /// Codes of the territories that are out of use.
    #[n(4)]
    #[cbor(default)]
    pub archived_territories: BTreeSet<String>,
    #[n(5)]
    #[cbor(default)]
    pub teams: BTreeMap<TeamId, Team>,
    #[n(6)]
    #[cbor(default)]
    pub activity_kinds: Terms,
    #[n(7)]
    #[cbor(default)]
    pub outcome_reasons: Terms,
    #[n(8)]
    #[cbor(default)]
    pub lead_sources: Terms,
    #[n(9)]
    #[cbor(default)]
    pub rates: Rates,
    /// Currencies anybody named, with a rate or without.
    #[n(10)]
    #[cbor(default)]
    pub currencies: BTreeSet<Currency>,
    /// The currency totals are told in. Guarded.
    #[n(11)]
    pub reporting_currency: Option<Currency>,
    /// The IANA zone whose days the numbers are told by.
    #[n(12)]
    pub time_zone: Option<String>,
    #[n(13)]
    #[cbor(default)]
    pub calendars: BTreeMap<String, WorkingCalendar>,
    /// Code of the working calendar of the workspace.
    #[n(14)]
    pub calendar: Option<String>,
    #[n(15)]
    pub name: Option<String>,
    /// The first steps have been gone through.
    #[n(16)]
    pub guided: Option<bool>,
    #[n(18)]
    #[cbor(default)]
    pub archived_currencies: BTreeSet<Currency>,
    #[n(19)]
    #[cbor(default)]
    pub views: BTreeMap<ViewId, View>,
    #[n(20)]
    #[cbor(default)]
    pub segments: BTreeMap<SegmentId, Segment>,
    /// Guarded settings two people set at once and nobody has settled yet.
    #[n(17)]
    #[cbor(default)]
    pub conflicts: Vec<SettingConflict>,
}

/// A colleague.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Person {
    #[n(0)]
    pub name: String,
    #[n(1)]
    pub left: Option<bool>,
    /// What the person may do; kept, and without effect so far.
    #[n(2)]
    pub role: Option<String>,
}

/// Colleagues who work together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Team {
    #[n(0)]
    pub name: String,
    #[n(1)]
    pub members: BTreeSet<PersonId>,
    #[n(2)]
    pub archived: Option<bool>,
}

/// A filter with a name, for lists, board and dashboard alike.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct View {
    #[n(0)]
    pub name: String,
    /// Nothing as long as it is not whole.
    #[n(1)]
    pub filter: Option<Filter>,
    /// Who alone is offered it; everybody, where it is nobody's.
    #[n(2)]
    pub of: Option<PersonId>,
    #[n(3)]
    pub archived: Option<bool>,
}

impl Configuration {
    /// Returns what holds before anybody has set anything.
    pub fn beginning() -> Self {
        let pipeline = default_pipeline();
        Self {
            pipelines: [(pipeline.id.clone(), pipeline)].into(),
            activity_kinds: term::activity_kinds(),
            outcome_reasons: term::outcome_reasons(),
            lead_sources: term::lead_sources(),
            ..Self::default()
        }
    }

    /// Returns every stage there is, removed ones too, pipeline by pipeline in their order.
    pub fn pipeline(&self) -> Vec<&Stage> {
        let place = |stage: &Stage| self.pipelines.get(&stage.pipeline).map(|one| one.order);
        let mut stages: Vec<_> = self.stages.values().collect();
        stages.sort_by_cached_key(|stage| {
            (place(stage), stage.pipeline.clone(), stage.order, stage.id.clone())
        });
        stages
    }

    /// Returns the stages of a pipeline that are in use, in their order.
    pub fn stages_of(&self, pipeline: &PipelineId) -> Vec<&Stage> {
        let mut stages = self.pipeline();
        stages.retain(|stage| stage.pipeline == *pipeline && !stage.is_archived());
        stages
    }

    /// Returns the pipelines in use, in their order.
    pub fn pipelines_in_use(&self) -> Vec<&Pipeline> {
        let in_use = self.pipelines.values().filter(|one| one.archived != Some(true));
        let mut pipelines: Vec<_> = in_use.collect();
        pipelines.sort_by_key(|one| (one.order, &one.id));
        pipelines
    }

    /// Returns the pipeline a deal in that stage is in; nothing where the stage is not known.
    pub fn pipeline_of(&self, stage: &StageId) -> Option<&Pipeline> {
        self.pipelines.get(&self.stages.get(stage)?.pipeline)
    }

    /// Returns the views a person is offered: those of everybody and the person's own, by name.
    pub fn views_for(&self, person: PersonId) -> Vec<(ViewId, &View)> {
        let offered = |view: &View| {
            view.archived != Some(true)
                && view.filter.is_some()
                && view.of.is_none_or(|owner| owner == person)
        };
        let views = self.views.iter().filter(|(_, view)| offered(view));
        let mut views: Vec<_> = views.map(|(id, view)| (*id, view)).collect();
        views.sort_by_key(|(id, view)| (view.name.to_lowercase(), *id));
        views
    }

    pub fn terms(&self, vocabulary: Vocabulary) -> &Terms {
        match vocabulary {
            Vocabulary::ActivityKind => &self.activity_kinds,
            Vocabulary::OutcomeReason => &self.outcome_reasons,
            Vocabulary::LeadSource => &self.lead_sources,
        }
    }

    /// Returns the words of a list that are in use, in their order.
    pub fn terms_in_use(&self, vocabulary: Vocabulary) -> Vec<(&str, &Term)> {
        let all = self.terms(vocabulary).iter();
        let mut terms: Vec<_> = all
            .filter(|(_, term)| term.archived != Some(true))
            .map(|(code, term)| (code.as_str(), term))
            .collect();
        terms.sort_by_key(|(code, term)| (term.order, *code));
        terms
    }

    /// Returns the amount in the reporting currency at the rate of a day; nothing where no
    /// reporting currency is set.
    pub fn reported(&self, amount: Money, on: Day) -> Option<Result<Money, NoValue>> {
        Some(rate::convert(&self.rates, amount, self.reporting_currency?, on))
    }

    /// Returns the bytes of the configuration as a row: every device has all of it at hand.
    pub fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing to memory cannot fail")
    }

    /// Reads a configuration from its row, or nothing when the bytes are not one.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        minicbor::decode(bytes).ok()
    }
}
