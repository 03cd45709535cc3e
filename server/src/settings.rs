//! Every setting of the relay, its default and its meaning.
//!
//! A flag wins over the environment, the environment over the settings file, the file over the
//! default.

use clap::Args;
use serde::Deserialize;
use std::{
    env, fs, io,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

/// The settings as the relay runs with them.
#[derive(Debug, Clone)]
pub struct Settings {
    pub data: PathBuf,
    /// Whether the data folder was put back from a backup since it was last served.
    pub restored: bool,
    pub listen: SocketAddr,
    pub site: Option<PathBuf>,
    pub demo: Option<PathBuf>,
    pub behind_tls: bool,
    pub workspace_bytes_max: Option<u64>,
    /// Changes a document may have before it is begun anew; nothing where none ever is.
    pub changes_max: Option<u64>,
    pub session_days: u32,
}

/// The settings as somebody gave them: all may be missing.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Folder everything is kept in; made when it is new [default: tessera-data]
    #[arg(long, env = "TESSERA_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Address and port to listen on [default: 127.0.0.1:8080]
    #[arg(long, env = "TESSERA_LISTEN", value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,
    /// Folder of the built app; without one only the interface for devices is served
    /// [default: "site" beside this program, or where `cargo xtask` builds it]
    #[arg(long, env = "TESSERA_SITE", value_name = "DIR")]
    pub site: Option<PathBuf>,
    /// Book of customers to bring in at first start, into a workspace "demo" with people whose
    /// password is public; loopback only
    #[arg(long, env = "TESSERA_DEMO", value_name = "DIR")]
    pub demo: Option<PathBuf>,
    /// Set this when browsers reach the relay through a proxy that speaks TLS: the session's cookie
    /// is then marked for TLS even though the relay listens on loopback. The proxy has to pass the
    /// Host header on as it came [default: false]
    #[arg(
        long, env = "TESSERA_BEHIND_TLS", value_name = "true|false", num_args = 0..=1,
        default_missing_value = "true"
    )]
    pub behind_tls: Option<bool>,
    /// The most bytes one workspace's log may take; what comes after is not acknowledged
    /// [default: what the disk has]
    #[arg(long, env = "TESSERA_WORKSPACE_BYTES_MAX", value_name = "BYTES")]
    pub workspace_bytes_max: Option<u64>,
    /// The most changes a document may have before it is begun anew with its present state, such as
    /// 10000 [default: as many as there are]
    #[arg(long, env = "TESSERA_CHANGES_MAX", value_name = "CHANGES")]
    pub changes_max: Option<u64>,
    /// Days after which somebody signed in has to sign in again; work goes on without [default: 14]
    #[arg(long, env = "TESSERA_SESSION_DAYS", value_name = "DAYS")]
    pub session_days: Option<u32>,
}

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsFailure {
    #[error("could not read the settings file {}", path.display())]
    Read { path: PathBuf, source: io::Error },
    #[error("could not understand the settings file {}", path.display())]
    Parse { path: PathBuf, source: Box<toml::de::Error> },
    #[error("a session lasts from 1 to 365 days, not {0}")]
    SessionDays(u32),
}

impl Settings {
    /// Puts the settings together from flags and environment, a settings file, and the defaults.
    pub fn gather(given: Given, file: Option<&Path>) -> Result<Self, SettingsFailure> {
        let mut settings = Self::from(given, file.map(read).transpose()?.unwrap_or_default())?;
        let program = env::current_exe().ok();
        let beside = || program.as_deref().and_then(Path::parent).and_then(site_beside);
        settings.site = settings.site.or_else(beside);
        Ok(settings)
    }

    fn from(given: Given, file: Given) -> Result<Self, SettingsFailure> {
        let session_days = given.session_days.or(file.session_days).unwrap_or(14);
        if !(1..=365).contains(&session_days) {
            return Err(SettingsFailure::SessionDays(session_days));
        }
        Ok(Self {
            data: given.data.or(file.data).unwrap_or_else(default_data),
            restored: false,
            listen: given.listen.or(file.listen).unwrap_or_else(default_listen),
            site: given.site.or(file.site),
            demo: given.demo.or(file.demo),
            behind_tls: given.behind_tls.or(file.behind_tls).unwrap_or(false),
            workspace_bytes_max: given.workspace_bytes_max.or(file.workspace_bytes_max),
            changes_max: given.changes_max.or(file.changes_max).filter(|changes| *changes > 0),
            session_days,
        })
    }

    /// Returns the settings of a relay on a port the system picks, with a folder of its own.
    pub fn on_any_port(data: PathBuf) -> Self {
        Self {
            data,
            restored: false,
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            site: None,
            demo: None,
            behind_tls: false,
            workspace_bytes_max: None,
            changes_max: None,
            session_days: 14,
        }
    }

    /// Says whether browsers on other machines can reach the relay.
    pub fn reachable_from_outside(&self) -> bool {
        self.behind_tls || !self.listen.ip().is_loopback()
    }
}

/// Returns the data folder taken when none is named.
pub fn default_data() -> PathBuf {
    "tessera-data".into()
}

/// Returns the built app that lies where the program does.
fn site_beside(folder: &Path) -> Option<PathBuf> {
    let places = [folder.join("site"), folder.join("../release-site")];
    places.into_iter().find(|site| site.join("index.html").is_file())
}

fn default_listen() -> SocketAddr {
    (Ipv4Addr::LOCALHOST, 8080).into()
}

fn read(path: &Path) -> Result<Given, SettingsFailure> {
    let text = fs::read_to_string(path)
        .map_err(|source| SettingsFailure::Read { path: path.to_owned(), source })?;
    toml::from_str(&text).map_err(|source| SettingsFailure::Parse {
        path: path.to_owned(),
        source: Box::new(source),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_outside_reaches_a_relay_on_loopback() {
        let settings = Settings::gather(Given::default(), None).unwrap();
        assert!(!settings.reachable_from_outside());
        assert!(Settings { behind_tls: true, ..settings.clone() }.reachable_from_outside());
        let listen = ([0, 0, 0, 0], 8080).into();
        assert!(Settings { listen, ..settings }.reachable_from_outside());
    }

    #[test]
    fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
        let file: Given = toml::from_str("session_days = 3\nlisten = '127.0.0.1:1'").unwrap();
        let flag = Given { session_days: Some(5), ..Given::default() };
        let settings = Settings::from(flag, file).unwrap();
        assert_eq!((settings.session_days, settings.listen.port()), (5, 1));
        assert_eq!(settings.data, default_data());
        let none = Given { session_days: Some(0), ..Given::default() };
        assert!(Settings::from(none, Given::default()).is_err());
    }

    #[test]
    fn a_bound_of_no_changes_is_none() {
        let bound = |changes_max| {
            let given = Given { changes_max, ..Given::default() };
            Settings::from(given, Given::default()).unwrap().changes_max
        };
        assert_eq!((bound(None), bound(Some(0)), bound(Some(9))), (None, None, Some(9)));
    }

    #[test]
    fn the_app_is_found_beside_the_program() {
        let folder = env::temp_dir().join(format!("tessera-beside-{}", std::process::id()));
        assert_eq!(site_beside(&folder), None);
        let site = folder.join("site");
        fs::create_dir_all(&site).unwrap();
        assert_eq!(site_beside(&folder), None, "a folder without an app is none");
        fs::write(site.join("index.html"), "").unwrap();
        assert_eq!(site_beside(&folder), Some(site));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn a_setting_nobody_knows_is_an_error() {
        assert!(toml::from_str::<Given>("listn = '127.0.0.1:1'").is_err());
        assert!(toml::from_str::<Given>("listen = '127.0.0.1:1'").is_ok());
    }
}
