//! The browser the tests drive.

use crate::failure::Outcome;
use std::{
    env,
    path::{Path, PathBuf},
};

/// Returns the browser to drive, when there is one. `TESSERA_CHROMIUM` names another.
pub fn chromium() -> Option<PathBuf> {
    let named = env::var_os("TESSERA_CHROMIUM").map(PathBuf::from);
    let usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    named.into_iter().chain(usual.map(PathBuf::from)).find(|path| path.is_file())
}

pub fn require_chromium() -> Outcome {
    let elsewhere = "install Chromium or Chrome and name it in TESSERA_CHROMIUM";
    if chromium().is_none() {
        super::apt::install("looking for Chromium", &["chromium"], elsewhere)?;
    }
    // Without these the Chinese half of every screenshot is empty boxes; tests pass all the same.
    if !Path::new("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc").is_file()
        && let Err(failure) =
            super::apt::install("looking for Chinese letters", &["fonts-noto-cjk"], elsewhere)
    {
        eprintln!("{failure}\n  going on: only screenshots need them");
    }
    Ok(())
}
