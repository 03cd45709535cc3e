//! The data folder put back from an older backup, through the socket.

use crate::{
    client::{Relay, Socket},
    edits::Desk,
    folder::Folder,
};
use exchange::people::owner_id;
use std::{fs, path::Path};
use sync::{
    frame::{Down, PushItem, Up},
    id::{Digest, Epoch, PersonId, Sequence, Time},
    verdict::{Reason, Verdict},
};

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (entry, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if entry.is_dir() {
            copy(&entry, &to);
        } else {
            fs::copy(&entry, &to).unwrap();
        }
    }
}

async fn greet_of(socket: &mut Socket, epoch: Epoch, cursor: Sequence) -> Down {
    let (device, digest, clock) = (socket.device, Digest([0; 16]), Time(0));
    let (epoch, schema) = (Some(epoch), documents::genesis::SCHEMA);
    socket
        .send(&Up::Hello {
            device,
            epoch,
            cursor,
            digest,
            clock,
            unsent: 0,
            schema,
            lineages: None,
        })
        .await;
    socket.wait_for(|down| matches!(down, Down::Welcome { .. }).then(|| down.clone())).await
}

async fn offer(socket: &mut Socket, author: PersonId, items: Vec<PushItem>) -> Vec<Verdict> {
    socket.send(&Up::Push { batch: 7, items, author: Some(author) }).await;
    socket
        .wait_for(|down| match down {
            Down::Verdicts { batch: 7, items } => {
                Some(items.iter().map(|item| item.verdict.clone()).collect())
            }
            _ => None,
        })
        .await
}

#[tokio::test]
async fn r1_to_r4_what_a_backup_lacks_is_taken_from_whoever_still_has_it() {
    let mut relay = Relay::start().await;
    let mut kim = relay.connect("kim", 1).await;
    let Down::Welcome { epoch, .. } = kim.greet().await else { unreachable!() };
    let mut desk = Desk::new("acme", "kim", 9, 1);
    let kept = desk.open("Alpha");
    let [Verdict::Received(kept_at)] = kim.push(1, vec![kept.clone()]).await[..] else {
        panic!("not received")
    };
    relay.stop().await;
    let backup = Folder::new();
    copy(relay.folder.path(), backup.path());
    relay.start_again().await;
    let mut kim = relay.connect("kim", 1).await;
    kim.greet().await;
    let lost = desk.rename("Beta");
    let [Verdict::Received(lost_at)] = kim.push(1, vec![lost.clone()]).await[..] else {
        panic!("not received")
    };
    relay.stop().await;

    let person = PersonId(owner_id("acme", "kim").0);
    let mut relay = Relay::start_on(backup, |settings| settings.restored = true).await;
    let mut liu = relay.connect("liu", 2).await;
    let Down::Welcome { epoch: new, shared, .. } = greet_of(&mut liu, epoch, lost_at).await else {
        unreachable!()
    };
    assert_ne!(new, epoch);
    assert!(shared >= Some(kept_at) && shared < Some(lost_at), "{shared:?}");
    let verdicts = offer(&mut liu, person, vec![kept, lost]).await;
    assert_eq!(verdicts[0], Verdict::Received(kept_at));
    assert!(matches!(verdicts[1], Verdict::Received(at) if at > kept_at), "{verdicts:?}");

    // Who made it goes on under the same actor, and the new life outlasts a start.
    relay.settings.restored = false;
    relay.restart().await;
    let mut kim = relay.connect("kim", 1).await;
    let Down::Welcome { epoch: same, .. } = kim.greet().await else { unreachable!() };
    assert_eq!(same, new);
    let verdicts = kim.push(1, vec![desk.rename("Gamma")]).await;
    assert!(matches!(verdicts[..], [Verdict::Received(_)]), "{verdicts:?}");
}

#[tokio::test]
async fn r3_a_relay_that_was_not_put_back_takes_nobody_elses_work() {
    let relay = Relay::start().await;
    let mut liu = relay.connect("liu", 2).await;
    liu.greet().await;
    let item = Desk::new("acme", "kim", 9, 1).open("Alpha");
    let verdicts = offer(&mut liu, PersonId(owner_id("acme", "kim").0), vec![item]).await;
    assert_eq!(verdicts, [Verdict::NotYet(Reason::NotStored)]);
}
