//! Numbers as people and spreadsheets write them, made plain: digits and one decimal point.
//!
//! A comma or an apostrophe between groups of three, a decimal comma, brackets for less than
//! nothing, wide digits and the sign of the currency are understood. What may have lost digits
//! (1.2E+06) or can be read in two ways (1,200) is not.

use crate::{
    form::{Comma, Form},
    reason::Reason,
};
use domain::money::{Currency, Money};

/// What a currency is called beside an amount.
const SIGNS: [(&str, &[&str]); 14] = [
    ("$", &["USD", "CAD", "AUD"]),
    ("€", &["EUR"]),
    ("£", &["GBP"]),
    ("¥", &["CNY", "JPY"]),
    ("￥", &["CNY", "JPY"]),
    ("元", &["CNY"]),
    ("₽", &["RUB"]),
    ("руб.", &["RUB"]),
    ("руб", &["RUB"]),
    ("рублей", &["RUB"]),
    ("₸", &["KZT"]),
    ("тг", &["KZT"]),
    ("dollars", &["USD"]),
    ("euro", &["EUR"]),
];

/// Reads an amount of a currency, exactly.
pub fn money(text: &str, currency: Currency, form: &Form) -> Result<Money, Reason> {
    let bare = without_currency(text.trim(), currency)?;
    let plain = plain(bare, form).map_err(|reason| match reason {
        Reason::Number => Reason::Money(domain::money::MalformedMoney::Amount),
        other => other,
    })?;
    Ok(Money::parse(&plain, currency)?)
}

/// Reads a decimal number and returns it with digits and one decimal point.
pub fn plain(text: &str, form: &Form) -> Result<String, Reason> {
    let narrow: String = text.trim().chars().map(narrow).collect();
    let (negative, digits) = sign(narrow.trim());
    if digits.bytes().any(|byte| byte == b'e' || byte == b'E')
        && digits.starts_with(|first: char| first.is_ascii_digit())
    {
        return Err(Reason::Exponent);
    }
    let number = ungrouped(digits, form.comma)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, "0"));
    if !is_digits(whole) || !is_digits(fraction) {
        return Err(Reason::Number);
    }
    Ok(if negative { format!("-{number}") } else { number })
}

fn narrow(letter: char) -> char {
    match letter {
        '０'..='９' => char::from(b'0' + (letter as u32 - '０' as u32) as u8),
        '．' => '.',
        '，' => ',',
        '－' | '−' => '-',
        '（' => '(',
        '）' => ')',
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '’' => '\'',
        other => other,
    }
}

fn sign(text: &str) -> (bool, &str) {
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return (true, inner.trim());
    }
    match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

/// Takes the signs between groups of three out and makes the decimal sign a point.
fn ungrouped(text: &str, comma: Option<Comma>) -> Result<String, Reason> {
    let is_sign = |letter: &char| [',', '.', ' ', '\''].contains(letter);
    let signs: Vec<char> = text.chars().filter(is_sign).collect();
    let Some(last) = signs.last().copied() else { return Ok(text.to_owned()) };
    let same = signs.iter().all(|sign| *sign == last);
    let after = text.rsplit(last).next().unwrap_or_default();
    let decimal = match (last, same, signs.len()) {
        (' ' | '\'', true, _) => None,
        ('.', true, 1) => Some('.'),
        (',', true, 1) if after.len() != 3 => Some(','),
        (',', true, 1) if text.starts_with("0,") => Some(','),
        (',', true, 1) => match comma {
            Some(Comma::Decimal) => Some(','),
            Some(Comma::Thousands) => None,
            None => return Err(Reason::AmbiguousNumber),
        },
        (_, true, _) => None,
        ('.' | ',', false, _) if signs[..signs.len() - 1].iter().all(|sign| *sign == signs[0]) => {
            Some(last)
        }
        _ => return Err(Reason::Number),
    };
    let (whole, fraction) = match decimal {
        Some(sign) => text.rsplit_once(sign).unwrap_or((text, "")),
        None => (text, ""),
    };
    let groups: Vec<_> = whole.split(|letter| is_sign(&letter)).collect();
    let [first, rest @ ..] = &groups[..] else { return Err(Reason::Number) };
    if !rest.iter().all(|group| group.len() == 3) || (!rest.is_empty() && first.len() > 3) {
        return Err(Reason::Number);
    }
    let whole = groups.concat();
    Ok(if decimal.is_some() { format!("{whole}.{fraction}") } else { whole })
}

/// Takes the name or sign of the currency away, and refuses that of another one.
fn without_currency(text: &str, currency: Currency) -> Result<&str, Reason> {
    let code = currency.code();
    let lower = text.to_lowercase();
    let bare = |sign: &str| {
        let after = text.strip_prefix(sign).or_else(|| {
            let begins = lower.len() == text.len() && lower.ends_with(sign);
            begins.then(|| &text[..text.len() - sign.len()])
        });
        after.map(str::trim)
    };
    if let Some(rest) = bare(code).or_else(|| bare(&code.to_lowercase())) {
        return Ok(rest);
    }
    for (sign, currencies) in SIGNS {
        if let Some(rest) = bare(sign) {
            let agrees = currencies.contains(&code);
            return if agrees { Ok(rest) } else { Err(Reason::CurrencyDisagrees) };
        }
    }
    Ok(text)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, Reason>) {
        let expected = expected.map(str::to_owned);
        assert_eq!(plain(text, &Form::PLAIN), expected, "{text}");
    }

    #[test]
    fn every_plain_way_to_write_a_number_reads_the_same() {
        for text in [
            "1234.50",
            "1,234.50",
            "1\u{a0}234,50",
            "1'234.50",
            "+1234.50",
            "１２３４．５０",
            "1234,50",
        ] {
            check(text, Ok("1234.50"));
        }
        check("(12.00)", Ok("-12.00"));
        check("-0,5", Ok("-0.5"));
        check("1.234.567,5", Ok("1234567.5"));
        check("1,234,567", Ok("1234567"));
        check("0,125", Ok("0.125"));
    }

    #[test]
    fn what_has_two_readings_or_has_lost_digits_is_not_read() {
        check("1,200", Err(Reason::AmbiguousNumber));
        let answered = |comma| plain("1,200", &Form { comma: Some(comma), ..Form::PLAIN });
        assert_eq!(answered(Comma::Decimal), Ok("1.200".to_owned()));
        assert_eq!(answered(Comma::Thousands), Ok("1200".to_owned()));
        check("1.234568E+06", Err(Reason::Exponent));
        for text in ["N/A", "#N/A", "NULL", "-", "нет", "无", "", "12,34,5", "1.2.3", ".5", "5."]
        {
            check(text, Err(Reason::Number));
        }
    }

    #[test]
    fn a_currency_beside_an_amount_is_its_own_or_the_amount_is_refused() {
        let read = |text, currency: &str| {
            money(text, currency.parse().unwrap(), &Form::PLAIN).map(|money| money.decimal())
        };
        assert_eq!(read("₽ 1200.50", "RUB"), Ok("1200.50".to_owned()));
        assert_eq!(read("1 200,50 руб.", "RUB"), Ok("1200.50".to_owned()));
        assert_eq!(read("¥1200.50", "CNY"), Ok("1200.50".to_owned()));
        assert_eq!(read("12 USD", "USD"), Ok("12.00".to_owned()));
        assert_eq!(read("$5.00", "RUB"), Err(Reason::CurrencyDisagrees));
    }
}
