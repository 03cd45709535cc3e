//! A relay of a test's own, and what a browser does with it: requests, and one socket.

use crate::folder::Folder;
use domain::id::PersonId;
use exchange::people::owner_id;
use server::{
    access::passwords,
    serve::{self, Running},
    settings::Settings,
    storage::{home::Home, people::Person},
};
use std::{collections::HashSet, net::SocketAddr, time::Duration};
use sync::{
    frame::{self, Down, PushItem, Up},
    id::{DeviceId, Digest, Sequence, Time},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time,
};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{self, Message, client::IntoClientRequest},
};

pub const PASSWORD: &str = "correct horse battery";
/// Longer than anything here takes; a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// A relay with two people of one workspace and one of another.
pub struct Relay {
    pub folder: Folder,
    pub settings: Settings,
    running: Option<Running>,
    pub address: SocketAddr,
}

impl Relay {
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(adjust: impl FnOnce(&mut Settings)) -> Self {
        let folder = Folder::new();
        people_of(&folder);
        Self::start_on(folder, adjust).await
    }

    /// Starts a relay on a folder as it is.
    pub async fn start_on(folder: Folder, adjust: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::on_any_port(folder.path().to_owned());
        adjust(&mut settings);
        let running = serve::start(settings.clone()).await.unwrap();
        let address = running.address;
        Self { folder, settings, running: Some(running), address }
    }

    /// Stops the relay and starts it on the same folder.
    pub async fn restart(&mut self) {
        self.stop().await;
        self.start_again().await;
    }

    pub async fn start_again(&mut self) {
        let running = serve::start(self.settings.clone()).await.unwrap();
        self.address = running.address;
        self.running = Some(running);
    }

    pub async fn stop(&mut self) {
        self.running.take().unwrap().stop().await.unwrap();
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        request(self.address, "GET", path, headers, "").await
    }

    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        post(self.address, path, headers, body).await
    }

    pub async fn sign_in_with(&self, login: &str, password: &str) -> Answer {
        sign_in_with(self.address, login, password).await
    }

    /// Returns the cookie of somebody signed in.
    pub async fn sign_in(&self, login: &str) -> String {
        sign_in_at(self.address, login).await
    }

    /// Signs somebody in and opens a socket from a device.
    pub async fn connect(&self, login: &str, device: u8) -> Socket {
        let cookie = self.sign_in(login).await;
        let origin = format!("http://{}", self.address);
        Socket::open(self.address, device, Some(&cookie), Some(&origin)).await.unwrap()
    }
}

/// Adds two people of one workspace and one of another.
pub fn people_of(folder: &Folder) {
    let home = Home::open(folder.path()).unwrap();
    let hash = passwords::hash(PASSWORD).unwrap();
    for (login, workspace) in [("kim", "acme"), ("liu", "acme"), ("eve", "other")] {
        let workspace = home.make_workspace(workspace, [workspace.as_bytes()[0]; 16]).unwrap();
        home.add_person(&Person {
            login: login.into(),
            id: owner_id(&workspace.name, login),
            name: login.into(),
            workspace,
            password_hash: hash.clone(),
        })
        .unwrap();
    }
}

/// Returns the ids of people as books name them.
pub fn people_named(workspace: &str, people: &[(&str, &str)]) -> HashSet<PersonId> {
    people.iter().map(|(_, name)| owner_id(workspace, name)).collect()
}

/// Returns the cookie of somebody signed in at a relay.
pub async fn sign_in_at(address: SocketAddr, login: &str) -> String {
    sign_in_as(address, login, PASSWORD).await
}

pub async fn sign_in_as(address: SocketAddr, login: &str, password: &str) -> String {
    let answer = sign_in_with(address, login, password).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let cookie = answer.header("set-cookie").unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

async fn sign_in_with(address: SocketAddr, login: &str, password: &str) -> Answer {
    let body = serde_json::json!({ "login": login, "password": password }).to_string();
    post(address, "/api/sign-in", &[], &body).await
}

/// Posts as a page of that relay does.
async fn post(address: SocketAddr, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let origin = format!("http://{address}");
    let mut all = vec![("origin", &*origin), ("content-type", "application/json")];
    all.retain(|(name, _)| headers.iter().all(|(other, _)| name != other));
    all.extend(headers);
    request(address, "POST", path, &all, body).await
}

async fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut text = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    text.push_str(&format!("connection: close\r\ncontent-length: {}\r\n\r\n", body.len()));
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(text.as_bytes()).await.unwrap();
    stream.write_all(body.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    time::timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.unwrap().unwrap();
    Answer::read(&bytes)
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        Self { status, headers, body: body.to_owned() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found == name).map(|(_, value)| &**value)
    }
}

/// One device's socket.
pub struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub device: DeviceId,
}

impl Socket {
    /// Opens a socket, or returns the status it was refused with.
    pub async fn open(
        address: SocketAddr,
        device: u8,
        cookie: Option<&str>,
        origin: Option<&str>,
    ) -> Result<Self, u16> {
        let device = DeviceId([device; 16]);
        Self::open_at(address, &format!("device={device}"), device, cookie, origin).await
    }

    /// Opens a socket of a tab that says whose it is.
    pub async fn open_of(
        address: SocketAddr,
        device: u8,
        cookie: &str,
        person: PersonId,
    ) -> Result<Self, u16> {
        let (device, origin) = (DeviceId([device; 16]), format!("http://{address}"));
        let asked = format!("device={device}&person={person}");
        Self::open_at(address, &asked, device, Some(cookie), Some(&origin)).await
    }

    async fn open_at(
        address: SocketAddr,
        asked: &str,
        device: DeviceId,
        cookie: Option<&str>,
        origin: Option<&str>,
    ) -> Result<Self, u16> {
        let address = format!("ws://{address}/api/socket?{asked}");
        let mut request = address.into_client_request().unwrap();
        let headers = request.headers_mut();
        cookie.map(|cookie| headers.insert("cookie", cookie.parse().unwrap()));
        origin.map(|origin| headers.insert("origin", origin.parse().unwrap()));
        match connect_async(request).await {
            Ok((stream, _)) => Ok(Self { stream, device }),
            Err(tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(failure) => panic!("{failure}"),
        }
    }

    pub async fn send(&mut self, up: &Up) {
        self.send_bytes(frame::encode(up)).await;
    }

    pub async fn send_bytes(&mut self, bytes: Vec<u8>) {
        self.send_message(Message::Binary(bytes.into())).await;
    }

    pub async fn send_message(&mut self, message: Message) {
        use tokio_tungstenite::tungstenite::Error;
        match futures_util::SinkExt::send(&mut self.stream, message).await {
            Ok(()) | Err(Error::ConnectionClosed) => {}
            Err(failure) => panic!("{failure}"),
        }
    }

    /// Returns the next frame, or nothing when the relay has closed.
    pub async fn next(&mut self) -> Option<Down> {
        loop {
            let next = futures_util::StreamExt::next(&mut self.stream);
            match time::timeout(PATIENCE, next).await.unwrap() {
                Some(Ok(Message::Binary(bytes))) => return Some(frame::decode(&bytes).unwrap()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// Returns the first frame that fits, passing over others.
    pub async fn wait_for<T>(&mut self, fits: impl Fn(&Down) -> Option<T>) -> T {
        loop {
            let down = self.next().await.expect("the relay closed");
            if let Some(found) = fits(&down) {
                return found;
            }
        }
    }

    /// Greets as a device that has nothing yet.
    pub async fn greet(&mut self) -> Down {
        self.greet_with(Some(true)).await
    }

    /// Greets as a device of a release that knew of no new beginnings.
    pub async fn greet_as_older(&mut self) -> Down {
        self.greet_with(None).await
    }

    async fn greet_with(&mut self, lineages: Option<bool>) -> Down {
        self.send(&Up::Hello {
            device: self.device,
            epoch: None,
            cursor: Sequence(0),
            digest: Digest([0; 16]),
            clock: Time(0),
            unsent: 0,
            schema: documents::genesis::SCHEMA,
            lineages,
        })
        .await;
        self.wait_for(|down| matches!(down, Down::Welcome { .. }).then(|| down.clone())).await
    }

    pub async fn push(&mut self, batch: u64, items: Vec<PushItem>) -> Vec<sync::verdict::Verdict> {
        self.send(&Up::Push { batch, items, author: None }).await;
        self.wait_for(|down| match down {
            Down::Verdicts { batch: of, items } if *of == batch => {
                Some(items.iter().map(|item| item.verdict.clone()).collect())
            }
            _ => None,
        })
        .await
    }
}
