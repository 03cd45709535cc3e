//! Money: an amount in minor units with its ISO 4217 code, one value that cannot come apart.

use minicbor::{Decode, Encode};
use std::{fmt, str::FromStr};

/// An ISO 4217 currency code in capitals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct Currency(#[cbor(with = "minicbor::bytes")] pub [u8; 3]);

/// An amount of minor units (kopecks, fen, cents) of one currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
pub struct Money {
    #[n(0)]
    pub minor: i64,
    #[n(1)]
    pub currency: Currency,
}

/// Why a text is not money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MalformedMoney {
    #[error("a currency is three Latin letters, as in EUR")]
    Currency,
    #[error("an amount is digits with at most one decimal point")]
    Amount,
    #[error("the currency has fewer decimal places than the amount")]
    Precision,
    #[error("the amount is too large to be kept")]
    TooLarge,
}

impl Currency {
    /// Returns how many decimal places the currency has, by ISO 4217.
    pub fn decimals(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }

    /// Returns the three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl Money {
    /// Reads a decimal amount such as `-1200.50`, exactly: nothing is rounded.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, MalformedMoney> {
        let (negative, digits) = match amount.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, amount),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(fraction) {
            return Err(MalformedMoney::Amount);
        }
        let decimals = currency.decimals() as usize;
        let (kept, beyond) = fraction.split_at(fraction.len().min(decimals));
        if beyond.bytes().any(|byte| byte != b'0') {
            return Err(MalformedMoney::Precision);
        }
        let text = format!("{whole}{kept:0<decimals$}");
        let minor = text.parse::<i64>().map_err(|_| MalformedMoney::TooLarge)?;
        Ok(Self { minor: if negative { -minor } else { minor }, currency })
    }

    /// Returns the amount as a plain decimal, without the currency: the inverse of [`Money::parse`].
    pub fn decimal(self) -> String {
        let decimals = self.currency.decimals() as usize;
        let sign = if self.minor < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.minor.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
    }
}

impl FromStr for Currency {
    type Err = MalformedMoney;
    fn from_str(text: &str) -> Result<Self, MalformedMoney> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(code) if code.iter().all(u8::is_ascii_uppercase) => Ok(Self(code)),
            _ => Err(MalformedMoney::Currency),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(amount: &str, currency: &str, expected: Result<i64, MalformedMoney>) {
        let currency = currency.parse().expect("a currency");
        assert_eq!(Money::parse(amount, currency).map(|money| money.minor), expected);
    }

    #[test]
    fn amounts_are_read_exactly_or_refused() {
        check("1200.50", "RUB", Ok(120_050));
        check("-0.05", "CNY", Ok(-5));
        check("12", "JPY", Ok(12));
        check("12.5", "JPY", Err(MalformedMoney::Precision));
        check("1.2.3", "USD", Err(MalformedMoney::Amount));
        check("99999999999999999999", "USD", Err(MalformedMoney::TooLarge));
    }

    #[test]
    fn a_decimal_reads_back_as_written() {
        for text in ["0.05", "-12.00", "7.10"] {
            let usd = "USD".parse().expect("a currency");
            assert_eq!(Money::parse(text, usd).expect("money").decimal(), text);
        }
    }
}
