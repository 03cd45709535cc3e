//! What the app weighs.

use super::{compress::with, files};
use crate::{failure::*, parts::is_part};
use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

/// Bytes of the app's wasm: as it is, and as it travels.
pub struct Sizes {
    /// The main part, which has to be there before anything is shown.
    pub raw: u64,
    pub gzip: u64,
    pub brotli: u64,
    /// The parts that load with their screens, in brotli.
    pub parts: u64,
    /// Everything a first visit downloads, in brotli where there is a copy.
    pub first_visit: u64,
}

impl fmt::Display for Sizes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kilobytes = |bytes: u64| bytes as f64 / 1000.0;
        write!(
            out,
            "wasm {:.0} kB, gzip {:.0} kB, brotli {:.0} kB; parts {:.0} kB; first visit {:.0} kB",
            kilobytes(self.raw),
            kilobytes(self.gzip),
            kilobytes(self.brotli),
            kilobytes(self.parts),
            kilobytes(self.first_visit)
        )
    }
}

/// Measures a bundled site.
pub fn sizes(site: &Path) -> Outcome<Sizes> {
    let files = files(site)?;
    let wasm = files.iter().filter(|file| file.extension().is_some_and(|end| end == "wasm"));
    let (parts, main): (Vec<PathBuf>, Vec<PathBuf>) = wasm
        .map(|file| site.join(file))
        .partition(|file| file.file_name().is_some_and(|name| is_part(&name.to_string_lossy())));
    if main.is_empty() {
        return Err(Failure::new("measuring the app", "there is no wasm in the built app"));
    }
    let sum = |files: &[PathBuf], ending: &str| -> Outcome<u64> {
        files.iter().map(|file| weigh(&with(file, ending))).sum()
    };
    let first_visit = files
        .iter()
        .map(|file| site.join(file))
        .map(|file| weigh(&with(&file, ".br")).or_else(|_| weigh(&file)))
        .sum::<Outcome<u64>>()?;
    Ok(Sizes {
        raw: sum(&main, "")?,
        gzip: sum(&main, ".gz")?,
        brotli: sum(&main, ".br")?,
        parts: sum(&parts, ".br")?,
        first_visit,
    })
}

fn weigh(file: &Path) -> Outcome<u64> {
    fs::metadata(file)
        .map(|found| found.len())
        .map_err(|cause| Failure::new(format!("measuring {}", file.display()), cause))
}
