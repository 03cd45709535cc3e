//! Recorded figures: the JSON of each run, and sentences filled in from it.

use crate::failure::*;
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path};

/// What stands where a run has not been recorded.
pub const NOT_RECORDED: &str = "not recorded yet";

/// The JSON of each run, by its name.
pub struct Figures(BTreeMap<String, Value>);

impl Figures {
    /// Reads every file of a folder.
    pub fn read(folder: &Path) -> Outcome<Self> {
        let words = format!("reading the figures in {}", folder.display());
        let mut runs = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(|cause| Failure::new(&words, cause))? {
            let path = entry.map_err(|cause| Failure::new(&words, cause))?.path();
            let Some(name) = path.file_stem() else { continue };
            let text = fs::read_to_string(&path).map_err(|cause| Failure::new(&words, cause))?;
            let value = serde_json::from_str(&text).map_err(|cause| Failure::new(&words, cause))?;
            runs.insert(name.to_string_lossy().into_owned(), value);
        }
        Ok(Self(runs))
    }

    /// Puts a run's figures where `{name}` stands in a sentence.
    pub fn fill(&self, run: &str, sentence: &str) -> Outcome<String> {
        let Some(found) = self.0.get(run) else { return Ok(NOT_RECORDED.to_owned()) };
        let mut filled = String::new();
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, behind)) = after.split_once('}') else { break };
            let value = figure(found, name).ok_or_else(|| {
                Failure::new(format!("filling in the figures of {run}"), format!("no {name}"))
            })?;
            filled.push_str(before);
            filled.push_str(&value);
            rest = behind;
        }
        filled.push_str(rest);
        Ok(filled)
    }
}

/// Returns a figure by its name: of a bench with its unit, else a number of the object.
fn figure(run: &Value, name: &str) -> Option<String> {
    if let Some(all) = run.get("figures").and_then(Value::as_array) {
        let one = all.iter().find(|one| one["name"] == name)?;
        return Some(format!("{} {}", number(&one["value"])?, one["unit"].as_str()?));
    }
    number(name.split('.').try_fold(run, |value, part| value.get(part))?)
}

/// Returns a number with its thousands set apart.
fn number(value: &Value) -> Option<String> {
    let value = value.as_f64()?;
    let text = if value.fract() == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") };
    let (whole, fraction) =
        text.split_once('.').map_or((&*text, ""), |(whole, _)| (whole, &text[whole.len()..]));
    let mut parts = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && digit.is_ascii_digit() && (whole.len() - place).is_multiple_of(3) {
            parts.push(',');
        }
        parts.push(digit);
    }
    Some(parts + fraction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn figures() -> Figures {
        let bench = json!({ "bench": "gate", "figures": [
            { "name": "at 100 changes", "value": 1.26, "unit": "ms" }
        ] });
        let check = json!({ "frames": 1_000_000, "lost": 0, "events": { "opened": 11 } });
        Figures([("bench".to_owned(), bench), ("check".to_owned(), check)].into())
    }

    #[test]
    fn a_sentence_says_what_the_run_has_found() {
        let fill = |run, sentence| figures().fill(run, sentence).expect("filled in");
        assert_eq!(fill("check", "{lost} of {frames}, {events.opened}"), "0 of 1,000,000, 11");
        assert_eq!(fill("bench", "{at 100 changes} a batch"), "1.3 ms a batch");
    }

    #[test]
    fn what_no_run_has_told_is_never_made_up() {
        assert_eq!(figures().fill("sim", "{lost}").expect("filled in"), NOT_RECORDED);
        assert!(figures().fill("check", "{gone}").is_err());
    }
}
