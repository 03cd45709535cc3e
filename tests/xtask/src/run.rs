//! `cargo xtask run`: from a fresh clone to a CRM in the browser.

use crate::{book, build, failure::*, place, step};
use std::{net::TcpListener, path::PathBuf};

#[derive(clap::Args)]
pub struct Arguments {
    /// How many customers the demo workspace begins with; their leads come with them.
    #[arg(long, default_value_t = 1000)]
    accounts: u32,
    /// The port to listen on, on this machine only.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where the workspace is kept [default: data/demo-ACCOUNTS, so that it outlives `cargo clean`]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

pub fn run(arguments: &Arguments) -> Outcome {
    let address = format!("127.0.0.1:{}", arguments.port);
    require_free(&address)?;
    build::everything()?;
    let book = book::of_accounts(arguments.accounts)?;
    let data = match &arguments.data {
        // The relay is started elsewhere, where the same words would mean another folder.
        Some(folder) => std::path::absolute(folder)
            .map_err(|cause| Failure::new(format!("finding {}", folder.display()), cause))?,
        None => place::root().join(format!("data/demo-{}", arguments.accounts)),
    };
    eprintln!("\n▸ starting Tessera on http://{address}");
    eprintln!("  the workspace is kept in {}", data.display());
    let mut command = step::command(place::relay());
    command.args(["serve", "--listen", &address]);
    command.arg("--data").arg(data).arg("--site").arg(place::site()).arg("--demo").arg(book);
    become_command(&mut command)
}

/// Says that the port is taken before minutes of building and not after.
fn require_free(address: &str) -> Outcome {
    TcpListener::bind(address).map(drop).map_err(|cause| {
        Failure::new(format!("listening on {address}"), cause)
            .remedy("stop what listens there, or take another: cargo xtask run --port 8081")
    })
}

/// Hands this process over, so that Ctrl-C and signals reach the relay itself.
#[cfg(unix)]
fn become_command(command: &mut std::process::Command) -> Outcome {
    use std::os::unix::process::CommandExt;
    Err(Failure::new("starting the relay", command.exec()))
}

#[cfg(not(unix))]
fn become_command(command: &mut std::process::Command) -> Outcome {
    step::run("the relay", command)
}
