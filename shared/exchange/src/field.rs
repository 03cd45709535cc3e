//! One cell → one value, exactly or not at all: nothing is guessed.

use super::reason::Reason;
use domain::time::{Day, Timestamp};

/// Reads a point in time: ISO 8601 with a zone.
pub fn timestamp(text: &str) -> Result<Timestamp, Reason> {
    parse_timestamp(text).ok_or(Reason::PointInTime)
}

/// Reads a day without a time.
pub fn day(text: &str) -> Result<Day, Reason> {
    text.parse().map_err(|_| Reason::Day)
}

/// Reads a whole number.
pub fn whole(text: &str) -> Result<u32, Reason> {
    if !is_digits(text) {
        return Err(Reason::WholeNumber);
    }
    text.parse().map_err(|_| Reason::WholeNumber)
}

/// Reads a decimal number and returns it as it was written.
pub fn decimal(text: &str) -> Result<String, Reason> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (before, after) = digits.split_once('.').unwrap_or((digits, "0"));
    if is_digits(before) && is_digits(after) { Ok(text.to_owned()) } else { Err(Reason::Number) }
}

/// Reads a yes or no.
pub fn yes_or_no(text: &str) -> Result<bool, Reason> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Reason::YesOrNo),
    }
}

/// Reads an ISO 3166-1 alpha-2 code, in any case.
pub fn country(text: &str) -> Result<String, Reason> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        Ok(text.to_ascii_uppercase())
    } else {
        Err(Reason::Country)
    }
}

/// Reads an e-mail address.
pub fn email(text: &str) -> Result<String, Reason> {
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

fn parse_timestamp(text: &str) -> Option<Timestamp> {
    let (day, time) = text.split_at_checked(10)?;
    let day: Day = day.parse().ok()?;
    let time = time.strip_prefix(['T', 't', ' '])?;
    let zone_at = time.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = time.split_at(zone_at);
    Some(Timestamp(day.start().0 + clock_ms(clock)? - zone_ms(zone)?))
}

fn clock_ms(text: &str) -> Option<i64> {
    let (clock, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let mut parts = clock.split(':');
    let hours = two_digits(parts.next()?, 23)?;
    let minutes = two_digits(parts.next()?, 59)?;
    let seconds = parts.next().map_or(Some(0), |part| two_digits(part, 59))?;
    if parts.next().is_some() || !is_digits(fraction) {
        return None;
    }
    let thousandths: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths)
}

fn zone_ms(text: &str) -> Option<i64> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hours, minutes) = match rest.split_once(':') {
        Some(parts) => parts,
        None => rest.split_at_checked(2)?,
    };
    let minutes = if minutes.is_empty() { 0 } else { two_digits(minutes, 59)? };
    Some(sign * (two_digits(hours, 15)? * 60 + minutes) * 60_000)
}

fn two_digits(text: &str, most: i64) -> Option<i64> {
    let number = (text.len() == 2 && is_digits(text)).then(|| text.parse().ok())??;
    (number <= most).then_some(number)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_in_time_needs_its_zone() {
        let check = |text, expected: Option<i64>| {
            assert_eq!(timestamp(text).ok(), expected.map(Timestamp), "{text}");
        };
        check("1970-01-02T00:00:00Z", Some(86_400_000));
        check("1970-01-01T08:00:00+08:00", Some(0));
        check("1970-01-01 00:00:01.25Z", Some(1_250));
        check("1970-01-01T00:00-0130", Some(5_400_000));
        for refused in [
            "2024-01-05",
            "2024-01-05 10:00",
            "05.01.2024 10:00",
            "1/5/2024",
            "45296.5",
            "1704412800000",
            "2024年1月5日",
            "5 января 2024 г.",
            "2024-02-30T00:00:00Z",
            "2024-01-05T24:00:00Z",
            "",
        ] {
            check(refused, None);
        }
    }

    #[test]
    fn numbers_are_plain_or_refused() {
        assert_eq!(decimal("-12.50"), Ok("-12.50".to_owned()));
        for refused in ["1,5", "$5", "(5)", "1E3", "N/A", "５", "+5", ".5", "5."] {
            assert_eq!(decimal(refused), Err(Reason::Number), "{refused}");
        }
        assert_eq!(whole("12"), Ok(12));
        assert_eq!(whole("-1"), Err(Reason::WholeNumber));
    }

    #[test]
    fn an_address_without_a_place_is_not_an_address() {
        assert!(email("a@b.example").is_ok());
        for refused in ["a@@b", "a at b", "a@b;a@b", "mailto:a@b", "@b", ""] {
            assert_eq!(email(refused), Err(Reason::Email), "{refused}");
        }
    }

    #[test]
    fn a_code_is_known_in_any_case() {
        assert_eq!(code("Won", &[("won", 1), ("lost", 2)]), Ok(1));
        assert_eq!(code("gone", &[("won", 1)]), Err(Reason::UnknownCode("won".to_owned())));
        assert_eq!(country("ru"), Ok("RU".to_owned()));
        assert_eq!(country("Россия"), Err(Reason::Country));
    }
}
