//! Real edits of a device: authored by `documents`, as the app authors them.

use documents::{actor::Actor, class::Class, document::Document};
use domain::{
    account::{LifecycleStage, NewAccount, PartyType},
    edit::{AccountEdit, Edit},
    id::PersonId,
    time::Timestamp,
};
use exchange::people::owner_id;
use sync::{
    frame::PushItem,
    id::{self, DocumentId, Time},
};

/// Somebody editing one account.
pub struct Desk {
    pub document: Document,
    id: DocumentId,
    actor: Actor,
}

impl Desk {
    /// An account nobody has opened yet, edited by somebody of the workspace.
    pub fn new(workspace: &str, login: &str, account: u8, life: u8) -> Self {
        let actor = Actor { person: owner_id(workspace, login), life: [life; 16] };
        let id = [account; 16];
        Self { document: Document::new(Class::Account, id), id: DocumentId(id), actor }
    }

    pub fn edit(&mut self, edit: AccountEdit) -> PushItem {
        let edit = Edit::Account(edit);
        let change = self
            .document
            .author(self.actor, Timestamp(1_000_000), std::slice::from_ref(&edit))
            .unwrap();
        PushItem {
            document: self.id,
            class: id::Class(Class::Account as u8),
            change: change.bytes.into(),
            edit: edit.encode().into(),
            device_time: Time(1_000_000),
        }
    }

    pub fn open(&mut self, name: &str) -> PushItem {
        self.edit(AccountEdit::Open(NewAccount {
            name: name.to_owned(),
            party: PartyType::Organisation,
            created_at: Timestamp(1_000_000),
            stage: LifecycleStage::Lead,
            owner: None::<PersonId>,
            territory: None,
            profile: Default::default(),
            tags: Vec::new(),
        }))
    }

    pub fn rename(&mut self, name: &str) -> PushItem {
        self.edit(AccountEdit::Rename(name.to_owned()))
    }
}
