//! The page itself: what it asks for at start, in as few and as early requests as there can be.
//!
//! Each file costs the way through the service worker, which is most of what a small one costs.

use crate::failure::*;
use sha2::{Digest, Sha256};
use std::{fs, path::Path};

const PAGE: &str = "index.html";
const SHEET: &str = "<link rel=\"stylesheet\" href=\"/";
const LOADER: &str = "part-loader-";

/// Joins the style sheets of the page into one, and lets the page ask at once for the script that
/// loads parts, which it would otherwise hear of only from another script.
pub fn shorten(site: &Path) -> Outcome {
    let page = read(site, PAGE)?;
    let sheets = sheets(&page);
    let joined: Vec<String> =
        sheets.iter().map(|sheet| read(site, sheet)).collect::<Outcome<_>>()?;
    let joined = joined.join("\n");
    let name = named(&joined);
    let page = with_loader(&with_sheet(&page, &name), &loader(site)?);
    for (file, text) in [(name.as_str(), joined), (PAGE, page)] {
        fs::write(site.join(file), text)
            .map_err(|cause| Failure::new(format!("writing {file}"), cause))?;
    }
    for sheet in sheets {
        fs::remove_file(site.join(&sheet))
            .map_err(|cause| Failure::new(format!("removing {sheet}"), cause))?;
    }
    Ok(())
}

fn read(site: &Path, file: &str) -> Outcome<String> {
    fs::read_to_string(site.join(file))
        .map_err(|cause| Failure::new(format!("reading {file}"), cause))
}

/// Returns the style sheets the page names, in its order.
fn sheets(page: &str) -> Vec<String> {
    let after = page.split(SHEET).skip(1);
    after.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

/// Returns a name that changes with the text.
fn named(text: &str) -> String {
    let hash: String =
        Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("styles-{hash}.css")
}

/// Puts one sheet where the first stood, and none where the others did.
fn with_sheet(page: &str, name: &str) -> String {
    let mut pieces = page.split(SHEET);
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for (number, piece) in pieces.enumerate() {
        let rest = piece.split_once('>').map_or("", |(_, rest)| rest);
        if number == 0 {
            whole.push_str(&format!("{SHEET}{name}\" />"));
            whole.push_str(rest);
        } else {
            whole.truncate(whole.trim_end().len());
            whole.push_str(rest);
        }
    }
    whole
}

fn with_loader(page: &str, loader: &str) -> String {
    let link = format!("<link rel=\"modulepreload\" href=\"/{loader}\" crossorigin=\"anonymous\">");
    page.replacen("</head>", &format!("{link}</head>"), 1)
}

fn loader(site: &Path) -> Outcome<String> {
    let failed = |cause: String| Failure::new("finding the script that loads parts", cause);
    let entries = fs::read_dir(site).map_err(|cause| failed(cause.to_string()))?;
    let mut names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    names
        .find(|name| name.starts_with(LOADER) && name.ends_with(".js"))
        .ok_or_else(|| failed(format!("none in {}", site.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: &str = "<head>\n  \
        <link rel=\"stylesheet\" href=\"/one-1.css\" integrity=\"sha\"/>\n  \
        <link rel=\"stylesheet\" href=\"/two-2.css\" integrity=\"sha\"/>\n<script></script></head>";

    #[test]
    fn sheets_are_joined_in_the_order_of_the_page() {
        assert_eq!(sheets(SHORT), ["one-1.css", "two-2.css"]);
        assert_eq!(
            with_sheet(SHORT, "styles-3.css"),
            "<head>\n  <link rel=\"stylesheet\" href=\"/styles-3.css\" />\n<script></script></head>"
        );
    }

    #[test]
    fn the_script_that_loads_parts_is_asked_for_by_the_page() {
        let page = with_loader(SHORT, "part-loader-4.js");
        assert!(page.ends_with(
            "<link rel=\"modulepreload\" href=\"/part-loader-4.js\" crossorigin=\"anonymous\"></head>"
        ));
    }

    #[test]
    fn another_style_has_another_name() {
        assert_ne!(named("a { color: red }"), named("a { color: blue }"));
    }
}
