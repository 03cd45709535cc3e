//! The figures of a period's pipeline, each with its definition.

use crate::{
    measure::{Coverage, Lack, Measure, Scope, definitions},
    reason::{Found, Reason, quotient},
    sales::{
        deal::{DAY_MS, Deal, Outcome},
        pipeline::{Pot, Standing, Terms, Totals, standing_so},
    },
};

definitions! {
    WON = "won", "Deals won in the period.", "count", Count Higher;
    LOST = "lost", "Deals lost in the period; no decision is lost.", "count", Count Lower;
    WON_MINOR = "won_minor", "What was won in the period.", "sum of won amounts", Minor Higher;
    WIN_RATE = "win_rate", "Of the deals closed in the period, the share won; open ones do not enter.", "won / (won + lost)", Share Higher;
    WIN_RATE_VALUE = "win_rate_value", "Of the money decided in the period, the share won.", "won amount / (won + lost amount)", Share Higher;
    AVERAGE_WON = "average_won_minor", "What a won deal brings on average.", "won amount / won", Minor Higher;
    CYCLE_MEAN = "cycle_mean_days", "From creation to winning, on average; won deals only.", "sum of days / won", Days Lower;
    CYCLE_MEDIAN = "cycle_median_days", "From creation to winning, in the middle; won deals only.", "median of days", Days Lower;
    OPEN = "open", "Deals open at the end of the period.", "count", Count Higher;
    OPEN_MINOR = "open_minor", "What the open deals are worth if all are won.", "sum of open amounts", Minor Higher;
    WEIGHTED = "weighted_minor", "What the open deals are worth by the odds of their stages.", "sum of amount * stage probability", Minor Higher;
    FORECAST = "forecast_minor", "What was won and what the open deals promise.", "won amount + weighted amount", Minor Higher;
    VELOCITY = "velocity_minor_per_day", "What the pipeline brings a day.", "open deals * win rate * average won / mean cycle", MinorPerDay Higher;
    QUOTA_LEFT = "quota_left_minor", "What is still to be won of the quota.", "quota - won amount", Minor Lower;
    COVERAGE = "coverage", "How often the open deals would fill what is left of the quota.", "open amount / quota left", Number Higher;
    ATTAINMENT = "attainment", "How much of the quota is won.", "won amount / quota", Share Higher;
}

/// Every figure of a period's pipeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    pub won: Measure,
    pub lost: Measure,
    pub won_minor: Measure,
    pub win_rate: Measure,
    pub win_rate_value: Measure,
    pub average_won_minor: Measure,
    pub cycle_mean_days: Measure,
    pub cycle_median_days: Measure,
    pub open: Measure,
    pub open_minor: Measure,
    pub weighted_minor: Measure,
    pub forecast_minor: Measure,
    pub velocity_minor_per_day: Measure,
    pub quota_left_minor: Measure,
    pub coverage: Measure,
    pub attainment: Measure,
}

impl Outlook {
    /// Works the figures out from totals; they know no rows.
    pub fn of(totals: &Totals, terms: &Terms) -> Self {
        let (won, lost) = (totals.won as f64, totals.lost as f64);
        let (won_minor, open_minor) = (totals.won_minor as f64, totals.open_minor as f64);
        let decided_minor = (totals.won_minor + totals.lost_minor) as f64;
        let weighted = weighted(totals, terms);
        let win_rate = WIN_RATE.quotient(won, won + lost);
        let average = AVERAGE_WON.quotient(won_minor, won);
        let cycles = &totals.cycles_ms;
        let mean = CYCLE_MEAN.quotient(cycles.sum() as f64 / DAY_MS, cycles.len() as f64);
        let median = cycles.median().map(|median| median / DAY_MS).ok_or(Reason::NoRows);
        let velocity = velocity(totals.open as f64, [&win_rate, &average, &mean]);
        let left = terms.quota_minor.ok_or(Reason::NoQuota);
        let left = left.map(|quota| (i128::from(quota) - totals.won_minor).max(0) as f64);
        let closed = Coverage::of(
            totals.won + totals.lost,
            [(Lack::Amount, totals.without_amount), (Lack::Order, totals.backwards)],
        );
        let open = Coverage::of(
            totals.open,
            [
                (Lack::Amount, totals.without_amount),
                (Lack::Stage, totals.unplaced.deals),
                (Lack::Probability, without_probability(totals, terms)),
            ],
        );
        let scope = Scope { period: Some(terms.period), as_of: Some(terms.period.to) };
        let of_closed = |measure: Measure| measure.within(scope).covering(closed.clone());
        let of_open = |measure: Measure| measure.within(scope).covering(open.clone());
        let attained = |quota: i64| ATTAINMENT.quotient(won_minor, quota as f64);
        let covered = |left: f64| {
            let covered = COVERAGE.quotient(open_minor, left);
            let value = if left == 0.0 { Err(Reason::QuotaMet) } else { covered.value };
            Measure { value, ..covered }
        };
        Self {
            won: of_closed(WON.total(won)),
            lost: of_closed(LOST.total(lost)),
            won_minor: of_closed(WON_MINOR.total(won_minor)),
            win_rate_value: of_closed(WIN_RATE_VALUE.quotient(won_minor, decided_minor)),
            cycle_median_days: of_closed(CYCLE_MEDIAN.found(median)),
            open: of_open(OPEN.total(totals.open as f64)),
            open_minor: of_open(OPEN_MINOR.total(open_minor)),
            weighted_minor: of_open(WEIGHTED.total(weighted)),
            forecast_minor: of_open(FORECAST.total(won_minor + weighted)),
            velocity_minor_per_day: of_open(VELOCITY.found(velocity)),
            quota_left_minor: of_closed(QUOTA_LEFT.found(left)),
            coverage: of_open(left.map_or_else(|reason| COVERAGE.found(Err(reason)), covered)),
            attainment: of_closed(
                terms.quota_minor.map_or_else(|| ATTAINMENT.found(Err(Reason::NoQuota)), attained),
            ),
            win_rate: of_closed(win_rate),
            average_won_minor: of_closed(average),
            cycle_mean_days: of_closed(mean),
        }
    }

    /// Works the figures out from the deals themselves and remembers which stand behind each.
    pub fn explained(deals: &[Deal], terms: &Terms) -> Self {
        let outlook = Self::of(&Totals::of(deals, terms), terms);
        let rows = |standing| standing_so(deals, terms.period, standing);
        let won = rows(Standing::Closed(Outcome::Won));
        let lost = rows(Standing::Closed(Outcome::Lost));
        let open = rows(Standing::Open);
        let joined = |one: &[u32], other: &[u32]| {
            let mut joined = [one, other].concat();
            joined.sort_unstable();
            joined
        };
        let closed = joined(&won, &lost);
        Self {
            win_rate: outlook.win_rate.behind(closed.clone()),
            win_rate_value: outlook.win_rate_value.behind(closed.clone()),
            velocity_minor_per_day: outlook.velocity_minor_per_day.behind(joined(&closed, &open)),
            forecast_minor: outlook.forecast_minor.behind(joined(&won, &open)),
            coverage: outlook.coverage.behind(joined(&won, &open)),
            lost: outlook.lost.behind(lost),
            open_minor: outlook.open_minor.behind(open.clone()),
            weighted_minor: outlook.weighted_minor.behind(open.clone()),
            open: outlook.open.behind(open),
            won_minor: outlook.won_minor.behind(won.clone()),
            average_won_minor: outlook.average_won_minor.behind(won.clone()),
            cycle_mean_days: outlook.cycle_mean_days.behind(won.clone()),
            cycle_median_days: outlook.cycle_median_days.behind(won.clone()),
            quota_left_minor: outlook.quota_left_minor.behind(won.clone()),
            attainment: outlook.attainment.behind(won.clone()),
            won: outlook.won.behind(won),
        }
    }
}

fn weighted(totals: &Totals, terms: &Terms) -> f64 {
    let worth = |(pot, odds): (&Pot, &Option<f64>)| Some(pot.minor as f64 * (*odds)?);
    totals.open_by_stage.iter().zip(&terms.probability).filter_map(worth).sum()
}

fn without_probability(totals: &Totals, terms: &Terms) -> u64 {
    let unknown = totals.open_by_stage.iter().zip(&terms.probability);
    unknown.filter(|(_, odds)| odds.is_none()).map(|(pot, _)| pot.deals).sum()
}

fn velocity(open: f64, [win_rate, average, cycle]: [&Measure; 3]) -> Found<f64> {
    quotient(open * win_rate.value? * average.value?, cycle.value?)
}
