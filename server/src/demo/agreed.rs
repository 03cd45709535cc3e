//! What the demo workspace has agreed on, told by its book: the currency most deals are in, the
//! rates of `exchange_rates.csv`, the zone most accounts are in, and what was sold, as products at
//! the price and cost most usual for them.

use domain::{
    edit::{CatalogueEdit, ConfigurationEdit, Edit},
    id::ProductId,
    money::{Currency, Money},
    rate::{self, Rate, Rates},
    setting::{Setting, Subject},
    time::Day,
};
use exchange::identity::Identity;
use std::{collections::BTreeMap, fs::File, io, path::Path};

/// The edits of the two documents all devices have.
#[derive(Debug, Default)]
pub struct Agreed {
    pub configuration: Vec<Edit>,
    pub catalogue: Vec<Edit>,
}

/// Reads what a book tells; a book without one of the files says nothing of what is in it.
pub fn of(book: &Path, workspace: &str) -> io::Result<Agreed> {
    let mut agreed = Agreed::default();
    let mut set = |subject: Subject, setting: Setting| {
        agreed.configuration.push(Edit::Configuration(ConfigurationEdit::Set(subject, setting)));
    };
    let mut rates = Rates::new();
    for [currency, quoted_in, day, rate] in
        rows(book, "exchange_rates.csv", ["currency", "quoted_in", "from_day", "rate"])?
    {
        let (Ok(currency), Ok(quoted_in)) = (currency.parse(), quoted_in.parse()) else { continue };
        let (Ok(day), Ok(rate)) = (day.parse::<Day>(), rate.parse::<Rate>()) else { continue };
        let dated: &mut BTreeMap<_, _> =
            rates.entry(currency).or_default().entry(quoted_in).or_default();
        dated.insert(day, rate);
        set(Subject::Currency(currency), Setting::Rate(quoted_in, day, Some(rate)));
    }
    let currencies = rows(book, "deals.csv", ["currency"])?.into_iter().map(|[currency]| currency);
    let reporting = most(currencies).and_then(|code| code.parse::<Currency>().ok());
    if let Some(currency) = reporting {
        set(Subject::Workspace, Setting::ReportingCurrency(currency));
        let sold = sold(book, &rates, currency)?;
        let identity = Identity::of(workspace);
        agreed.catalogue =
            sold.iter().flat_map(|(name, sold)| product(&identity, name, sold, currency)).collect();
    }
    let zones = rows(book, "accounts.csv", ["time_zone"])?.into_iter().map(|[zone]| zone);
    if let Some(zone) = most(zones) {
        let edit = ConfigurationEdit::Set(Subject::Workspace, Setting::TimeZone(zone));
        agreed.configuration.push(Edit::Configuration(edit));
    }
    Ok(agreed)
}

/// What one unit was sold for and what it cost, purchase by purchase, in minor units.
#[derive(Debug, Default)]
struct Sold {
    prices: Vec<i64>,
    costs: Vec<i64>,
}

/// Returns what was sold by category, at the rate of its day; what was given back is no sale.
fn sold(book: &Path, rates: &Rates, currency: Currency) -> io::Result<BTreeMap<String, Sold>> {
    let mut sold = BTreeMap::<String, Sold>::new();
    let names = ["category", "at", "currency", "amount", "cost", "quantity", "refund_of"];
    for [category, at, paid_in, amount, cost, quantity, refund_of] in
        rows(book, "purchases.csv", names)?
    {
        let day = at.get(..10).and_then(|day| day.parse::<Day>().ok());
        let paid_in = paid_in.parse::<Currency>().ok();
        let quantity = quantity.parse::<i64>().ok().filter(|quantity| *quantity > 0);
        let (Some(day), Some(paid_in), Some(quantity), true) =
            (day, paid_in, quantity, refund_of.is_empty())
        else {
            continue;
        };
        let each = |told: &str| {
            let told = Money::parse(told, paid_in).ok()?;
            Some(rate::convert(rates, told, currency, day).ok()?.minor / quantity)
        };
        let of = sold.entry(category).or_default();
        of.prices.extend(each(&amount));
        of.costs.extend(each(&cost));
    }
    Ok(sold)
}

fn product(identity: &Identity, name: &str, sold: &Sold, currency: Currency) -> Vec<Edit> {
    let id = ProductId(identity.derive("product", name));
    let worth = |each: &[i64]| middle(each).map(|minor| Money { minor, currency });
    [
        Setting::Name(name.to_owned()),
        Setting::Category(Some(name.to_owned())),
        Setting::Price(worth(&sold.prices)),
        Setting::Cost(worth(&sold.costs)),
    ]
    .map(|setting| Edit::Catalogue(CatalogueEdit::Set(id, setting)))
    .into()
}

fn middle(values: &[i64]) -> Option<i64> {
    let mut values = values.to_vec();
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

/// Returns what is there most often; of two as often, the first by name.
fn most(words: impl Iterator<Item = String>) -> Option<String> {
    let mut counts = BTreeMap::<String, u64>::new();
    words.filter(|word| !word.is_empty()).for_each(|word| *counts.entry(word).or_default() += 1);
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(word, _)| word)
}

/// Returns the cells of these columns; nothing where there is no such file or column.
fn rows<const N: usize>(book: &Path, file: &str, names: [&str; N]) -> io::Result<Vec<[String; N]>> {
    let file = match File::open(book.join(file)) {
        Err(failure) if failure.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other?,
    };
    let mut reader = csv::Reader::from_reader(file);
    let heads = reader.headers()?.clone();
    let places = names.map(|name| heads.iter().position(|head| head == name));
    if places.contains(&None) {
        return Ok(Vec::new());
    }
    let cell = |record: &csv::StringRecord, place: Option<usize>| {
        place.and_then(|place| record.get(place)).unwrap_or_default().to_owned()
    };
    let cells =
        reader.records().map(|record| record.map(|record| places.map(|at| cell(&record, at))));
    Ok(cells.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_book_of_a_thousand_tells_its_currency_rates_and_products() {
        let book = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/book-1000");
        let agreed = of(Path::new(book), "demo").unwrap();
        let has = |setting: &Setting| {
            let workspace = ConfigurationEdit::Set(Subject::Workspace, setting.clone());
            agreed.configuration.contains(&Edit::Configuration(workspace))
        };
        assert!(has(&Setting::ReportingCurrency(Currency(*b"RUB"))));
        assert!(has(&Setting::TimeZone("Europe/Moscow".to_owned())));
        assert_eq!(agreed.configuration.len(), 60 + 2);
        assert_eq!(agreed.catalogue.len(), 5 * 4);
    }

    #[test]
    fn a_book_with_nothing_to_tell_settles_nothing() {
        let agreed = of(Path::new("/nowhere"), "demo").unwrap();
        assert!(agreed.configuration.is_empty() && agreed.catalogue.is_empty());
    }
}
