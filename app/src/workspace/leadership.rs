//! Which tab speaks with the relay: a lock elects it, storage names it, and the others take its place
//! when it gives no sign of life.

use super::{core::Core, promotion};
use crate::browser::{
    entropy,
    tabs::{self, Turn},
};
use std::{
    cell::{Cell, OnceCell},
    rc::Rc,
};
use sync::id::Lead;
use wasm_bindgen_futures::spawn_local;

/// This tab's part in it.
pub struct Leadership {
    name: String,
    core: OnceCell<Rc<Core>>,
    /// Whether this tab has the lock, and is the one that leads or is about to.
    holds: Cell<bool>,
    /// Whether it stands in line for it.
    waits: Cell<bool>,
    /// The name this tab has in storage while it leads.
    lead: Cell<Option<Lead>>,
}

impl Leadership {
    /// Stands in line.
    pub fn seek(name: &str) -> Rc<Self> {
        let leadership = Rc::new(Self {
            name: name.to_owned(),
            core: OnceCell::new(),
            holds: Cell::new(false),
            waits: Cell::new(false),
            lead: Cell::new(None),
        });
        leadership.wait();
        leadership
    }

    /// Has the workspace take part, now that it is there.
    pub fn attend(&self, core: &Rc<Core>) {
        // There is one workspace a page, so the cell is empty.
        let _ = self.core.set(core.clone());
    }

    pub fn core(&self) -> Option<&Rc<Core>> {
        self.core.get()
    }

    pub fn holds(&self) -> bool {
        self.holds.get()
    }

    /// Returns the name under which this tab leads.
    pub fn lead(&self) -> Option<Lead> {
        self.lead.get()
    }

    pub fn set_lead(&self, lead: Option<Lead>) {
        self.lead.set(lead);
    }

    /// Takes the place of a tab that gives no sign of life.
    pub fn take(self: &Rc<Self>) {
        self.ask(Turn::Taken);
    }

    /// Leaves it to the tab that storage names; the lock may still be here.
    pub fn give_up(&self) {
        self.holds.set(false);
        self.lead.set(None);
    }

    fn wait(self: &Rc<Self>) {
        if !self.waits.replace(true) {
            self.ask(Turn::Awaited);
        }
    }

    fn ask(self: &Rc<Self>, turn: Turn) {
        let (got, lost) = (self.clone(), self.clone());
        tabs::lead(&self.name, turn, move || got.got(turn), move || lost.lost());
    }

    fn got(&self, turn: Turn) {
        if turn == Turn::Awaited {
            self.waits.set(false);
        }
        self.holds.set(true);
        if let Some(core) = self.core.get() {
            spawn_local(promotion::promote(core.clone()));
        }
    }

    fn lost(self: &Rc<Self>) {
        self.holds.set(false);
        if let Some(core) = self.core.get() {
            promotion::step_down(core, self.lead.get());
        }
        self.wait();
    }
}

/// Returns a name no other tab has.
pub fn fresh_lead() -> Lead {
    // A page without entropy has no workspace: its storage could not have been sealed.
    Lead(entropy::random_number().unwrap_or_default())
}
