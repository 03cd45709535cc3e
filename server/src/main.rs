//! `tessera`: reads what it is told, does it, and says what went wrong in words.

#[cfg(feature = "failpoints")]
compile_error!("the program that is shipped has no places to fail at");

use clap::Parser;
use server::{
    command::{Command, ServeArgs, Tessera},
    demo,
    error::chain,
    export, import, kpi,
    serve::{self, Running},
    settings::Settings,
    user,
};
use std::{
    error::Error,
    io::{self, IsTerminal, Write},
    process::ExitCode,
};
use tokio::{
    runtime::Runtime,
    signal::unix::{SignalKind, signal},
};

fn main() -> ExitCode {
    let ansi = io::stderr().is_terminal();
    tracing_subscriber::fmt().with_writer(io::stderr).with_target(false).with_ansi(ansi).init();
    match run(Tessera::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("tessera: {}", chain(&*failure));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Box<dyn Error>> {
    match command {
        Command::Serve(args) => Runtime::new()?.block_on(serve_until_told(args)),
        Command::Import(args) => {
            println!("{}", import::run(&args.data.data, &args.import)?);
            Ok(())
        }
        Command::Export(args) => {
            println!("{}", export::run(&args.data.data, &args.export)?);
            Ok(())
        }
        Command::Kpi(args) => {
            print!("{}", kpi::run(&args.data.data, &args.kpi)?);
            Ok(())
        }
        Command::User(args) => {
            Ok(user::run(&args.data.data, args.command, io::stdin().lock(), io::stdout().lock())?)
        }
    }
}

async fn serve_until_told(args: ServeArgs) -> Result<(), Box<dyn Error>> {
    let mut settings = Settings::gather(args.given, args.settings.as_deref())?;
    settings.restored = args.restored;
    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    let mut running = serve::start(settings).await?;
    // A reader who has gone away is no reason to stop serving.
    if let Err(cause) = announce(&running, &mut io::stdout().lock()) {
        tracing::warn!(%cause, "nobody read where the relay is");
    }
    tokio::select! {
        ended = running.ended() => return Ok(ended?),
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
    }
    tracing::info!("stopping");
    Ok(running.stop().await?)
}

fn announce(running: &Running, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "Tessera is at http://{}", running.address)?;
    if !running.app {
        writeln!(
            out,
            "Only the interface for devices is served: no built app was found (--site DIR)."
        )?;
    }
    if running.demo {
        writeln!(out, "Sign in with the password {} as any of:", demo::PASSWORD)?;
        for (login, name) in demo::PEOPLE {
            writeln!(out, "  {login:<10} {name}")?;
        }
    }
    out.flush()
}
