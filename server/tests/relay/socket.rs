//! What a device may rely on, through the socket.

use crate::{
    client::{Relay, Socket},
    edits::Desk,
};
use domain::row::AccountRow;
use exchange::people::owner_id;
use sync::{
    frame::{ByeReason, Down, Up, Want},
    id::{DocumentId, Sequence},
    verdict::{Reason, Verdict},
};
use tokio_tungstenite::tungstenite::Message;

/// Returns the names of the accounts in the next page of rows that has any.
async fn names(socket: &mut Socket) -> Vec<String> {
    socket
        .wait_for(|down| match down {
            Down::Rows { items, .. } => {
                let accounts = items.iter().filter(|item| item.class.0 == 1);
                let names = accounts.map(|item| AccountRow::decode(&item.row).unwrap().name);
                Some(names.collect::<Vec<_>>()).filter(|names| !names.is_empty())
            }
            _ => None,
        })
        .await
}

async fn bye(socket: &mut Socket) -> ByeReason {
    let reason = socket
        .wait_for(|down| match down {
            Down::Bye { reason } => Some(*reason),
            _ => None,
        })
        .await;
    assert_eq!(socket.next().await, None, "closed after saying why");
    reason
}

#[tokio::test]
async fn what_one_pushes_is_acknowledged_and_reaches_the_other() {
    let relay = Relay::start().await;
    let (mut kim, mut liu) = (relay.connect("kim", 1).await, relay.connect("liu", 2).await);
    kim.greet().await;
    liu.greet().await;
    let mut desk = Desk::new("acme", "kim", 9, 1);
    let verdicts = kim.push(1, vec![desk.open("Alpha"), desk.rename("Beta")]).await;
    assert!(matches!(verdicts[..], [Verdict::Received(_), Verdict::Received(_)]), "{verdicts:?}");
    assert_eq!(names(&mut liu).await, ["Beta"]);

    let wants =
        vec![Want { document: DocumentId([9; 16]), after: Sequence(0), form: None, begins: None }];
    liu.send(&Up::Pull { wants }).await;
    let changes = liu
        .wait_for(|down| match down {
            Down::Changes { changes, last: true, .. } => Some(changes.len()),
            _ => None,
        })
        .await;
    assert_eq!(changes, 2);
}

#[tokio::test]
async fn pushing_again_changes_nothing_and_is_answered_the_same() {
    let relay = Relay::start().await;
    let mut kim = relay.connect("kim", 1).await;
    kim.greet().await;
    let item = Desk::new("acme", "kim", 9, 1).open("Alpha");
    let first = kim.push(1, vec![item.clone()]).await;
    assert_eq!(kim.push(2, vec![item]).await, first);
}

#[tokio::test]
async fn a_restart_keeps_everything_and_tells_the_sockets_first() {
    let mut relay = Relay::start().await;
    let mut kim = relay.connect("kim", 1).await;
    let before = kim.greet().await;
    let verdicts = kim.push(1, vec![Desk::new("acme", "kim", 9, 1).open("Alpha")]).await;
    let [Verdict::Received(place)] = verdicts[..] else { panic!("{verdicts:?}") };
    relay.stop().await;
    assert_eq!(bye(&mut kim).await, ByeReason::ShuttingDown);
    relay.start_again().await;

    let mut liu = relay.connect("liu", 2).await;
    let Down::Welcome { epoch, head, .. } = liu.greet().await else { unreachable!() };
    assert!(matches!(before, Down::Welcome { epoch: same, .. } if same == epoch));
    assert_eq!(head, place);
    assert_eq!(names(&mut liu).await, ["Alpha"]);
}

#[tokio::test]
async fn a_malformed_frame_closes_only_its_own_connection_with_a_reason() {
    let relay = Relay::start().await;
    let mut liu = relay.connect("liu", 2).await;
    liu.greet().await;
    for (bytes, reason) in [
        (vec![], ByeReason::Malformed),
        (vec![1, 0xff, 0x00], ByeReason::Malformed),
        (vec![99, 0x80], ByeReason::UnknownVersion),
        (vec![0; 2 << 20], ByeReason::TooLarge),
    ] {
        let mut kim = relay.connect("kim", 1).await;
        kim.greet().await;
        kim.send_bytes(bytes).await;
        assert_eq!(bye(&mut kim).await, reason);
    }
    let mut kim = relay.connect("kim", 1).await;
    kim.send_message(Message::text("{}")).await;
    assert_eq!(bye(&mut kim).await, ByeReason::UnknownVersion);
    liu.send(&Up::Ping).await;
    liu.wait_for(|down| matches!(down, Down::Pong).then_some(())).await;
}

#[tokio::test]
async fn bytes_that_are_no_change_are_refused_and_the_connection_goes_on() {
    let relay = Relay::start().await;
    let mut kim = relay.connect("kim", 1).await;
    kim.greet().await;
    let mut desk = Desk::new("acme", "kim", 9, 1);
    let (good, mut bad) = (desk.open("Alpha"), desk.rename("Beta"));
    let middle = bad.change.len() / 2;
    bad.change[middle] ^= 1;
    let verdicts = kim.push(1, vec![good, bad]).await;
    assert!(
        matches!(verdicts[..], [Verdict::Received(_), Verdict::Refused(Reason::Malformed)]),
        "{verdicts:?}"
    );
}

#[tokio::test]
async fn nobody_writes_in_the_name_of_somebody_else() {
    let relay = Relay::start().await;
    let mut kim = relay.connect("kim", 1).await;
    kim.greet().await;
    let verdicts = kim.push(1, vec![Desk::new("acme", "liu", 9, 1).open("Forged")]).await;
    assert_eq!(verdicts, [Verdict::Refused(Reason::ActorMismatch)]);
}

#[tokio::test]
async fn another_workspace_sees_nothing() {
    let relay = Relay::start().await;
    let mut kim = relay.connect("kim", 1).await;
    kim.greet().await;
    kim.push(1, vec![Desk::new("acme", "kim", 9, 1).open("Secret")]).await;
    let mut eve = relay.connect("eve", 3).await;
    eve.greet().await;
    let wants =
        vec![Want { document: DocumentId([9; 16]), after: Sequence(0), form: None, begins: None }];
    eve.send(&Up::Pull { wants }).await;
    let changes = eve
        .wait_for(|down| match down {
            Down::Rows { items, .. } => {
                assert!(items.iter().all(|item| item.document != DocumentId([9; 16])));
                None
            }
            Down::Changes { changes, .. } => Some(changes.len()),
            _ => None,
        })
        .await;
    assert_eq!(changes, 0);
}

#[tokio::test]
async fn a_full_disk_never_acknowledges_and_keeps_what_was_there() {
    let mut relay =
        Relay::start_with(|settings| settings.workspace_bytes_max = Some(200 << 10)).await;
    let mut kim = relay.connect("kim", 1).await;
    kim.greet().await;
    let mut received = 0;
    let mut refused = None;
    let mut desk = Desk::new("acme", "kim", 9, 1);
    let mut items = vec![desk.open("Alpha")];
    for batch in 0.. {
        let verdicts = kim.push(batch, items).await;
        match verdicts[..] {
            [Verdict::Received(_)] => received += 1,
            [Verdict::NotYet(Reason::NotStored)] => refused = Some(batch),
            ref other => panic!("{other:?}"),
        }
        if refused.is_some() {
            break;
        }
        items = vec![desk.rename(&format!("{batch} {}", "long ".repeat(80)))];
    }
    assert!(received > 0);

    // With room again, exactly what was acknowledged is there.
    relay.settings.workspace_bytes_max = None;
    relay.restart().await;
    let mut liu = relay.connect("liu", 2).await;
    liu.greet().await;
    let wants =
        vec![Want { document: DocumentId([9; 16]), after: Sequence(0), form: None, begins: None }];
    liu.send(&Up::Pull { wants }).await;
    let mut changes = 0;
    let mut last = false;
    while !last {
        let page = liu.wait_for(|down| match down {
            Down::Changes { changes, last, .. } => Some((changes.len(), *last)),
            _ => None,
        });
        let (more, ends) = page.await;
        changes += more;
        last = ends;
    }
    assert_eq!(changes, received);
}

#[tokio::test]
async fn signing_out_closes_the_sockets_of_that_session_only() {
    let relay = Relay::start().await;
    let cookie = relay.sign_in("kim").await;
    let origin = format!("http://{}", relay.address);
    let open = |device| Socket::open(relay.address, device, Some(&cookie), Some(&origin));
    let mut kim = open(1).await.unwrap();
    let mut elsewhere = relay.connect("kim", 2).await;
    kim.greet().await;
    elsewhere.greet().await;
    relay.post("/api/sign-out", &[("cookie", &cookie)], "").await;
    assert_eq!(bye(&mut kim).await, ByeReason::SignedOut);
    elsewhere.send(&Up::Ping).await;
    elsewhere.wait_for(|down| matches!(down, Down::Pong).then_some(())).await;
}

#[tokio::test]
async fn a_tab_of_one_person_is_not_served_under_the_cookie_of_another() {
    let relay = Relay::start().await;
    let cookie = relay.sign_in("liu").await;
    let open = |person| Socket::open_of(relay.address, 1, &cookie, person);
    assert_eq!(open(owner_id("acme", "kim")).await.err(), Some(409));
    open(owner_id("acme", "liu")).await.unwrap().greet().await;
}

#[tokio::test]
async fn many_pushing_at_once_share_one_gapless_log() {
    let relay = Relay::start().await;
    let mut devices = Vec::new();
    for device in 1..=6 {
        let mut socket = relay.connect("kim", device).await;
        socket.greet().await;
        devices.push(tokio::spawn(async move {
            let mut desk = Desk::new("acme", "kim", 100 + device, device);
            let mut places = Vec::new();
            let mut items = vec![desk.open("Alpha")];
            for batch in 0..10 {
                for verdict in socket.push(batch, items).await {
                    let Verdict::Received(place) = verdict else { panic!("{verdict:?}") };
                    places.push(place.0);
                }
                let name = |number| format!("{device} {batch} {number}");
                items = (0..3).map(|number| desk.rename(&name(number))).collect();
            }
            places
        }));
    }
    let mut places = Vec::new();
    for device in devices {
        places.extend(device.await.unwrap());
    }
    places.sort_unstable();
    let first = places[0];
    assert!(places.iter().copied().eq(first..first + places.len() as u64), "{places:?}");
}
