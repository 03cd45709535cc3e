//! What `tessera` can be told to do.

use crate::{
    export::ExportArgs,
    import::ImportArgs,
    kpi::KpiArgs,
    settings::{Given, default_data},
    user::UserCommand,
};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Tessera: a customer's record on many devices at once, with or without a line.
///
/// This is the relay. It keeps each workspace's log of changes, judges what devices push, tells the
/// others, and serves the app.
#[derive(Debug, Parser)]
#[command(name = "tessera", version, arg_required_else_help = true)]
pub struct Tessera {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve devices and the app until told to stop
    Serve(ServeArgs),
    /// Bring a folder of files into a workspace
    Import(ImportCommand),
    /// Write a workspace's customers into files that can be brought in again
    Export(ExportCommand),
    /// Work out a dashboard's numbers, as the app does, and write them as JSON
    Kpi(KpiCommand),
    /// Manage who may sign in
    User(UserArgs),
}

#[derive(Debug, Args)]
pub struct ServeArgs {
    /// File with the same settings as below, as TOML: `listen = "127.0.0.1:8080"`
    #[arg(long, env = "TESSERA_SETTINGS", value_name = "FILE")]
    pub settings: Option<PathBuf>,
    /// Say that the data folder was put back from a backup: devices then offer again what it lacks,
    /// whoever wrote it. Once, at the first start after it
    #[arg(long)]
    pub restored: bool,
    #[command(flatten)]
    pub given: Given,
}

#[derive(Debug, Args)]
pub struct ImportCommand {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub import: ImportArgs,
}

#[derive(Debug, Args)]
pub struct ExportCommand {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub export: ExportArgs,
}

#[derive(Debug, Args)]
pub struct KpiCommand {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(flatten)]
    pub kpi: KpiArgs,
}

#[derive(Debug, Args)]
pub struct UserArgs {
    #[command(flatten)]
    pub data: DataArgs,
    #[command(subcommand)]
    pub command: UserCommand,
}

/// Where everything is kept.
#[derive(Debug, Args)]
pub struct DataArgs {
    /// Folder everything is kept in
    #[arg(long, env = "TESSERA_DATA", value_name = "DIR", global = true, default_value_os_t = default_data())]
    pub data: PathBuf,
}
