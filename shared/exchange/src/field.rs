//! One cell → one value, exactly or not at all: nothing is guessed.

use crate::reason::Reason;

/// Reads a whole number.
pub fn whole(text: &str) -> Result<u32, Reason> {
    if !is_digits(text) {
        return Err(Reason::WholeNumber);
    }
    text.parse().map_err(|_| Reason::WholeNumber)
}

/// Reads a yes or no.
pub fn yes_or_no(text: &str) -> Result<bool, Reason> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "да" | "是" | "1" => Ok(true),
        "false" | "no" | "нет" | "否" | "0" => Ok(false),
        _ => Err(Reason::YesOrNo),
    }
}

/// What countries are called where their code is not used.
const COUNTRIES: [(&str, &str); 14] = [
    ("россия", "RU"),
    ("russia", "RU"),
    ("казахстан", "KZ"),
    ("kazakhstan", "KZ"),
    ("中国", "CN"),
    ("china", "CN"),
    ("китай", "CN"),
    ("usa", "US"),
    ("сша", "US"),
    ("united states", "US"),
    ("uk", "GB"),
    ("united kingdom", "GB"),
    ("germany", "DE"),
    ("германия", "DE"),
];

/// Reads an ISO 3166-1 alpha-2 code, in any case, or the name of a country.
pub fn country(text: &str) -> Result<String, Reason> {
    let lower = text.to_lowercase();
    if let Some((_, code)) = COUNTRIES.iter().find(|(name, _)| *name == lower) {
        return Ok((*code).to_owned());
    }
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        Ok(text.to_ascii_uppercase())
    } else {
        Err(Reason::Country)
    }
}

/// Reads an e-mail address.
pub fn email(text: &str) -> Result<String, Reason> {
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let parts: Vec<_> = text.split('@').collect();
    let plain = !text.chars().any(|letter| letter.is_whitespace() || ",;:<>".contains(letter));
    match parts[..] {
        [name, place] if plain && !name.is_empty() && !place.is_empty() => line(text),
        _ => Err(Reason::Email),
    }
}

/// Reads one line of text.
pub fn line(text: &str) -> Result<String, Reason> {
    domain::value::line(text).map(str::to_owned).map_err(Reason::Text)
}

/// Reads one of the codes, in any case.
pub fn code<T: Copy>(text: &str, codes: &[(&str, T)]) -> Result<T, Reason> {
    let found = codes.iter().find(|(code, _)| code.eq_ignore_ascii_case(text));
    found.map(|(_, meaning)| *meaning).ok_or_else(|| {
        let known: Vec<_> = codes.iter().map(|(code, _)| *code).collect();
        Reason::UnknownCode(known.join(", "))
    })
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_number_is_digits_only() {
        assert_eq!(whole("12"), Ok(12));
        assert_eq!(whole("-1"), Err(Reason::WholeNumber));
    }

    #[test]
    fn an_address_without_a_place_is_not_an_address() {
        assert!(email("a@b.example").is_ok());
        assert_eq!(email("mailto:a@b"), Ok("a@b".to_owned()));
        for refused in ["a@@b", "a at b", "a@b;a@b", "@b", ""] {
            assert_eq!(email(refused), Err(Reason::Email), "{refused}");
        }
    }

    #[test]
    fn a_code_is_known_in_any_case() {
        assert_eq!(code("Won", &[("won", 1), ("lost", 2)]), Ok(1));
        assert_eq!(code("gone", &[("won", 1)]), Err(Reason::UnknownCode("won".to_owned())));
        assert_eq!(country("ru"), Ok("RU".to_owned()));
        assert_eq!(country("Россия"), Ok("RU".to_owned()));
        assert_eq!(country("Atlantis"), Err(Reason::Country));
    }
}
