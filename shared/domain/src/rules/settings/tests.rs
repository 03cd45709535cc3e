//! Each refusal of a setting, and the case that earns it.

use crate::{
    calendar::{Span, Weekday},
    configuration::Configuration,
    edit::{CatalogueEdit, ConfigurationEdit},
    filter::Filter,
    id::{AccountId, PersonId, ProductId, SegmentId, TeamId, ViewId},
    language::Language,
    money::{Currency, Money},
    pipeline::{ExitCheck, PipelineId, Stage, StageCategory, StageId, default_stages},
    product::Catalogue,
    refusal::Refusal,
    row::DealRow,
    segment::{Conditions, Frozen, Segment},
    setting::{Setting as S, Subject},
    term::{Outcome, Vocabulary},
    time::{Day, Timestamp},
};

const EUR: Currency = Currency(*b"EUR");

fn stage(code: &str) -> Subject {
    Subject::Stage(StageId(code.to_owned()))
}

/// A configuration with the first pipeline and a second one that has one open stage.
fn configuration() -> Configuration {
    let mut configuration = Configuration::beginning();
    for stage in default_stages() {
        configuration.stages.insert(stage.id.clone(), stage);
    }
    let renewals = PipelineId("renewals".to_owned());
    let name = |name: &str| S::NameIn(Language::English, name.to_owned());
    configuration.take(&Subject::Pipeline(renewals.clone()), &name("Renewals"));
    configuration.take(&stage("due"), &name("Due"));
    configuration.take(&stage("due"), &S::Pipeline(renewals));
    configuration
}

fn check(subject: Subject, setting: S, expected: Result<S, Refusal>) {
    let edit = ConfigurationEdit::Set(subject.clone(), setting);
    let expected = expected.map(|setting| ConfigurationEdit::Set(subject, setting));
    assert_eq!(edit.admit(&configuration()), expected, "{edit:?}");
}

#[test]
fn a_setting_suits_its_subject_and_its_subject_is_there() {
    check(Subject::Workspace, S::Probability(5), Err(Refusal::NoSuchSetting));
    let source = Subject::Term(Vocabulary::LeadSource, "referral".to_owned());
    check(source, S::Outcome(Outcome::Won), Err(Refusal::NoSuchSetting));
    check(stage("nowhere"), S::Probability(5), Err(Refusal::NoSuchSubject));
    let nobody = Subject::Person(PersonId([9; 16]));
    check(nobody, S::Name("Ada".to_owned()), Err(Refusal::NoSuchSubject));
    let team = Subject::Team(TeamId([1; 16]));
    check(team, S::Name(" North ".to_owned()), Ok(S::Name("North".to_owned())));
    check(Subject::Workspace, S::Calendar("x".to_owned()), Err(Refusal::NoSuchSubject));
}

#[test]
fn a_view_is_offered_once_it_has_a_filter_to_whom_it_is_for() {
    let (me, other, id) = (PersonId([1; 16]), PersonId([2; 16]), ViewId([3; 16]));
    let mut configuration = configuration();
    let offered = |configuration: &Configuration, person| {
        let views = configuration.views_for(person).into_iter();
        views.map(|(_, view)| view.name.clone()).collect::<Vec<_>>()
    };
    let view = Subject::View(id);
    check(view.clone(), S::Filter(None), Err(Refusal::NoSuchSubject));
    configuration.take(&view, &S::Name("Late".to_owned()));
    assert_eq!(offered(&configuration, me), Vec::<String>::new());
    configuration.take(&view, &S::Filter(Some(Filter::default())));
    assert_eq!(offered(&configuration, other), ["Late"]);
    configuration.take(&view, &S::Of(Some(me)));
    assert_eq!(offered(&configuration, me), ["Late"]);
    assert_eq!(offered(&configuration, other), Vec::<String>::new());
    configuration.take(&view, &S::Archived(true));
    assert_eq!(offered(&configuration, me), Vec::<String>::new());
}

#[test]
fn a_segment_is_offered_once_it_says_who_belongs_to_it() {
    let segment = Subject::Segment(SegmentId([3; 16]));
    let offered = |settings: &[S]| {
        let mut configuration = configuration();
        settings.iter().for_each(|setting| configuration.take(&segment, setting));
        configuration.segments.values().any(Segment::is_offered)
    };
    check(segment.clone(), S::Conditions(Conditions::default()), Err(Refusal::NoSuchSubject));
    check(segment.clone(), S::Filter(None), Err(Refusal::NoSuchSetting));
    let name = S::Name("Best".to_owned());
    let frozen = S::Frozen(Frozen::of([AccountId([1; 16])]));
    assert!(!offered(std::slice::from_ref(&name)));
    assert!(offered(&[name.clone(), S::Conditions(Conditions::default())]));
    assert!(offered(&[name.clone(), frozen.clone()]));
    assert!(!offered(&[name, frozen, S::Archived(true)]));
}

#[test]
fn the_only_stage_to_win_or_lose_in_stays() {
    for code in ["won", "lost"] {
        check(stage(code), S::Archived(true), Err(Refusal::OnlyStageOfCategory));
        let open = S::StageCategory(StageCategory::Open);
        check(stage(code), open, Err(Refusal::OnlyStageOfCategory));
    }
    check(
        stage("won"),
        S::StageCategory(StageCategory::Won),
        Ok(S::StageCategory(StageCategory::Won)),
    );
    check(stage("proposal"), S::Archived(true), Ok(S::Archived(true)));
    let mut configuration = configuration();
    configuration.take(&stage("signed"), &S::NameIn(Language::English, "Signed".to_owned()));
    configuration.take(&stage("signed"), &S::StageCategory(StageCategory::Won));
    let archive = ConfigurationEdit::Set(stage("won"), S::Archived(true));
    assert!(archive.admit(&configuration).is_ok());
}

#[test]
fn a_stage_stays_in_its_pipeline() {
    let to = |code: &str| S::Pipeline(PipelineId(code.to_owned()));
    check(stage("due"), to("sales"), Err(Refusal::StageOfOtherPipeline));
    check(stage("due"), to("nowhere"), Err(Refusal::NoSuchPipeline));
    check(stage("due"), to("renewals"), Ok(to("renewals")));
}

#[test]
fn an_archived_pipeline_still_says_whose_its_stages_are() {
    let mut configuration = configuration();
    let renewals = PipelineId("renewals".to_owned());
    configuration.take(&Subject::Pipeline(renewals.clone()), &S::Archived(true));
    assert_eq!(configuration.pipelines_in_use().len(), 1);
    let due = configuration.pipeline_of(&StageId("due".to_owned()));
    assert_eq!(due.map(|one| (&one.id, one.archived)), Some((&renewals, Some(true))));
}

#[test]
fn numbers_and_names_are_what_they_can_be() {
    check(stage("new"), S::Probability(101), Err(Refusal::OutOfRange { min: 0, max: 100 }));
    let days = |days| S::StaleAfterDays(Some(days));
    check(stage("new"), days(0), Err(Refusal::OutOfRange { min: 1, max: 3650 }));
    check(stage("new"), days(30), Ok(days(30)));
    let zone = |zone: &str| S::TimeZone(zone.to_owned());
    check(Subject::Workspace, zone("Mars, Olympus"), Err(Refusal::NoSuchTimeZone));
    check(Subject::Workspace, zone(" Europe/Berlin "), Ok(zone("Europe/Berlin")));
    let rate = S::Rate(EUR, Day(0), "1".parse().ok());
    check(Subject::Currency(EUR), rate, Err(Refusal::OwnRate));
}

#[test]
fn hours_lie_in_one_day_one_after_the_other() {
    let mut configuration = configuration();
    let office = Subject::Calendar("office".to_owned());
    configuration.take(&office, &S::Name("Office".to_owned()));
    let admit = |spans: &[(u16, u16)]| {
        let spans = spans.iter().map(|(from, to)| Span { from: *from, to: *to }).collect();
        let edit = ConfigurationEdit::Set(office.clone(), S::Hours(Weekday::Monday, spans));
        edit.admit(&configuration).map(drop)
    };
    assert_eq!(admit(&[(540, 780), (840, 1_080)]), Ok(()));
    for wrong in [[(540, 780), (700, 1_080)], [(540, 540), (600, 700)], [(0, 1), (2, 1_441)]] {
        assert_eq!(admit(&wrong), Err(Refusal::HoursOverlap));
    }
}

#[test]
fn a_price_is_not_below_nothing() {
    let mut catalogue = Catalogue::default();
    let id = ProductId([1; 16]);
    let set = |catalogue: &Catalogue, setting| CatalogueEdit::Set(id, setting).admit(catalogue);
    let price = |minor| S::Price(Some(Money { minor, currency: EUR }));
    assert_eq!(set(&catalogue, price(1)), Err(Refusal::NoSuchSubject));
    catalogue.take(&Subject::Product(id), &S::Name("Pump".to_owned()));
    assert_eq!(set(&catalogue, price(-1)), Err(Refusal::BelowNothing));
    assert!(set(&catalogue, price(0)).is_ok());
    assert_eq!(set(&catalogue, S::Guided(true)), Err(Refusal::NoSuchSetting));
}

#[test]
fn what_a_deal_misses_before_it_may_leave_is_said() {
    let mut stage = Stage::new(StageId("proposal".to_owned()));
    stage.exit_checks = ExitCheck::ALL.into();
    let mut deal = DealRow::new(crate::id::DealId([1; 16]), "Pumps".to_owned());
    deal.since = Some(Timestamp(10));
    deal.last_activity = Some(Timestamp(9));
    assert_eq!(stage.missing(&deal), ExitCheck::ALL);
    deal.last_activity = Some(Timestamp(10));
    deal.amount = Some(Money { minor: 1, currency: EUR });
    deal.has_contact = Some(true);
    let left = [ExitCheck::CloseSet, ExitCheck::OwnerSet, ExitCheck::NextStepSet];
    assert_eq!(stage.missing(&deal), left);
}
