//! Whether an answer is the expected one, within what the case allows.
//!
//! Text, truth, null and lengths must agree exactly; whole numbers too, unless their path has an
//! allowance of its own. A path has dots, list places are numbers, `*` stands for one step.

use serde_json::{Map, Value};

/// What a number may be off by.
#[derive(Clone, Copy)]
struct Allowance {
    relative: f64,
    absolute: f64,
}

/// Returns how the answer differs, one sentence a difference.
pub fn differences(expected: &Value, answer: &Value, tolerance: &Value) -> Vec<String> {
    let mut found = Vec::new();
    compare(expected, answer, tolerance, &mut Vec::new(), &mut found);
    found
}

fn compare(
    expected: &Value,
    answer: &Value,
    tolerance: &Value,
    path: &mut Vec<String>,
    found: &mut Vec<String>,
) {
    let mut differ = || found.push(format!("{}: {answer} instead of {expected}", path.join(".")));
    match (expected, answer) {
        (Value::Object(members), Value::Object(others)) => {
            for (name, member) in members {
                path.push(name.clone());
                match others.get(name) {
                    None => found.push(format!("{}: missing", path.join("."))),
                    Some(other) => compare(member, other, tolerance, path, found),
                }
                path.pop();
            }
        }
        (Value::Array(entries), Value::Array(others)) if entries.len() == others.len() => {
            for (place, (entry, other)) in entries.iter().zip(others).enumerate() {
                path.push(place.to_string());
                compare(entry, other, tolerance, path, found);
                path.pop();
            }
        }
        (Value::Number(number), Value::Number(other)) => {
            let (x, y) = (number.as_f64().unwrap_or(f64::NAN), other.as_f64().unwrap_or(f64::NAN));
            let (allowance, own) = allowance(tolerance, path);
            let exact = !number.is_f64() && !own;
            let off = allowance.absolute.max(allowance.relative * x.abs());
            let agrees = if exact { x == y } else { (x - y).abs() <= off };
            if !agrees {
                differ();
            }
        }
        _ if expected == answer => {}
        _ => differ(),
    }
}

/// Returns what the number at the path may be off by, and whether the path has an own allowance.
fn allowance(tolerance: &Value, path: &[String]) -> (Allowance, bool) {
    let empty = Map::new();
    let paths = tolerance.get("paths").and_then(Value::as_object).unwrap_or(&empty);
    let fits = |pattern: &str| {
        let steps: Vec<_> = pattern.split('.').collect();
        steps.len() == path.len()
            && steps.iter().zip(path).all(|(step, here)| *step == "*" || step == here)
    };
    let own = paths.iter().find(|(pattern, _)| fits(pattern)).map(|(_, own)| own);
    let Some(chosen) = own.or_else(|| tolerance.get("default")) else {
        return (Allowance { relative: 1e-9, absolute: 1e-9 }, false);
    };
    let part = |name: &str| chosen.get(name).and_then(Value::as_f64).unwrap_or(0.0);
    (Allowance { relative: part("rel"), absolute: part("abs") }, own.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whole_numbers_agree_exactly_unless_their_path_allows_more() {
        let tolerance = json!({ "default": { "rel": 0.1 }, "paths": { "rows.*": { "abs": 1 } } });
        assert!(!differences(&json!({ "n": 100 }), &json!({ "n": 101 }), &tolerance).is_empty());
        let (rows, off) = (json!({ "rows": [100] }), json!({ "rows": [101.0], "more": 1 }));
        assert!(differences(&rows, &off, &tolerance).is_empty());
        assert!(differences(&json!(1.0), &json!(1.05), &tolerance).is_empty());
    }

    #[test]
    fn nothing_is_not_zero_and_lengths_count() {
        let tolerance = json!({});
        assert_eq!(differences(&json!(null), &json!(0.0), &tolerance).len(), 1);
        assert_eq!(differences(&json!([1]), &json!([1, 2]), &tolerance).len(), 1);
        assert_eq!(differences(&json!({ "a": 1 }), &json!({}), &tolerance), ["a: missing"]);
    }
}
