//! The documents screens look at, and those an edit is being made in.

use super::{EditError, Opened, Unreadable, engine::Paper};
use crate::browser::entropy;
use documents::{actor::Actor, class::Class, document::Change, malformed::Malformed};
use domain::{
    account::Account, edit::Edit, id::PersonId, note::Note, refusal::Refusal, time::Timestamp,
};
use futures_channel::oneshot;
use leptos::prelude::*;
use std::collections::HashMap;
use sync::id::DocumentId;

/// How many documents nobody looks at any more stay open.
const IDLE_MAX: usize = 24;

#[derive(Default)]
pub struct OpenDocuments {
    open: HashMap<DocumentId, OpenDocument>,
    /// Counts openings, to know which document has been idle longest.
    openings: u64,
}

pub struct OpenDocument {
    class: Class,
    state: State,
    /// Who writes here: fresh for each life of the open document.
    actor: Option<Actor>,
    /// Changes that came while the document was being read.
    arrived: Vec<Vec<u8>>,
    readers: usize,
    opened: u64,
    waiting: Vec<oneshot::Sender<()>>,
    awaiting_arrival: Vec<oneshot::Sender<()>>,
    account: ArcRwSignal<Opened<Account>>,
    note: ArcRwSignal<Opened<Note>>,
}

enum State {
    Loading,
    NotHere,
    Malformed(Unreadable),
    Here(Box<dyn Paper>),
}

impl OpenDocuments {
    /// Returns the open document, and whether it has only just been opened and is to be read.
    pub fn open(&mut self, document: DocumentId, class: Class) -> (&mut OpenDocument, bool) {
        self.openings += 1;
        let fresh = !self.open.contains_key(&document);
        if fresh {
            self.close_idle();
        }
        let open = self.open.entry(document).or_insert_with(|| OpenDocument::new(class));
        open.opened = self.openings;
        (open, fresh)
    }

    pub fn get(&mut self, document: DocumentId) -> Option<&mut OpenDocument> {
        self.open.get_mut(&document)
    }

    pub fn ids(&self) -> Vec<DocumentId> {
        self.open.keys().copied().collect()
    }

    pub fn release(&mut self, document: DocumentId) {
        if let Some(open) = self.open.get_mut(&document) {
            open.readers = open.readers.saturating_sub(1);
        }
    }

    fn close_idle(&mut self) {
        let idle = |open: &OpenDocument| open.readers == 0 && !matches!(open.state, State::Loading);
        while self.open.values().filter(|open| idle(open)).count() > IDLE_MAX {
            let oldest = self.open.iter().filter(|(_, open)| idle(open));
            let Some(oldest) = oldest.min_by_key(|(_, open)| open.opened).map(|(id, _)| *id) else {
                return;
            };
            self.open.remove(&oldest);
        }
    }
}

impl OpenDocument {
    fn new(class: Class) -> Self {
        Self {
            class,
            state: State::Loading,
            actor: None,
            arrived: Vec::new(),
            readers: 0,
            opened: 0,
            waiting: Vec::new(),
            awaiting_arrival: Vec::new(),
            account: ArcRwSignal::new(Opened::Loading),
            note: ArcRwSignal::new(Opened::Loading),
        }
    }

    pub fn class(&self) -> Class {
        self.class
    }

    pub fn hold(&mut self) {
        self.readers += 1;
    }

    pub fn account(&self) -> ArcRwSignal<Opened<Account>> {
        self.account.clone()
    }

    pub fn note(&self) -> ArcRwSignal<Opened<Note>> {
        self.note.clone()
    }

    pub fn is_here(&self) -> bool {
        matches!(self.state, State::Here(_))
    }

    pub fn document(&self) -> Option<&dyn Paper> {
        match &self.state {
            State::Here(document) => Some(&**document),
            _ => None,
        }
    }

    /// Is answered when the document is no longer being read.
    pub fn settled(&mut self) -> oneshot::Receiver<()> {
        let (settle, settled) = oneshot::channel();
        match self.state {
            State::Loading => self.waiting.push(settle),
            _ => drop(settle.send(())),
        }
        settled
    }

    /// Is answered when the document is here, or what came of it cannot be read.
    pub fn arrival(&mut self) -> oneshot::Receiver<()> {
        let (arrive, arrived) = oneshot::channel();
        match self.state {
            State::Here(_) | State::Malformed(_) => drop(arrive.send(())),
            State::Loading | State::NotHere => self.awaiting_arrival.push(arrive),
        }
        arrived
    }

    /// Takes the document as it was read; who writes here from now on is somebody new.
    pub fn put(&mut self, document: Box<dyn Paper>) {
        self.actor = None;
        self.state = State::Here(document);
        let arrived = std::mem::take(&mut self.arrived);
        self.take_in(&arrived);
    }

    pub fn not_here(&mut self) {
        self.state = State::NotHere;
        self.present();
    }

    pub fn malformed(&mut self, why: impl Into<Unreadable>) {
        self.state = State::Malformed(why.into());
        self.present();
    }

    /// Returns whether changes came while the document was being read, or is not here.
    pub fn has_arrived(&self) -> bool {
        !self.arrived.is_empty()
    }

    /// Takes in changes of others.
    pub fn take_in(&mut self, changes: &[Vec<u8>]) {
        match &mut self.state {
            State::Here(document) => match document.take_in(changes) {
                // What builds on a change that is not here is kept aside until that comes.
                Ok(()) | Err(Malformed::MissingDependency) => self.present(),
                Err(malformed) => self.malformed(malformed),
            },
            _ => self.arrived.extend_from_slice(changes),
        }
    }

    /// Makes an edit, or refuses and changes nothing.
    pub fn author(
        &mut self,
        person: PersonId,
        now: Timestamp,
        edit: &Edit,
    ) -> Result<(Change, Vec<u8>), EditError> {
        let State::Here(document) = &mut self.state else { return Err(EditError::NotHere) };
        let life = entropy::random().map_err(|_| EditError::ReadOnly)?;
        let actor = *self.actor.get_or_insert(Actor { person, life });
        let change = document.author(actor, now, std::slice::from_ref(edit))?;
        let row = document.row().map_err(|_| Refusal::MalformedDocument)?;
        self.present();
        Ok((change, row))
    }

    /// Has what is written from now on written by that actor, or by somebody new.
    pub fn write_as(&mut self, actor: Option<Actor>) {
        self.actor = actor;
    }

    fn present(&mut self) {
        fn opened<T>(
            state: &State,
            read: impl Fn(&dyn Paper) -> Result<T, Malformed>,
        ) -> Opened<T> {
            match state {
                State::Loading => Opened::Loading,
                State::NotHere => Opened::NotHere,
                State::Malformed(why) => Opened::Malformed(why.clone()),
                State::Here(document) => read(document.as_ref()).into(),
            }
        }
        match self.class {
            Class::Account => self.account.set(opened(&self.state, |paper| paper.account())),
            Class::Note => self.note.set(opened(&self.state, |paper| paper.note())),
            Class::Configuration | Class::Catalogue => {}
        }
        let come = matches!(self.state, State::Here(_) | State::Malformed(_));
        let awaiting = if come { std::mem::take(&mut self.awaiting_arrival) } else { Vec::new() };
        for waiting in self.waiting.drain(..).chain(awaiting) {
            // Whoever waited may have gone.
            let _ = waiting.send(());
        }
    }
}
