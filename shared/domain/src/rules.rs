//! Which edits may be made: the rules of the CRM, asked before anything is written.
//!
//! An admitted edit comes back tidied (white space trimmed, empty texts made nothing). Rules ask
//! little of the account, so that a whole account need not be read for one edit.

use crate::{
    account::{Account, Address, NewAccount},
    activity::Activity,
    contact::{ContactField, ContactPoint, NewContact},
    deal::{NewDeal, NextStep, StageEvent},
    edit::AccountEdit,
    id::*,
    note::Splice,
    pipeline::{Stage, StageCategory, StageId, default_stages},
    refusal::Refusal,
    value::{LINE_CHARACTERS_MAX, PROSE_CHARACTERS_MAX, brief, line, optional, prose},
};

/// What rules have to know of the account an edit is for.
pub trait Known {
    fn is_open(&self) -> bool;
    fn has_contact(&self, contact: ContactId) -> bool;
    fn has_task(&self, task: TaskId) -> bool;
    fn has_deal(&self, deal: DealId) -> bool;
    fn has_stage_event(&self, deal: DealId, event: StageEventId) -> bool;
    fn has_activity(&self, activity: ActivityId) -> bool;
    fn has_purchase(&self, purchase: PurchaseId) -> bool;
    fn has_enquiry(&self, enquiry: EnquiryId) -> bool;
}

impl Known for Account {
    fn is_open(&self) -> bool {
        true
    }
    fn has_contact(&self, contact: ContactId) -> bool {
        self.contacts.contains_key(&contact)
    }
    fn has_task(&self, task: TaskId) -> bool {
        self.tasks.contains_key(&task)
    }
    fn has_deal(&self, deal: DealId) -> bool {
        self.deals.contains_key(&deal)
    }
    fn has_stage_event(&self, deal: DealId, event: StageEventId) -> bool {
        self.deals.get(&deal).is_some_and(|deal| deal.events.contains_key(&event))
    }
    fn has_activity(&self, activity: ActivityId) -> bool {
        self.activities.contains_key(&activity)
    }
    fn has_purchase(&self, purchase: PurchaseId) -> bool {
        self.purchases.contains_key(&purchase)
    }
    fn has_enquiry(&self, enquiry: EnquiryId) -> bool {
        self.enquiries.contains_key(&enquiry)
    }
}

impl AccountEdit {
    /// Returns the edit tidied, or says why it may not be made.
    pub fn admit(&self, known: &impl Known) -> Result<Self, Refusal> {
        if let Self::Open(account) = self {
            demand(!known.is_open(), Refusal::AlreadyOpen)?;
            return Ok(Self::Open(tidy_account(account)?));
        }
        demand(known.is_open(), Refusal::NoSuchAccount)?;
        self.find(known)?;
        self.tidy()
    }

    /// Finds what the edit is about, and sees that what it adds is new.
    fn find(&self, known: &impl Known) -> Result<(), Refusal> {
        use AccountEdit as E;
        let contact = |id| demand(known.has_contact(id), Refusal::NoSuchContact);
        let task = |id| demand(known.has_task(id), Refusal::NoSuchTask);
        let deal = |id| demand(known.has_deal(id), Refusal::NoSuchDeal);
        let free = |taken: bool| demand(!taken, Refusal::TakenId);
        match self {
            E::AddContact(id, _) => free(known.has_contact(*id)),
            E::SetContact(id, ..)
            | E::SetConsent(id, _)
            | E::ArchiveContact(id)
            | E::SetContactPoint(id, ..) => contact(*id),
            E::LogActivity(id, _) => free(known.has_activity(*id)),
            E::AddTask(id, _) => free(known.has_task(*id)),
            E::RetitleTask(id, _)
            | E::RescheduleTask(id, _)
            | E::SetTaskKind(id, _)
            | E::AssignTask(id, _)
            | E::CompleteTask(id, _) => task(*id),
            E::AddDeal(id, _, event, _) => {
                free(known.has_deal(*id) || known.has_stage_event(*id, *event))
            }
            E::MoveDeal(id, event, _) => {
                deal(*id)?;
                free(known.has_stage_event(*id, *event))
            }
            E::SettleDealStage(id, event) => {
                deal(*id)?;
                demand(known.has_stage_event(*id, *event), Refusal::NoSuchStage)
            }
            E::SetDealContact(id, Some(person)) => {
                deal(*id)?;
                contact(*person)
            }
            E::SetDealContact(id, None) | E::SetDealNextStep(id, _) => deal(*id),
            E::RenameDeal(id, _)
            | E::SetDealAmount(id, _)
            | E::SetDealClose(id, _)
            | E::SetDealOwner(id, _) => deal(*id),
            E::RecordPurchase(id, _) => free(known.has_purchase(*id)),
            E::RecordEnquiry(id, _) => free(known.has_enquiry(*id)),
            _ => Ok(()),
        }
    }

    fn tidy(&self) -> Result<Self, Refusal> {
        use AccountEdit as E;
        Ok(match self {
            E::Rename(name) => E::Rename(tidy_line(name)?),
            E::SetTerritory(code) => E::SetTerritory(optional(code.as_deref())?),
            E::SetProfile(field, text) => E::SetProfile(*field, optional(text.as_deref())?),
            E::Tag(tag) => E::Tag(tidy_line(tag)?),
            E::Untag(tag) => E::Untag(tidy_line(tag)?),
            E::AddContact(id, contact) => E::AddContact(*id, tidy_contact(contact)?),
            E::SetContact(id, field, text) => {
                let text = optional(text.as_deref())?;
                E::SetContact(*id, *field, tidy_contact_field(*field, text))
            }
            E::SetContactPoint(id, point, value) => {
                E::SetContactPoint(*id, *point, tidy_point(value)?)
            }
            E::SetAddress(id, address) => E::SetAddress(*id, tidy_address(address)?),
            E::LogActivity(id, activity) => E::LogActivity(*id, tidy_activity(activity)?),
            E::AddTask(id, task) => {
                let mut task = task.clone();
                task.title = tidy_line(&task.title)?;
                E::AddTask(*id, task)
            }
            E::RetitleTask(id, title) => E::RetitleTask(*id, tidy_line(title)?),
            E::AddDeal(id, deal, event_id, event) => {
                E::AddDeal(*id, tidy_deal(deal)?, *event_id, tidy_event(event)?)
            }
            E::RenameDeal(id, name) => E::RenameDeal(*id, tidy_line(name)?),
            E::MoveDeal(id, event_id, event) => E::MoveDeal(*id, *event_id, tidy_event(event)?),
            E::SetDealNextStep(id, step) => {
                E::SetDealNextStep(*id, step.as_ref().map(tidy_step).transpose()?)
            }
            other => other.clone(),
        })
    }
}

impl Splice {
    /// Says whether the stretch of typing may be made in one edit.
    pub fn admit(&self) -> Result<(), Refusal> {
        let characters = self.insert.chars().count() + self.delete as usize;
        let characters_max = PROSE_CHARACTERS_MAX as u32;
        demand(characters <= PROSE_CHARACTERS_MAX, Refusal::TooLong { characters_max })
    }
}

fn demand(holds: bool, refusal: Refusal) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(refusal) }
}

fn tidy_line(text: &str) -> Result<String, Refusal> {
    line(text).map(str::to_owned)
}

fn tidy_account(account: &NewAccount) -> Result<NewAccount, Refusal> {
    let mut tidy = account.clone();
    tidy.name = tidy_line(&account.name)?;
    tidy.territory = optional(account.territory.as_deref())?;
    tidy.profile.clear();
    for (field, text) in &account.profile {
        if let Some(text) = optional(Some(text))? {
            tidy.profile.insert(*field, text);
        }
    }
    tidy.tags = account.tags.iter().map(|tag| tidy_line(tag)).collect::<Result<_, _>>()?;
    Ok(tidy)
}

fn tidy_contact(contact: &NewContact) -> Result<NewContact, Refusal> {
    let given_name = brief(&contact.given_name)?.to_owned();
    let family_name = brief(&contact.family_name)?.to_owned();
    demand(!(given_name.is_empty() && family_name.is_empty()), Refusal::Empty)?;
    Ok(NewContact {
        given_name,
        family_name,
        job_title: optional(contact.job_title.as_deref())?,
        language: optional(contact.language.as_deref())?,
        consent: contact.consent,
    })
}

/// A name is never nothing, only empty: it is cleared, not taken away.
fn tidy_contact_field(field: ContactField, text: Option<String>) -> Option<String> {
    match field {
        ContactField::GivenName | ContactField::FamilyName => Some(text.unwrap_or_default()),
        ContactField::JobTitle | ContactField::Language => text,
    }
}

fn tidy_point(point: &ContactPoint) -> Result<ContactPoint, Refusal> {
    let value = tidy_line(&point.value)?;
    Ok(ContactPoint { value, label: optional(point.label.as_deref())?, ..point.clone() })
}

fn tidy_address(address: &Address) -> Result<Address, Refusal> {
    let mut tidy = address.clone();
    tidy.lines.clear();
    for text in &address.lines {
        tidy.lines.extend(optional(Some(text))?);
    }
    let characters_max = LINE_CHARACTERS_MAX as u32;
    demand(tidy.lines.len() <= 10, Refusal::TooLong { characters_max })?;
    tidy.city = brief(&address.city)?.to_owned();
    tidy.region = optional(address.region.as_deref())?;
    tidy.postal_code = optional(address.postal_code.as_deref())?;
    tidy.country = optional(address.country.as_deref())?;
    let somewhere = !tidy.lines.is_empty() || !tidy.city.is_empty() || tidy.country.is_some();
    demand(somewhere || tidy.removed == Some(true), Refusal::Empty)?;
    Ok(tidy)
}

fn tidy_activity(activity: &Activity) -> Result<Activity, Refusal> {
    let subject = brief(&activity.subject)?.to_owned();
    let body = activity.body.as_deref().map(prose).transpose()?;
    let body = body.filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let kind_code = optional(activity.kind_code.as_deref())?;
    Ok(Activity { subject, body, kind_code, ..activity.clone() })
}

fn tidy_deal(deal: &NewDeal) -> Result<NewDeal, Refusal> {
    Ok(NewDeal { name: tidy_line(&deal.name)?, ..deal.clone() })
}

fn tidy_step(step: &NextStep) -> Result<NextStep, Refusal> {
    Ok(NextStep { text: tidy_line(&step.text)?, day: step.day })
}

/// Knows a lost stage by what the move says of it, else by its code: an account does not hold the
/// pipelines of its workspace.
fn tidy_event(event: &StageEvent) -> Result<StageEvent, Refusal> {
    let to = StageId(tidy_line(&event.to.0)?);
    let reason = optional(event.reason.as_deref())?;
    let is_lost = |stage: &Stage| stage.id == to && stage.category == StageCategory::Lost;
    let lost = match event.category {
        Some(category) => category == StageCategory::Lost,
        None => default_stages().iter().any(is_lost),
    };
    demand(reason.is_some() || !lost, Refusal::ReasonNeeded)?;
    Ok(StageEvent { to, reason, ..event.clone() })
}

mod settings;
#[cfg(test)]
mod tests;
