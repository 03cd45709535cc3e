//! The open workspaces: each is a `sync::relay::Relay` on a thread of its own.
//!
//! Decides nothing: [`driver`] carries out what the machine asks, [`answers`] reads what it wants
//! to know, [`shadow`] has documents judge changes, [`snapshots`] makes and opens them in one piece,
//! [`succession`] says when one is begun anew, [`line`] is the way back to a socket, [`projection`]
//! makes the rows of older releases anew, and [`colleagues`] keeps the configuration in step with who
//! may sign in.

pub mod answers;
pub mod colleagues;
pub mod driver;
pub mod line;
pub mod projection;
pub mod shadow;
pub mod snapshots;
pub mod succession;

use crate::storage::{
    StorageFailure,
    home::{Home, Workspace},
    people::Person,
};
use driver::{Driver, Event};
use line::Line;
use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
};
use sync::{
    id::{DeviceId, PersonId},
    relay::input::{Connection, Principal},
};
use tokio::{runtime::Handle, sync::mpsc};

/// How many events may wait for one workspace before its sockets are read more slowly; each may be
/// a frame of the largest size.
const EVENTS_MAX: usize = 128;

/// Every open workspace.
#[derive(Debug)]
pub struct Relays {
    /// Nothing once the relay stops: a device that comes back at once opens no workspace again.
    open: Mutex<Option<HashMap<[u8; 16], Open>>>,
    next_connection: AtomicU64,
    workspace_bytes_max: Option<u64>,
    changes_max: Option<u64>,
}

#[derive(Debug)]
struct Open {
    events: mpsc::Sender<Event>,
    thread: JoinHandle<()>,
}

/// The way to one open workspace.
#[derive(Debug, Clone)]
pub struct Relay {
    events: mpsc::Sender<Event>,
}

/// Says that the workspace's thread has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the workspace is closed")]
pub struct Gone;

impl Relays {
    /// Bounds what a workspace may take, and how many changes a document may have before it is begun
    /// anew; without the second none is.
    pub fn new(workspace_bytes_max: Option<u64>, changes_max: Option<u64>) -> Self {
        let open = Mutex::new(Some(HashMap::new()));
        Self { open, next_connection: AtomicU64::new(0), workspace_bytes_max, changes_max }
    }

    /// Opens a workspace, unless it is open. Reads from disk: not for an async thread.
    pub fn open(&self, home: &Home, workspace: &Workspace) -> Result<Relay, StorageFailure> {
        let mut open = self.lock();
        let open = open.as_mut().ok_or(StorageFailure::Stopping)?;
        if let Some(found) = open.get(&workspace.id)
            && !found.events.is_closed()
        {
            return Ok(Relay { events: found.events.clone() });
        }
        let mut store = home.open_store(workspace)?;
        if let Some(bytes_max) = self.workspace_bytes_max {
            store.limit_bytes(bytes_max)?;
        }
        projection::bring_up(&mut store)?;
        colleagues::bring_in(&mut store, &home.people(workspace)?)?;
        let driver = Driver::new(store, self.changes_max)?;
        let (events, waiting) = mpsc::channel(EVENTS_MAX);
        let (runtime, name) = (Handle::current(), workspace.name.clone());
        let thread = thread::Builder::new()
            .name(format!("workspace {name}"))
            .spawn(move || driver.run(&runtime, waiting))
            .map_err(StorageFailure::Thread)?;
        tracing::info!(workspace = name, "opened");
        open.insert(workspace.id, Open { events: events.clone(), thread });
        Ok(Relay { events })
    }

    /// Names a new socket.
    pub fn connection(&self) -> Connection {
        Connection(self.next_connection.fetch_add(1, Ordering::Relaxed))
    }

    /// Tells every socket that the relay stops, and waits until every workspace is closed.
    pub fn stop(&self) {
        let open: Vec<_> = self.lock().take().unwrap_or_default().into_values().collect();
        for workspace in &open {
            // A closed queue means the thread has ended already, which is what is wanted.
            let _ = workspace.events.blocking_send(Event::Stop);
        }
        for workspace in open {
            if workspace.thread.join().is_err() {
                tracing::error!("a workspace's thread ended in a panic");
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<HashMap<[u8; 16], Open>>> {
        // The map is whole between any two statements that change it.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Relay {
    /// Begins a connection of a signed-in person.
    pub async fn begin(
        &self,
        connection: Connection,
        person: &Person,
        device: DeviceId,
        line: Line,
    ) -> Result<(), Gone> {
        let principal = Principal { person: PersonId(person.id.0), device: Some(device) };
        let name = person.name.clone();
        self.tell(Event::Opened { connection, principal, name, line }).await
    }

    /// Hands on a frame.
    pub async fn frame(&self, connection: Connection, bytes: Vec<u8>) -> Result<(), Gone> {
        self.tell(Event::Frame { connection, bytes }).await
    }

    /// Says that so many bytes have left.
    pub async fn drained(&self, connection: Connection, bytes: usize) -> Result<(), Gone> {
        self.tell(Event::Drained { connection, bytes }).await
    }

    /// Says that the socket is gone.
    pub async fn closed(&self, connection: Connection) -> Result<(), Gone> {
        self.tell(Event::Closed { connection }).await
    }

    async fn tell(&self, event: Event) -> Result<(), Gone> {
        self.events.send(event).await.map_err(|_| Gone)
    }
}
