//! One connection: frames in, frames out, no decisions.

use crate::{
    access::{Access, origin::SameOrigin},
    clock,
    desk::Desk,
    error::Error,
    relay::{
        Relay,
        line::{LineEnd, line},
    },
    storage::sessions::SessionHash,
};
use axum::{
    extract::{
        Query, State, WebSocketUpgrade,
        ws::{Message, WebSocket},
    },
    response::Response,
};
use serde::Deserialize;
use std::{error::Error as _, sync::Arc, time::Duration};
use sync::{
    frame::{self, ByeReason, Down, FRAME_BYTES_MAX},
    id::DeviceId,
    relay::input::Connection,
};
use tokio::{
    sync::{broadcast::error::RecvError, mpsc},
    time::{self, Instant, MissedTickBehavior},
};

/// A connection's reading buffer; the default of 128 KiB is paid for by every idle tablet. An edit
/// fits in; what is larger is read in more steps.
const READ_BUFFER_BYTES: usize = 1 << 10;
/// What may wait to be written together: nothing, because each frame is flushed.
const WRITE_BUFFER_BYTES: usize = 0;
/// The relay is told of what has left in lumps, so that telling it costs less than the frames. It
/// holds back from a connection only at many times that.
const DRAINED_BYTES: usize = 64 << 10;
/// One frame of the largest size, and its header.
const WRITE_BYTES_MAX: usize = FRAME_BYTES_MAX + (64 << 10);
/// A device says something every 15 seconds; one silent for longer than this is gone.
const SILENCE_MAX: Duration = Duration::from_secs(60);
/// How long one frame may take to leave.
const WRITE_MAX: Duration = Duration::from_secs(30);
/// How often a session is looked up again, for those ended from elsewhere.
const SESSION_CHECK: Duration = Duration::from_secs(60);

/// What a device says of itself when it asks for a connection.
#[derive(Deserialize)]
pub struct Asked {
    /// 32 hexadecimal digits.
    device: String,
    /// Whose tab it is. Somebody else may have signed in since, in another tab.
    person: Option<String>,
}

/// Opens the live connection to one workspace.
pub async fn open(
    State(desk): State<Arc<Desk>>,
    _: SameOrigin,
    access: Access,
    Query(asked): Query<Asked>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Error> {
    let device = device(&asked.device).ok_or(Error::MalformedDevice)?;
    if asked.person.is_some_and(|person| person != access.person.id.to_string()) {
        return Err(Error::OtherPerson);
    }
    let open = desk.socket_open.upgrade().ok_or(Error::Closed)?;
    let (relays, workspace) = (desk.relays.clone(), access.person.workspace.clone());
    let relay = desk.with_home(move |home| relays.open(home, &workspace)).await?;
    let upgrade = upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BYTES_MAX)
        .max_message_size(FRAME_BYTES_MAX)
        .max_frame_size(FRAME_BYTES_MAX);
    let connection = desk.relays.connection();
    Ok(upgrade.on_upgrade(move |socket| async move {
        let (to_line, end) = line();
        if relay.begin(connection, &access.person, device, to_line).await.is_ok() {
            let session = access.session;
            // A task of its own, because that of the upgrade keeps for as long as it lasts whatever
            // the upgrade needed, and ten thousand tablets may do nothing but stay.
            tokio::spawn(Talk { desk, relay, session, connection, _open: open }.hold(socket, end));
        }
    }))
}

/// What one connection is about; the socket itself is handed along.
struct Talk {
    desk: Arc<Desk>,
    relay: Relay,
    session: SessionHash,
    connection: Connection,
    /// Whoever stops the relay waits until every one of these is gone.
    _open: mpsc::Sender<()>,
}

/// Why a connection is at its end.
enum End {
    /// Whoever was at the other end is gone, or everything has been said.
    Gone,
    /// To be told first.
    Bye(ByeReason),
}

impl Talk {
    /// Talks until one side ends it.
    #[expect(clippy::manual_async_fn, reason = "an async fn keeps its arguments twice")]
    fn hold(self, mut socket: WebSocket, mut line: LineEnd) -> impl Future<Output = ()> + Send {
        async move {
            if let End::Bye(reason) = self.exchange(&mut socket, &mut line).await {
                let bye = frame::encode(&Down::Bye { reason });
                // Whether it arrives or not, the connection ends here.
                let _ = write(&mut socket, Message::Binary(bye.into())).await;
            }
            // The same holds for the closing handshake.
            let _ = write(&mut socket, Message::Close(None)).await;
            let _ = self.relay.closed(self.connection).await;
        }
    }

    async fn exchange(&self, socket: &mut WebSocket, line: &mut LineEnd) -> End {
        let mut ended = self.desk.ended.subscribe();
        let mut session_check = time::interval(SESSION_CHECK);
        session_check.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut silent_until = Instant::now() + SILENCE_MAX;
        let mut drained = 0;
        loop {
            let step = tokio::select! {
                biased;
                // Without a reason the line was only let go: what it holds is still to be said.
                Ok(reason) = &mut line.ending, if !line.ending.is_terminated() => {
                    Err(End::Bye(reason))
                }
                over = ended.recv() => self.after(over),
                _ = session_check.tick() => self.session_holds().await,
                frame = line.frames.recv() => match frame {
                    Some(bytes) => self.send(socket, bytes, &mut drained).await,
                    None => Err(End::Gone),
                },
                message = socket.recv() => {
                    silent_until = Instant::now() + SILENCE_MAX;
                    self.receive(message).await
                }
                () = time::sleep_until(silent_until) => Err(End::Gone),
            };
            if let Err(end) = step {
                return end;
            }
        }
    }

    async fn receive(&self, message: Option<Result<Message, axum::Error>>) -> Result<(), End> {
        let bytes = match message {
            None | Some(Ok(Message::Close(_))) => return Err(End::Gone),
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => return Ok(()),
            Some(Ok(Message::Binary(bytes))) => bytes.to_vec(),
            // No frame is text; the machine says so to whoever sent it.
            Some(Ok(Message::Text(text))) => text.as_bytes().to_vec(),
            Some(Err(failure)) if is_too_large(&failure) => {
                return Err(End::Bye(ByeReason::TooLarge));
            }
            Some(Err(_)) => return Err(End::Gone),
        };
        // A closed workspace has let go of the line: what that still holds is said, then it ends.
        let _ = self.relay.frame(self.connection, bytes).await;
        Ok(())
    }

    async fn send(
        &self,
        socket: &mut WebSocket,
        bytes: Vec<u8>,
        drained: &mut usize,
    ) -> Result<(), End> {
        *drained += bytes.len();
        write(socket, Message::Binary(bytes.into())).await?;
        if *drained >= DRAINED_BYTES {
            // As above.
            let _ = self.relay.drained(self.connection, std::mem::take(drained)).await;
        }
        Ok(())
    }

    fn after(&self, over: Result<SessionHash, RecvError>) -> Result<(), End> {
        match over {
            Ok(session) if session == self.session => Err(End::Bye(ByeReason::SignedOut)),
            // Missed ones are found at the next look.
            Ok(_) | Err(RecvError::Lagged(_)) => Ok(()),
            Err(RecvError::Closed) => Err(End::Bye(ByeReason::ShuttingDown)),
        }
    }

    async fn session_holds(&self) -> Result<(), End> {
        let session = self.session;
        match self.desk.with_home(move |home| home.session(session, clock::now())).await {
            Ok(None) => Err(End::Bye(ByeReason::SignedOut)),
            Ok(Some(_)) => Ok(()),
            Err(failure) => {
                tracing::error!(%failure, "could not look a session up again");
                Ok(())
            }
        }
    }
}

async fn write(socket: &mut WebSocket, message: Message) -> Result<(), End> {
    match time::timeout(WRITE_MAX, socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(End::Gone),
    }
}

fn is_too_large(failure: &axum::Error) -> bool {
    let mut cause = failure.source();
    while let Some(failure) = cause {
        if failure.to_string().starts_with("Space limit exceeded") {
            return true;
        }
        cause = failure.source();
    }
    false
}

/// Reads a device's name: 32 hexadecimal digits.
fn device(text: &str) -> Option<DeviceId> {
    let is_hexadecimal = text.len() == 32 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    let number = u128::from_str_radix(text, 16).ok().filter(|_| is_hexadecimal)?;
    Some(DeviceId(number.to_be_bytes()))
}
