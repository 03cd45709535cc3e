//! Starting the relay and stopping it cleanly.

use crate::{
    access::passwords::{PasswordFailure, Passwords},
    demo,
    desk::Desk,
    import::ImportFailure,
    relay::Relays,
    router,
    settings::Settings,
    storage::{StorageFailure, home::Home},
};
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
    task::{self, JoinHandle},
    time,
};

/// How long sockets have to hear that the relay stops.
const GOODBYE_MAX: Duration = Duration::from_secs(5);

/// Why the relay did not start, or did not stop as it should.
#[derive(Debug, thiserror::Error)]
pub enum StartFailure {
    #[error(
        "the workspace {0:?} has people whose password is public, so it is served on loopback only"
    )]
    DemoReachable(String),
    #[error(
        "there is a workspace {:?} already that was not made for trying Tessera; leave --demo out, \
         or name another --data folder",
        demo::WORKSPACE
    )]
    DemoNameTaken,
    #[error("could not listen on {address}")]
    Listen { address: SocketAddr, source: io::Error },
    #[error("there is no app at {0}: it has no index.html")]
    NoSite(std::path::PathBuf),
    #[error("the server ended")]
    Server(#[source] io::Error),
    #[error("a thread ended early")]
    Ended,
    #[error("could not move the demo book to these days")]
    Shift(#[source] io::Error),
    #[error("could not bring in the demo book")]
    Book(#[from] ImportFailure),
    #[error(transparent)]
    Storage(#[from] StorageFailure),
    #[error(transparent)]
    Password(#[from] PasswordFailure),
}

/// A relay that runs.
pub struct Running {
    pub address: SocketAddr,
    /// Whether there are people whose password is public.
    pub demo: bool,
    /// Whether the app is served, and not only the interface for devices.
    pub app: bool,
    stop: oneshot::Sender<()>,
    server: JoinHandle<Result<(), StartFailure>>,
}

impl Running {
    /// Tells every socket that the relay stops, and waits until everything is closed.
    pub async fn stop(self) -> Result<(), StartFailure> {
        // A receiver that is gone means the server has ended; its result says why.
        let _ = self.stop.send(());
        self.server.await.map_err(|_| StartFailure::Ended)?
    }

    /// Waits for the server to end by itself.
    pub async fn ended(&mut self) -> Result<(), StartFailure> {
        (&mut self.server).await.map_err(|_| StartFailure::Ended)?
    }
}

/// Opens storage, brings in the demo book at first start, and serves until told to stop.
pub async fn start(mut settings: Settings) -> Result<Running, StartFailure> {
    if let Some(site) = settings.site.as_ref().filter(|site| !site.join("index.html").is_file()) {
        return Err(StartFailure::NoSite(site.clone()));
    }
    let prepared = settings.clone();
    let home = task::spawn_blocking(move || prepare(&prepared));
    let home = home.await.map_err(|_| StartFailure::Ended)??;
    let address = settings.listen;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| StartFailure::Listen { address, source })?;
    let address =
        listener.local_addr().map_err(|source| StartFailure::Listen { address, source })?;

    settings.listen = address;
    let app = settings.site.is_some();
    let demo = home.workspaces()?.iter().any(|workspace| workspace.demo);
    let (sockets, all_closed) = mpsc::channel(1);
    let desk = Arc::new(Desk::new(settings, home, Passwords::new()?, sockets.downgrade()));
    let relays = desk.relays.clone();
    let (stop, stopped) = oneshot::channel();
    let server = axum::serve(listener, router::router(desk)).with_graceful_shutdown(async move {
        // Dropped without a word means the same.
        let _ = stopped.await;
        farewell(relays, sockets, all_closed).await;
    });
    let server = task::spawn(async move { server.await.map_err(StartFailure::Server) });
    Ok(Running { address, demo, app, stop, server })
}

/// Closes the workspaces, which tells their sockets, and waits for those.
async fn farewell(relays: Arc<Relays>, sockets: mpsc::Sender<()>, mut open: mpsc::Receiver<()>) {
    drop(sockets);
    if task::spawn_blocking(move || relays.stop()).await.is_err() {
        tracing::error!("closing the workspaces ended in a panic");
    }
    if time::timeout(GOODBYE_MAX, open.recv()).await.is_err() {
        tracing::warn!("some sockets did not hear that the relay stops");
    }
}

fn prepare(settings: &Settings) -> Result<Home, StartFailure> {
    let home = Home::open(&settings.data)?;
    if settings.restored {
        home.begin_lives()?;
    }
    if settings.reachable_from_outside() {
        let demo = home.workspaces()?.into_iter().find(|workspace| workspace.demo);
        if let Some(workspace) = demo {
            return Err(StartFailure::DemoReachable(workspace.name));
        }
        if settings.demo.is_some() {
            return Err(StartFailure::DemoReachable(demo::WORKSPACE.to_owned()));
        }
    }
    if let Some(book) = &settings.demo {
        let today = domain::time::Timestamp(crate::clock::now().0).day();
        demo::prepare(&home, book, today)?;
    }
    Ok(home)
}
