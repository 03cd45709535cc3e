//! The deals of an account, each with its history.

use super::{Outcome, desk::Desk};
use crate::{
    kind::Kind,
    noun::{
        deal,
        stage_event::{self, StageEventRow},
    },
    reading::Reading,
    reason::Reason,
};
use domain::{edit::AccountEdit, id::DealId};
use std::collections::BTreeMap;

impl Desk<'_> {
    /// Adds deals, and moves them through their history.
    pub(super) fn deals(&mut self) {
        let context = self.context;
        let mut histories = self.histories();
        for (place, row) in self.rows(Kind::Deals) {
            let contacts = std::mem::take(&mut self.known.contacts);
            let read = self.read(place, row, |reading| deal::read(reading, context, &contacts));
            self.known.contacts = contacts;
            let Some(read) = read else { continue };
            let here = self.stands.is_some_and(|account| account.deals.contains_key(&read.id));
            if !self.is_new(place, row, (read.id.0, here)) {
                continue;
            }
            self.known.deals.insert(read.id);
            let history = histories.remove(&read.id).unwrap_or_default();
            for (history_place, _) in &history {
                self.draft.outcomes[*history_place] = Outcome::Taken;
            }
            let history = history.into_iter().map(|(_, row)| row).collect();
            let (edits, disagrees) = read.edits(context, history);
            self.push(place, edits);
            if disagrees {
                let reading = Reading::new(&self.layouts[&row.kind], &row.cells);
                let fault = reading.fault("stage", Reason::HistoryDisagrees);
                self.draft.left_out.push((place, fault));
            }
        }
        for (deal, history) in histories {
            self.later_history(deal, history);
        }
    }

    /// Moves a deal that stands here already through history it has not seen.
    fn later_history(&mut self, deal: DealId, history: Vec<(usize, StageEventRow)>) {
        for (place, read) in history {
            if !self.known.deals.contains(&deal) {
                let row = &self.bundle.rows[place];
                self.refuse(place, row, ("deal_id", Reason::NoSuchDeal));
            } else if self.known.stage_events.contains(&read.id) {
                self.draft.outcomes[place] = Outcome::AlreadyHere;
            } else {
                self.push(place, vec![AccountEdit::MoveDeal(deal, read.id, read.event)]);
            }
        }
    }

    fn histories(&mut self) -> BTreeMap<DealId, Vec<(usize, StageEventRow)>> {
        let context = self.context;
        let mut histories: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (place, row) in self.rows(Kind::StageHistory) {
            let read = self.read(place, row, |reading| stage_event::read(reading, context));
            let Some(read) = read else { continue };
            if self.is_new(place, row, (read.id.0, false)) {
                histories.entry(read.deal).or_default().push((place, read));
            }
        }
        histories
    }
}
