//! The deals of an account, each with its whole history.

use super::{amount, currency, text};
use crate::{
    kind::Kind,
    names::{Names, time},
    sheets::{SheetFailure, Sheets},
};
use domain::{account::Account, deal::Deal};
use std::io::Write;

/// Writes the deals of an account.
pub fn write(
    sheets: &mut Sheets<impl Write>,
    names: &Names,
    account: &Account,
) -> Result<(), SheetFailure> {
    for deal in account.deals.values() {
        write_deal(sheets, names, (account, deal))?;
        write_history(sheets, names, deal)?;
    }
    Ok(())
}

fn write_deal(
    sheets: &mut Sheets<impl Write>,
    names: &Names,
    (account, deal): (&Account, &Deal),
) -> Result<(), SheetFailure> {
    let stands = deal.events.get(&deal.stage_event);
    let closed = stands.filter(|event| names.is_closed(&event.to));
    let cells = [
        deal.id.to_string(),
        account.id.to_string(),
        text(&deal.contact),
        deal.name.clone(),
        amount(deal.amount),
        currency(deal.amount),
        stands.map(|event| names.stage(&event.to)).unwrap_or_default(),
        time(deal.created_at),
        text(&deal.close),
        closed.map(|event| time(event.at)).unwrap_or_default(),
        closed.map(|event| event.to.0.clone()).unwrap_or_default(),
        closed.and_then(|event| event.reason.clone()).unwrap_or_default(),
        names.person(deal.owner),
    ];
    sheets.write(Kind::Deals, cells)
}

fn write_history(
    sheets: &mut Sheets<impl Write>,
    names: &Names,
    deal: &Deal,
) -> Result<(), SheetFailure> {
    let mut events: Vec<_> = deal.events.iter().collect();
    events.sort_by_key(|(id, event)| (event.at, **id));
    for (id, event) in events {
        let cells = [
            deal.id.to_string(),
            names.stage(&event.to),
            time(event.at),
            names.person(event.by),
            id.to_string(),
            event.from.as_ref().map(|from| names.stage(from)).unwrap_or_default(),
            text(&event.reason),
            (*id == deal.stage_event).to_string(),
        ];
        sheets.write(Kind::StageHistory, cells)?;
    }
    Ok(())
}
