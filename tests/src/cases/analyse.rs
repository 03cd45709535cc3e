//! Which file answers which model.

use super::{
    contract, customers, experiments, import_kpi, leads, loyalty, outcomes, rates, sales, service,
    strategy, value, voice,
};
use analytics::reason::{Found, Reason};
use serde_json::Value;
use std::path::Path;

/// Answers one model's input; files it names lie below `data`.
pub fn analyse(model: &str, input: &Value, data: &Path) -> Found<Value> {
    match model {
        "funnel" => sales::funnel(input),
        "pipeline" => sales::pipeline(input),
        "channel" => sales::channel(input),
        "forecast_error" => sales::forecast_error(input),
        "import_kpi" => import_kpi::import_kpi(input),
        "rfm" => customers::rfm(input, data),
        "behaviour" => customers::behaviour(input, data),
        "lapse" => customers::lapse(input),
        "cohort_retention" => customers::cohort_retention(input, data),
        "revenue_retention" => customers::revenue_retention(input),
        "btyd_summary" => customers::btyd_summary(input, data),
        "concentration" => rates::concentration(input),
        "proportion_ci" => rates::proportion_ci(input),
        "nps" => voice::nps(input),
        "csat" => voice::csat(input),
        "ces" => voice::ces(input),
        "ab_test" => experiments::ab_test(input),
        "srm" => experiments::srm(input),
        "ab_sample_size" => experiments::ab_sample_size(input),
        "holdout_uplift" => experiments::holdout_uplift(input),
        "p_adjust" => experiments::p_adjust(input),
        "kaplan_meier" => outcomes::kaplan_meier(input, data),
        "logrank" => outcomes::logrank(input, data),
        "auc" => outcomes::auc(input),
        "logistic" => outcomes::logistic(input, data),
        "bgnbd_fit" => value::bgnbd_fit(input, data),
        "bgnbd_predict" => value::bgnbd_predict(input),
        "gammagamma_fit" => value::gammagamma_fit(input, data),
        "gammagamma_predict" => value::gammagamma_predict(input),
        "bgbb_fit" => value::bgbb_fit(input, data),
        "clv_noncontractual" => value::clv_noncontractual(input),
        "clv_margin" => contract::clv_margin(input),
        "clv_present_value" => contract::clv_present_value(input),
        "sbg_fit" => contract::sbg_fit(input),
        "sbg_value" => contract::sbg_value(input),
        "lead_score" => leads::lead_score(input),
        "attribution" => leads::attribution(input),
        "points_ledger" => loyalty::points_ledger(input),
        "loyalty_kpi" => loyalty::loyalty_kpi(input),
        "business_time" => service::business_time(input),
        "service" => service::service(input),
        "incident_log" => service::incident_log(input, data),
        "maturity" => strategy::maturity(input),
        "idic" => strategy::idic(input),
        "scorecard" => strategy::scorecard(input),
        "ssc" => strategy::ssc(input),
        _ => Err(Reason::Malformed),
    }
}
