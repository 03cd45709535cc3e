//! Finishes what Trunk built: the precache list of the service worker and compressed copies; weighs
//! the result.

mod compress;
mod page;
mod precache;
mod size;

pub use size::sizes;

use crate::{failure::*, place};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What the main part may weigh on its way to a tablet: less than the goal of 600,000, with room
/// for what every screen shares. Putting it up takes a reason in docs/adr/0011.
pub const WASM_BROTLI_BYTES_MAX: u64 = 460_000;

pub fn bundle() -> Outcome {
    let site = place::site();
    page::shorten(&site)?;
    let files = files(&site)?;
    eprintln!("\n▸ bundling {} files of the app", files.len());
    precache::fill(&site, &files)?;
    for file in &files {
        compress::beside(&site.join(file))?;
    }
    eprintln!("  {}", sizes(&site)?);
    Ok(())
}

/// Fails when the built app weighs more than it may.
pub fn require_small() -> Outcome {
    let brotli = sizes(&place::site())?.brotli;
    if brotli <= WASM_BROTLI_BYTES_MAX {
        return Ok(());
    }
    let cause = format!("{brotli} bytes of brotli, {WASM_BROTLI_BYTES_MAX} allowed");
    Err(Failure::new("keeping the app small", cause)
        .remedy("look for a new dependency or a view without into_any()"))
}

/// Returns the app's own files below the site, sorted, compressed copies left out.
fn files(site: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![site.to_path_buf()];
    let failed = |cause| {
        Failure::new("listing the built app", cause).remedy("build it first: cargo xtask run")
    };
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let compressed = path.extension().is_some_and(|end| end == "br" || end == "gz");
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(below) = path.strip_prefix(site)
                && !compressed
            {
                found.push(below.to_path_buf());
            }
        }
    }
    found.sort();
    Ok(found)
}
