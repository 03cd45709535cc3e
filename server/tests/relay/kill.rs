//! A relay killed in the middle of its work keeps whatever it acknowledged.

use crate::{
    client::{Socket, people_of, sign_in_at},
    edits::Desk,
    folder::Folder,
};
use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
};
use sync::{
    frame::{Down, Up, Want},
    id::{DocumentId, Sequence},
    verdict::Verdict,
};

struct Process(Child);

impl Process {
    /// Starts the binary and reads the address it says it is at.
    fn start(folder: &Folder) -> (Self, SocketAddr) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tessera"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().rsplit('/').next().unwrap().parse().unwrap();
        (Self(child), address)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

#[tokio::test]
async fn what_was_acknowledged_before_a_kill_is_there_after_it() {
    let folder = Folder::new();
    people_of(&folder);
    let mut desk = Desk::new("acme", "kim", 9, 1);
    let mut next = desk.open("Alpha");
    let mut acknowledged = Vec::new();
    for round in 0..4 {
        let (process, address) = Process::start(&folder);
        let mut kim = connect(address, 1).await;
        kim.greet().await;
        for batch in 0..5 {
            let verdicts = kim.push(batch, vec![next]).await;
            let [Verdict::Received(place)] = verdicts[..] else { panic!("{verdicts:?}") };
            acknowledged.push(place);
            next = desk.rename(&format!("{round} {batch}"));
        }
        // One more is on its way, and nobody waits for its verdict.
        kim.send(&Up::Push { batch: 9, items: vec![next.clone()], author: None }).await;
        drop(process);
    }

    let (_process, address) = Process::start(&folder);
    let mut liu = connect(address, 2).await;
    liu.greet().await;
    let wants =
        vec![Want { document: DocumentId([9; 16]), after: Sequence(0), form: None, begins: None }];
    liu.send(&Up::Pull { wants }).await;
    let kept = liu.wait_for(|down| match down {
        Down::Changes { changes, .. } => Some(changes.len()),
        _ => None,
    });
    let kept = kept.await;
    assert!((acknowledged.len()..=acknowledged.len() + 1).contains(&kept), "{kept}");
}

async fn connect(address: SocketAddr, device: u8) -> Socket {
    let login = if device == 1 { "kim" } else { "liu" };
    let cookie = sign_in_at(address, login).await;
    let origin = format!("http://{address}");
    Socket::open(address, device, Some(&cookie), Some(&origin)).await.unwrap()
}
