//! Figures a program tells: one a line, name, value and unit with tabs between them.

use super::Figure;
use crate::{failure::*, step};
use std::process::Command;

/// Runs a program to its end and returns what it tells.
pub fn figures(words: &str, command: &mut Command) -> Outcome<Vec<Figure>> {
    let mut figures = Vec::new();
    step::watch(words, command, |line| figures.extend(figure(line)))?;
    Ok(figures)
}

fn figure(line: &str) -> Option<Figure> {
    let mut parts = line.split('\t');
    let (name, value, unit) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Figure::new(name, value.parse().ok()?, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_three_parts_is_a_figure_and_others_are_not() {
        let found = figure("p99 at 500 edits/s\t12.50\tms").map(|figure| figure.to_json());
        let expected = serde_json::json!({
            "name": "p99 at 500 edits/s", "value": 12.5, "unit": "ms"
        });
        assert_eq!(found, Some(expected));
        assert!(figure("Compiling tests").is_none() && figure("p99\tsoon\tms").is_none());
    }
}
