//! What a filter promises, to whoever asks and in whatever form it travels.

use super::*;
use crate::{
    id::{AccountId, DealId},
    period::Unit,
};

const ANN: PersonId = PersonId([1; 16]);
const BEN: PersonId = PersonId([2; 16]);

fn reader(person: PersonId) -> Reader {
    Reader { person, today: "2026-05-20".parse().unwrap() }
}

fn account(owner: Option<PersonId>, stage: LifecycleStage, territory: &str) -> AccountRow {
    AccountRow {
        stage,
        owner,
        territory: Some(territory.to_owned()),
        ..AccountRow::new(AccountId([0; 16]), "Acme".to_owned())
    }
}

fn deal(owner: PersonId, close: Option<&str>) -> DealRow {
    DealRow {
        close: close.map(|day| day.parse().unwrap()),
        owner: Some(owner),
        ..DealRow::new(DealId([0; 16]), "Spring order".to_owned())
    }
}

fn full() -> Filter {
    Filter {
        text: "ice & cream = ü".to_owned(),
        owner: Some(Whose::Of(BEN)),
        territory: Some("north/east".to_owned()),
        stage: Standing::In(LifecycleStage::AtRisk),
        period: Some(Period::Calendar(Unit::Quarter, -1)),
        pipeline: Some("wholesale".to_owned()),
    }
}

#[test]
fn a_filter_reads_back_as_written() {
    for filter in [full(), Filter::default(), Filter { owner: Some(Whose::Reader), ..full() }] {
        let parts = filter.parts();
        assert_eq!(Filter::of_parts(|name| parts.get(name).cloned()), filter);
        let bytes = minicbor::to_vec(&filter).unwrap();
        assert_eq!(minicbor::decode::<Filter>(&bytes).unwrap(), filter);
    }
    assert!(Filter::default().parts().is_empty());
}

#[test]
fn what_another_release_wrote_is_passed_over() {
    let parts = BTreeMap::from([("owner", "somebody"), ("stage", "77"), ("segment", "gold")]);
    let filter = Filter::of_parts(|name| parts.get(name).map(|text| (*text).to_owned()));
    assert!(filter.is_empty());
}

#[test]
fn mine_is_whoever_looks() {
    let mine = Filter { owner: Some(Whose::Reader), ..Filter::default() };
    let of_ann = account(Some(ANN), LifecycleStage::Lead, "north");
    assert!(mine.fits(&of_ann, reader(ANN)));
    assert!(!mine.fits(&of_ann, reader(BEN)));
}

#[test]
fn what_is_archived_is_seen_only_when_asked_for() {
    let mut gone = account(None, LifecycleStage::Customer, "north");
    gone.archived = Some(true);
    let archived = Filter { stage: Standing::Archived, ..Filter::default() };
    assert!(!Filter::default().fits(&gone, reader(ANN)));
    assert!(archived.fits(&gone, reader(ANN)));
}

#[test]
fn a_deal_is_looked_at_by_its_own_owner_and_close_and_its_accounts_place() {
    let home = account(Some(ANN), LifecycleStage::Customer, "north");
    let filter = Filter {
        owner: Some(Whose::Of(BEN)),
        territory: Some("north".to_owned()),
        period: Some(Period::Calendar(Unit::Month, 0)),
        ..Filter::default()
    };
    let fits = |deal: &DealRow| filter.fits_deal(&home, deal, reader(ANN));
    assert!(fits(&deal(BEN, Some("2026-05-31"))));
    assert!(!fits(&deal(ANN, Some("2026-05-31"))));
    assert!(!fits(&deal(BEN, Some("2026-06-01"))));
    assert!(!fits(&deal(BEN, None)));
    let elsewhere = account(Some(ANN), LifecycleStage::Customer, "south");
    assert!(!filter.fits_deal(&elsewhere, &deal(BEN, Some("2026-05-31")), reader(ANN)));
}
