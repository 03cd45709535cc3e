//! One block of an attack: a workspace of its own, three people, so many frames.

use super::{bombs, colleague::Colleague, craft, forge, frames, node::Node, report::Report};
use crate::world::dice::Dice;
use automerge::Automerge;
use documents::{actor::Actor, class::Class, document::Document};
use domain::id::PersonId;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    time::Instant,
};
use sync::{
    frame::{self, Down, PushItem, Up},
    id::{self, DocumentId, Time},
    relay::input::Connection,
    verdict::Verdict,
};

/// How much memory a step took, as the process that plays the block can measure it.
pub trait Memory {
    /// Forgets the peak so far.
    fn begin(&self);
    /// Returns how far above the beginning the peak was, in MiB.
    fn peak_mib(&self) -> f64;
    /// Returns how many panics there were, caught or not.
    fn panics(&self) -> u64;
}

/// What one frame may take at most.
pub const FRAME_MIB_MAX: f64 = 64.0;
const KIM: u8 = 1;
const LIU: u8 = 2;
const EVE: u8 = 3;
/// How many frames until everybody pulls what was stored meanwhile.
const PULL_EVERY: u64 = 150;
/// One block in so many fills a document to its limit.
const HEAVY_EVERY: u64 = 500;

/// A document under attack, as its people have it open.
struct Target {
    class: Class,
    id: [u8; 16],
    honest: [Colleague; 2],
    eve: Colleague,
    plain: Automerge,
    last_honest: Option<PushItem>,
}

struct Block<'m> {
    dice: Dice,
    node: Node,
    targets: Vec<Target>,
    report: Report,
    memory: &'m dyn Memory,
    /// Frames so far.
    played: u64,
}

/// Plays one block in a folder of its own, which is gone afterwards.
pub fn play(seed: u64, number: u64, frames: u64, folder: &Path, memory: &dyn Memory) -> Report {
    let mut dice = Dice::new(seed ^ number.wrapping_mul(0x5851_f42d_4c95_7f2d));
    dice.roll();
    let node = match Node::new(folder) {
        Ok(node) => node,
        Err(failure) => return trouble(format!("no workspace: {failure}")),
    };
    let report = Report::default();
    let mut block = Block { dice, node, targets: Vec::new(), report, memory, played: 0 };
    block.begin();
    if number % HEAVY_EVERY == HEAVY_EVERY / 5 {
        block.fill();
    }
    while block.played < frames && block.report.panics == 0 {
        block.step();
    }
    block.inspect();
    block.report.judged = block.node.judged;
    block.report
}

fn trouble(text: String) -> Report {
    Report { panics: 1, troubles: vec![text], ..Report::default() }
}

impl Block<'_> {
    fn begin(&mut self) {
        for person in [KIM, LIU, EVE] {
            self.node.open(Connection(person.into()), person);
        }
        for class in [Class::Account, Class::Note, Class::Configuration] {
            let id = self.dice.id();
            let Some(mut target) = self.open(class, id) else {
                self.report.troubles.push("a new document does not open".to_owned());
                continue;
            };
            let item = target.honest[0].begin();
            self.targets.push(target);
            self.honest(KIM, item);
        }
        self.pull();
    }

    fn open(&mut self, class: Class, id: [u8; 16]) -> Option<Target> {
        let changes = self.node.changes(DocumentId(id)).ok()?;
        let mut someone = |person| Colleague::open(&mut self.dice, person, class, id, &changes);
        let (honest, eve) = ([someone(KIM)?, someone(LIU)?], someone(EVE)?);
        let plain = craft::open(class, &changes)?;
        Some(Target { class, id, honest, eve, plain, last_honest: None })
    }

    fn step(&mut self) {
        if self.played % PULL_EVERY == PULL_EVERY - 1 {
            self.pull();
        }
        if self.targets.is_empty() {
            self.report.panics += 1;
            return;
        }
        let place = self.dice.below(self.targets.len() as u64) as usize;
        if self.dice.chance(600) {
            let person = if self.dice.chance(5_000) { KIM } else { LIU };
            let mut items = Vec::new();
            for _ in 0..=self.dice.below(3) {
                let target = &mut self.targets[place];
                let item = target.honest[usize::from(person) - 1].work(&mut self.dice);
                target.last_honest.clone_from(&item);
                items.extend(item);
            }
            self.push_honestly(person, items);
        } else {
            // Automerge may panic while it writes what nobody should; then there is nothing to send.
            let dice = self.dice.roll();
            if let Ok(frame) = catch_unwind(AssertUnwindSafe(|| self.hostile(dice, place))) {
                self.send_as_eve(frame);
            }
        }
    }

    fn honest(&mut self, person: u8, item: Option<PushItem>) {
        self.push_honestly(person, item.into_iter().collect());
    }

    fn push_honestly(&mut self, person: u8, items: Vec<PushItem>) {
        let count = items.len() as u64;
        self.report.honest += count;
        let bytes = frame::encode(&Up::Push { batch: self.played, items, author: None });
        let verdicts = self.measured(person, bytes);
        let accepted = verdicts.iter().filter(|one| matches!(one, Verdict::Received(_))).count();
        self.report.honest_accepted += accepted as u64;
        if accepted as u64 != count {
            self.report.troubles.push(format!("frame {}: honest {verdicts:?}", self.played));
        }
    }

    fn send_as_eve(&mut self, bytes: Vec<u8>) {
        let verdicts = self.measured(EVE, bytes);
        let taken = verdicts.iter().filter(|one| matches!(one, Verdict::Received(_))).count();
        self.report.accepted += taken as u64;
        if self.node.closed.contains(&Connection(EVE.into())) {
            self.node.open(Connection(EVE.into()), EVE);
        }
    }

    /// Hands in a frame, and sees what it cost and whether it broke anything.
    fn measured(&mut self, person: u8, bytes: Vec<u8>) -> Vec<Verdict> {
        self.played += 1;
        self.report.frames += 1;
        let connection = Connection(person.into());
        let before = self.memory.panics();
        let kept = std::env::var_os("TESSERA_ATTACK_DUMP").map(|folder| (folder, bytes.clone()));
        self.memory.begin();
        let begun = Instant::now();
        let sent = catch_unwind(AssertUnwindSafe(|| self.node.frame(connection, bytes)));
        let ms = begun.elapsed().as_secs_f64() * 1000.0;
        self.report.worst_ms = self.report.worst_ms.max(ms);
        let mib = self.memory.peak_mib();
        self.report.worst_mib = self.report.worst_mib.max(mib);
        self.node.drain();
        self.report.contained += self.memory.panics() - before;
        if mib > FRAME_MIB_MAX {
            if let Some((folder, bytes)) = kept {
                let path = Path::new(&folder).join(format!("frame-{}", self.played));
                if let Err(failure) = std::fs::write(&path, bytes) {
                    self.report.troubles.push(format!("{}: {failure}", path.display()));
                }
            }
            self.report.troubles.push(format!("frame {}: {mib:.0} MiB, {ms:.0} ms", self.played));
        }
        let Ok(sent) = sent else {
            self.report.panics += 1;
            self.report.contained -= 1;
            self.report.troubles.push(format!("frame {}: a panic left the gate", self.played));
            return Vec::new();
        };
        let verdicts = sent.into_iter().filter_map(|(to, down)| match down {
            Down::Verdicts { items, .. } if to == connection => Some(items),
            _ => None,
        });
        verdicts.flatten().map(|item| item.verdict).collect()
    }

    fn hostile(&self, seed: u64, place: usize) -> Vec<u8> {
        let mut dice = Dice::new(seed);
        let kind = dice.below(100);
        let life = dice.id();
        let target = &self.targets[place];
        let mut eve = target.eve.again(&mut dice);
        let actor = Actor { person: PersonId([EVE; 16]), life }.to_bytes();
        let mut items: Vec<_> = (0..=dice.below(2)).filter_map(|_| eve.work(&mut dice)).collect();
        let one = dice.below(items.len().max(1) as u64) as usize;
        match kind {
            0..50 => {
                if let Some(item) = items.get_mut(one) {
                    item.change = forge::lie(&mut dice, &item.change).into();
                }
            }
            50..60 => {
                let kinds = bombs::KINDS;
                let bomb = kinds[dice.below(kinds.len() as u64) as usize];
                let sizes = [3, 4, 300, 20_001, 1_000_000, 3_000_000];
                let change = bomb(&actor, sizes[dice.below(6) as usize]);
                items = vec![self.item(place, change)];
            }
            60..62 => {
                // Each just small enough, and as many as a push takes.
                let change = |_| bombs::puts(&actor, 20_000, b"name", 0).bytes();
                items = (0..256).map(|number| self.item(place, change(number))).collect();
            }
            62..77 => {
                let crafted = craft::change(&mut dice, &target.plain, target.class, actor);
                items.extend(crafted.map(|change| self.item(place, change)));
            }
            77..88 => {
                let item = self
                    .item(place, items.pop().map(|one| one.change.to_vec()).unwrap_or_default());
                return frames::hostile(&mut dice, item);
            }
            _ => self.misplace(&mut dice, place, &mut items, one),
        }
        frame::encode(&Up::Push { batch: self.played, items, author: None })
    }

    /// Sound changes where they do not belong, or twice, or of somebody else.
    fn misplace(&self, dice: &mut Dice, place: usize, items: &mut Vec<PushItem>, one: usize) {
        let target = &self.targets[place];
        match dice.below(7) {
            0 => items.iter_mut().for_each(|item| item.document = DocumentId(dice.id())),
            1 => items.iter_mut().for_each(|item| item.class = id::Class(dice.below(6) as u8)),
            2 => items.reverse(),
            3 => items.extend_from_within(..),
            4 => items.extend(target.last_honest.clone()),
            5 => {
                if let Some(item) = items.get_mut(one) {
                    item.edit = vec![0; [0, 1, 300_000][dice.below(3) as usize]].into();
                }
            }
            // Two changes of one actor with one number.
            _ => {
                let mut twin = target.eve.clone();
                let mut other = target.eve.clone();
                items.extend(twin.work(dice));
                items.extend(other.work(dice));
            }
        }
    }

    fn item(&self, place: usize, change: Vec<u8>) -> PushItem {
        let target = &self.targets[place];
        PushItem {
            document: DocumentId(target.id),
            class: id::Class(target.class as u8),
            change: change.into(),
            edit: vec![0].into(),
            device_time: Time(0),
        }
    }

    /// Fills the note as far as the gate lets anybody, then leaves it alone.
    fn fill(&mut self) {
        let Some(place) = self.targets.iter().position(|one| one.class == Class::Note) else {
            return;
        };
        let mut target = self.targets.remove(place);
        for _ in 0..400 {
            let Some(item) = target.eve.paste(4_000) else { return };
            let before = self.report.accepted;
            let items = (0..4).filter_map(|_| target.eve.paste(4_000));
            let items = std::iter::once(item).chain(items).collect();
            self.send_as_eve(frame::encode(&Up::Push { batch: self.played, items, author: None }));
            if self.report.accepted == before {
                break;
            }
        }
        let id = target.id;
        self.see_sound(target.class, id);
    }

    /// Everybody pulls what is stored and opens it anew.
    fn pull(&mut self) {
        for (class, id) in self.targets.iter().map(|one| (one.class, one.id)).collect::<Vec<_>>() {
            match self.open(class, id) {
                Some(mut fresh) => {
                    if let Some(old) = self.targets.iter_mut().find(|one| one.id == id) {
                        fresh.last_honest = old.last_honest.take();
                        *old = fresh;
                    }
                }
                None => self.poisoned(class, "does not open"),
            }
        }
    }

    /// Sees that every document can be loaded, saved and worked on from what is stored.
    fn inspect(&mut self) {
        for (class, id) in self.targets.iter().map(|one| (one.class, one.id)).collect::<Vec<_>>() {
            self.see_sound(class, id);
        }
    }

    fn see_sound(&mut self, class: Class, id: [u8; 16]) {
        let lived = catch_unwind(AssertUnwindSafe(|| self.live_on(class, id)));
        match lived {
            Ok(Ok(())) => (),
            Ok(Err(why)) => self.poisoned(class, why),
            Err(_) => self.poisoned(class, "panics"),
        }
    }

    fn live_on(&mut self, class: Class, id: [u8; 16]) -> Result<(), &'static str> {
        let changes = self.node.changes(DocumentId(id)).map_err(|_| "cannot be read")?;
        let mut kim =
            Colleague::open(&mut self.dice, KIM, class, id, &changes).ok_or("does not open")?;
        let row = kim.document.row().map_err(|_| "has no row")?;
        let stored = self.node.store.row(DocumentId(id)).map_err(|_| "row cannot be read")?;
        if stored.is_some_and(|stored| stored.row[..] != row[..]) {
            return Err("has another row than was stored");
        }
        for _ in 0..5 {
            kim.work(&mut self.dice).ok_or("cannot be worked on")?;
        }
        let again = Document::unpack(class, id, &kim.document.pack());
        let again = again.map_err(|_| "cannot be loaded from what was saved")?;
        let same = again.heads() == kim.document.heads() && again.row() == kim.document.row();
        if same { Ok(()) } else { Err("differs once saved and loaded") }
    }

    fn poisoned(&mut self, class: Class, why: &str) {
        self.report.poison += 1;
        self.report.troubles.push(format!("frame {}: {class:?} {why}", self.played));
    }
}
