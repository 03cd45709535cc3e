//! A dashboard as JSON, the same text wherever it is worked out: what the relay answers and what a
//! tablet exports. Accounts are named by their ids, in order of these.

use super::{Board, Chart, gathered::Gathered};
use crate::{
    measure::{Direction, Lack, Measure, Unit},
    reason::Found,
    sales::dashboard::Sales,
    span::{Days, Span},
};
use domain::{row::AccountRow, time::Day};
use serde_json::{Value, json};

/// When and from what a dashboard was worked out.
#[derive(Debug, Clone, Copy)]
pub struct Occasion<'a> {
    pub rows: &'a [AccountRow],
    pub span: Span,
    pub today: Day,
    /// The sequence number of the log the rows are of.
    pub sequence: u64,
}

impl Occasion<'_> {
    /// Writes a dashboard over accounts.
    pub fn write(&self, gathered: &Gathered) -> String {
        let board = gathered.board(self.span.so_far(self.today));
        self.write_board(gathered.view.which.code(), &board, gathered)
    }

    /// Writes a dashboard worked out of what was gathered, under a name.
    pub fn write_board(&self, name: &str, board: &Board, gathered: &Gathered) -> String {
        let Board { measures, charts } = board;
        let places = |measure: &Measure| measure.rows.clone();
        let mut value = self.head(name);
        let currency = gathered.view.configuration.reporting_currency;
        value["currency"] = json!(currency.map(|currency| currency.to_string()));
        value["accounts"] = json!(gathered.accounts);
        value["measures"] = measures.iter().map(|one| self.measure(one, places(one))).collect();
        value["charts"] = charts.iter().map(|one| self.chart(one)).collect();
        format!("{value:#}\n")
    }

    /// Writes the figures of the sales.
    pub fn write_sales(&self, sales: &Sales) -> String {
        let places = |measure: &Measure| {
            let mut places = sales.table.places_of(&measure.rows);
            places.dedup_by_key(|place| place.0);
            places.into_iter().map(|place| place.0).collect()
        };
        let mut value = self.head("sales");
        value["currency"] = json!(sales.currency.map(|currency| currency.to_string()));
        let measures = sales.measures();
        value["measures"] = measures.iter().map(|one| self.measure(one, places(one))).collect();
        format!("{value:#}\n")
    }

    fn head(&self, dashboard: &str) -> Value {
        let stretch = self.span.so_far(self.today);
        json!({
            "dashboard": dashboard,
            "sequence": self.sequence,
            "today": self.today.to_string(),
            "period": {
                "code": self.span.code(),
                "days": days(self.span.days(self.today)),
                "so_far": days(stretch.days),
                "partial": stretch.partial,
            },
            "before": days(stretch.before),
        })
    }

    fn measure(&self, measure: &Measure, places: Vec<u32>) -> Value {
        let definition = measure.definition;
        let left_out = measure.coverage.left_out.iter();
        let left_out = left_out.map(|(lack, count)| (lack_word(*lack).to_owned(), json!(count)));
        json!({
            "id": definition.id,
            "definition": definition.sentence,
            "formula": definition.formula,
            "unit": unit_word(definition.unit),
            "direction": direction_word(definition.direction),
            "value": found(measure.value),
            "reason": measure.reason().map(|reason| reason.to_string()),
            "numerator": measure.numerator.map(number),
            "denominator": measure.denominator.map(number),
            "interval": measure.interval.map(|one| json!([number(one.low), number(one.high)])),
            "coverage": {
                "used": measure.coverage.used,
                "left_out": left_out.collect::<serde_json::Map<_, _>>(),
            },
            "accounts": self.ids(&places),
        })
    }

    fn chart(&self, chart: &Chart) -> Value {
        let columns = chart.columns.iter();
        let columns = columns.map(|(name, unit)| json!({ "id": name, "unit": unit_word(*unit) }));
        let bars = chart.bars.iter().map(|bar| {
            json!({
                "label": bar.label.code(),
                "cells": bar.cells.iter().map(|cell| found(*cell)).collect::<Vec<_>>(),
                "accounts": self.ids(&bar.accounts),
            })
        });
        json!({
            "id": chart.id,
            "columns": columns.collect::<Vec<_>>(),
            "bars": bars.collect::<Vec<_>>(),
        })
    }

    fn ids(&self, places: &[u32]) -> Vec<String> {
        let rows = places.iter().filter_map(|place| self.rows.get(*place as usize));
        let mut ids: Vec<_> = rows.map(|row| row.id).collect();
        ids.sort_unstable();
        ids.iter().map(ToString::to_string).collect()
    }
}

fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Higher => "higher",
        Direction::Lower => "lower",
        Direction::Neither => "neither",
    }
}

fn days(days: Days) -> Value {
    json!({ "first": days.from.to_string(), "last": days.last().to_string() })
}

fn found(value: Found<f64>) -> Value {
    value.map_or(Value::Null, number)
}

/// Whole numbers are written without a fraction; all others as short as they read back alike.
fn number(number: f64) -> Value {
    const WHOLE_MAX: f64 = 9_007_199_254_740_992.0;
    if libm::trunc(number) == number && number.abs() < WHOLE_MAX {
        return json!(number as i64);
    }
    json!(number)
}

fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Count => "count",
        Unit::Share => "share",
        Unit::Minor => "minor",
        Unit::MinorPerDay => "minor_per_day",
        Unit::Days => "days",
        Unit::Seconds => "seconds",
        Unit::Score => "score",
        Unit::Points => "points",
        Unit::Number => "number",
    }
}

fn lack_word(lack: Lack) -> &'static str {
    match lack {
        Lack::Amount => "amount",
        Lack::Stage => "stage",
        Lack::Probability => "probability",
        Lack::Date => "date",
        Lack::Order => "order",
        Lack::Rate => "rate",
        Lack::Answer => "answer",
        Lack::Negative => "negative",
    }
}
