//! Checked small texts: parsed once at the border, never wrong afterwards.

use crate::refusal::Refusal;

/// The longest one-line text kept, in characters.
pub const LINE_CHARACTERS_MAX: usize = 500;
/// The longest prose kept in one piece, in characters.
pub const PROSE_CHARACTERS_MAX: usize = 20_000;

/// Returns the text without surrounding white space, refusing what is empty, too long or not one
/// line.
pub fn line(text: &str) -> Result<&str, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::Empty);
    }
    if text.chars().count() > LINE_CHARACTERS_MAX {
        return Err(Refusal::TooLong { characters_max: LINE_CHARACTERS_MAX as u32 });
    }
    if text.chars().any(char::is_control) {
        return Err(Refusal::NotOneLine);
    }
    Ok(text)
}

/// Returns the text without surrounding white space; it may be empty, but not too long or several
/// lines.
pub fn brief(text: &str) -> Result<&str, Refusal> {
    if text.trim().is_empty() { Ok("") } else { line(text) }
}

/// Returns one line, or nothing where only white space was typed.
pub fn optional(text: Option<&str>) -> Result<Option<String>, Refusal> {
    let text = brief(text.unwrap_or_default())?;
    Ok((!text.is_empty()).then(|| text.to_owned()))
}

/// Returns prose as it was typed, refusing only what is too long.
pub fn prose(text: &str) -> Result<&str, Refusal> {
    if text.chars().count() > PROSE_CHARACTERS_MAX {
        return Err(Refusal::TooLong { characters_max: PROSE_CHARACTERS_MAX as u32 });
    }
    Ok(text)
}
