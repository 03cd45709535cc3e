//! What fuzzing begins with: changes and frames as our own code writes them.

use crate::{
    gate::{ACCOUNT, PERSON, body},
    pieces,
};
use documents::{actor::Actor, class::Class, document::Document};
use domain::{
    account::{LifecycleStage, NewAccount, PartyType},
    contact::NewContact,
    edit::{AccountEdit, Edit},
    id::ContactId,
    time::Timestamp,
};
use sync::{
    digest, frame,
    frame::{Down, Form, PushItem, RowItem, Up, VerdictItem, Want},
    id::{self, DeviceId, DocumentId, Epoch, PersonId, Sequence, Time},
    verdict::{Reason, Verdict},
};

const NOW: Timestamp = Timestamp(1_767_571_200_000);
const EPOCH: Epoch = Epoch([9; 16]);
const DOCUMENT: DocumentId = DocumentId(ACCOUNT);
const CLASS: id::Class = id::Class(Class::Account as u8);

/// Returns inputs for [`crate::attempt`], each with a name.
pub fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let changes = changes();
    let bodies = changes.iter().map(|change| body(change));
    let up = up(&changes).map(|up| frame::encode(&up));
    let down = down(&changes).map(|down| frame::encode(&down));
    vec![
        ("changes", pieces::join(0, bodies)),
        ("up", pieces::join(1, up.iter().map(|frame| &frame[1..]))),
        ("down", pieces::join(2, down.iter().map(|frame| &frame[1..]))),
    ]
}

/// Returns the changes of some work on an account, in order.
fn changes() -> Vec<Vec<u8>> {
    let mut document = Document::new(Class::Account, ACCOUNT);
    let actor = Actor { person: PERSON, life: [5; 16] };
    let contact = NewContact { given_name: "Ада".to_owned(), ..NewContact::default() };
    let edits = [
        AccountEdit::Open(NewAccount {
            name: "Acme".to_owned(),
            party: PartyType::Organisation,
            created_at: NOW,
            stage: LifecycleStage::Lead,
            owner: Some(PERSON),
            territory: None,
            profile: Default::default(),
            tags: vec!["new".to_owned()],
        }),
        AccountEdit::Rename("Acme & Söhne".to_owned()),
        AccountEdit::AddContact(ContactId([3; 16]), contact),
        AccountEdit::SetConsent(ContactId([3; 16]), Some(true)),
        AccountEdit::SetStage(LifecycleStage::Customer),
        AccountEdit::Untag("new".to_owned()),
    ];
    let authored = edits.map(Edit::Account).map(|edit| document.author(actor, NOW, &[edit]));
    authored.into_iter().flatten().map(|change| change.bytes).collect()
}

fn up(changes: &[Vec<u8>]) -> [Up; 5] {
    let item = |change: &Vec<u8>| PushItem {
        document: DOCUMENT,
        class: CLASS,
        change: change.clone().into(),
        edit: vec![0].into(),
        device_time: Time(NOW.0),
    };
    let hello = Up::Hello {
        device: DeviceId([1; 16]),
        epoch: Some(EPOCH),
        cursor: Sequence(0),
        digest: digest::EMPTY,
        clock: Time(NOW.0),
        unsent: 1,
        schema: 1,
        lineages: None,
    };
    let push = Up::Push { batch: 1, items: changes.iter().map(item).collect(), author: None };
    let pull = Up::Pull {
        wants: vec![Want {
            document: DOCUMENT,
            after: Sequence(0),
            form: Some(Form::Snapshot),
            begins: None,
        }],
    };
    [hello, push, pull, Up::More { cursor: Sequence(1) }, Up::Ping]
}

fn down(changes: &[Vec<u8>]) -> [Down; 5] {
    let (person, head) = (PersonId(PERSON.0), Sequence(2));
    let row = RowItem {
        document: DOCUMENT,
        class: CLASS,
        sequence: head,
        version: 1,
        row: vec![1, 2, 3].into(),
        begins: None,
    };
    let verdict =
        |verdict| VerdictItem { hash: id::ChangeHash([0; 32]), verdict, after: Some(Sequence(1)) };
    let items = [Verdict::Received(head), Verdict::NotYet(Reason::Rate)].map(verdict).to_vec();
    let changes = changes.iter().take(2).map(|change| change.clone().into()).collect();
    let (document, class) = (DOCUMENT, CLASS);
    [
        Down::Welcome {
            epoch: EPOCH,
            head,
            clock: Time(NOW.0),
            digest: digest::EMPTY,
            person,
            documents: 1,
            shared: None,
        },
        Down::Rows { from: Sequence(0), to: head, more: false, items: vec![row], digest: None },
        Down::Changes {
            document,
            class,
            after: Sequence(0),
            to: head,
            changes,
            last: true,
            begins: None,
        },
        Down::Verdicts { batch: 1, items },
        Down::Pong,
    ]
}
