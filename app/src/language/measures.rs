//! The names of the measures, what they say and how they are worked out, in the reader's language.
//!
//! Apart from the rest of the catalogue, so that they load with the dashboards that need them.

mod chinese;
mod english;
mod russian;

use super::current;

/// A measure in words.
#[derive(Clone, Copy)]
pub struct MeasureWords {
    pub name: &'static str,
    pub sentence: &'static str,
    pub formula: &'static str,
}

/// Every measure a screen shows, by the id it has in the analytics.
const IDS: [&str; 14] = [
    "won_minor",
    "won",
    "lost",
    "win_rate",
    "win_rate_value",
    "average_won_minor",
    "cycle_median_days",
    "cycle_mean_days",
    "open",
    "open_minor",
    "weighted_minor",
    "forecast_minor",
    "velocity_minor_per_day",
    "coverage",
];

/// A language that lacks a measure does not compile.
type All = [MeasureWords; IDS.len()];

/// Returns the words of a measure; its bare id where a screen shows one that is not listed.
pub fn words_of(id: &'static str) -> MeasureWords {
    let all: &All = current().of([&english::ALL, &russian::ALL, &chinese::ALL]);
    let place = IDS.iter().position(|known| *known == id);
    let bare = MeasureWords { name: id, sentence: "", formula: "" };
    place.and_then(|place| all.get(place)).copied().unwrap_or(bare)
}

const fn words(name: &'static str, sentence: &'static str, formula: &'static str) -> MeasureWords {
    MeasureWords { name, sentence, formula }
}

#[cfg(test)]
mod tests {
    use super::IDS;
    use analytics::sales::outlook;

    #[test]
    fn every_measure_is_listed_under_the_id_the_analytics_give_it() {
        let known = [
            &outlook::WON_MINOR,
            &outlook::WON,
            &outlook::LOST,
            &outlook::WIN_RATE,
            &outlook::WIN_RATE_VALUE,
            &outlook::AVERAGE_WON,
            &outlook::CYCLE_MEDIAN,
            &outlook::CYCLE_MEAN,
            &outlook::OPEN,
            &outlook::OPEN_MINOR,
            &outlook::WEIGHTED,
            &outlook::FORECAST,
            &outlook::VELOCITY,
            &outlook::COVERAGE,
        ];
        assert_eq!(known.map(|definition| definition.id), IDS);
    }
}
