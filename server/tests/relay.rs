//! The relay from outside: its store, and its surface through a real socket.

#[path = "relay/folder.rs"]
mod folder;
#[path = "relay/storage.rs"]
mod storage;
