//! Days and points in time as people and spreadsheets write them.
//!
//! A text that can be read in one way only is read that way. One that can be read in two (3/4/2025)
//! is read as the file's answer says, and not at all while there is none. A time without a zone is
//! in UTC.

use crate::{
    form::{DayOrder, Form},
    reason::Reason,
};
use domain::time::{Day, Timestamp};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 86_400_000;
/// The day a spreadsheet counts from.
const SPREADSHEET_FIRST: i32 = -25_569;
/// What a spreadsheet's number of a day lies between: 1954 and 2119.
const SERIALS: std::ops::Range<i32> = 20_000..80_000;
/// A two-digit year below this is of this century.
const CENTURY_PIVOT: i32 = 70;

const MONTHS: [(&str, u32); 24] = [
    ("января", 1),
    ("февраля", 2),
    ("марта", 3),
    ("апреля", 4),
    ("мая", 5),
    ("июня", 6),
    ("июля", 7),
    ("августа", 8),
    ("сентября", 9),
    ("октября", 10),
    ("ноября", 11),
    ("декабря", 12),
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
];

/// Reads a point in time.
pub fn timestamp(text: &str, form: &Form) -> Result<Timestamp, Reason> {
    let text = text.trim();
    if let Some(at) = iso(text).or_else(|| serial(text)).or_else(|| epoch(text)) {
        return Ok(at);
    }
    let (day, rest) = split_day(text, form.slashes)?.ok_or(Reason::PointInTime)?;
    let clock = if rest.is_empty() { Some(0) } else { clock_ms(rest) };
    clock.map(|clock| Timestamp(day.start().0 + clock)).ok_or(Reason::PointInTime)
}

/// Reads a day without a time.
pub fn day(text: &str, form: &Form) -> Result<Day, Reason> {
    let text = text.trim();
    if let Some(at) = serial(text).or_else(|| epoch(text)).filter(|at| at.0 % DAY_MS == 0) {
        return Ok(at.day());
    }
    let (day, rest) = split_day(text, form.slashes)?.ok_or(Reason::Day)?;
    if rest.is_empty() || clock_ms(rest) == Some(0) { Ok(day) } else { Err(Reason::Day) }
}

/// A way days are written in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Written {
    /// 2024-12-31
    Iso,
    /// 2024/12/31
    YearFirst,
    /// 31.12.2024
    Dotted,
    /// 31/12/2024
    DayFirst,
    /// 12/31/2024
    MonthFirst,
    /// 3/4/2025, which only an answer can settle.
    Ambiguous,
    /// 2024年12月31日
    Ideographic,
    /// 31 декабря 2024
    InWords,
    /// 45657, the number a spreadsheet has for it.
    Serial,
    /// 1735603200000
    Epoch,
}

/// Tells the way a day or point in time is written, if it is one.
pub fn written(text: &str) -> Option<Written> {
    let text = text.trim();
    if serial(text).is_some() {
        return Some(Written::Serial);
    }
    if epoch(text).is_some() {
        return Some(Written::Epoch);
    }
    if text.get(..10).is_some_and(|day| day.parse::<Day>().is_ok()) {
        return Some(Written::Iso);
    }
    let found = match split_day(text, None) {
        Ok(found) => found?.0,
        Err(_) => return Some(Written::Ambiguous),
    };
    let first = text.split('/').next().filter(|first| first.len() < text.len());
    Some(match first {
        Some(year) if year.len() == 4 => Written::YearFirst,
        Some(day) if day.parse() == Ok(found.civil().2) => Written::DayFirst,
        Some(_) => Written::MonthFirst,
        None if text.contains('年') => Written::Ideographic,
        None if text.contains(char::is_alphabetic) => Written::InWords,
        None => Written::Dotted,
    })
}

/// Splits a day off the beginning, whatever way it is written.
fn split_day(text: &str, slashes: Option<DayOrder>) -> Result<Option<(Day, &str)>, Reason> {
    let end = text.find(' ').filter(|end| text[..*end].contains(['.', '/', '-', '日']));
    let (written, rest) = end.map_or((text, ""), |end| (&text[..end], text[end..].trim()));
    if let Ok(day) = written.parse() {
        return Ok(Some((day, rest)));
    }
    if let Some(parts) = three(written, '.') {
        return Ok(civil(year_of(parts[2]), parts[1], parts[0]).map(|day| (day, rest)));
    }
    if let Some(parts) = three(written, '/') {
        let day = slashed(parts, slashes)?;
        return Ok(day.map(|day| (day, rest)));
    }
    Ok(ideographic(text).or_else(|| in_words(text)))
}

fn three(text: &str, sign: char) -> Option<[&str; 3]> {
    let parts: Vec<_> = text.split(sign).collect();
    let digits = |part: &&str| is_digits(part) && part.len() <= 4;
    <[&str; 3]>::try_from(parts).ok().filter(|parts| parts.iter().all(digits))
}

fn slashed(parts: [&str; 3], slashes: Option<DayOrder>) -> Result<Option<Day>, Reason> {
    if parts[0].len() == 4 {
        return Ok(civil(parts[0].parse().ok(), parts[1], parts[2]));
    }
    let year = year_of(parts[2]);
    let day_first = civil(year, parts[1], parts[0]);
    let month_first = civil(year, parts[0], parts[1]);
    match (day_first, month_first, slashes) {
        (Some(one), Some(other), None) if one != other => Err(Reason::AmbiguousDay),
        (Some(_), Some(other), Some(DayOrder::MonthFirst)) => Ok(Some(other)),
        (one, other, _) => Ok(one.or(other)),
    }
}

/// Reads `2024年1月5日`.
fn ideographic(text: &str) -> Option<(Day, &str)> {
    let (year, rest) = text.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let (day, rest) = rest.split_once('日')?;
    Some((civil(year.trim().parse().ok(), month.trim(), day.trim())?, rest.trim()))
}

/// Reads `5 января 2024 г.` and `5 January 2024`.
fn in_words(text: &str) -> Option<(Day, &str)> {
    let (day, rest) = text.split_once(' ')?;
    let (word, rest) = rest.trim_start().split_once(' ')?;
    let word = word.to_lowercase();
    let month = MONTHS.iter().find(|(known, _)| *known == word)?.1;
    let (year, rest) = rest.trim_start().split_at_checked(4)?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix("г.").or_else(|| rest.strip_prefix("года")).unwrap_or(rest);
    Some((Day::from_civil(year.parse().ok()?, month, day.parse().ok()?)?, rest.trim()))
}

fn year_of(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 if year < CENTURY_PIVOT => Some(2000 + year),
        2 => Some(1900 + year),
        _ => None,
    }
}

fn civil(year: Option<i32>, month: &str, day: &str) -> Option<Day> {
    Day::from_civil(year?, month.parse().ok()?, day.parse().ok()?)
}

/// Reads what a spreadsheet keeps of a day: days, and a fraction to the second.
fn serial(text: &str) -> Option<Timestamp> {
    let (days, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let plain = is_digits(days) && days.len() == 5 && is_digits(fraction) && fraction.len() <= 12;
    let days: i32 = plain.then(|| days.parse().ok())??;
    let whole: i64 = fraction.parse().ok()?;
    let scale = 10_i64.pow(fraction.len() as u32);
    let seconds = (i128::from(whole) * 86_400 * 2 + i128::from(scale)) / (2 * i128::from(scale));
    let start = Day(days + SPREADSHEET_FIRST).start().0;
    SERIALS.contains(&days).then_some(Timestamp(start + seconds as i64 * 1000))
}

/// Reads milliseconds since 1970.
fn epoch(text: &str) -> Option<Timestamp> {
    (text.len() == 13 && is_digits(text)).then(|| text.parse().ok().map(Timestamp))?
}

fn iso(text: &str) -> Option<Timestamp> {
    let (day, time) = text.split_at_checked(10)?;
    let day: Day = day.parse().ok()?;
    let time = time.strip_prefix(['T', 't', ' '])?;
    let zone_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    let zone = if zone.is_empty() { 0 } else { zone_ms(zone)? };
    Some(Timestamp(day.start().0 + clock_ms(clock)? - zone))
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
    Some(sign * (two_digits(hours, 15)? * 60 + minutes) * MINUTE_MS)
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

    const AT: Timestamp = Timestamp(1_704_450_600_000);

    fn read(text: &str, slashes: Option<DayOrder>) -> Result<Timestamp, Reason> {
        timestamp(text, &Form { slashes, ..Form::PLAIN })
    }

    #[test]
    fn every_way_to_write_a_point_in_time_reads_the_same() {
        for text in [
            "2024-01-05T10:30:00Z",
            "2024-01-05T18:30:00+08:00",
            "  2024-01-05T10:30:00Z\u{a0}",
            "2024-01-05 10:30",
            "05.01.2024 10:30",
            "05.01.24 10:30",
            "2024年1月5日 10:30",
            "5 января 2024 г. 10:30",
            "5 January 2024 10:30",
            "45296.43750",
            "1704450600000",
            "2024/01/05 10:30",
        ] {
            assert_eq!(read(text, None), Ok(AT), "{text}");
        }
        assert_eq!(read("5/1/2024 10:30", Some(DayOrder::DayFirst)), Ok(AT));
        assert_eq!(read("1/5/2024 10:30", Some(DayOrder::MonthFirst)), Ok(AT));
    }

    #[test]
    fn which_is_the_month_is_asked_and_not_guessed() {
        assert_eq!(read("3/4/2025", None), Err(Reason::AmbiguousDay));
        assert_eq!(written("3/4/2025 10:00"), Some(Written::Ambiguous));
        let day = |text, slashes| day(text, &Form { slashes, ..Form::PLAIN }).unwrap().to_string();
        assert_eq!(day("13/4/2025", None), "2025-04-13");
        assert_eq!(day("4/13/2025", None), "2025-04-13");
        assert_eq!(day("4/4/2025", None), "2025-04-04");
        assert_eq!(day("3/4/2025", Some(DayOrder::DayFirst)), "2025-04-03");
        assert_eq!(day("3/4/2025", Some(DayOrder::MonthFirst)), "2025-03-04");
    }

    #[test]
    fn the_way_a_day_is_written_is_told() {
        for (text, way) in [
            ("2024-01-05T18:30:00+08:00", Written::Iso),
            ("2024/01/05", Written::YearFirst),
            ("05.01.2024 10:30", Written::Dotted),
            ("31/12/2024", Written::DayFirst),
            ("12/31/2024 10:30", Written::MonthFirst),
            ("2024年1月5日 10:30", Written::Ideographic),
            ("5 января 2024 г.", Written::InWords),
            ("45296.43750", Written::Serial),
            ("1704450600000", Written::Epoch),
        ] {
            assert_eq!(written(text), Some(way), "{text}");
        }
        assert_eq!(written("soon"), None);
    }

    #[test]
    fn what_is_no_point_in_time_is_refused() {
        for text in ["2024-02-30T00:00:00Z", "2024-01-05T24:00:00Z", "", "soon", "31.02.2024", "12"]
        {
            assert_eq!(read(text, None), Err(Reason::PointInTime), "{text}");
        }
        assert_eq!(day("45296", &Form::PLAIN).unwrap().to_string(), "2024-01-05");
        assert_eq!(day("45296.5", &Form::PLAIN), Err(Reason::Day));
        assert_eq!(read("1970-01-01T00:00-0130", None), Ok(Timestamp(5_400_000)));
        assert_eq!(read("1970-01-01 00:00:01.25Z", None), Ok(Timestamp(1_250)));
    }
}
