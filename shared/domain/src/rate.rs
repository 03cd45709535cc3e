//! Dated exchange rates: exact decimals, and no rate where none was entered.

use crate::{
    money::{Currency, Money},
    time::Day,
};
use minicbor::{Decode, Encode};
use std::{cmp::Ordering, collections::BTreeMap, fmt, str::FromStr};

/// How many units of one currency one unit of another is worth: `digits` over ten to the power of
/// `decimals`, without trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
pub struct Rate {
    #[n(0)]
    pub digits: u64,
    #[n(1)]
    pub decimals: u8,
}

/// The most decimal places a rate may have.
const DECIMALS_MAX: usize = 12;

/// Why a text is not a rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a rate is a decimal number above zero with at most {DECIMALS_MAX} decimal places")]
pub struct MalformedRate;

/// Why an amount has no value in another currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoValue {
    #[error("there is no rate from {from} to {to} on or before that day")]
    NoRate { from: Currency, to: Currency },
    #[error("the amount is too large to be converted")]
    TooLarge,
}

/// Currency → the currency its rates are quoted in → day → rate, in force until the next one.
pub type Rates = BTreeMap<Currency, BTreeMap<Currency, BTreeMap<Day, Rate>>>;

/// Returns the rate in force on a day, and the day it was set for.
pub fn rate_on(rates: &Rates, from: Currency, to: Currency, on: Day) -> Option<(Day, Rate)> {
    let dated = rates.get(&from)?.get(&to)?;
    dated.range(..=on).next_back().map(|(day, rate)| (*day, *rate))
}

/// Returns the amount in another currency at the rate of a day. A missing rate is said, never
/// taken for nought.
pub fn convert(rates: &Rates, amount: Money, to: Currency, on: Day) -> Result<Money, NoValue> {
    let from = amount.currency;
    if from == to {
        return Ok(amount);
    }
    let (_, rate) = rate_on(rates, from, to, on).ok_or(NoValue::NoRate { from, to })?;
    rate.apply(amount, to).ok_or(NoValue::TooLarge)
}

impl Rate {
    /// Returns the amount at this rate, rounded half to even; nothing where it is too large.
    pub fn apply(self, amount: Money, to: Currency) -> Option<Money> {
        let mut product = i128::from(amount.minor).checked_mul(i128::from(self.digits))?;
        product = product.checked_mul(10_i128.checked_pow(to.decimals())?)?;
        let divisor = 10_i128.checked_pow(u32::from(self.decimals) + amount.currency.decimals())?;
        let (whole, rest) = (product.div_euclid(divisor), product.rem_euclid(divisor));
        let up = match (rest * 2).cmp(&divisor) {
            Ordering::Less => false,
            Ordering::Equal => whole % 2 != 0,
            Ordering::Greater => true,
        };
        let minor = i64::try_from(whole + i128::from(up)).ok()?;
        Some(Money { minor, currency: to })
    }
}

impl FromStr for Rate {
    type Err = MalformedRate;
    fn from_str(text: &str) -> Result<Self, MalformedRate> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let fraction = fraction.trim_end_matches('0');
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) || fraction.len() > DECIMALS_MAX {
            return Err(MalformedRate);
        }
        let digits = format!("{whole}{fraction}").parse().map_err(|_| MalformedRate)?;
        if digits == 0 {
            Err(MalformedRate)
        } else {
            Ok(Self { digits, decimals: fraction.len() as u8 })
        }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = usize::from(self.decimals);
        let digits = format!("{:0>width$}", self.digits, width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        if decimals == 0 { write!(out, "{whole}") } else { write!(out, "{whole}.{fraction}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUB: Currency = Currency(*b"RUB");
    const USD: Currency = Currency(*b"USD");
    const JPY: Currency = Currency(*b"JPY");

    #[test]
    fn a_rate_reads_back_as_written() {
        for text in ["92.5057", "0.01081", "1", "7"] {
            assert_eq!(text.parse::<Rate>().expect("a rate").to_string(), text);
        }
        assert_eq!("1.50".parse::<Rate>(), "1.5".parse());
        for text in ["0", "0.000", "-1", "1,5", "", ".5", "1.0000000000001"] {
            assert_eq!(text.parse::<Rate>(), Err(MalformedRate), "{text}");
        }
    }

    #[test]
    fn a_conversion_is_exact_and_rounds_half_to_even() {
        let check = |rate: &str, minor, from, to, expected| {
            let rate: Rate = rate.parse().expect("a rate");
            let converted = rate.apply(Money { minor, currency: from }, to);
            assert_eq!(converted.map(|money| money.minor), Some(expected), "{minor} at {rate}");
        };
        check("92.5057", 10_000, USD, RUB, 925_057);
        check("0.5", 1, USD, RUB, 0);
        check("0.5", 3, USD, RUB, 2);
        check("0.5", -1, USD, RUB, 0);
        check("0.5", -3, USD, RUB, -2);
        check("150", 100, USD, JPY, 150);
        check("0.6", 100, JPY, RUB, 6_000);
    }

    #[test]
    fn a_missing_rate_is_said_and_an_older_one_holds_on() {
        let rate = "90".parse().expect("a rate");
        let rates: Rates = [(USD, [(RUB, [(Day(10), rate)].into())].into())].into();
        let dollar = Money { minor: 100, currency: USD };
        let rubles = |on| convert(&rates, dollar, RUB, Day(on)).map(|money| money.minor);
        assert_eq!(rubles(10), Ok(9_000));
        assert_eq!(rubles(5_000), Ok(9_000));
        assert_eq!(rubles(9), Err(NoValue::NoRate { from: USD, to: RUB }));
        assert_eq!(convert(&rates, dollar, USD, Day(0)), Ok(dollar));
        let large = Money { minor: i64::MAX, currency: USD };
        assert_eq!(convert(&rates, large, RUB, Day(10)), Err(NoValue::TooLarge));
    }
}
