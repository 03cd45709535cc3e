//! Where things are in the repository and in its build folder.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
};

/// The top of the repository.
pub fn root() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    manifest.ancestors().nth(2).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// The folder cargo builds into.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Where the app is built as people get it: apart from where the quick loop builds it.
pub fn site() -> PathBuf {
    target().join("release-site")
}

/// Where the tools of this repository are installed, apart from the person's own.
pub fn tools() -> PathBuf {
    root().join("target/tools")
}

/// The relay as built for release.
pub fn relay() -> PathBuf {
    released("tessera")
}

/// The seeded world as built for release.
pub fn sim() -> PathBuf {
    released("sim")
}

/// The program that answers cases, as built for release.
pub fn case() -> PathBuf {
    released("case")
}

/// The seeded world with bugs in it, as built for release.
pub fn planted() -> PathBuf {
    released("planted")
}

/// A program as built for release.
pub fn released(program: &str) -> PathBuf {
    target().join("release").join(program).with_extension(env::consts::EXE_EXTENSION)
}

/// A program as built for looking into.
pub fn debugged(program: &str) -> PathBuf {
    target().join("debug").join(program).with_extension(env::consts::EXE_EXTENSION)
}

/// The Node package of the browser tests.
pub fn tests() -> PathBuf {
    root().join("tests")
}

/// PATH with this repository's tools in front.
pub fn path() -> OsString {
    let own = tools().join("bin");
    let inherited = env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(own.clone()).chain(env::split_paths(&inherited));
    env::join_paths(all).unwrap_or(own.into_os_string())
}
