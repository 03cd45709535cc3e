//! Cuts the app into a main part and those that load with their screens. Trunk calls it after a
//! build; see docs/adr/0012.
//!
//! Every part carries the hash Trunk gave the whole, so that parts of two builds never meet.

use crate::{failure::*, place, step};
use std::{
    env, fs,
    path::{Path, PathBuf},
};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

/// What the parts are called before they are named after their build.
const CUT: &str = "split_";
const SHARED: &str = "chunk_";

/// Cuts what Trunk has just built, in the folder Trunk says.
pub fn cut() -> Outcome {
    let site = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).ok_or_else(|| {
        Failure::new("cutting the app into parts", "TRUNK_STAGING_DIR is not set")
            .remedy("this runs inside a build: cargo xtask run")
    })?;
    let whole = whole(env::var("TRUNK_PROFILE").as_deref() == Ok("release"));
    let name = name_of(&site)?;
    let main = place::target().join("parts");
    let loader = split(&whole, &main, &name)?;
    bind(&main.join("main.wasm"), &site, &name)?;
    name_parts(&main, &site, &loader, &name)
}

/// Returns the app as the compiler left it, with what cutting needs to know still in it.
fn whole(released: bool) -> PathBuf {
    let profile = if released { "wasm-release" } else { "debug" };
    place::target().join("wasm32-unknown-unknown").join(profile).join("app.wasm")
}

/// Returns the name Trunk gave the app, such as `app-1f9c2ab31f9c2ab3`.
fn name_of(site: &Path) -> Outcome<String> {
    let failed = |cause: String| Failure::new("finding the app Trunk built", cause);
    let entries = fs::read_dir(site).map_err(|cause| failed(cause.to_string()))?;
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    names
        .filter_map(|name| name.strip_suffix("_bg.wasm").map(str::to_owned))
        .next()
        .ok_or_else(|| failed(format!("no wasm in {}", site.display())))
}

/// Cuts the app; returns the name of the script that loads its parts.
fn split(whole: &Path, folder: &Path, name: &str) -> Outcome<String> {
    let failed = |cause: String| Failure::new("cutting the app into parts", cause);
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder).map_err(|cause| failed(cause.to_string()))?;
    let bytes = fs::read(whole).map_err(|cause| failed(cause.to_string()))?;
    let loader = format!("{}.js", named(&format!("{CUT}loader"), name));
    let (link_name, main_module) = (format!("./{loader}"), format!("./{name}.js"));
    let main = folder.join("main.wasm");
    let mut options = Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = &link_name;
    options.main_module = &main_module;
    transform(options).map_err(|cause| failed(format!("{cause:#}")))?;
    Ok(loader)
}

/// Writes the JavaScript of the main part over what Trunk wrote for the whole.
fn bind(main: &Path, site: &Path, name: &str) -> Outcome {
    let mut command = step::command(place::tools().join("bin/wasm-bindgen"));
    command.args(["--target", "web", "--no-typescript"]);
    command.args(["--remove-name-section", "--remove-producers-section", "--keep-lld-exports"]);
    command.arg("--out-dir").arg(site).arg("--out-name").arg(name).arg(main);
    step::run("binding the main part of the app", &mut command)
}

/// Puts the parts into the site under names of this build, and tells the loader.
fn name_parts(from: &Path, site: &Path, loader: &str, name: &str) -> Outcome {
    let failed = |cause: std::io::Error| Failure::new("naming the parts of the app", cause);
    let mut script = fs::read_to_string(from.join(loader)).map_err(failed)?;
    for entry in fs::read_dir(from).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let (Some(stem), Some(file)) = (path.file_stem(), path.file_name()) else { continue };
        let (stem, file) = (stem.to_string_lossy(), file.to_string_lossy());
        if !file.ends_with(".wasm") || !(stem.starts_with(CUT) || stem.starts_with(SHARED)) {
            continue;
        }
        let part = format!("{}.wasm", named(&stem, name));
        script = script.replace(&format!("./{file}"), &format!("./{part}"));
        let bytes = fs::read(&path).map_err(failed)?;
        fs::write(site.join(part), bare(&bytes)?).map_err(failed)?;
    }
    fs::write(site.join(loader), script).map_err(failed)
}

/// Returns a part's name in a build: `split_deals` of `app-1f9c` is `part-deals-1f9c`.
fn named(cut: &str, app: &str) -> String {
    let hash = app.rsplit('-').next().unwrap_or_default();
    let part = cut.trim_start_matches(CUT).replace('_', "-");
    format!("part-{part}-{hash}")
}

/// Returns whether a file of the site is a part, and not the main one.
pub fn is_part(file: &str) -> bool {
    file.starts_with("part-")
}

/// Returns a module without the sections that only people read.
fn bare(module: &[u8]) -> Outcome<Vec<u8>> {
    let failed = |cause| Failure::new("reading a part of the app", cause);
    let mut kept = Vec::with_capacity(module.len());
    let mut done = 0;
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.map_err(failed)?;
        let end = match &payload {
            Payload::Version { range, .. } => range.end,
            Payload::End(at) => *at,
            other => match other.as_section() {
                Some((_, range)) => range.end,
                None => continue,
            },
        };
        let names = matches!(&payload, Payload::CustomSection(custom)
            if matches!(custom.name(), "name" | "producers"));
        let end = end as usize;
        if !names {
            kept.extend_from_slice(&module[done..end]);
        }
        done = end;
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::{bare, named};

    #[test]
    fn a_part_is_named_after_its_screen_and_its_build() {
        assert_eq!(named("split_deals", "app-1f9c"), "part-deals-1f9c");
        assert_eq!(named("chunk_3", "app-1f9c"), "part-chunk-3-1f9c");
    }

    #[test]
    fn names_are_taken_out_and_the_rest_is_left() {
        let head = *b"\0asm\x01\0\0\0";
        let custom = |name: &[u8]| [&[0, name.len() as u8 + 1, name.len() as u8], name].concat();
        let module =
            [&head[..], &custom(b"name"), &custom(b"kept"), &custom(b"producers")].concat();
        let bare = bare(&module).unwrap_or_default();
        assert_eq!(bare, [&head[..], &custom(b"kept")].concat());
    }
}
