//! A row of a deal's history: one move from stage to stage.

use crate::{context::Context, field, reading::Reading, reason::Fault};
use domain::{
    deal::StageEvent,
    id::{DealId, StageEventId},
    time::Timestamp,
};

/// A row of a deal's history.
#[derive(Debug, Clone, PartialEq)]
pub struct StageEventRow {
    pub id: StageEventId,
    pub deal: DealId,
    pub event: StageEvent,
    /// Whether the file says where the deal came from, even if from nowhere.
    pub from_told: bool,
    /// Whether the file says that this event holds, later ones notwithstanding.
    pub holds: bool,
}

/// Returns the deal a row of history belongs to.
pub fn deal_of(reading: &Reading<'_>, context: &Context) -> Result<DealId, Fault> {
    let external = reading.needed("deal_id", field::line)?;
    Ok(DealId(context.identity.id("deal", &external)))
}

/// Reads a row of a deal's history.
pub fn read(reading: &mut Reading<'_>, context: &Context) -> Result<StageEventRow, Fault> {
    let deal = deal_of(reading, context)?;
    let to = reading.needed("stage", |code| Ok(context.stage(code)?.id.clone()))?;
    let at = reading.needed_timestamp("entered_at")?;
    let told = reading
        .optional("event_id", |text| Ok(StageEventId(context.identity.id("stage event", text))));
    let id = told.unwrap_or_else(|| derived_id(context, deal, (&to.0, at)));
    let from = reading.optional("from_stage", |code| Ok(context.stage(code)?.id.clone()));
    let by = reading.optional("changed_by", |name| context.person(name));
    let reason = reading.optional("reason", field::line);
    let holds = reading.optional("holds", field::yes_or_no) == Some(true);
    let event = StageEvent { from, to, at, by, reason, category: None };
    Ok(StageEventRow { id, deal, event, from_told: told.is_some(), holds })
}

/// Returns the id of a move that has none of its own: a deal enters a stage once at a time.
pub fn derived_id(context: &Context, deal: DealId, (to, at): (&str, Timestamp)) -> StageEventId {
    StageEventId(context.identity.derive("stage event", &format!("{deal} {to} {}", at.0)))
}
