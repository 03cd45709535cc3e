//! One tablet: greets, keeps up with the rows, pushes when told to, and says how long it took until
//! what it pushed was durable.

use super::{CrowdFailure, attempting, desk::Desk, process::Visitor};
use futures_util::{SinkExt, StreamExt};
use std::{
    collections::VecDeque,
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};
use sync::{
    frame::{self, Down, Up, Want},
    id::{DeviceId, Digest, Epoch, Sequence, Time},
    verdict::Verdict,
};
use tokio::{
    net::{TcpSocket, TcpStream},
    sync::mpsc,
    time,
};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{Message, client::IntoClientRequest, protocol::WebSocketConfig},
};

type Socket = WebSocketStream<TcpStream>;

/// A device says something that often.
const PING: Duration = Duration::from_secs(15);
/// Addresses tablets come from: a port is free once for each.
const HOSTS: u32 = 100;
const BUFFER_BYTES: usize = 4 << 10;

/// What a tablet is told to do. It leaves when nobody can tell it anything any more.
pub enum Order {
    /// Make an edit that was to leave at that moment.
    Edit(Instant),
    /// Make one edit after another, each when the last one is durable.
    EditUntil(Instant),
    /// Read nothing for so long.
    Deaf(Duration),
}

/// What came of an edit.
pub enum Told {
    Durable(Duration),
    TurnedAway(Verdict),
}

/// A tablet, on the line or not.
pub struct Tablet {
    number: u32,
    visitor: Visitor,
    address: SocketAddr,
    epoch: Option<Epoch>,
    cursor: Sequence,
    digest: Digest,
    desk: Desk,
    batch: u64,
    /// How many edits it was promised are durable.
    pub acknowledged: u64,
}

impl Tablet {
    pub fn new(number: u32, visitor: Visitor, address: SocketAddr) -> Self {
        let mut account = [7; 16];
        account[..4].copy_from_slice(&number.to_be_bytes());
        Self {
            number,
            desk: Desk::new(visitor.person, account),
            visitor,
            address,
            epoch: None,
            cursor: Sequence(0),
            digest: Digest([0; 16]),
            batch: 0,
            acknowledged: 0,
        }
    }

    /// Opens a socket, greets, and reads until nothing is missing.
    pub async fn arrive(&mut self) -> Result<Socket, CrowdFailure> {
        let mut socket = self.connect().await?;
        let hello = Up::Hello {
            device: self.device(),
            epoch: self.epoch,
            cursor: self.cursor,
            digest: self.digest,
            clock: Time(0),
            unsent: 0,
            schema: documents::genesis::SCHEMA,
            lineages: None,
        };
        say(&mut socket, &hello).await?;
        let mut head = None;
        while head.is_none_or(|head| self.cursor < head) {
            let down = hear(&mut socket).await?;
            if let Down::Welcome { epoch, head: at, .. } = &down {
                head = Some(*at);
                if self.epoch.is_some_and(|known| known != *epoch) {
                    self.cursor = Sequence(0);
                }
                self.epoch = Some(*epoch);
            }
            self.take(&mut socket, &down).await?;
        }
        Ok(socket)
    }

    async fn connect(&self) -> Result<Socket, CrowdFailure> {
        let failed = "open a socket";
        let host = u8::try_from(2 + self.number % HOSTS).unwrap_or(2);
        let from = SocketAddr::from((Ipv4Addr::new(127, 0, 0, host), 0));
        let stream = TcpSocket::new_v4().map_err(attempting(failed))?;
        stream.bind(from).map_err(attempting(failed))?;
        let stream = stream.connect(self.address).await.map_err(attempting(failed))?;
        stream.set_nodelay(true).map_err(attempting(failed))?;
        let url = format!("ws://{}/api/socket?device={}", self.address, self.device());
        let mut request = url.into_client_request().map_err(attempting(failed))?;
        let origin = format!("http://{}", self.address);
        for (name, value) in [("cookie", &self.visitor.cookie), ("origin", &origin)] {
            let value = value.parse().map_err(|_| CrowdFailure(failed, value.clone()))?;
            request.headers_mut().insert(name, value);
        }
        let buffers = WebSocketConfig::default()
            .read_buffer_size(BUFFER_BYTES)
            .write_buffer_size(BUFFER_BYTES);
        let opened = client_async_with_config(request, stream, Some(buffers)).await;
        opened.map(|(socket, _)| socket).map_err(attempting(failed))
    }

    fn device(&self) -> DeviceId {
        DeviceId(u128::from(self.number + 1).to_be_bytes())
    }

    /// Does what it is told until it is let go or the line is gone.
    pub async fn live(
        mut self,
        mut socket: Socket,
        mut orders: mpsc::Receiver<Order>,
        told: mpsc::UnboundedSender<Told>,
    ) -> Self {
        // Not all at once, as tablets that came one after another.
        let first = PING.mul_f64(f64::from(self.number % 1000) / 1000.0);
        let mut ping = time::interval_at(time::Instant::now() + first, PING);
        let mut waiting = VecDeque::new();
        let mut on_and_on = None;
        loop {
            let step = tokio::select! {
                order = orders.recv() => match order {
                    None => return self,
                    Some(Order::Edit(intended)) => {
                        waiting.push_back(intended);
                        self.push(&mut socket).await
                    }
                    Some(Order::EditUntil(end)) => {
                        on_and_on = Some(end);
                        waiting.push_back(Instant::now());
                        self.push(&mut socket).await
                    }
                    Some(Order::Deaf(long)) => {
                        time::sleep(long).await;
                        Ok(())
                    }
                },
                _ = ping.tick() => say(&mut socket, &Up::Ping).await,
                down = hear(&mut socket) => match down {
                    Err(failure) => Err(failure),
                    Ok(Down::Verdicts { items, .. }) => {
                        for verdict in items.into_iter().map(|item| item.verdict) {
                            let began = waiting.pop_front().unwrap_or_else(Instant::now);
                            let outcome = self.hear_out(verdict, began);
                            // Whoever counts has left when the last edits are answered.
                            let _ = told.send(outcome);
                        }
                        match on_and_on {
                            Some(end) if Instant::now() < end => {
                                waiting.push_back(Instant::now());
                                self.push(&mut socket).await
                            }
                            _ => Ok(()),
                        }
                    }
                    Ok(down) => self.take(&mut socket, &down).await,
                },
            };
            if step.is_err() {
                return self;
            }
        }
    }

    fn hear_out(&mut self, verdict: Verdict, began: Instant) -> Told {
        if let Verdict::Received(_) = verdict {
            self.acknowledged += 1;
            return Told::Durable(began.elapsed());
        }
        Told::TurnedAway(verdict)
    }

    async fn push(&mut self, socket: &mut Socket) -> Result<(), CrowdFailure> {
        let item = self.desk.edit();
        let item = item.ok_or_else(|| CrowdFailure("make an edit", "refused".to_owned()))?;
        self.batch += 1;
        say(socket, &Up::Push { batch: self.batch, items: vec![item], author: None }).await
    }

    async fn take(&mut self, socket: &mut Socket, down: &Down) -> Result<(), CrowdFailure> {
        let Down::Rows { to, more, digest, .. } = down else { return Ok(()) };
        self.cursor = *to;
        self.digest = digest.unwrap_or(self.digest);
        if *more { say(socket, &Up::More { cursor: *to }).await } else { Ok(()) }
    }

    /// Returns how many edits of this tablet the relay has.
    pub async fn stored(&self, socket: &mut Socket) -> Result<u64, CrowdFailure> {
        let want = Want { document: self.desk.id(), after: Sequence(0), form: None, begins: None };
        say(socket, &Up::Pull { wants: vec![want] }).await?;
        let mut found = 0;
        loop {
            let Down::Changes { document, changes, last, .. } = hear(socket).await? else {
                continue;
            };
            if document == self.desk.id() {
                found += changes.len() as u64;
                if last {
                    return Ok(found);
                }
            }
        }
    }
}

async fn say(socket: &mut Socket, up: &Up) -> Result<(), CrowdFailure> {
    let message = Message::Binary(frame::encode(up).into());
    socket.send(message).await.map_err(attempting("send a frame"))
}

async fn hear(socket: &mut Socket) -> Result<Down, CrowdFailure> {
    let failed = "hear from the relay";
    loop {
        match socket.next().await {
            Some(Ok(Message::Binary(bytes))) => {
                return frame::decode(&bytes).map_err(attempting(failed));
            }
            Some(Ok(Message::Close(_))) | None => {
                return Err(CrowdFailure(failed, "it has hung up".to_owned()));
            }
            Some(Ok(_)) => {}
            Some(Err(cause)) => return Err(attempting(failed)(cause)),
        }
    }
}
