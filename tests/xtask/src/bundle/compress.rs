//! Compressed copies beside each file, made once here and not for every visitor.

use crate::failure::*;
use flate2::{Compression, write::GzEncoder};
use std::{
    ffi::OsString,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

/// Already compressed by their own format.
const CLOSED: [&str; 4] = ["png", "webp", "woff2", "ico"];

/// Writes `name.br` and `name.gz`.
pub fn beside(file: &Path) -> Outcome {
    if file.extension().is_some_and(|end| CLOSED.iter().any(|closed| end == *closed)) {
        return Ok(());
    }
    let failed = |cause| Failure::new(format!("compressing {}", file.display()), cause);
    let bytes = fs::read(file).map_err(failed)?;
    fs::write(with(file, ".br"), brotli(&bytes).map_err(failed)?).map_err(failed)?;
    fs::write(with(file, ".gz"), gzip(&bytes).map_err(failed)?).map_err(failed)
}

/// Returns the name of a copy: `app.wasm` becomes `app.wasm.br`.
pub fn with(file: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(ending);
    PathBuf::from(name)
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 24,
        size_hint: bytes.len(),
        ..Default::default()
    };
    brotli::BrotliCompress(&mut &*bytes, &mut out, &parameters)?;
    Ok(out)
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}
