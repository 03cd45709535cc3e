//! Which file answers which model.

use super::{import_kpi, loyalty, rates, sales, voice};
use analytics::reason::{Found, Reason};
use serde_json::Value;
use std::path::Path;

/// Answers one model's input; files it names lie below `data`.
pub fn analyse(model: &str, input: &Value, _data: &Path) -> Found<Value> {
    match model {
        "funnel" => sales::funnel(input),
        "pipeline" => sales::pipeline(input),
        "channel" => sales::channel(input),
        "forecast_error" => sales::forecast_error(input),
        "import_kpi" => import_kpi::import_kpi(input),
        "nps" => voice::nps(input),
        "csat" => voice::csat(input),
        "ces" => voice::ces(input),
        "concentration" => rates::concentration(input),
        "proportion_ci" => rates::proportion_ci(input),
        "points_ledger" => loyalty::points_ledger(input),
        _ => Err(Reason::Malformed),
    }
}
