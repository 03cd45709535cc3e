//! Books of customers of any size. A book is the beginning of every larger one, so a small one is
//! cut from the fixture and a large one is made by the generator the fixture came from.

use crate::{failure::*, place, setup, step};
use std::{
    fs::{self, File},
    io::{BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

const FIXTURE_ACCOUNTS: u32 = 1000;
const SEED: &str = "7";
const RATES: &str = "exchange_rates.csv";

/// Returns a folder with the first `accounts` customers and the leads around them.
pub fn of_accounts(accounts: u32) -> Outcome<PathBuf> {
    let fixture = place::root().join("tests/fixtures/book-1000");
    if accounts == FIXTURE_ACCOUNTS {
        return Ok(fixture);
    }
    let folder = place::root().join(format!("target/books/{accounts}"));
    if folder.join("manifest.json").is_file() {
        return Ok(folder);
    }
    if accounts < FIXTURE_ACCOUNTS {
        cut(&fixture, accounts, &folder)?;
    } else {
        generate(accounts, &folder)?;
        also_rates(&fixture, &folder)?;
    }
    Ok(folder)
}

/// Returns the smallest book with at least `rows` accounts, leads that became none counted in.
pub fn of_rows(rows: u32) -> Outcome<PathBuf> {
    let folder = place::root().join(format!("target/books/rows-{rows}"));
    if folder.join("manifest.json").is_file() {
        return Ok(folder);
    }
    // About four rows come from one customer; the margin is cut off again.
    let larger = of_accounts((rows / 4 + rows / 40 + 20).max(FIXTURE_ACCOUNTS))?;
    let accounts = count_accounts_for(&larger, rows)?;
    cut(&larger, accounts, &folder)?;
    Ok(folder)
}

fn generate(accounts: u32, folder: &Path) -> Outcome {
    let mut command = step::command(setup::python::require()?);
    command.arg("tests/book/make_crm_data.py");
    command.args(["--accounts", &accounts.to_string(), "--seed", SEED, "--out"]).arg(folder);
    step::run(&format!("making a book of {accounts} customers"), &mut command)
}

/// Copies the rows that belong to the first customers.
fn cut(book: &Path, accounts: u32, folder: &Path) -> Outcome {
    let failed = |cause| Failure::new(format!("cutting a book of {accounts} customers"), cause);
    fs::create_dir_all(folder).map_err(failed)?;
    for entry in fs::read_dir(book).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(name) = path.file_name() else { continue };
        if path.extension().is_none_or(|end| end != "csv") {
            continue;
        }
        if name == RATES {
            also_rates(book, folder)?;
            continue;
        }
        let mut out = BufWriter::new(File::create(folder.join(name)).map_err(failed)?);
        for (number, line) in BufReader::new(File::open(&path).map_err(failed)?).lines().enumerate()
        {
            let line = line.map_err(failed)?;
            if number == 0 || account_number(&line).is_some_and(|account| account <= accounts) {
                writeln!(out, "{line}").map_err(failed)?;
            }
        }
        out.flush().map_err(failed)?;
    }
    let manifest = format!("{{\"accounts\": {accounts}}}\n");
    fs::write(folder.join("manifest.json"), manifest).map_err(failed)
}

/// Copies the rates, which belong to no customer: a book of any size has the same.
fn also_rates(book: &Path, folder: &Path) -> Outcome {
    let copied = fs::copy(book.join(RATES), folder.join(RATES));
    copied.map(drop).map_err(|cause| Failure::new("copying the rates of the book", cause))
}

/// Returns how many customers it takes until they and their open leads are `rows`.
fn count_accounts_for(book: &Path, rows: u32) -> Outcome<u32> {
    let failed = |cause| Failure::new("counting a book of customers", cause);
    let leads = BufReader::new(File::open(book.join("leads.csv")).map_err(failed)?);
    let (mut found, mut last) = (0, 0);
    for line in leads.lines().skip(1) {
        let account = account_number(&line.map_err(failed)?).unwrap_or(last);
        if account != last && found >= rows {
            break;
        }
        // A customer's own lead stands for the customer; the others become accounts themselves.
        found += 1;
        last = account;
    }
    Ok(last)
}

/// Returns the customer a row belongs to: every id is a letter and the customer's seven digits.
fn account_number(line: &str) -> Option<u32> {
    line.get(1..8)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::account_number;

    #[test]
    fn every_row_names_its_customer_in_its_id() {
        assert_eq!(account_number("A0000012,ООО «Светлый Сервис»"), Some(12));
        assert_eq!(account_number("T0000002-d0-0,A0000002"), Some(2));
        assert_eq!(account_number("L0000001-1,2024-12-23"), Some(1));
        assert_eq!(account_number("lead_id,type,at"), None);
        assert_eq!(account_number(""), None);
    }
}
