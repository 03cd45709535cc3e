//! What every request may need.

use crate::{
    access::{attempts::Attempts, passwords::Passwords},
    error::Error,
    relay::Relays,
    settings::Settings,
    storage::{StorageFailure, home::Home, sessions::SessionHash},
};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::{
    sync::{broadcast, mpsc},
    task,
};

/// How many ended sessions a socket may be told of at once before it looks for itself.
const ENDED_MAX: usize = 64;

#[derive(Debug)]
pub struct Desk {
    pub settings: Settings,
    pub relays: Arc<Relays>,
    pub passwords: Passwords,
    pub attempts: Attempts,
    /// Tells open sockets which session has just ended.
    pub ended: broadcast::Sender<SessionHash>,
    /// Each open socket holds one of these; when all are gone, so are the sockets.
    pub socket_open: mpsc::WeakSender<()>,
    home: Arc<Mutex<Home>>,
}

impl Desk {
    pub fn new(
        settings: Settings,
        home: Home,
        passwords: Passwords,
        socket_open: mpsc::WeakSender<()>,
    ) -> Self {
        let relays = Arc::new(Relays::new(settings.workspace_bytes_max, settings.changes_max));
        let (ended, _) = broadcast::channel(ENDED_MAX);
        let (attempts, home) = (Attempts::default(), Arc::new(Mutex::new(home)));
        Self { settings, relays, passwords, attempts, ended, socket_open, home }
    }

    /// Runs a question to the data directory where it may wait for the disk.
    pub async fn with_home<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Home) -> Result<T, StorageFailure> + Send + 'static,
    ) -> Result<T, Error> {
        let home = self.home.clone();
        let answer = task::spawn_blocking(move || {
            // The connection holds no state of ours between two questions.
            ask(&home.lock().unwrap_or_else(PoisonError::into_inner))
        });
        Ok(answer.await.map_err(|_| Error::Ended)??)
    }
}
