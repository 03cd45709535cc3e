//! What the gate costs: the scan of a change, and its trial on a document of some size. One figure a
//! line: name, value, unit.

use documents::{actor::Actor, class::Class, document::Document, gate};
use domain::{
    account::{LifecycleStage, NewAccount, PartyType},
    edit::{AccountEdit, Edit},
    id::PersonId,
    time::Timestamp,
};
use std::{hint::black_box, time::Instant};

const PERSON: PersonId = PersonId([1; 16]);
const SIZES: [usize; 3] = [100, 1_000, 5_000];
/// How many scans one figure is the mean of, and how many trials the median.
const SCANS: u32 = 10_000;
const TRIALS: usize = 21;

fn main() {
    for size in SIZES {
        let mut document = Document::new(Class::Account, [1; 16]);
        let actor = Actor { person: PERSON, life: [1; 16] };
        author(&mut document, actor, open());
        for number in 1..size {
            author(&mut document, actor, AccountEdit::Rename(format!("Name {number}")));
        }
        let mut ahead = document.clone();
        let fresh = Actor { person: PERSON, life: [2; 16] };
        let change = author(&mut ahead, fresh, AccountEdit::SetTerritory(Some("north".into())));

        let begun = Instant::now();
        for _ in 0..SCANS {
            // A change of our own passes; what is measured is how long that takes.
            let _ = black_box(sync::change::scan(black_box(&change)));
        }
        let scan = begun.elapsed().as_secs_f64() * 1e6 / f64::from(SCANS);
        println!("static at {size} changes\t{scan:.2}\tµs");

        let batch = [change];
        let mut trials: Vec<_> = (0..TRIALS)
            .map(|_| {
                let begun = Instant::now();
                let judged = black_box(gate::judge(&document, PERSON, black_box(&batch)));
                let took = begun.elapsed().as_secs_f64() * 1e3;
                assert!(judged.is_ok_and(|(_, verdicts)| verdicts == [Ok(())]), "it is accepted");
                took
            })
            .collect();
        trials.sort_by(f64::total_cmp);
        println!("shadow at {size} changes\t{:.2}\tms", trials[TRIALS / 2]);
        println!("shadow at {size} changes, worst of {TRIALS}\t{:.2}\tms", trials[TRIALS - 1]);
    }
}

fn open() -> AccountEdit {
    AccountEdit::Open(NewAccount {
        name: "Acme".to_owned(),
        party: PartyType::Organisation,
        created_at: Timestamp(1_767_571_200_000),
        stage: LifecycleStage::Lead,
        owner: None,
        territory: None,
        profile: Default::default(),
        tags: Vec::new(),
    })
}

fn author(document: &mut Document, actor: Actor, edit: AccountEdit) -> Vec<u8> {
    let change = document.author(actor, Timestamp(1_767_571_200_000), &[Edit::Account(edit)]);
    change.expect("the edits measured are admitted").bytes
}
