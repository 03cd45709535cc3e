//! A second opinion that has never heard of Automerge: the typed edits of the log, in its order.
//!
//! What is only ever added must be there, once each; a field that is set must hold what one of its
//! last writers wrote, where a writer is not last if another knew of it and wrote later.

use domain::{
    account::Account,
    edit::{AccountEdit as E, Edit},
    id::*,
};
use std::collections::{BTreeMap, BTreeSet};
use sync::{change, id::ChangeHash, relay::output::Entry};

/// One account, as a list of what was done to it.
#[derive(Debug, Default)]
pub struct Model {
    contacts: BTreeSet<ContactId>,
    tasks: BTreeSet<TaskId>,
    deals: BTreeSet<DealId>,
    activities: BTreeSet<ActivityId>,
    purchases: BTreeSet<PurchaseId>,
    tags: BTreeSet<String>,
    /// What was written into each field, by which entry.
    writes: BTreeMap<&'static str, Vec<(usize, String)>>,
    /// For each entry, the earlier entries it knew of.
    knew: Vec<Vec<u64>>,
    places: BTreeMap<ChangeHash, usize>,
}

impl Model {
    /// Goes through the entries of one account; `None` when one of them carries no edit.
    pub fn of<'e>(
        entries: impl Iterator<Item = &'e Entry>,
        is_beginning: impl Fn(&Entry) -> bool,
    ) -> Option<Self> {
        let mut model = Self::default();
        for entry in entries {
            let place = model.know(entry);
            if is_beginning(entry) {
                model.knew_everything(place);
                continue;
            }
            match Edit::decode(&entry.edit)? {
                Edit::Account(edit) => model.take_in(place, edit),
                _ => return None,
            }
        }
        Some(model)
    }

    fn know(&mut self, entry: &Entry) -> usize {
        let place = self.knew.len();
        let mut knew = vec![0; place / 64 + 1];
        let scanned = change::scan(&entry.change);
        for before in scanned.into_iter().flat_map(|scanned| scanned.dependencies) {
            let Some(before) = self.places.get(&before) else { continue };
            knew[before / 64] |= 1 << (before % 64);
            let theirs = self.knew[*before].iter().enumerate();
            theirs.for_each(|(word, bits)| knew[word] |= bits);
        }
        self.knew.push(knew);
        self.places.insert(entry.hash, place);
        place
    }

    /// A new beginning is made of everything before it, and what it builds on does not say so.
    fn knew_everything(&mut self, place: usize) {
        (0..place).for_each(|before| self.knew[place][before / 64] |= 1 << (before % 64));
    }

    fn take_in(&mut self, place: usize, edit: E) {
        match edit {
            E::Open(new) => {
                self.tags.extend(new.tags);
                self.write("name", place, new.name);
                self.write("stage", place, format!("{:?}", new.stage));
                self.write("territory", place, format!("{:?}", new.territory));
            }
            E::Rename(name) => self.write("name", place, name),
            E::SetStage(stage) => self.write("stage", place, format!("{stage:?}")),
            E::SetTerritory(territory) => self.write("territory", place, format!("{territory:?}")),
            E::Archive => self.write("archived", place, "true".into()),
            E::Restore => self.write("archived", place, "false".into()),
            E::Tag(tag) => {
                self.tags.insert(tag);
            }
            E::AddContact(id, _) => {
                self.contacts.insert(id);
            }
            E::AddTask(id, _) => {
                self.tasks.insert(id);
            }
            E::AddDeal(id, ..) => {
                self.deals.insert(id);
            }
            E::LogActivity(id, _) => {
                self.activities.insert(id);
            }
            E::RecordPurchase(id, _) => {
                self.purchases.insert(id);
            }
            _ => (),
        }
    }

    fn write(&mut self, field: &'static str, place: usize, value: String) {
        self.writes.entry(field).or_default().push((place, value));
    }

    /// Returns what of an account is not as the log has it.
    pub fn misses(&self, account: &Account) -> Vec<&'static str> {
        let same = [
            ("contacts", self.contacts.iter().eq(account.contacts.keys())),
            ("tasks", self.tasks.iter().eq(account.tasks.keys())),
            ("deals", self.deals.iter().eq(account.deals.keys())),
            ("activities", self.activities.iter().eq(account.activities.keys())),
            ("purchases", self.purchases.iter().eq(account.purchases.keys())),
            ("tags", account.tags.is_subset(&self.tags)),
            ("name", self.may_be("name", &account.name)),
            ("stage", self.may_be("stage", &format!("{:?}", account.stage))),
            ("territory", self.may_be("territory", &format!("{:?}", account.territory))),
            ("archived", self.may_be("archived", &account.archived.to_string())),
        ];
        same.into_iter().filter(|(_, same)| !same).map(|(what, _)| what).collect()
    }

    /// Returns whether one of the last writers of a field wrote that, or nobody wrote it at all.
    fn may_be(&self, field: &str, value: &str) -> bool {
        let Some(writes) = self.writes.get(field) else { return true };
        let known_to_another = |place: usize| {
            let bit = |later: &usize| self.knew[*later].get(place / 64).copied().unwrap_or(0);
            writes.iter().any(|(later, _)| bit(later) >> (place % 64) & 1 == 1)
        };
        writes.iter().any(|(place, written)| written == value && !known_to_another(*place))
    }
}
