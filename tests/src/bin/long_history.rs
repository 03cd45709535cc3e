//! What a long history costs, and what is left of that after a new beginning: bytes of changes, bytes
//! in one piece, opening, one judgement of the gate. Figures of docs/adr/0033 are its.

use documents::{actor::Actor, class::Class, document::Document, gate, succession};
use domain::{
    account::{LifecycleStage, NewAccount, PartyType, ProfileField},
    activity::{Activity, ActivityKind, Direction},
    contact::NewContact,
    deal::{NewDeal, StageEvent},
    edit::{AccountEdit as E, Edit},
    id::*,
    money::{Currency, Money},
    pipeline::StageId,
    task::NewTask,
    time::{Day, Timestamp},
};
use std::time::Instant;

const ID: AccountId = AccountId([1; 16]);
const NOW: Timestamp = Timestamp(1_764_000_000_000);

fn main() {
    println!(
        "changes, operations, bytes, packed, open ms, open packed ms, gate ms \
         | beginning: ms, changes, operations, bytes, packed, open ms, gate ms"
    );
    for changes in [1_000, 5_000, 20_000, 50_000] {
        let document = account(changes);
        let before = costs(&document);
        let begun = Instant::now();
        let beginning = succession::begin(&document, [9; 16], NOW).expect("an honest document");
        let took = begun.elapsed().as_millis();
        let after = costs(&beginning.document);
        println!("{changes}, {before} | {took}, {}, {after}", beginning.changes.len());
    }
}

fn costs(document: &Document) -> String {
    let changes: Vec<_> = document.changes().into_iter().map(|change| change.bytes).collect();
    let bytes: usize = changes.iter().map(Vec::len).sum();
    let packed = document.pack();
    let opened = timed(|| drop(Document::open(Class::Account, ID.0, &changes)));
    let unpacked = timed(|| drop(Document::unpack(Class::Account, ID.0, &packed)));
    let mut apart = document.clone();
    let edit = Edit::Account(E::Rename("Once more".to_owned()));
    let author = Actor { person: PersonId([3; 16]), life: [250; 16] };
    let change = apart.author(author, NOW, &[edit]).expect("an honest edit").bytes;
    let changes = [change];
    let judged = timed(|| drop(gate::judge(document, author.person, &changes)));
    let operations = document.operations();
    format!("{operations}, {bytes}, {}, {opened}, {unpacked}, {judged}", packed.len())
}

fn timed(work: impl FnOnce()) -> String {
    let begun = Instant::now();
    work();
    format!("{:.1}", begun.elapsed().as_secs_f64() * 1_000.0)
}

/// Returns an account that a team of five worked on over and over: most changes set a field that was
/// set before, one in ten adds something. Each has been opened anew forty changes long.
fn account(changes: u32) -> Document {
    let mut document = Document::new(Class::Account, ID.0);
    write(&mut document, 0, vec![E::Open(opening()), contact(), deal(), task()]);
    for number in 1..changes {
        write(&mut document, number, vec![edit(number)]);
    }
    document
}

fn write(document: &mut Document, number: u32, edits: Vec<E>) {
    let session = number / 40;
    let mut life = [0; 16];
    life[..4].copy_from_slice(&session.to_be_bytes());
    let actor = Actor { person: PersonId([session as u8 % 5 + 1; 16]), life };
    let at = Timestamp(NOW.0 - 1_000_000_000 + i64::from(number) * 1_000);
    let edits: Vec<_> = edits.into_iter().map(Edit::Account).collect();
    document.author(actor, at, &edits).expect("an honest edit");
}

fn id(number: u32) -> [u8; 16] {
    let mut id = [5; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    id
}

fn edit(number: u32) -> E {
    let text = || Some(format!("What was agreed on day {number}"));
    match number % 20 {
        0 => E::LogActivity(ActivityId(id(number)), activity(number)),
        1 => E::MoveDeal(DealId(id(2)), StageEventId(id(number)), stage_event(number)),
        2..=5 => E::SetDealAmount(DealId(id(2)), Some(euros(number))),
        6..=8 => E::RescheduleTask(TaskId(id(3)), Some(Day(20_000 + number as i32))),
        9..=11 => E::SetProfile(ProfileField::Industry, text()),
        12..=14 => E::RetitleTask(TaskId(id(3)), format!("Call about {number}")),
        15..=17 => E::SetDealClose(DealId(id(2)), Some(Day(20_000 + number as i32))),
        _ => E::SetStage(LifecycleStage::ALL[number as usize % 9]),
    }
}

fn euros(number: u32) -> Money {
    Money { minor: i64::from(number) * 100, currency: Currency(*b"EUR") }
}

fn opening() -> NewAccount {
    NewAccount {
        name: "Northern Pumps".to_owned(),
        party: PartyType::Organisation,
        created_at: NOW,
        stage: LifecycleStage::Lead,
        owner: Some(PersonId([1; 16])),
        territory: Some("north".to_owned()),
        profile: [(ProfileField::City, "Oslo".to_owned())].into(),
        tags: vec!["key".to_owned()],
    }
}

fn contact() -> E {
    let contact = NewContact { given_name: "Ada".to_owned(), ..NewContact::default() };
    E::AddContact(ContactId(id(1)), contact)
}

fn deal() -> E {
    let deal = NewDeal {
        name: "Pumps".to_owned(),
        created_at: NOW,
        contact: None,
        amount: Some(euros(9)),
        close: Some(Day(20_100)),
        owner: Some(PersonId([1; 16])),
    };
    E::AddDeal(DealId(id(2)), deal, StageEventId(id(4)), stage_event(0))
}

fn task() -> E {
    let title = "Call back".to_owned();
    E::AddTask(TaskId(id(3)), NewTask { title, due: None, assignee: None, kind: None })
}

fn stage_event(number: u32) -> StageEvent {
    let to = StageId(["new", "qualified", "proposal"][number as usize % 3].to_owned());
    StageEvent { from: None, to, at: NOW, by: None, reason: None, category: None }
}

fn activity(number: u32) -> Activity {
    Activity {
        kind: ActivityKind::Call,
        direction: Direction::Outbound,
        at: NOW,
        minutes: Some(number % 60),
        subject: format!("Call number {number}"),
        body: None,
        contact: None,
        deal: None,
        by: Some(PersonId([1; 16])),
        kind_code: None,
    }
}
