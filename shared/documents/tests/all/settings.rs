//! Configuration and catalogue: every pair of edits merges both ways, guarded ones are told.

use crate::samples::*;
use documents::{
    class::{CATALOGUE_ID, CONFIGURATION_ID, Class},
    document::Document,
};
use domain::{
    activity::ActivityKind,
    calendar::{Span, Weekday},
    configuration::{Configuration, Person},
    edit::{CatalogueEdit, ConfigurationEdit as C, Edit},
    filter::Filter,
    id::{ProductId, SegmentId, TeamId, ViewId},
    language::{Language, Names},
    money::Currency,
    pipeline::{ExitCheck, PipelineId, Stage, StageCategory, StageId, default_stages},
    product::Catalogue,
    refusal::Refusal,
    segment::{Conditions, Frozen},
    setting::{Setting as S, Subject},
    term::{Outcome, Vocabulary},
    time::Day,
};

const TEAM: TeamId = TeamId([1; 16]);
const SEGMENT: Subject = Subject::Segment(SegmentId([1; 16]));
const PRODUCT: ProductId = ProductId([1; 16]);
const EUR: Currency = Currency(*b"EUR");

fn stage() -> Subject {
    Subject::Stage(StageId("proposal".to_owned()))
}

/// Returns a configuration that has a person, a team, a calendar and the first pipeline.
pub fn configuration() -> Document {
    let mut document = Document::new(Class::Configuration, CONFIGURATION_ID);
    let mut edits = vec![
        C::SetPerson(person(1), Person { name: "Ada".to_owned(), ..Person::default() }),
        C::SetTerritory("no".to_owned(), "Norway".to_owned()),
        C::Set(Subject::Team(TEAM), S::Name("North".to_owned())),
        C::Set(Subject::Calendar("office".to_owned()), S::Name("Office".to_owned())),
        C::Set(Subject::View(ViewId([1; 16])), S::Name("Late".to_owned())),
    ];
    // As the first release began them: what is written upon them is kept as bytes.
    let stages = default_stages().into_iter();
    let plain = |stage| Stage { names: Names::default(), stale_after_days: None, ..stage };
    edits.extend(stages.map(plain).map(C::SetStage));
    set(&mut document, 1, 0, edits);
    document
}

fn set(document: &mut Document, number: u8, minutes: i64, edits: Vec<C>) {
    let edits: Vec<_> = edits.into_iter().map(Edit::Configuration).collect();
    document.author(actor(number, number), later(minutes), &edits).expect("the edits are admitted");
}

/// Returns one edit of every kind, each possible on the configuration above. Two sets of another
/// `side` differ in every value.
pub fn edits(side: u8) -> Vec<C> {
    let text = |what: &str| format!("{what} {side}");
    let new_stage = Stage { order: side.into(), ..Stage::new(StageId(text("stage"))) };
    let rate = format!("9{side}.5").parse().ok();
    let span = Span { from: 480 + u16::from(side), to: 1_080 };
    let mut edits = vec![
        C::SetPerson(person(side), Person { name: text("Grace"), ..Person::default() }),
        C::SetTerritory("no".to_owned(), text("Norge")),
        C::SetStage(new_stage),
    ];
    let of = |subject: Subject, settings: Vec<S>| {
        settings.into_iter().map(move |setting| C::Set(subject.clone(), setting))
    };
    edits.extend(of(
        Subject::View(ViewId([1; 16])),
        vec![
            S::Name(text("Mine")),
            S::Filter(Some(Filter { text: text("acme"), ..Filter::default() })),
            S::Of(Some(person(side))),
            S::Archived(side.is_multiple_of(2)),
        ],
    ));
    edits.extend(of(
        Subject::Workspace,
        vec![
            S::Name(text("Acme")),
            S::ReportingCurrency(Currency([b'A', b'A', b'A' + side % 26])),
            S::TimeZone(format!("Etc/GMT-{side}")),
            S::Calendar("office".to_owned()),
            S::Guided(true),
        ],
    ));
    let person = [S::Name(text("Ada")), S::Archived(true), S::Role(Some(text("manager")))];
    edits.extend(of(Subject::Person(crate::samples::person(1)), person.into()));
    let team = [S::Name(text("South")), S::Member(crate::samples::person(1), true)];
    edits.extend(of(Subject::Team(TEAM), team.into()));
    let territory = Subject::Territory("no".to_owned());
    edits.extend(of(territory, vec![S::Name(text("Nord")), S::Archived(true)]));
    let pipeline = Subject::Pipeline(PipelineId(text("renewals")));
    edits.extend(of(pipeline, vec![S::NameIn(Language::English, text("Renewals"))]));
    let pipeline = Subject::Pipeline(PipelineId::default());
    let name = S::NameIn(Language::Russian, text("Продажи"));
    edits.extend(of(pipeline, vec![name, S::Order(side.into()), S::Archived(true)]));
    edits.extend(of(
        stage(),
        vec![
            S::NameIn(Language::Chinese, text("提案")),
            S::Order(100 + u32::from(side)),
            S::Archived(true),
            S::Pipeline(PipelineId::default()),
            S::StageCategory(if side.is_multiple_of(2) {
                StageCategory::OnHold
            } else {
                StageCategory::Won
            }),
            S::Probability(side % 101),
            S::StaleAfterDays(Some(1 + u16::from(side))),
            S::ExitCheck(ExitCheck::ALL[side as usize % 6], true),
        ],
    ));
    let reason = Subject::Term(Vocabulary::OutcomeReason, "price".to_owned());
    edits.extend(of(
        reason,
        vec![S::NameIn(Language::English, text("Too dear")), S::Outcome(Outcome::Lost)],
    ));
    let kind = Subject::Term(Vocabulary::ActivityKind, "visit".to_owned());
    edits.extend(of(kind, vec![S::CountsAs(ActivityKind::Meeting)]));
    let dollar = Subject::Currency(Currency(*b"USD"));
    edits.extend(of(dollar, vec![S::Rate(EUR, Day(20_000), rate), S::Archived(false)]));
    edits.extend(of(
        Subject::Calendar("office".to_owned()),
        vec![
            S::TimeZone(format!("Etc/GMT-{side}")),
            S::Hours(Weekday::Monday, vec![span]),
            S::Holiday(Day(20_001), Some(text("Inventory"))),
        ],
    ));
    edits
}

/// Returns what begins the segment that the edits below are about.
pub fn segment() -> C {
    C::Set(SEGMENT, S::Name("Best".to_owned()))
}

/// Returns one edit of every kind there is of a segment; apart, for earlier releases knew none.
pub fn segment_edits(side: u8) -> Vec<C> {
    let text = |what: &str| format!("{what} {side}");
    let conditions = Conditions([(text("later"), text("unknown"))].into());
    [
        S::Name(text("Gold")),
        S::Conditions(conditions),
        S::Frozen(Frozen::of([domain::id::AccountId([side; 16])])),
        S::Advice(Some(text("Call on Fridays"))),
        S::Archived(side.is_multiple_of(2)),
    ]
    .map(|setting| C::Set(SEGMENT, setting))
    .into()
}

/// Returns one edit of every kind of the catalogue.
pub fn catalogue_edits(side: u8) -> Vec<CatalogueEdit> {
    let text = |what: &str| Some(format!("{what} {side}"));
    [
        S::Name(format!("Pump {side}")),
        S::Code(text("P")),
        S::Category(text("pumps")),
        S::Unit(text("piece")),
        S::Price(Some(euros(side.into()))),
        S::Cost(Some(euros(side.into()))),
        S::Archived(side.is_multiple_of(2)),
    ]
    .map(|setting| {
        CatalogueEdit::Set(if side < 99 { PRODUCT } else { ProductId([side; 16]) }, setting)
    })
    .into_iter()
    .take(if side < 99 { 7 } else { 1 })
    .collect()
}

/// Makes two edits apart and returns the copies once they have met.
fn meet(base: &Document, left: &Edit, right: &Edit) -> (Document, Document) {
    let (mut here, mut there) = (base.clone(), base.clone());
    here.author(actor(1, 2), later(1), std::slice::from_ref(left)).expect("admitted");
    there.author(actor(2, 3), later(2), std::slice::from_ref(right)).expect("admitted");
    let (from_here, from_there) = (bytes(&here), bytes(&there));
    here.take_in(from_there).unwrap();
    there.take_in(from_here).unwrap();
    (here, there)
}

/// Every pair converges; only the same guarded setting set twice is in conflict.
fn check_pairs(
    base: &Document,
    (lefts, rights): (Vec<Edit>, Vec<Edit>),
    conflicts: impl Fn(&Document) -> usize,
    is_guarded: impl Fn(&Edit) -> bool,
) {
    for (at, left) in lefts.iter().enumerate() {
        for (other, right) in rights.iter().enumerate() {
            let (here, there) = meet(base, left, right);
            assert_eq!(here.heads(), there.heads());
            assert_eq!(here.row(), there.row(), "{left:?} and {right:?}");
            let again = Document::unpack(base.class(), base.id(), &here.pack()).unwrap();
            assert_eq!(again.row(), here.row());
            let expected = usize::from(at == other && is_guarded(left));
            assert_eq!(conflicts(&here), expected, "{left:?} and {right:?}");
        }
    }
}

#[test]
fn every_pair_of_configuration_edits_converges_and_reads() {
    let of = |side| edits(side).into_iter().map(Edit::Configuration).collect();
    let is_guarded = |edit: &Edit| matches!(edit, Edit::Configuration(C::Set(_, setting)) if setting.is_guarded());
    let conflicts = |document: &Document| document.configuration().unwrap().conflicts.len();
    check_pairs(&configuration(), (of(2), of(3)), conflicts, is_guarded);
    let mut base = configuration();
    set(&mut base, 1, 0, vec![segment()]);
    let of = |side| segment_edits(side).into_iter().map(Edit::Configuration).collect();
    check_pairs(&base, (of(2), of(3)), conflicts, is_guarded);
}

#[test]
fn a_segment_frozen_while_its_conditions_change_keeps_both() {
    let mut base = configuration();
    set(&mut base, 1, 0, vec![segment()]);
    let [_, conditions, frozen, advice, _] = segment_edits(2).try_into().unwrap();
    set(&mut base, 1, 0, vec![advice]);
    let (here, _) =
        meet(&base, &Edit::Configuration(conditions), &Edit::Configuration(frozen.clone()));
    let segment = here.configuration().unwrap().segments.pop_first().unwrap().1;
    let asks = &segment.conditions.as_ref().unwrap().0;
    assert_eq!(asks.get("later 2").map(String::as_str), Some("unknown 2"));
    assert_eq!(segment.frozen.unwrap().accounts().count(), 1);
    assert_eq!(segment.advice.as_deref(), Some("Call on Fridays 2"));
}

#[test]
fn every_pair_of_catalogue_edits_converges_and_reads() {
    let mut base = Document::new(Class::Catalogue, CATALOGUE_ID);
    let begin = Edit::Catalogue(catalogue_edits(1).swap_remove(0));
    base.author(actor(1, 1), NOW, &[begin]).unwrap();
    let of = |side| catalogue_edits(side).into_iter().map(Edit::Catalogue).collect();
    let is_guarded = |edit: &Edit| matches!(edit, Edit::Catalogue(CatalogueEdit::Set(_, set)) if set.is_guarded());
    let conflicts = |document: &Document| document.catalogue().unwrap().conflicts.len();
    check_pairs(&base, (of(2), of(3)), conflicts, is_guarded);
}

#[test]
fn every_setting_reads_back_as_written() {
    for edit in edits(4).into_iter().chain(segment_edits(4)) {
        let mut document = configuration();
        set(&mut document, 1, 0, vec![segment()]);
        let mut expected = document.configuration().unwrap();
        edit.admit(&expected).unwrap().take_into(&mut expected);
        set(&mut document, 1, 1, vec![edit]);
        let read = document.configuration().unwrap();
        assert_eq!(read, expected);
        assert_eq!(Configuration::decode(&document.row().unwrap()), Some(read));
    }
    let mut document = Document::new(Class::Catalogue, CATALOGUE_ID);
    let edits: Vec<_> = catalogue_edits(4).into_iter().map(Edit::Catalogue).collect();
    document.author(actor(1, 1), NOW, &edits).unwrap();
    let catalogue = document.catalogue().unwrap();
    let product = &catalogue.products[&PRODUCT];
    assert_eq!((product.price, product.cost), (Some(euros(4)), Some(euros(4))));
    assert_eq!(Catalogue::decode(&document.row().unwrap()), Some(catalogue));
}

#[test]
fn a_rename_and_another_chance_made_apart_both_stand() {
    let base = configuration();
    let edit = |setting| Edit::Configuration(C::Set(stage(), setting));
    let name = edit(S::NameIn(Language::English, "Offer".to_owned()));
    let (here, _) = meet(&base, &name, &edit(S::Probability(60)));
    let configuration = here.configuration().unwrap();
    let stage = &configuration.stages[&StageId("proposal".to_owned())];
    assert_eq!(stage.names.best(Language::English), Some("Offer"));
    assert_eq!(stage.probability, 60);
}

#[test]
fn choosing_settles_a_collision_on_both_sides() {
    let base = configuration();
    let edit = |percent| Edit::Configuration(C::Set(stage(), S::Probability(percent)));
    let (mut here, mut there) = meet(&base, &edit(40), &edit(60));
    let conflict = here.configuration().unwrap().conflicts.remove(0);
    assert_eq!((conflict.shown.by, conflict.others[0].by), (person(2), person(1)));
    let choice = C::Set(conflict.subject, conflict.others[0].setting.clone());
    set(&mut here, 1, 5, vec![choice]);
    there.take_in(bytes(&here)).unwrap();
    let configuration = there.configuration().unwrap();
    assert!(configuration.conflicts.is_empty());
    assert_eq!(configuration.stages[&StageId("proposal".to_owned())].probability, 40);
}

#[test]
fn a_refused_setting_writes_nothing() {
    let mut document = configuration();
    let heads = document.heads();
    let refused = Edit::Configuration(C::Set(stage(), S::Probability(101)));
    let range = Refusal::OutOfRange { min: 0, max: 100 };
    assert_eq!(document.author(actor(1, 1), NOW, &[refused]).err(), Some(range));
    assert_eq!(document.heads(), heads);
}

#[test]
fn edits_of_one_change_are_held_against_each_other() {
    let mut document = configuration();
    let renewals = PipelineId("renewals".to_owned());
    let first = Subject::Stage(StageId("due".to_owned()));
    set(
        &mut document,
        1,
        1,
        vec![
            C::Set(
                Subject::Pipeline(renewals.clone()),
                S::NameIn(Language::English, "Renewals".to_owned()),
            ),
            C::Set(first.clone(), S::NameIn(Language::English, "Due".to_owned())),
            C::Set(first, S::Pipeline(renewals.clone())),
        ],
    );
    let configuration = document.configuration().unwrap();
    let stages = configuration.stages_of(&renewals);
    assert_eq!(stages.iter().map(|stage| stage.id.0.as_str()).collect::<Vec<_>>(), ["due"]);
    assert_eq!(configuration.pipeline_of(&stages[0].id).map(|one| &one.id), Some(&renewals));
}
