//! Who the customers are: how many, how often, how much, and how much hangs on how few.

use super::{Bar, Board, Chart, Label, buyer::Buyer};
use crate::{
    customers::{
        concentration::{classes_of, concentration, top_share},
        purchase::Purchase,
        rfm::{self, Rfm},
    },
    measure::{Coverage, Lack, Measure, Scope, Unit, definitions},
    reason::{Found, Reason},
    span::{Days, Stretch},
};
use domain::time::Day;
use std::collections::BTreeMap;

definitions! {
    CUSTOMERS = "customers", "Accounts that have bought at least once.", "count", Count Higher;
    BUYERS = "buyers", "Accounts that bought in the period.", "count", Count Higher;
    NEW = "new_customers", "Accounts that bought for the first time in the period.", "count", Count Higher;
    REPEAT = "repeat_share", "Of the customers, the share that bought on at least two days.", "bought on two days or more / customers", Share Higher;
    REVENUE = "revenue_minor", "What was bought in the period less what was given back.", "sum of purchases - refunds", Minor Higher;
    PURCHASES = "purchases", "Purchases in the period; refunds are none.", "count", Count Higher;
    AVERAGE = "average_purchase_minor", "What a purchase of the period brings on average, refunds left out.", "sum of purchases / purchases", Minor Higher;
    GINI = "gini", "How unevenly the last 365 days' money is spread: 0 is evenly, 1 is all with one.", "sum of (2i - n - 1) x / (n sum of x)", Number Neither;
    TOP_FIFTH = "top_fifth_share", "The share of the last 365 days' money that the largest fifth of the buyers holds.", "money of the largest fifth / money", Share Neither;
    PARETO = "pareto_customers", "The fewest buyers that hold 80 % of the last 365 days' money.", "count", Count Neither;
}

/// Days of the window that money is spread over and customers are scored in.
const WINDOW_DAYS: i32 = 365;
const SCORES: u32 = 5;
const MONEY: &[(&str, Unit)] =
    &[("customers", Unit::Count), ("money", Unit::Minor), ("share", Unit::Share)];

/// Works out who the customers are.
pub fn board(buyers: &BTreeMap<u32, Buyer>, stretch: Stretch) -> Board {
    let (days, last) = (stretch.days, stretch.days.last());
    let mut measures = counts(buyers, days);
    let year = Year::of(buyers, last);
    measures.extend(year.measures());
    let charts = vec![segments(buyers, &year, last), year.classes(), categories(buyers, days)];
    Board { measures, charts }
}

fn counts(buyers: &BTreeMap<u32, Buyer>, days: Days) -> Vec<Measure> {
    let last = days.last();
    let (mut known, mut again, mut new, mut bought) = (vec![], vec![], vec![], vec![]);
    let (mut net, mut gross, mut purchases, mut untold, mut priced) = (0, 0, 0, 0, 0);
    for (at, buyer) in buyers {
        let on = buyer.days(last);
        let Some(first) = on.first() else { continue };
        known.push(*at);
        if on.len() > 1 {
            again.push(*at);
        }
        if days.contains(*first) {
            new.push(*at);
        }
        if on.iter().any(|day| days.contains(*day)) {
            bought.push(*at);
        }
    }
    let mut behind = Vec::new();
    for (at, buyer) in buyers {
        let spent = buyer.spent(days);
        net += spent.net_minor;
        gross += spent.gross_minor;
        purchases += spent.purchases;
        untold += u64::from(spent.untold > 0);
        let within = buyer.bought.iter().filter(|one| days.contains(one.day));
        let mut any = false;
        for one in within {
            any = true;
            priced += u64::from(!one.is_refund && one.minor.is_some());
        }
        if any {
            behind.push(*at);
        }
    }
    let scope = Scope { as_of: None, period: None };
    let all = Coverage::of(known.len() as u64, []);
    let money =
        Coverage::of(behind.len() as u64 - untold.min(behind.len() as u64), [(Lack::Rate, untold)]);
    let told = |measure: Measure| {
        let measure = measure.within(scope).covering(money.clone()).behind(behind.clone());
        if behind.is_empty() { Measure { value: Err(Reason::NoRows), ..measure } } else { measure }
    };
    let count = |measure: Measure, rows: Vec<u32>| measure.covering(all.clone()).behind(rows);
    vec![
        told(REVENUE.total(net as f64)),
        count(CUSTOMERS.total(known.len() as f64), known.clone()),
        count(BUYERS.total(bought.len() as f64), bought.clone()),
        count(NEW.total(new.len() as f64), new),
        count(REPEAT.share(again.len() as u64, known.len() as u64), again),
        count(PURCHASES.total(purchases as f64), bought.clone()),
        told(AVERAGE.quotient(gross as f64, priced as f64)).behind(bought),
    ]
}

/// The money of a year, the largest first; who gave back more than they bought is left out.
pub(crate) struct Year {
    pub spent: Vec<(i64, u32)>,
    negative: u64,
    untold: u64,
}

impl Year {
    /// Sums up the year that ends with a day.
    pub fn of(buyers: &BTreeMap<u32, Buyer>, last: Day) -> Self {
        let window = window(last);
        let (mut spent, mut negative, mut untold) = (Vec::new(), 0, 0);
        for (at, buyer) in buyers {
            let one = buyer.spent(window);
            untold += u64::from(one.untold > 0);
            match i64::try_from(one.net_minor) {
                Ok(net) if net < 0 => negative += 1,
                Ok(net) if one.purchases > 0 => spent.push((net, *at)),
                _ => {}
            }
        }
        // Equals keep together whatever their places, which are no property of theirs.
        spent.sort_by_key(|(net, at)| (std::cmp::Reverse(*net), *at));
        Self { spent, negative, untold }
    }

    fn values(&self) -> Vec<i64> {
        self.spent.iter().map(|(net, _)| *net).collect()
    }

    fn measures(&self) -> Vec<Measure> {
        let (values, spread) = (self.values(), concentration(&self.values()));
        let lacks = [(Lack::Negative, self.negative), (Lack::Rate, self.untold)];
        let coverage = Coverage::of(self.spent.len() as u64, lacks);
        let rows = |count: usize| {
            let mut rows: Vec<_> = self.spent.iter().take(count).map(|(_, at)| *at).collect();
            rows.sort_unstable();
            rows
        };
        let spread = spread.as_ref().map_err(|reason| *reason);
        let fifth = (values.len() * 20).div_ceil(100);
        let pareto = spread.map(|spread| spread.pareto.customers);
        let measures = [
            GINI.found(spread.map(|spread| spread.gini)).behind(rows(values.len())),
            TOP_FIFTH.found(top_share(&values, 20)).behind(rows(fifth)),
            PARETO
                .found(pareto.map(|customers| customers as f64))
                .behind(rows(pareto.unwrap_or(0) as usize)),
        ];
        measures.into_iter().map(|measure| measure.covering(coverage.clone())).collect()
    }

    /// Returns the class of each who spent, in the same order, by its place in [`ABC`].
    pub fn classed(&self) -> Vec<usize> {
        classes_of(&self.values()).unwrap_or_default()
    }

    fn classes(&self) -> Chart {
        let mut pots: [Pot; 3] = Default::default();
        for (place, class) in self.classed().into_iter().enumerate() {
            let (net, at) = self.spent[place];
            pots[class].add(at, i128::from(net));
        }
        let total: i128 = pots.iter().map(|pot| pot.minor).sum();
        let bars = ABC.into_iter().zip(pots);
        let bars = bars.map(|(code, pot)| pot.bar(Label::Class(code), total)).collect();
        Chart { id: "abc", columns: MONEY, bars }
    }
}

/// Accounts and their money.
#[derive(Default)]
struct Pot {
    accounts: Vec<u32>,
    minor: i128,
}

impl Pot {
    fn add(&mut self, at: u32, minor: i128) {
        self.accounts.push(at);
        self.minor += minor;
    }

    fn bar(mut self, label: Label, total: i128) -> Bar {
        self.accounts.sort_unstable();
        self.accounts.dedup();
        let share = crate::reason::quotient(self.minor as f64, total as f64);
        let cells: Vec<Found<f64>> =
            vec![Ok(self.accounts.len() as f64), Ok(self.minor as f64), share];
        Bar { label, cells, accounts: self.accounts }
    }
}

/// The classes by their share of the money, the largest first.
pub const ABC: [&str; 3] = ["a", "b", "c"];
/// The segments customers are told apart by, best first.
pub const SEGMENTS: [&str; 7] =
    ["champions", "loyal", "promising", "attention", "at_risk", "lost", "others"];

/// Returns the segment of a score, by recency and the mean of the other two.
fn segment(rfm: &Rfm) -> usize {
    let twice = rfm.f + rfm.m;
    match rfm.r {
        4.. if twice >= 8 => 0,
        3.. if twice >= 8 => 1,
        4.. if twice < 6 => 2,
        3 if twice == 6 => 3,
        ..=2 if twice >= 6 => 4,
        1 if twice <= 4 => 5,
        _ => 6,
    }
}

/// Returns the year that ends with a day.
pub fn window(last: Day) -> Days {
    Days { from: Day(last.0 - WINDOW_DAYS + 1), to: Day(last.0 + 1) }
}

/// Returns the segment of each who bought within the year, by its place in [`SEGMENTS`], and what
/// they spent.
pub(crate) fn scored(buyers: &BTreeMap<u32, Buyer>, last: Day) -> BTreeMap<u32, (usize, i64)> {
    let rows = buyers.iter().flat_map(|(at, buyer)| {
        buyer
            .bought
            .iter()
            .filter_map(|one| Some(Purchase { customer: *at, day: one.day, minor: one.minor? }))
    });
    let rows: Vec<_> = rows.collect();
    let window_days = Some(WINDOW_DAYS as u32);
    let terms = rfm::Terms { as_of: last, bins: SCORES, window_days };
    let scored = rfm::rfm(&rows, terms).unwrap_or_default();
    let of =
        |(at, rfm): (u32, Option<Rfm>)| rfm.map(|rfm| (at, (segment(&rfm), rfm.monetary_minor)));
    scored.into_iter().filter_map(of).collect()
}

fn segments(buyers: &BTreeMap<u32, Buyer>, year: &Year, last: Day) -> Chart {
    let mut pots: [Pot; 7] = Default::default();
    for (at, (segment, minor)) in scored(buyers, last) {
        pots[segment].add(at, i128::from(minor));
    }
    let total = year.spent.iter().map(|(net, _)| i128::from(*net)).sum();
    let bars = SEGMENTS.into_iter().zip(pots);
    let bars = bars.map(|(code, pot)| pot.bar(Label::Class(code), total)).collect();
    Chart { id: "segments", columns: MONEY, bars }
}

fn categories(buyers: &BTreeMap<u32, Buyer>, days: Days) -> Chart {
    let mut pots: BTreeMap<Option<&str>, Pot> = BTreeMap::new();
    for (at, buyer) in buyers {
        for one in buyer.bought.iter().filter(|one| days.contains(one.day)) {
            let word = one.category.and_then(|place| buyer.categories.get(usize::from(place)));
            let pot = pots.entry(word.map(String::as_str)).or_default();
            pot.add(*at, i128::from(one.minor.unwrap_or(0)));
        }
    }
    let total = pots.values().map(|pot| pot.minor).sum();
    let bars = pots.into_iter().map(|(word, pot)| {
        let Bar { label, mut cells, accounts } =
            pot.bar(Label::Word(word.map(ToOwned::to_owned)), total);
        cells.swap(0, 1);
        Bar { label, cells, accounts }
    });
    let columns: &[(&str, Unit)] =
        &[("money", Unit::Minor), ("customers", Unit::Count), ("share", Unit::Share)];
    Chart { id: "category", columns, bars: bars.collect() }.largest_first()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_falls_into_the_first_segment_that_holds_it() {
        let rfm = |r, f, m| Rfm { recency_days: 0, frequency: 1, monetary_minor: 1, r, f, m };
        let segments =
            [(5, 5, 5), (3, 4, 4), (5, 1, 1), (3, 3, 3), (1, 5, 5), (1, 1, 1), (2, 1, 2)];
        let found = segments.map(|(r, f, m)| SEGMENTS[segment(&rfm(r, f, m))]);
        assert_eq!(found, SEGMENTS);
    }

    #[test]
    fn nobody_who_bought_gives_reasons_and_no_numbers() {
        let days = Days { from: Day(0), to: Day(30) };
        let board = board(&BTreeMap::new(), Stretch { days, before: days, partial: false });
        let reasons: Vec<_> = board.measures.iter().map(Measure::reason).collect();
        assert_eq!(reasons[0], Some(Reason::NoRows));
        assert_eq!(reasons[4], Some(Reason::ZeroDenominator));
        assert_eq!(reasons[7..], [Some(Reason::NoRows); 3]);
    }
}
