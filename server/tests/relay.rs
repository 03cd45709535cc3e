//! The relay from outside: its store, and its surface through a real socket.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "relay/client.rs"]
mod client;
#[path = "relay/demo.rs"]
mod demo;
#[path = "relay/edits.rs"]
mod edits;
#[path = "relay/failing.rs"]
mod failing;
#[path = "relay/folder.rs"]
mod folder;
#[path = "relay/kill.rs"]
mod kill;
#[path = "relay/kpi.rs"]
mod kpi;
#[path = "relay/people.rs"]
mod people;
#[path = "relay/poison.rs"]
mod poison;
#[path = "relay/projection.rs"]
mod projection;
#[path = "relay/put_back.rs"]
mod put_back;
#[path = "relay/released.rs"]
mod released;
#[path = "relay/sign_in.rs"]
mod sign_in;
#[path = "relay/site.rs"]
mod site;
#[path = "relay/snapshots.rs"]
mod snapshots;
#[path = "relay/socket.rs"]
mod socket;
#[path = "relay/storage.rs"]
mod storage;
#[path = "relay/succession.rs"]
mod succession;
