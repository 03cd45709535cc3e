//! The relay as a process: started, killed, and asked what it weighs.

use super::{CrowdFailure, attempting};
use domain::id::PersonId;
use server::{
    access::passwords,
    storage::{home::Home, people::Person},
};
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time,
};

const PASSWORD: &str = "correct horse battery";
const START_MAX: Duration = Duration::from_secs(30);
/// Clock ticks a second, as `/proc` counts them on every Linux there is.
const TICKS: f64 = 100.0;

/// A relay with some workspaces and one person in each.
pub struct Process {
    program: PathBuf,
    folder: PathBuf,
    pub address: SocketAddr,
    child: Child,
}

/// Somebody signed in, by the number of their workspace.
#[derive(Clone)]
pub struct Visitor {
    pub person: PersonId,
    pub cookie: String,
}

impl Process {
    /// Makes the workspaces in a fresh folder and starts the relay on it.
    pub async fn start(program: &Path, workspaces: u8) -> Result<Self, CrowdFailure> {
        let folder = std::env::temp_dir().join(format!("tessera-crowd-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        people(&folder, workspaces)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let address = listener.and_then(|listener| listener.local_addr());
        let address = address.map_err(attempting("find a free port"))?;
        let child = spawn(program, &folder, address)?;
        let process = Self { program: program.to_owned(), folder, address, child };
        process.answers().await?;
        Ok(process)
    }

    /// Ends the relay at once, as a power cut would, and starts it again on what it left.
    pub async fn kill_and_start(&mut self) -> Result<(), CrowdFailure> {
        self.kill();
        self.child = spawn(&self.program, &self.folder, self.address)?;
        self.answers().await
    }

    fn kill(&mut self) {
        // One that has ended by itself is found by whoever asks it something next.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    async fn answers(&self) -> Result<(), CrowdFailure> {
        let deadline = Instant::now() + START_MAX;
        loop {
            match TcpStream::connect(self.address).await {
                Ok(_) => return Ok(()),
                Err(cause) if Instant::now() > deadline => {
                    return Err(attempting("reach the relay")(cause));
                }
                Err(_) => time::sleep(Duration::from_millis(5)).await,
            }
        }
    }

    /// Signs the person of a workspace in.
    pub async fn sign_in(&self, workspace: u8) -> Result<Visitor, CrowdFailure> {
        let address = self.address;
        let body = format!("{{\"login\":\"p{workspace}\",\"password\":\"{PASSWORD}\"}}");
        let request = format!(
            "POST /api/sign-in HTTP/1.1\r\nhost: {address}\r\norigin: http://{address}\r\n\
             content-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let failed = |cause: std::io::Error| attempting("sign in")(cause);
        let mut stream = TcpStream::connect(address).await.map_err(failed)?;
        stream.write_all(request.as_bytes()).await.map_err(failed)?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.map_err(failed)?;
        let cookie = answer.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let value = name.eq_ignore_ascii_case("set-cookie").then_some(value)?;
            value.trim().split(';').next()
        });
        let cookie = cookie.ok_or_else(|| CrowdFailure("sign in", answer.clone()))?;
        Ok(Visitor { person: person(workspace), cookie: cookie.to_owned() })
    }

    /// Returns what the relay takes of memory now, in KiB.
    pub fn memory_kib(&self) -> f64 {
        self.status("VmRSS:")
    }

    /// Returns the most it ever took, in KiB.
    pub fn memory_kib_max(&self) -> f64 {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> f64 {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let text = text.unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.trim_end_matches("kB").trim().parse().ok()).unwrap_or(f64::NAN)
    }

    /// Returns the seconds of a core the relay has used.
    pub fn cpu_seconds(&self) -> f64 {
        cpu_seconds(&self.child.id().to_string())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        // What cannot be removed is in a folder for such things.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Returns the seconds of a core a process has used, or `"self"`.
pub fn cpu_seconds(process: &str) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after_name = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let ticks = after_name.split_whitespace().skip(11).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS
}

/// Returns what the system holds for all TCP sockets, in KiB.
pub fn sockets_kib() -> f64 {
    let text = std::fs::read_to_string("/proc/net/sockstat").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("TCP:")).unwrap_or_default();
    let pages = line.split_whitespace().last().and_then(|pages| pages.parse::<f64>().ok());
    pages.unwrap_or(f64::NAN) * 4.0
}

fn spawn(program: &Path, folder: &Path, address: SocketAddr) -> Result<Child, CrowdFailure> {
    Command::new(program)
        .arg("serve")
        .args(["--listen", &address.to_string()])
        .arg("--data")
        .arg(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(attempting("start the relay"))
}

fn people(folder: &Path, workspaces: u8) -> Result<(), CrowdFailure> {
    let failed = "make the workspaces";
    std::fs::create_dir_all(folder).map_err(attempting(failed))?;
    let home = Home::open(folder).map_err(attempting(failed))?;
    let password_hash = passwords::hash(PASSWORD).map_err(attempting(failed))?;
    for number in 0..workspaces {
        let name = format!("w{number}");
        let workspace = home.make_workspace(&name, [number + 1; 16]).map_err(attempting(failed))?;
        let login = format!("p{number}");
        let id = person(number);
        let password_hash = password_hash.clone();
        home.add_person(&Person { name: login.clone(), login, id, workspace, password_hash })
            .map_err(attempting(failed))?;
    }
    Ok(())
}

fn person(workspace: u8) -> PersonId {
    PersonId([workspace + 1; 16])
}
