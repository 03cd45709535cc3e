//! Writes what fuzzing begins with into a folder.

use std::{fs, io, path::PathBuf};

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("."), PathBuf::from);
    fs::create_dir_all(&folder)?;
    fuzz::seeds::seeds()
        .into_iter()
        .try_for_each(|(name, bytes)| fs::write(folder.join(name), bytes))
}
