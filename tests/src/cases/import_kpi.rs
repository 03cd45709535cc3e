//! A generated book of customers, read from its files and measured.

use super::{
    field::*,
    number as show,
    table::{Table, hundredths},
};
use analytics::{
    calendar::Month,
    customers::concentration::top_share,
    loyalty::ledger::{Entry, Kind, Ledger},
    measure::Period,
    proportion::Share,
    reason::{Found, Reason},
    sales::{
        deal::{Closing, DAY_MS, Deal, Outcome},
        outlook::Outlook,
        pipeline::{Terms, Totals},
    },
    sample::Sample,
    voice,
};
use domain::time::{Day, Timestamp};
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    process::{self, Command, Stdio},
};

/// The generator of the book, carried along so that the program needs nothing beside it but Python.
const GENERATOR: &str = include_str!("../../book/make_crm_data.py");
/// Rates come with at most this many decimals.
const RATE_SCALE: f64 = 1e6;
/// How long points live in the generated programme.
const POINTS_MONTHS: u32 = 12;

/// A folder that is gone when it is no longer needed.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs the generator into a fresh folder.
fn generate(asked: &Value) -> Found<Folder> {
    let folder = Folder(env::temp_dir().join(format!("tessera-case-{}", process::id())));
    let mut command = Command::new("python3");
    command.arg("-").stdin(Stdio::piped()).stdout(Stdio::null());
    for name in ["accounts", "seed"] {
        command.arg(format!("--{name}={}", whole(asked, name)?));
    }
    if let Some(style) = maybe(asked, "style") {
        command.arg(format!("--style={}", as_text(style)?));
    }
    command.arg("--out").arg(&folder.0);
    let mut running = command.spawn().map_err(|_| Reason::Malformed)?;
    let written = running.stdin.take().map(|mut pipe| pipe.write_all(GENERATOR.as_bytes()));
    let done = running.wait().is_ok_and(|status| status.success());
    if done && matches!(written, Some(Ok(()))) { Ok(folder) } else { Err(Reason::Malformed) }
}

/// Reads the text of an instant, or nothing from nothing.
fn instant(text: &str) -> Found<Option<Timestamp>> {
    if text.is_empty() { Ok(None) } else { as_time(&json!(text)).map(Some) }
}

/// Returns the rows of a file by the places of their columns, which every heading style shares.
fn open(folder: &Path, name: &str) -> Found<Table> {
    Table::open(&folder.join(format!("{name}.csv")))
}

/// Counts by name.
fn tally<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, u64> {
    let mut counts = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_insert(0) += 1);
    counts
}

pub fn import_kpi(input: &Value) -> Found<Value> {
    let generator = input.get("generator").ok_or(Reason::Malformed)?;
    let book = generate(generator)?;
    let mut shown = Map::new();
    shown.insert("rows".to_owned(), rows(&book.0)?);
    purchases(&book.0, input, &mut shown)?;
    deals(&book.0, &mut shown)?;
    leads(&book.0, &mut shown)?;
    surveys(&book.0, &mut shown)?;
    tickets(&book.0, &mut shown)?;
    shown.insert("points".to_owned(), points(&book.0, day(input, "as_of")?)?);
    Ok(Value::Object(shown))
}

fn rows(folder: &Path) -> Found<Value> {
    let names = "accounts contacts leads lead_events deals deal_stage_history activities \
                 purchases loyalty_events tickets ticket_events surveys";
    let count = |name: &str| Ok((name.to_owned(), json!(open(folder, name)?.len())));
    Ok(Value::Object(names.split_whitespace().map(count).collect::<Found<_>>()?))
}

fn rates(input: &Value) -> Found<BTreeMap<String, i128>> {
    let rates = input.get("fx_to_usd").and_then(Value::as_object).ok_or(Reason::Malformed)?;
    let scaled = |(code, rate): (&String, &Value)| {
        Ok((code.clone(), (as_number(rate)? * RATE_SCALE).round() as i128))
    };
    rates.iter().map(scaled).collect()
}

fn purchases(folder: &Path, input: &Value, shown: &mut Map<String, Value>) -> Found<()> {
    let (file, rates) = (open(folder, "purchases")?, rates(input)?);
    let mut net: BTreeMap<&str, i64> = BTreeMap::new();
    let mut spent: BTreeMap<String, i128> = BTreeMap::new();
    let mut first: BTreeMap<&str, Day> = BTreeMap::new();
    let mut buyers = BTreeSet::new();
    let quarter = Month::of("2024-10-01".parse().map_err(|_| Reason::Malformed)?);
    let mut refunds = 0;
    for account in open(folder, "accounts")?.at(0) {
        spent.insert(account.to_owned(), 0);
    }
    let columns = file.at(1).zip(file.at(2)).zip(file.at(3)).zip(file.at(4));
    for (((account, at), currency), amount) in columns {
        let minor = hundredths(amount)?;
        let day = instant(at)?.ok_or(Reason::Malformed)?.day();
        *net.entry(currency).or_default() += minor;
        let rate = rates.get(currency).ok_or(Reason::NoRate)?;
        *spent.entry(account.to_owned()).or_default() += i128::from(minor) * rate;
        if minor < 0 {
            refunds += 1;
            continue;
        }
        let earliest = first.entry(account).or_insert(day);
        *earliest = day.min(*earliest);
        if (quarter.0..quarter.0 + 3).contains(&Month::of(day).0) {
            buyers.insert(account);
        }
    }
    let spent = spent.into_values().map(|sum| i64::try_from(sum.max(0)));
    let spent: Vec<i64> = spent.collect::<Result<_, _>>().map_err(|_| Reason::OutOfRange)?;
    let months: Vec<_> = first.values().map(|day| Month::of(*day).to_string()).collect();
    shown.insert("purchases_net_minor".to_owned(), json!(net));
    shown.insert("refunds".to_owned(), json!(refunds));
    shown.insert("top_20_percent_share".to_owned(), show(top_share(&spent, 20)));
    shown.insert("buyers_2024_q4".to_owned(), json!(buyers.len()));
    let months = tally(months.iter().map(String::as_str));
    shown.insert("accounts_first_bought_in".to_owned(), json!(months));
    Ok(())
}

fn deals(folder: &Path, shown: &mut Map<String, Value>) -> Found<()> {
    let file = open(folder, "deals")?;
    let mut deals = Vec::new();
    let mut open_minor: BTreeMap<&str, i64> = BTreeMap::new();
    let columns = file.at(4).zip(file.at(5)).zip(file.at(8)).zip(file.at(10)).zip(file.at(11));
    for ((((amount, currency), created), closed), outcome) in columns {
        let minor = hundredths(amount)?;
        let outcome = match outcome {
            "won" => Some(Outcome::Won),
            "lost" => Some(Outcome::Lost),
            _ => None,
        };
        let closing = outcome.zip(instant(closed)?).map(|(outcome, at)| Closing { outcome, at });
        if closing.is_none() {
            *open_minor.entry(currency).or_default() += minor;
        }
        deals.push(Deal {
            amount_minor: Some(minor),
            created_at: instant(created)?.ok_or(Reason::Malformed)?,
            moves: Vec::new(),
            closing,
        });
    }
    let period = Period { from: Timestamp(i64::MIN), to: Timestamp(i64::MAX) };
    let terms = Terms { period, probability: Vec::new(), quota_minor: None };
    let outlook = Outlook::of(&Totals::of(&deals, &terms), &terms);
    shown.insert("win_rate".to_owned(), show(outlook.win_rate.value));
    shown.insert("won_cycle_median_days".to_owned(), show(outlook.cycle_median_days.value));
    shown.insert("open_pipeline_minor".to_owned(), json!(open_minor));
    Ok(())
}

fn leads(folder: &Path, shown: &mut Map<String, Value>) -> Found<()> {
    let file = open(folder, "leads")?;
    let all = tally(file.at(7));
    let converted = file.at(7).zip(file.at(8)).filter(|(_, status)| *status == "converted");
    let converted = tally(converted.map(|(source, _)| source));
    let rate = |(source, leads): (&&str, &u64)| {
        let share = Share { successes: converted.get(source).copied().unwrap_or(0), n: *leads };
        ((*source).to_owned(), show(share.estimate()))
    };
    let rates = Value::Object(all.iter().map(rate).collect());
    shown.insert("lead_conversion".to_owned(), rates);
    Ok(())
}

fn surveys(folder: &Path, shown: &mut Map<String, Value>) -> Found<()> {
    let file = open(folder, "surveys")?;
    let of = |kind: &str| -> Found<(u64, Vec<i64>)> {
        let asked = file.at(3).zip(file.at(4)).filter(|(other, _)| *other == kind);
        let scores: Vec<_> = asked.map(|(_, score)| score).collect();
        let answered = scores.iter().filter(|score| !score.is_empty());
        let read = |score: &&str| score.parse().map_err(|_| Reason::Malformed);
        Ok((scores.len() as u64, answered.map(read).collect::<Found<_>>()?))
    };
    let (asked, answers) = of("nps")?;
    let nps = voice::nps(&answers, 0.95)?;
    let response = Share { successes: answers.len() as u64, n: asked };
    shown.insert("nps".to_owned(), show(nps.nps));
    shown.insert("nps_response_rate".to_owned(), show(response.estimate()));
    shown.insert("csat_top2".to_owned(), show(voice::csat(&of("csat")?.1, 4, 5)?.csat));
    Ok(())
}

fn tickets(folder: &Path, shown: &mut Map<String, Value>) -> Found<()> {
    let file = open(folder, "tickets")?;
    let waits = file.at(7).zip(file.at(8)).map(|(created, replied)| {
        Ok(instant(created)?.zip(instant(replied)?).map(|(from, to)| to.0 - from.0))
    });
    let waits: Vec<Option<i64>> = waits.collect::<Found<_>>()?;
    let waits: Sample = waits.into_iter().flatten().collect();
    let minutes = waits.median().map(|median| median / (DAY_MS / 1440.0)).ok_or(Reason::NoRows);
    let unresolved = file.at(9).filter(|resolved| resolved.is_empty()).count();
    shown.insert("tickets_by_type".to_owned(), json!(tally(file.at(3))));
    shown.insert("ticket_backlog".to_owned(), json!(unresolved));
    shown.insert("first_response_median_minutes".to_owned(), show(minutes));
    Ok(())
}

fn points(folder: &Path, as_of: Day) -> Found<Value> {
    let file = open(folder, "loyalty_events")?;
    let mut members: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
    let columns = file.at(0).zip(file.at(1)).zip(file.at(2)).zip(file.at(3)).zip(file.at(4));
    for ((((id, account), kind), day), points) in columns {
        let points = points.parse().map_err(|_| Reason::Malformed)?;
        let kind = match kind {
            "earn" => Kind::Earn { points, valid_months: Some(POINTS_MONTHS) },
            _ => Kind::Burn { points },
        };
        let day = day.parse().map_err(|_| Reason::Malformed)?;
        members.entry(account).or_default().push(Entry { id, day, kind });
    }
    let mut sums = [0_i64; 5];
    for entries in members.values() {
        let ledger = Ledger::play(entries, as_of)?;
        let refused = ledger.refused.len() as i64;
        let parts = [ledger.balance(), ledger.expired, ledger.burned, ledger.earned, refused];
        sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
    }
    let [outstanding, expired, burned, earned, refused] = sums;
    Ok(json!({
        "outstanding": outstanding,
        "expired": expired,
        "burned": burned,
        "earned": earned,
        "refused": refused,
    }))
}
