//! One connection: who is there, what it is owed, how much of that is on its way.

use crate::{
    frame::Want,
    id::*,
    relay::{input::Principal, output::LoadId},
};
use std::collections::VecDeque;

/// Bytes given out and not drained, from which on rows and changes wait.
pub const WINDOW_BYTES: usize = 1 << 20;
/// Bytes given out and not drained, from which on the connection is closed.
pub const BACKLOG_BYTES_MAX: usize = 4 << 20;
/// The most batches of one connection waiting to be judged.
pub const PUSHES_MAX: usize = 8;
/// The most documents of one connection waiting to be pulled.
pub const WANTS_MAX: usize = 4096;
/// A connection that says nothing for so long is closed; devices ping every 15 s.
pub const SILENCE_MS_MAX: i64 = 60_000;

pub struct Peer {
    pub principal: Principal,
    pub heard: Time,
    pub backlog: usize,
    pub greeted: Option<Greeted>,
}

/// What a connection is after its `Hello`.
pub struct Greeted {
    pub device: DeviceId,
    pub schema: u16,
    /// Whether it takes documents that were begun anew.
    pub lineages: bool,
    pub feed: Feed,
    pub pushes: usize,
    pub wants: VecDeque<Want>,
    pub pulling: Option<(LoadId, Want)>,
}

/// How far the rows have been sent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Feed {
    /// Until the device asks.
    Paused,
    /// A page after the cursor is to be read as soon as there is room.
    Behind(Sequence),
    /// A page is being read; the mark was the durable one when it was asked for.
    Loading { load: LoadId, after: Sequence, digest: Digest, head: Sequence },
    /// Everything up to here has been sent.
    Live(Sequence),
}

impl Peer {
    pub fn new(principal: Principal, now: Time) -> Self {
        Self { principal, heard: now, backlog: 0, greeted: None }
    }

    pub fn has_room(&self) -> bool {
        self.backlog < WINDOW_BYTES
    }
}
