//! Writes an edit of an account as the fewest operations, once the domain admits it.

use super::{collection, imports, pair, profile_key};
use crate::{register, scalar::Scalar};
use automerge::{
    ObjId, ROOT, ReadDoc, hydrate,
    transaction::{Transactable, Transaction},
};
use domain::{
    account::NewAccount,
    contact::{ContactField, NewContact},
    deal::{NewDeal, StageEvent},
    edit::AccountEdit,
    id::*,
    refusal::Refusal,
    rules::Known,
    task::NewTask,
};
use std::{collections::HashMap, fmt::Display};

/// Writes `edit`, or refuses and writes nothing.
pub(crate) fn write(transaction: &mut Transaction<'_>, edit: &AccountEdit) -> Result<(), Refusal> {
    let mut page = Page { transaction };
    let edit = edit.admit(&page)?;
    page.write(&edit)
}

/// An account being written.
struct Page<'a, 'd> {
    transaction: &'a mut Transaction<'d>,
}

impl Page<'_, '_> {
    fn write(&mut self, edit: &AccountEdit) -> Result<(), Refusal> {
        use AccountEdit as E;
        match edit {
            E::Open(account) => self.open(account),
            E::Rename(name) => self.put(&ROOT, "name", name),
            E::SetStage(stage) => self.put(&ROOT, "stage", stage),
            E::SetOwner(owner) => self.put(&ROOT, "owner", owner),
            E::SetTerritory(code) => self.put(&ROOT, "territory", code),
            E::SetProfile(field, text) => {
                self.put(&collection("profile"), profile_key(*field), text)
            }
            E::Tag(tag) => self.put(&collection("tags"), tag, &true),
            E::Untag(tag) if self.has("tags", tag) => self.put(&collection("tags"), tag, &false),
            E::Untag(_) => Ok(()),
            E::Archive => self.put(&ROOT, "archived", &true),
            E::Restore => self.put(&ROOT, "archived", &false),
            E::AddContact(id, contact) => self.add("contacts", id, contact_fields(contact)),
            E::SetContact(id, field, text) => self.set("contacts", id, contact_key(*field), text),
            E::SetConsent(id, given) => self.set("contacts", id, "consent", given),
            E::ArchiveContact(id) => self.set("contacts", id, "archived", &true),
            E::SetContactPoint(id, point_id, point) => {
                self.put(&collection("contact_points"), &pair(id, point_id), point)
            }
            E::SetAddress(id, address) => {
                self.put(&collection("addresses"), &id.to_string(), address)
            }
            E::LogActivity(id, activity) => self.record("activities", id, activity),
            E::AddTask(id, task) => self.add("tasks", id, task_fields(task)),
            E::RetitleTask(id, title) => self.set("tasks", id, "title", title),
            E::RescheduleTask(id, due) => self.set("tasks", id, "due", due),
            E::SetTaskKind(id, kind) => self.set("tasks", id, "kind", kind),
            E::AssignTask(id, assignee) => self.set("tasks", id, "assignee", assignee),
            E::CompleteTask(id, done_at) => self.set("tasks", id, "done_at", done_at),
            E::AddDeal(id, deal, event_id, event) => {
                self.record_move(*id, *event_id, event)?;
                self.add("deals", id, deal_fields(deal, *event_id))
            }
            E::RenameDeal(id, name) => self.set("deals", id, "name", name),
            E::MoveDeal(id, event_id, event) => {
                self.record_move(*id, *event_id, event)?;
                self.set("deals", id, "stage", event_id)
            }
            E::SettleDealStage(id, event_id) => self.set("deals", id, "stage", event_id),
            E::SetDealAmount(id, amount) => self.set("deals", id, "amount", amount),
            E::SetDealClose(id, day) => self.set("deals", id, "close", day),
            E::SetDealNextStep(id, step) => self.set("deals", id, "next_step", step),
            E::SetDealContact(id, contact) => self.set("deals", id, "contact", contact),
            E::SetDealOwner(id, owner) => self.set("deals", id, "owner", owner),
            E::RecordPurchase(id, purchase) => self.record("purchases", id, purchase),
            E::NoteImport(batch, piece, brought) => {
                self.put(&ROOT, &imports::brought_key(*batch, *piece), brought)
            }
            E::UndoImport(batch) => self.put(&ROOT, &imports::undone_key(*batch), &true),
            E::RecordEnquiry(id, enquiry) => self.record("enquiries", id, enquiry),
        }
    }

    fn open(&mut self, account: &NewAccount) -> Result<(), Refusal> {
        self.put(&ROOT, "name", &account.name)?;
        self.put(&ROOT, "party", &account.party)?;
        self.put(&ROOT, "created_at", &account.created_at)?;
        self.put(&ROOT, "stage", &account.stage)?;
        if account.owner.is_some() {
            self.put(&ROOT, "owner", &account.owner)?;
        }
        if account.territory.is_some() {
            self.put(&ROOT, "territory", &account.territory)?;
        }
        let profile = collection("profile");
        for (field, text) in &account.profile {
            self.put(&profile, profile_key(*field), text)?;
        }
        let tags = collection("tags");
        account.tags.iter().try_for_each(|tag| self.put(&tags, tag, &true))
    }

    fn record_move(
        &mut self,
        deal: DealId,
        id: StageEventId,
        event: &StageEvent,
    ) -> Result<(), Refusal> {
        self.record("stage_events", pair(deal, id), event)
    }

    /// Writes what is written once, at a key the domain has found free.
    fn record(&mut self, name: &str, id: impl Display, value: &impl Scalar) -> Result<(), Refusal> {
        let written = self.transaction.put(collection(name), id.to_string(), value.to_scalar());
        written.map_err(|_| Refusal::MalformedDocument)
    }

    fn put(&mut self, object: &ObjId, key: &str, value: &impl Scalar) -> Result<(), Refusal> {
        let written = register::set(self.transaction, object, key, value.to_scalar());
        written.map_err(|_| Refusal::MalformedDocument)
    }

    /// Sets a field of a thing: of all of them, where it was added twice at once.
    fn set(
        &mut self,
        name: &str,
        id: impl Display,
        key: &str,
        value: &impl Scalar,
    ) -> Result<(), Refusal> {
        let objects = register::objects(self.transaction, &collection(name), &id.to_string());
        objects.iter().try_for_each(|object| self.put(object, key, value))
    }

    /// Adds a thing in one piece, which costs a fraction of field by field.
    fn add(&mut self, name: &str, id: impl Display, fields: FieldsOf) -> Result<(), Refusal> {
        let fields = hydrate::Value::Map(fields.0.into());
        let collection = collection(name);
        self.transaction
            .batch_create_object(&collection, id.to_string(), &fields, false)
            .map(|_| ())
            .map_err(|_| Refusal::MalformedDocument)
    }

    fn has(&self, name: &str, key: impl Display) -> bool {
        matches!(self.transaction.get(collection(name), key.to_string()), Ok(Some(_)))
    }
}

impl Known for Page<'_, '_> {
    fn is_open(&self) -> bool {
        matches!(self.transaction.get(&ROOT, "name"), Ok(Some(_)))
    }
    fn has_contact(&self, contact: ContactId) -> bool {
        self.has("contacts", contact)
    }
    fn has_task(&self, task: TaskId) -> bool {
        self.has("tasks", task)
    }
    fn has_deal(&self, deal: DealId) -> bool {
        self.has("deals", deal)
    }
    fn has_stage_event(&self, deal: DealId, event: StageEventId) -> bool {
        self.has("stage_events", pair(deal, event))
    }
    fn has_activity(&self, activity: ActivityId) -> bool {
        self.has("activities", activity)
    }
    fn has_purchase(&self, purchase: PurchaseId) -> bool {
        self.has("purchases", purchase)
    }
    fn has_enquiry(&self, enquiry: EnquiryId) -> bool {
        self.has("enquiries", enquiry)
    }
}

/// The first fields of a thing. What is not known is not written, so that nobody's later word
/// meets a null.
#[derive(Default)]
struct FieldsOf(HashMap<&'static str, hydrate::Value>);

impl FieldsOf {
    fn with(mut self, key: &'static str, value: &impl Scalar) -> Self {
        let scalar = value.to_scalar();
        if !scalar.is_null() {
            self.0.insert(key, hydrate::Value::Scalar(scalar));
        }
        self
    }
}

fn contact_fields(contact: &NewContact) -> FieldsOf {
    FieldsOf::default()
        .with("given_name", &contact.given_name)
        .with("family_name", &contact.family_name)
        .with("job_title", &contact.job_title)
        .with("language", &contact.language)
        .with("consent", &contact.consent)
}

fn contact_key(field: ContactField) -> &'static str {
    match field {
        ContactField::GivenName => "given_name",
        ContactField::FamilyName => "family_name",
        ContactField::JobTitle => "job_title",
        ContactField::Language => "language",
    }
}

fn task_fields(task: &NewTask) -> FieldsOf {
    FieldsOf::default()
        .with("title", &task.title)
        .with("due", &task.due)
        .with("assignee", &task.assignee)
        .with("kind", &task.kind)
}

fn deal_fields(deal: &NewDeal, event: StageEventId) -> FieldsOf {
    FieldsOf::default()
        .with("name", &deal.name)
        .with("created_at", &deal.created_at)
        .with("contact", &deal.contact)
        .with("amount", &deal.amount)
        .with("close", &deal.close)
        .with("owner", &deal.owner)
        .with("stage", &event)
}
