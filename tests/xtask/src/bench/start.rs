//! Cold start with no line. The browser does the measuring; see `tests/browser/bench/start.mjs`.

use super::Figure;
use crate::{book, build, check, failure::*, setup, step};
use serde_json::Value;

pub fn measure(sizes: &[u32]) -> Outcome<Vec<Figure>> {
    setup::for_browser()?;
    build::everything()?;
    let mut figures = Vec::new();
    for size in sizes {
        let mut command = check::node()?;
        command.arg("browser/bench/start.mjs").arg(book::of_rows(*size)?);
        let mut last = String::new();
        let words = format!("starting cold with {size} accounts and no line");
        step::watch(&words, &mut command, |line| last = line.to_owned())?;
        figures.extend(read(&last, *size)?);
    }
    Ok(figures)
}

/// Reads the figures on the script's last line: name to milliseconds or counts.
pub fn read(line: &str, size: u32) -> Outcome<Vec<Figure>> {
    let value: Value = serde_json::from_str(line)
        .map_err(|cause| Failure::new("reading what the browser measured", cause))?;
    let fields = value.as_object().into_iter().flatten();
    Ok(fields
        .filter_map(|(name, value)| {
            let unit = if name.ends_with("_ms") { "ms" } else { "count" };
            Some(Figure::new(format!("{size} {name}"), value.as_f64()?, unit))
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn each_figure_says_its_size_and_its_unit() {
        let figures = read(r#"{"start_ms": 812.5, "rows": 1003}"#, 1000).expect("it is an object");
        let told: Vec<_> = figures.iter().map(|each| (&*each.name, &*each.unit)).collect();
        assert_eq!(told, [("1000 rows", "count"), ("1000 start_ms", "ms")]);
        assert!(read("not json", 1).is_err());
    }
}
