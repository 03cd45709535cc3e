//! Who stays: by each one's own rhythm, by the money of the period before, and by month of the
//! first purchase. Silence is not a contract that ended: whoever did not buy may yet come back.

use super::{Bar, Board, Chart, Label, buyer::Buyer};
use crate::{
    calendar::Month,
    customers::{
        cohort::{Cohort, cohorts},
        lapse::{Lapse, Rules, Standing, lapse},
        purchase::Purchase,
        retention::{Ends, Retention, retention},
    },
    measure::{Coverage, Lack, Measure, Unit, definitions},
    reason::{Found, Reason},
    span::Stretch,
};
use domain::time::Day;
use std::collections::BTreeMap;

definitions! {
    ACTIVE = "active_share", "Of the customers, the share that bought within their own usual gap.", "days since the last purchase < usual gap", Share Higher;
    AT_RISK = "at_risk", "Customers silent for one and a half times their usual gap, and less than three times.", "count", Count Lower;
    LAPSED = "lapsed", "Customers silent for three times their usual gap or longer.", "count", Count Lower;
    BACK = "reactivated", "Customers whose last gap was three times their usual one, and who bought again.", "count", Count Higher;
    GAP = "usual_gap_days", "The usual gap between purchases; it stands for customers with fewer than two gaps of their own.", "median of the customers' median gaps", Days Neither;
    GRR = "grr", "Of the money of the period before, what the same accounts brought again, growth left out.", "sum of the lesser of both periods / sum before", Share Higher;
    NRR = "nrr", "Of the money of the period before, what the same accounts brought in this one, growth counted in.", "sum in the period of those who bought before / sum before", Share Higher;
    SILENT = "not_back_share", "Of the accounts that bought in the period before, the share that bought nothing in this one.", "nothing in the period / bought before", Share Lower;
    THIRD_MONTH = "third_month_share", "Of those who first bought in a month, the share that bought again in the third month after.", "active in the third month / size of the cohorts", Share Higher;
}

const RULES: Rules =
    Rules { min_gaps: 2, floor_days: 7.0, default_days: 90.0, due: 1.0, at_risk: 1.5, lapsed: 3.0 };
/// Cohorts listed at most, the latest ones.
const COHORTS_MAX: usize = 12;
/// The months after the first that a cohort is looked at in.
const MONTHS: [usize; 5] = [1, 2, 3, 6, 12];

/// Works out who stays.
pub fn board(buyers: &BTreeMap<u32, Buyer>, stretch: Stretch) -> Board {
    let last = stretch.days.last();
    let (mut measures, standings) = rhythm(buyers, last);
    let (of_money, bridge) = money(buyers, stretch);
    let (third, months) = by_month(buyers, last);
    measures.extend(of_money);
    measures.push(third);
    Board { measures, charts: vec![standings, bridge, months] }
}

/// Returns how each who bought up to a day stands by their own rhythm.
pub(crate) fn standings(buyers: &BTreeMap<u32, Buyer>, last: Day) -> BTreeMap<u32, Standing> {
    let (places, days): (Vec<_>, Vec<_>) = bought_on(buyers, last).into_iter().unzip();
    let judged = lapse(&days, last, &RULES).map(|(_, judged)| judged).unwrap_or_default();
    places.into_iter().zip(judged).map(|(at, lapse)| (at, lapse.standing)).collect()
}

fn bought_on(buyers: &BTreeMap<u32, Buyer>, last: Day) -> Vec<(u32, Vec<Day>)> {
    let days = buyers.iter().map(|(at, buyer)| (*at, buyer.days(last)));
    days.filter(|(_, days)| !days.is_empty()).collect()
}

fn rhythm(buyers: &BTreeMap<u32, Buyer>, last: Day) -> (Vec<Measure>, Chart) {
    let days = bought_on(buyers, last);
    let only: Vec<_> = days.iter().map(|(_, days)| days.clone()).collect();
    let judged = lapse(&only, last, &RULES);
    let (gap, judged) = match judged {
        Ok((gap, judged)) => (Ok(gap), judged),
        Err(reason) => (Err(reason), Vec::new()),
    };
    let gap = if days.is_empty() { Err(Reason::NoRows) } else { gap };
    let of = |so: &dyn Fn(&Lapse) -> bool| -> Vec<u32> {
        let both = days.iter().zip(&judged).filter(|(_, lapse)| so(lapse));
        both.map(|((at, _), _)| *at).collect()
    };
    let standing = |standing: Standing| of(&|lapse| lapse.standing == standing);
    let coverage = Coverage::of(judged.len() as u64, []);
    let counted =
        |measure: Measure, rows: Vec<u32>| measure.covering(coverage.clone()).behind(rows);
    let (active, risk) = (standing(Standing::Active), standing(Standing::AtRisk));
    let (lapsed, back) = (standing(Standing::Lapsed), of(&|lapse| lapse.reactivated));
    let all = judged.len() as u64;
    let measures = vec![
        counted(ACTIVE.share(active.len() as u64, all), active),
        counted(AT_RISK.total(risk.len() as f64), risk),
        counted(LAPSED.total(lapsed.len() as f64), lapsed),
        counted(BACK.total(back.len() as f64), back),
        counted(GAP.found(gap), days.iter().map(|(at, _)| *at).collect()),
    ];
    let standings = [
        ("active", Standing::Active),
        ("due", Standing::Due),
        ("at_risk", Standing::AtRisk),
        ("lapsed", Standing::Lapsed),
    ];
    let bars = standings.map(|(code, of)| {
        let accounts = standing(of);
        let share = crate::reason::quotient(accounts.len() as f64, all as f64);
        Bar { label: Label::Class(code), cells: vec![Ok(accounts.len() as f64), share], accounts }
    });
    let columns: &[(&str, Unit)] = &[("customers", Unit::Count), ("share", Unit::Share)];
    (measures, Chart { id: "standing", columns, bars: bars.into() })
}

/// A step of the bridge: its code, its money, and the accounts behind it.
type Step = (&'static str, fn(&Retention) -> f64, Vec<u32>);

fn money(buyers: &BTreeMap<u32, Buyer>, stretch: Stretch) -> (Vec<Measure>, Chart) {
    let (mut places, mut ends, mut negative, mut untold) = (vec![], vec![], 0, 0);
    for (at, buyer) in buyers {
        let (before, now) = (buyer.spent(stretch.before), buyer.spent(stretch.days));
        untold += u64::from(before.untold + now.untold > 0);
        if before.net_minor < 0 || now.net_minor < 0 {
            negative += 1;
        } else if before.net_minor + now.net_minor > 0 {
            places.push(*at);
            ends.push(Ends { open: before.net_minor as f64, close: now.net_minor as f64 });
        }
    }
    let found = retention(&ends);
    let lacks = [(Lack::Negative, negative), (Lack::Rate, untold)];
    let coverage = Coverage::of(places.len() as u64, lacks);
    let of = |so: &dyn Fn(&Ends) -> bool| -> Vec<u32> {
        let both = places.iter().zip(&ends).filter(|(_, ends)| so(ends));
        both.map(|(at, _)| *at).collect()
    };
    let there = of(&|ends| ends.open > 0.0);
    let silent = of(&|ends| ends.open > 0.0 && ends.close == 0.0);
    let part = |part: fn(&Retention) -> Found<f64>| {
        found.as_ref().map_err(|reason| *reason).and_then(part)
    };
    let rate = |measure: Measure, rows: Vec<u32>| measure.covering(coverage.clone()).behind(rows);
    let measures = vec![
        rate(GRR.found(part(|found| found.grr)), there.clone()),
        rate(NRR.found(part(|found| found.nrr)), there.clone()),
        rate(SILENT.share(silent.len() as u64, there.len() as u64), silent.clone()),
    ];
    let steps: [Step; 6] = [
        ("opening", |found| found.opening, there),
        ("churned", |found| -found.churned, silent),
        (
            "contraction",
            |found| -found.contraction,
            of(&|ends| ends.close > 0.0 && ends.close < ends.open),
        ),
        (
            "expansion",
            |found| found.expansion,
            of(&|ends| ends.open > 0.0 && ends.close > ends.open),
        ),
        ("new", |found| found.new, of(&|ends| ends.open == 0.0 && ends.close > 0.0)),
        ("closing", |found| found.closing, of(&|ends| ends.close > 0.0)),
    ];
    let bars = steps.into_iter().map(|(code, step, accounts)| Bar {
        label: Label::Class(code),
        // Adding nought makes nought of what would be written as less than nought.
        cells: vec![
            found.as_ref().map(|found| step(found) + 0.0).map_err(|reason| *reason),
            Ok(accounts.len() as f64),
        ],
        accounts,
    });
    let columns: &[(&str, Unit)] = &[("money", Unit::Minor), ("customers", Unit::Count)];
    (measures, Chart { id: "bridge", columns, bars: bars.collect() })
}

fn by_month(buyers: &BTreeMap<u32, Buyer>, last: Day) -> (Measure, Chart) {
    let rows = buyers.iter().flat_map(|(at, buyer)| {
        let bought = buyer.bought.iter().filter(|one| !one.is_refund);
        bought.map(|one| Purchase { customer: *at, day: one.day, minor: 0 })
    });
    let rows: Vec<_> = rows.collect();
    let found = cohorts(&rows, last);
    let over = |month: Month| month < Month::of(last) || month.ends_on(last);
    let active = |cohort: &Cohort, months: usize| {
        let is_over = over(Month(cohort.month.0 + months as i32));
        if is_over { cohort.active.get(months).copied() } else { None }
    };
    let mut third = (0, 0);
    for cohort in &found {
        if let Some(active) = active(cohort, 3) {
            third = (third.0 + active, third.1 + cohort.size());
        }
    }
    let mut begun: BTreeMap<Month, Vec<u32>> = BTreeMap::new();
    for (at, buyer) in buyers {
        if let Some(first) = buyer.first().filter(|first| *first <= last) {
            begun.entry(Month::of(first)).or_default().push(*at);
        }
    }
    let listed = found.iter().skip(found.len().saturating_sub(COHORTS_MAX));
    let bars = listed.map(|cohort| {
        let share = |months: &usize| {
            let active = active(cohort, *months).ok_or(Reason::NotReached)?;
            crate::reason::quotient(active as f64, cohort.size() as f64)
        };
        let cells = [Ok(cohort.size() as f64)].into_iter().chain(MONTHS.iter().map(share));
        Bar {
            label: Label::Month(cohort.month),
            cells: cells.collect(),
            accounts: begun.get(&cohort.month).cloned().unwrap_or_default(),
        }
    });
    let columns: &[(&str, Unit)] = &[
        ("customers", Unit::Count),
        ("month_1", Unit::Share),
        ("month_2", Unit::Share),
        ("month_3", Unit::Share),
        ("month_6", Unit::Share),
        ("month_12", Unit::Share),
    ];
    let measure = THIRD_MONTH.share(third.0, third.1).covering(Coverage::of(third.1, []));
    let behind = begun.iter().filter(|(month, _)| over(Month(month.0 + 3)));
    let mut behind: Vec<_> = behind.flat_map(|(_, accounts)| accounts.clone()).collect();
    behind.sort_unstable();
    (measure.behind(behind), Chart { id: "cohorts", columns, bars: bars.collect() })
}
