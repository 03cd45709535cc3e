//! Which channel gets the credit for a sale. The rules share credit; they do not prove cause.

use crate::reason::{Found, Reason};
use domain::time::Timestamp;
use libm::pow;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Rule {
    First,
    Last,
    Linear,
    /// Touches lose half of their weight in so many days.
    TimeDecay {
        half_life_days: f64,
    },
    /// 40 percent to the first, 40 to the last, the rest to those between.
    Position,
}

/// A sale and the touches that may have led to it, in any order.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversion<'a> {
    pub at: Timestamp,
    pub value_minor: f64,
    pub touches: Vec<(&'a str, Timestamp)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Credit<'a> {
    /// Every channel that occurs, also those without credit.
    pub channels: BTreeMap<&'a str, f64>,
    pub unattributed: f64,
}

const DAY_MS: f64 = 86_400_000.0;

/// Shares credit among touches at most `lookback_days` before the sale.
pub fn attribute<'a>(
    conversions: &[Conversion<'a>],
    rule: Rule,
    lookback_days: f64,
) -> Found<Credit<'a>> {
    let fades = !matches!(rule, Rule::TimeDecay { half_life_days } if half_life_days <= 0.0);
    if !fades || lookback_days < 0.0 || !lookback_days.is_finite() {
        return Err(Reason::OutOfRange);
    }
    let mut credit = Credit { channels: BTreeMap::new(), unattributed: 0.0 };
    for conversion in conversions {
        for (channel, _) in &conversion.touches {
            credit.channels.entry(channel).or_default();
        }
        let age = |at: Timestamp| (conversion.at.0 - at.0) as f64 / DAY_MS;
        let counts = |(_, at): &&(&str, Timestamp)| (0.0..=lookback_days).contains(&age(*at));
        let mut touches: Vec<_> = conversion.touches.iter().filter(counts).collect();
        touches.sort_by_key(|(_, at)| *at);
        let ages: Vec<_> = touches.iter().map(|(_, at)| age(*at)).collect();
        let weights = weights(rule, &ages);
        let whole: f64 = weights.iter().sum();
        if whole <= 0.0 {
            credit.unattributed += conversion.value_minor;
            continue;
        }
        for ((channel, _), weight) in touches.iter().zip(weights) {
            *credit.channels.entry(channel).or_default() += conversion.value_minor * weight / whole;
        }
    }
    Ok(credit)
}

/// Returns the weight of each touch, the oldest first.
fn weights(rule: Rule, ages: &[f64]) -> Vec<f64> {
    let n = ages.len();
    let only = |chosen: usize| (0..n).map(|place| f64::from(u8::from(place == chosen))).collect();
    match rule {
        Rule::First => only(0),
        Rule::Last => only(n.wrapping_sub(1)),
        Rule::Linear => vec![1.0; n],
        Rule::TimeDecay { half_life_days } => {
            // Measured from the newest touch: however old all are, their weights stay numbers.
            let newest = ages.last().copied().unwrap_or(0.0);
            ages.iter().map(|age| pow(0.5, (age - newest) / half_life_days)).collect()
        }
        Rule::Position if n <= 2 => vec![1.0; n],
        Rule::Position => {
            let between = 0.2 / (n - 2) as f64;
            (0..n).map(|place| if place == 0 || place == n - 1 { 0.4 } else { between }).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sale(days: &[i64]) -> Vec<Conversion<'static>> {
        let names = ["a", "b", "c", "d"];
        let day = |days: i64| Timestamp(days * 86_400_000);
        let touches = names.iter().zip(days).map(|(name, at)| (*name, day(*at))).collect();
        vec![Conversion { at: day(20), value_minor: 100.0, touches }]
    }

    #[test]
    fn whatever_the_rule_the_credits_add_up() {
        let decay = Rule::TimeDecay { half_life_days: 0.001 };
        for rule in [Rule::First, Rule::Last, Rule::Linear, Rule::Position, decay] {
            for days in [&[0, 5, 10, 20][..], &[1], &[3, 3], &[]] {
                let credit = attribute(&sale(days), rule, 30.0).unwrap();
                let sum: f64 = credit.channels.values().sum::<f64>() + credit.unattributed;
                assert!((sum - 100.0).abs() < 1e-9, "{rule:?} {days:?}");
            }
        }
    }

    #[test]
    fn touches_after_the_sale_or_long_before_get_none() {
        let credit = attribute(&sale(&[0, 21]), Rule::Linear, 10.0).unwrap();
        assert_eq!(credit.unattributed, 100.0);
        assert_eq!(credit.channels.len(), 2);
        let wrong = Rule::TimeDecay { half_life_days: 0.0 };
        assert_eq!(attribute(&[], wrong, 10.0), Err(Reason::OutOfRange));
    }
}
