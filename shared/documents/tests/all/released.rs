//! Documents written by every release still open, to the same value.

use crate::samples::*;
use documents::{
    class::{CONFIGURATION_ID, Class},
    document::Document,
    genesis,
};
use domain::{
    configuration::Configuration,
    edit::{ConfigurationEdit, Edit},
    pipeline::{PipelineId, StageCategory, StageId},
    row::AccountRow,
    setting::{Setting, Subject},
};

const ACCOUNT_1: &[u8] = include_bytes!("../released/account-1.bin");
const ROW_1: &[u8] = include_bytes!("../released/account-1.row");
const ROW_2: &[u8] = include_bytes!("../released/account-1.row-2");
const ROW_3: &[u8] = include_bytes!("../released/account-1.row-3");
const CONFIGURATION_1: &[u8] = include_bytes!("../released/configuration-1.bin");
const CONFIGURATION_ROW_1: &[u8] = include_bytes!("../released/configuration-1.row");

/// How many of the edits there are today the first release knew.
const OF_FIRST: usize = 30;

/// Returns the account the files were made from: everything the first layout can hold, with a
/// conflict open.
fn first_layout() -> Document {
    let mut here = account();
    let mut there = here.clone();
    write(&mut here, actor(1, 2), later(1), &edits(2)[..OF_FIRST]);
    write(&mut there, actor(2, 3), later(2), &edits(3)[..OF_FIRST]);
    here.take_in(there.changes().into_iter().map(|change| change.bytes)).unwrap();
    here
}

#[test]
fn an_account_of_the_first_layout_still_reads_as_it_did() {
    let document = Document::unpack(Class::Account, ACCOUNT.0, ACCOUNT_1).unwrap();
    let account = document.account().unwrap();
    assert_eq!(account.conflicts.len(), 6);
    assert_eq!(account.deals.len(), 3);
    assert_eq!(document.row().unwrap(), ROW_3);
}

#[test]
fn a_row_of_the_first_projector_still_reads() {
    let old = AccountRow::decode(ROW_1).unwrap();
    let new = AccountRow::decode(ROW_2).unwrap();
    assert_eq!((&old.name, old.deals.len()), (&new.name, new.deals.len()));
    assert_eq!((old.created_at, old.tasks.len(), old.activities().count()), (None, 0, 0));
    assert_eq!((new.tasks.len(), new.activities().count()), (2, 2));
    let moves = |row: &AccountRow| row.deals.iter().map(|deal| row.moves(deal).count()).sum();
    assert_eq!((moves(&old), moves(&new)), (0_usize, 5_usize));
}

#[test]
fn a_row_of_the_second_projector_lacks_only_the_facts() {
    let [old, new] = [ROW_2, ROW_3].map(|bytes| AccountRow::decode(bytes).unwrap());
    assert_eq!((old.purchases().count(), old.enquiries().count(), old.reach().count()), (0, 0, 0));
    assert_eq!((new.purchases().count(), new.enquiries().count(), new.reach().count()), (2, 2, 2));
    assert_eq!(old, AccountRow { facts: None, ..new });
}

/// A configuration of the first release gets the later layout when it is opened, on every device
/// the same, and what it held stands under what is set from then on.
#[test]
fn a_configuration_of_the_first_layout_can_be_set_on() {
    let open =
        || Document::unpack(Class::Configuration, CONFIGURATION_ID, CONFIGURATION_1).unwrap();
    let (mut here, mut there) = (open(), open());
    let configuration = here.configuration().unwrap();
    assert_eq!((configuration.people.len(), configuration.stages.len()), (2, 6));
    assert_eq!(configuration.territories["no"], "Norway");
    let stage = Subject::Stage(StageId("won".to_owned()));
    let set = |setting| [Edit::Configuration(ConfigurationEdit::Set(stage.clone(), setting))];
    here.author(actor(1, 2), NOW, &set(Setting::Probability(99))).unwrap();
    there.author(actor(2, 2), NOW, &set(Setting::Order(70))).unwrap();
    here.take_in(there.changes().into_iter().map(|change| change.bytes)).unwrap();
    there.take_in(here.changes().into_iter().map(|change| change.bytes)).unwrap();
    assert_eq!(here.row(), there.row());
    let won = &here.configuration().unwrap().stages[&StageId("won".to_owned())];
    assert_eq!((won.probability, won.order, won.category), (99, 70, StageCategory::Won));
}

#[test]
fn a_configuration_row_of_the_first_projector_still_reads() {
    let old = Configuration::decode(CONFIGURATION_ROW_1).unwrap();
    assert_eq!((old.people.len(), old.stages.len()), (2, 6));
    assert!(old.stages.values().all(|stage| stage.pipeline == PipelineId::default()));
}

#[test]
fn todays_layout_is_among_the_released() {
    assert_eq!(genesis::SCHEMA, 2, "a new layout needs its own files here");
    assert_eq!(first_layout().pack(), ACCOUNT_1);
}
