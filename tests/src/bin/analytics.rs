//! How long the dashboards take over the rows of a book: at first and after one account changed;
//! how large the rows are; and how BG/NBD is fitted to everybody who bought. The last line is the
//! figures, as JSON.

use analytics::{
    boards::{
        Which,
        gathered::{Gathered, View},
    },
    customers::purchase::Purchase,
    service::zone::Zone,
    span::Span,
    value::{
        bgnbd::fitting::Fitting,
        occasion::{Occasions, occasions},
    },
};
use domain::{
    filter::{Filter, Reader},
    id::PersonId,
    row::AccountRow,
    time::Day,
};
use peak_alloc::PeakAlloc;
use serde_json::{Map, Value, json};
use std::{error::Error, hint::black_box, path::PathBuf, sync::Arc, time::Instant};
use tests::book_rows;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const TIMES: usize = 7;
/// The day the book ends before.
const TODAY: Day = Day(20_785);

fn main() -> Result<(), Box<dyn Error>> {
    let book = PathBuf::from(std::env::args_os().nth(1).ok_or("which book?")?);
    let projected = book_rows::project(&book, TODAY)?;
    let before = MEMORY.current_usage();
    let mut rows = projected.decode();
    rows.shrink_to_fit();
    let memory = MEMORY.current_usage() - before;
    let encoded: usize = projected.rows.iter().map(Vec::len).sum();
    let mut figures = Map::new();
    let mut note = |name: String, value: Value| drop(figures.insert(name, value));
    note("rows".into(), json!(rows.len()));
    note("row_bytes_kept".into(), json!(encoded as f64 / rows.len() as f64));
    note("row_bytes_in_memory".into(), json!(memory as f64 / rows.len() as f64));
    let configuration = Arc::new(projected.configuration);
    for which in Which::ALL {
        let view = View {
            which,
            configuration: configuration.clone(),
            filter: Filter::default(),
            reader: Reader { person: PersonId([9; 16]), today: TODAY },
            zone: Arc::new(Zone::utc()),
        };
        let stretch = Span::ThisYear.so_far(TODAY);
        let gather = middle(|| drop(black_box(Gathered::of(&rows, view.clone()))));
        let mut gathered = Gathered::of(&rows, view);
        let board = middle(|| drop(black_box(gathered.board(stretch))));
        let place = rows.len() / 2;
        let changed = middle(|| {
            gathered.tell_again(&rows, &[place]);
            drop(black_box(gathered.board(stretch)));
        });
        let code = which.code();
        note(format!("{code}_first_ms"), json!(gather + board));
        note(format!("{code}_gather_ms"), json!(gather));
        note(format!("{code}_after_change_ms"), json!(changed));
    }
    fit(&rows, &mut note)?;
    println!("{}", Value::Object(figures));
    Ok(())
}

/// Fits BG/NBD to everybody who bought, in days.
fn fit(rows: &[AccountRow], note: &mut impl FnMut(String, Value)) -> Result<(), Box<dyn Error>> {
    let bought = (0_u32..).zip(rows).flat_map(|(customer, row)| {
        row.purchases().map(move |one| Purchase {
            customer,
            day: one.at.day(),
            minor: one.amount.minor,
        })
    });
    let bought: Vec<_> = bought.collect();
    let customers: Vec<(Occasions, f64)> =
        occasions(&bought, TODAY, 1.0)?.into_values().map(|one| (one, 1.0)).collect();
    note("fit_customers".into(), json!(customers.len()));
    let begun = Instant::now();
    let mut fitting = Fitting::begin(&customers)?;
    note("fit_different_customers".into(), json!(fitting.different()));
    let mut longest = 0.0_f64;
    let found = loop {
        let look = Instant::now();
        let found = fitting.advance();
        longest = longest.max(milliseconds(look));
        if let Some(found) = found {
            break found;
        }
    };
    note("fit_ms".into(), json!(milliseconds(begun)));
    note("fit_longest_task_ms".into(), json!(longest));
    note("fit_looks".into(), json!(fitting.looks().0));
    note("fit_found".into(), json!(u8::from(found.is_ok())));
    eprintln!("{found:?}");
    Ok(())
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

fn middle(mut run: impl FnMut()) -> f64 {
    let mut took: Vec<f64> = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            run();
            milliseconds(begun)
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took[TIMES / 2]
}
