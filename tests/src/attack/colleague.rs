//! Somebody who works honestly in a document under attack.

use crate::world::dice::Dice;
use documents::{actor::Actor, class::Class, document::Document};
use domain::{
    account::{LifecycleStage, NewAccount, PartyType, ProfileField},
    configuration::Person,
    edit::{AccountEdit, ConfigurationEdit, Edit, NoteEdit},
    id::PersonId,
    note::Splice,
    time::Timestamp,
};
use sync::{
    frame::PushItem,
    id::{self, DocumentId, Time},
};

const NOW: Timestamp = Timestamp(1_767_571_200_000);

/// One document, open on somebody's tablet.
#[derive(Clone)]
pub struct Colleague {
    pub document: Document,
    actor: Actor,
}

impl Colleague {
    /// Opens a document from what the relay has of it.
    pub fn open(
        dice: &mut Dice,
        person: u8,
        class: Class,
        id: [u8; 16],
        changes: &[Vec<u8>],
    ) -> Option<Self> {
        let document = Document::open(class, id, changes).ok()?;
        let actor = Actor { person: PersonId([person; 16]), life: dice.id() };
        Some(Self { document, actor })
    }

    /// Returns the same document open once more: another life of the same person.
    pub fn again(&self, dice: &mut Dice) -> Self {
        let actor = Actor { life: dice.id(), ..self.actor };
        Self { document: self.document.clone(), actor }
    }

    /// Makes the edit a document begins with.
    pub fn begin(&mut self) -> Option<PushItem> {
        self.author(match self.document.class() {
            Class::Account => Edit::Account(AccountEdit::Open(NewAccount {
                name: "Acme".to_owned(),
                party: PartyType::Organisation,
                created_at: NOW,
                stage: LifecycleStage::Lead,
                owner: None,
                territory: None,
                profile: Default::default(),
                tags: Vec::new(),
            })),
            _ => self.something(&mut Dice::new(0)),
        })
    }

    /// Makes some edit.
    pub fn work(&mut self, dice: &mut Dice) -> Option<PushItem> {
        let edit = self.something(dice);
        self.author(edit)
    }

    /// Types so many characters in one go.
    pub fn paste(&mut self, characters: usize) -> Option<PushItem> {
        self.author(typed(0, "n".repeat(characters)))
    }

    fn something(&self, dice: &mut Dice) -> Edit {
        let word = format!("{:x}", dice.roll());
        match self.document.class() {
            Class::Account => Edit::Account(match dice.below(6) {
                0 => AccountEdit::Rename(word),
                1 => AccountEdit::SetTerritory(Some(word)),
                2 => AccountEdit::SetProfile(ProfileField::City, Some(word)),
                3 => AccountEdit::SetOwner(Some(PersonId([dice.below(4) as u8; 16]))),
                4 => AccountEdit::SetStage(LifecycleStage::Lead),
                _ => AccountEdit::Tag(word),
            }),
            Class::Note => typed(dice.below(50) as u32, word),
            _ => Edit::Configuration(ConfigurationEdit::SetPerson(
                PersonId(dice.id()),
                Person { name: word, ..Person::default() },
            )),
        }
    }

    fn author(&mut self, edit: Edit) -> Option<PushItem> {
        let change = self.document.author(self.actor, NOW, std::slice::from_ref(&edit)).ok()?;
        Some(PushItem {
            document: DocumentId(self.document.id()),
            class: id::Class(self.document.class() as u8),
            change: change.bytes.into(),
            edit: edit.encode().into(),
            device_time: Time(NOW.0),
        })
    }
}

fn typed(at: u32, insert: String) -> Edit {
    Edit::Note(NoteEdit::Splice(Splice { at, cursor: None, delete: 0, insert }))
}
