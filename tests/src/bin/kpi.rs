//! How long the sales dashboard takes to be counted from the rows of a book, and to be counted on
//! when one account changes. The last line is the figures, as JSON.

use analytics::{
    measure::Period,
    sales::dashboard::{Sales, View},
};
use domain::{
    filter::{Filter, Reader},
    id::PersonId,
    time::{Day, Timestamp},
};
use std::{error::Error, hint::black_box, path::PathBuf, sync::Arc, time::Instant};
use tests::book_rows;

const TIMES: usize = 11;
/// The day the book ends before; all its deals begun in the quarter of that day are a cohort.
const TODAY: Day = Day(20_785);

fn main() -> Result<(), Box<dyn Error>> {
    let book = PathBuf::from(std::env::args_os().nth(1).ok_or("which book?")?);
    let projected = book_rows::project(&book, TODAY)?;
    let (rows, configuration) = (projected.decode(), projected.configuration);
    let view = View {
        configuration: Arc::new(configuration),
        filter: Filter::default(),
        reader: Reader { person: PersonId([9; 16]), today: TODAY },
        period: Period { from: at(TODAY.0 - 90), to: at(TODAY.0 + 1) },
    };
    let whole = middle(|| drop(black_box(Sales::of(&rows, view.clone()))));
    let mut sales = Some(Sales::of(&rows, view));
    let place = rows.len() / 2;
    let changed = middle(|| sales = sales.take().map(|sales| sales.after(&rows, &[place])));
    let figures = serde_json::json!({
        "native_rows": rows.len(),
        "native_count_ms": whole,
        "native_count_after_change_ms": changed,
    });
    println!("{figures}");
    Ok(())
}

fn at(day: i32) -> Timestamp {
    Day(day).start()
}

fn middle(mut run: impl FnMut()) -> f64 {
    let mut took: Vec<f64> = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            run();
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took[TIMES / 2]
}
