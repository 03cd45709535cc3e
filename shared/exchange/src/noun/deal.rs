//! A row of deals together with its history: added in its first stage, then moved.

use super::stage_event::{StageEventRow, derived_id};
use crate::{
    context::{Context, is_closed},
    field, number,
    reading::Reading,
    reason::{Fault, Reason},
};
use domain::{
    deal::{NewDeal, StageEvent},
    edit::AccountEdit,
    id::{ContactId, DealId, StageEventId},
    money::Currency,
};
use std::collections::BTreeSet;

/// A row of deals, before its history is known.
#[derive(Debug, Clone, PartialEq)]
pub struct DealRow {
    pub id: DealId,
    pub deal: NewDeal,
    /// The stage the row says the deal stands in, and how it came there if that is its end.
    last: StageEvent,
}

/// Returns the id of a row of deals.
pub fn id_of(reading: &Reading<'_>, context: &Context) -> Result<DealId, Fault> {
    let external = reading.needed("deal_id", field::line)?;
    Ok(DealId(context.identity.id("deal", &external)))
}

/// Reads a row of deals of an account with these contacts.
pub fn read(
    reading: &mut Reading<'_>,
    context: &Context,
    contacts: &BTreeSet<ContactId>,
) -> Result<DealRow, Fault> {
    let form = reading.form();
    let id = id_of(reading, context)?;
    let name = reading.needed("name", field::line)?;
    let created_at = reading.needed_timestamp("created_at")?;
    let stage = reading.needed("stage", |code| context.stage(code).cloned())?;
    let closed_at = reading.optional_timestamp("closed_at");
    let closed_at = match (is_closed(&stage), closed_at) {
        (true, None) => return Err(reading.fault("closed_at", Reason::CloseTimeMissing)),
        (true, told) => told,
        (false, _) => None,
    };
    let currency = reading.optional("currency", |text| {
        text.to_ascii_uppercase().parse::<Currency>().map_err(Reason::Money)
    });
    let owner = reading.optional("owner", |name| context.person(name));
    let deal = NewDeal {
        name,
        created_at,
        contact: reading.optional("contact_id", |text| {
            let id = ContactId(context.identity.id("contact", text));
            if contacts.contains(&id) { Ok(id) } else { Err(Reason::NoSuchContact) }
        }),
        amount: reading.optional("amount", |text| {
            let currency = currency.ok_or(Reason::CurrencyUnknown)?;
            number::money(text, currency, &form)
        }),
        close: reading.optional_day("expected_close"),
        owner,
    };
    let reason = reading.optional("lost_reason", field::line);
    let at = closed_at.unwrap_or(created_at);
    let last = StageEvent { from: None, to: stage.id, at, by: owner, reason, category: None };
    Ok(DealRow { id, deal, last })
}

impl DealRow {
    /// Returns the edits that add the deal and move it through its history, ending where the row
    /// says it stands; the flag says that the history says otherwise, and holds.
    pub fn edits(self, context: &Context, history: Vec<StageEventRow>) -> (Vec<AccountEdit>, bool) {
        let (events, holding) = self.events(context, history);
        let stands = events.last().is_some_and(|(_, event)| event.to == self.last.to);
        let disagrees = !stands && holding.is_none();
        let mut events = events.into_iter();
        let (first, event) = events.next().expect("the row itself is an event");
        let mut edits = vec![AccountEdit::AddDeal(self.id, self.deal, first, event)];
        edits.extend(events.map(|(id, event)| AccountEdit::MoveDeal(self.id, id, event)));
        edits.extend(holding.map(|event| AccountEdit::SettleDealStage(self.id, event)));
        (edits, disagrees)
    }

    fn events(
        &self,
        context: &Context,
        mut history: Vec<StageEventRow>,
    ) -> (Vec<(StageEventId, StageEvent)>, Option<StageEventId>) {
        history.sort_by_key(|row| row.event.at);
        let ends = history.iter().any(|row| context.is_closed(&row.event.to));
        let last = history.last().map(|row| row.id);
        let holding = history.iter().find(|row| row.holds).map(|row| row.id);
        let holding = holding.filter(|holding| Some(*holding) != last);
        let mut events: Vec<(StageEventId, StageEvent)> = Vec::new();
        for row in history {
            let mut event = row.event;
            if !row.from_told {
                event.from = events.last().map(|(_, before)| before.to.clone());
            }
            if event.to == self.last.to && context.is_closed(&event.to) && !row.from_told {
                event.reason = event.reason.or_else(|| self.last.reason.clone());
            }
            events.push((row.id, event));
        }
        if events.is_empty() || (context.is_closed(&self.last.to) && !ends) {
            let mut event = self.last.clone();
            event.from = events.last().map(|(_, before)| before.to.clone());
            events.push((derived_id(context, self.id, (&event.to.0, event.at)), event));
        }
        (events, holding)
    }
}
