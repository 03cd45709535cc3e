//! The currency a country pays in: lead lists tell a cost and a country, but no currency.

use domain::money::Currency;

/// Returns the currency of a country, where one is plainly its own.
pub fn of_country(country: &str) -> Option<Currency> {
    let code = match country {
        "AT" | "BE" | "BG" | "CY" | "DE" | "EE" | "ES" | "FI" | "FR" | "GR" | "HR" | "IE"
        | "IT" | "LT" | "LU" | "LV" | "MT" | "NL" | "PT" | "SI" | "SK" => "EUR",
        "AE" => "AED",
        "AM" => "AMD",
        "AU" => "AUD",
        "AZ" => "AZN",
        "BR" => "BRL",
        "BY" => "BYN",
        "CA" => "CAD",
        "CH" => "CHF",
        "CN" => "CNY",
        "CZ" => "CZK",
        "DK" => "DKK",
        "GB" => "GBP",
        "GE" => "GEL",
        "HK" => "HKD",
        "HU" => "HUF",
        "IL" => "ILS",
        "IN" => "INR",
        "JP" => "JPY",
        "KG" => "KGS",
        "KR" => "KRW",
        "KZ" => "KZT",
        "MX" => "MXN",
        "NO" => "NOK",
        "NZ" => "NZD",
        "PL" => "PLN",
        "RO" => "RON",
        "RS" => "RSD",
        "RU" => "RUB",
        "SE" => "SEK",
        "SG" => "SGD",
        "TR" => "TRY",
        "TW" => "TWD",
        "UA" => "UAH",
        "US" => "USD",
        "UZ" => "UZS",
        "ZA" => "ZAR",
        _ => return None,
    };
    code.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_pays_in_its_currency_or_is_not_guessed() {
        let code = |country| of_country(country).map(|currency| currency.code().to_owned());
        assert_eq!(code("DE").as_deref(), Some("EUR"));
        assert_eq!(code("KZ").as_deref(), Some("KZT"));
        assert_eq!(code("AQ"), None);
    }
}
