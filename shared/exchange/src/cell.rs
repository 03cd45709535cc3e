//! One cell of an exported file: text a spreadsheet will not take for a formula, and back again.
//!
//! A leading sign that begins a formula gets a quote before it, and so does text that already
//! begins with such quotes; taking one quote away again is therefore exact. Plain numbers stay.

use std::borrow::Cow;

/// The characters a spreadsheet may begin a formula or a new cell with.
const DANGEROUS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Returns the text as it may stand in a cell.
pub fn defuse(text: &str) -> Cow<'_, str> {
    if is_dangerous(text) && !is_plain_number(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Returns the text a cell was written from.
pub fn read(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest) => rest,
        _ => cell,
    }
}

fn is_dangerous(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(DANGEROUS)
}

fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction]
        .iter()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, cell: &str) {
        assert_eq!(defuse(text), cell);
        assert_eq!(read(cell), text);
    }

    #[test]
    fn a_formula_becomes_text_and_comes_back() {
        check("=1+1", "'=1+1");
        check("+7 000 795-29-90", "'+7 000 795-29-90");
        check("@SUM(A1)", "'@SUM(A1)");
        check("-2+3", "'-2+3");
        check("\tcmd", "'\tcmd");
        check("＝1", "'＝1");
    }

    #[test]
    fn plain_text_and_numbers_are_left_alone() {
        check("-12.50", "-12.50");
        check("N. O'Hara", "N. O'Hara");
        check("'quoted'", "'quoted'");
        check("", "");
    }

    #[test]
    fn text_that_looks_defused_already_comes_back_too() {
        check("'=1", "''=1");
        check("''-x", "'''-x");
    }
}
