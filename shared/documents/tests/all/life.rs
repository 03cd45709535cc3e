//! Long lives: several tablets and a relay, random edits, meetings in any order.

use crate::{samples::*, settings};
use documents::{actor::Actor, class::Class, document::Document, gate::judge};
use domain::{
    edit::{Edit, NoteEdit},
    note::Splice,
};

/// A small generator, so that a run can be played again from its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

struct Tablet {
    document: Document,
    actor: Actor,
    sent: usize,
    own: Vec<Vec<u8>>,
}

fn edit(class: Class, dice: &mut Dice) -> Edit {
    let side = dice.roll(250) as u8;
    match class {
        Class::Account => {
            let mut edits = edits(side);
            Edit::Account(edits.swap_remove(dice.roll(edits.len())))
        }
        Class::Note => {
            let insert = ["a", "", "слово ", "世界", "👋🏽 long stretch of typing\n"][dice.roll(5)];
            let (at, delete) = (dice.roll(60) as u32, dice.roll(4) as u32);
            let splice = Splice { at, delete, insert: insert.to_owned(), cursor: None };
            Edit::Note(NoteEdit::Splice(splice))
        }
        Class::Configuration => {
            let mut edits = settings::edits(side);
            Edit::Configuration(edits.swap_remove(dice.roll(edits.len())))
        }
        Class::Catalogue => {
            let mut edits = settings::catalogue_edits(side);
            Edit::Catalogue(edits.swap_remove(dice.roll(edits.len())))
        }
    }
}

/// Lives through `steps` steps. Every honest change passes the gate, and in the end all are equal.
#[expect(clippy::disallowed_macros, reason = "a failed run is played again from its seed")]
fn check(class: Class, seed: u64, steps: usize) {
    println!("seed {seed}");
    let mut dice = Dice(seed);
    let mut relay = Document::new(class, ACCOUNT.0);
    if class == Class::Account {
        write(&mut relay, actor(1, 1), NOW, &beginning());
    }
    let tablet = |number| Tablet {
        document: relay.clone(),
        actor: actor(number, number + 100),
        sent: 0,
        own: Vec::new(),
    };
    let mut tablets = [tablet(1), tablet(2), tablet(3)];
    for step in 0..steps {
        let tablet = &mut tablets[dice.roll(3)];
        match dice.roll(6) {
            0 => push(tablet, &mut relay),
            1 => pull(tablet, &relay),
            _ => {
                // A clock may be wrong by hours.
                let now = later(step as i64 + [0, 0, 300, -300][dice.roll(4)]);
                let edit = edit(class, &mut dice);
                if let Ok(change) = tablet.document.author(tablet.actor, now, &[edit]) {
                    tablet.own.push(change.bytes);
                }
            }
        }
    }
    tablets.iter_mut().for_each(|tablet| push(tablet, &mut relay));
    let packed = Document::unpack(class, ACCOUNT.0, &relay.pack()).unwrap();
    assert_eq!(packed.row(), relay.row());
    for tablet in &mut tablets {
        pull(tablet, &relay);
        assert_eq!(tablet.document.heads(), relay.heads());
        assert_eq!(tablet.document.row(), relay.row());
        assert_eq!(tablet.document.account(), relay.account());
        assert_eq!(tablet.document.note(), relay.note());
    }
}

fn push(tablet: &mut Tablet, relay: &mut Document) {
    let batch = &tablet.own[tablet.sent..];
    let (after, verdicts) = judge(relay, tablet.actor.person, batch).unwrap();
    assert!(verdicts.iter().all(Result::is_ok), "{verdicts:?}");
    tablet.sent = tablet.own.len();
    *relay = after;
}

fn pull(tablet: &mut Tablet, relay: &Document) {
    tablet.document.take_in(relay.changes().into_iter().map(|change| change.bytes)).unwrap();
}

#[test]
fn accounts_converge_and_honest_work_always_passes_the_gate() {
    (0..4).for_each(|seed| check(Class::Account, seed, 150));
}

#[test]
fn notes_converge_and_honest_typing_always_passes_the_gate() {
    (0..4).for_each(|seed| check(Class::Note, seed, 150));
}

#[test]
fn configurations_converge_and_honest_settings_always_pass_the_gate() {
    (0..4).for_each(|seed| check(Class::Configuration, seed, 150));
}

#[test]
fn a_document_may_go_from_thread_to_thread() {
    fn is_sent<T: Send + Sync>() {}
    is_sent::<Document>();
}
