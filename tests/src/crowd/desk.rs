//! Somebody's work in one account, as the app authors it.

use documents::{actor::Actor, class::Class, document::Document};
use domain::{
    account::{LifecycleStage, NewAccount, PartyType},
    edit::{AccountEdit, Edit},
    id::PersonId,
    time::Timestamp,
};
use sync::{
    frame::PushItem,
    id::{self, DocumentId, Time},
};

const NOW: Timestamp = Timestamp(1_767_571_200_000);

/// An account of the person's own, renamed again and again.
pub struct Desk {
    document: Document,
    actor: Actor,
    edits: u64,
}

impl Desk {
    /// An account that does not exist before its first edit.
    pub fn new(person: PersonId, account: [u8; 16]) -> Self {
        let actor = Actor { person, life: account };
        Self { document: Document::new(Class::Account, account), actor, edits: 0 }
    }

    pub fn id(&self) -> DocumentId {
        DocumentId(self.document.id())
    }

    /// Makes the next edit; nothing when the domain refuses it, which is a bug of this file.
    pub fn edit(&mut self) -> Option<PushItem> {
        let edit = Edit::Account(match self.edits {
            0 => open(),
            number => AccountEdit::Rename(format!("Acme {number}")),
        });
        let change = self.document.author(self.actor, NOW, std::slice::from_ref(&edit)).ok()?;
        self.edits += 1;
        Some(PushItem {
            document: self.id(),
            class: id::Class(Class::Account as u8),
            change: change.bytes.into(),
            edit: edit.encode().into(),
            device_time: Time(NOW.0),
        })
    }
}

fn open() -> AccountEdit {
    AccountEdit::Open(NewAccount {
        name: "Acme".to_owned(),
        party: PartyType::Organisation,
        created_at: NOW,
        stage: LifecycleStage::Lead,
        owner: None,
        territory: None,
        profile: Default::default(),
        tags: Vec::new(),
    })
}
