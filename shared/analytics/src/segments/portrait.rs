//! What the members of a segment are together: how many, how valuable, where they stand and by
//! which channels they buy.

use super::{
    Base, Members,
    facts::{Fact, RFM},
};
use crate::{
    boards::{Bar, Board, Chart, Label, customers::window},
    measure::{Coverage, Lack, Measure, Unit, definitions},
    reason::quotient,
};
use std::collections::BTreeMap;

definitions! {
    ACCOUNTS = "segment_accounts", "Accounts that belong to the segment now.", "count", Count Neither;
    MONEY = "segment_money_minor", "What they bought in the last 365 days less what they gave back.", "sum of purchases - refunds", Minor Higher;
    SHARE = "segment_money_share", "Their share of the money of all accounts in the last 365 days.", "money of the segment / money of all", Share Neither;
    ACTIVE = "segment_active_share", "Of those who ever bought, the share that bought within their own usual gap.", "days since the last purchase < usual gap", Share Higher;
}

/// Tells what the members are together.
pub fn portrait(members: &Members, base: Base<'_>) -> Board {
    let charts = vec![classes(members, base), stages(members, base), channels(members, base)];
    Board { measures: measures(members, base).into(), charts }
}

/// Returns how many they are, what they hold, its share of the whole, and how many of them are in
/// their rhythm.
pub fn measures(members: &Members, base: Base<'_>) -> [Measure; 4] {
    let facts = || members.places.iter().map(|at| (*at, base.facts.of(*at)));
    let minor: i128 = facts().map(|(_, fact)| i128::from(fact.held_minor)).sum();
    let bought = |so: fn(&Fact) -> bool| {
        facts().filter(|(_, fact)| so(fact)).map(|(at, _)| at).collect::<Vec<_>>()
    };
    let untold = bought(|fact| fact.bought_minor.is_none()).len() as u64;
    let money = bought(|fact| fact.abc.is_some());
    let (ever, active) =
        (bought(|fact| fact.silent_days.is_some()), bought(|fact| fact.standing == "active"));
    let coverage = Coverage::of(money.len() as u64, [(Lack::Rate, untold)]);
    let count = members.places.len() as u64;
    [
        ACCOUNTS
            .total(count as f64)
            .covering(Coverage::of(count, [(Lack::Rate, members.untold)]))
            .behind(members.places.clone()),
        MONEY.total(minor as f64).covering(coverage.clone()).behind(money.clone()),
        SHARE.quotient(minor as f64, base.facts.held_minor as f64).covering(coverage).behind(money),
        ACTIVE
            .share(active.len() as u64, ever.len() as u64)
            .covering(Coverage::of(ever.len() as u64, []))
            .behind(active),
    ]
}

/// Where they stand in the life cycle.
fn stages(members: &Members, base: Base<'_>) -> Chart {
    let mut at: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    for place in &members.places {
        if let Some(row) = base.rows.get(*place as usize) {
            at.entry(row.stage).or_default().push(*place);
        }
    }
    let of_all = members.places.len() as f64;
    let bars = at.into_iter().map(|(stage, accounts)| {
        let count = accounts.len() as f64;
        Bar {
            label: Label::Stage(stage),
            cells: vec![Ok(count), quotient(count, of_all)],
            accounts,
        }
    });
    let columns: &[(&str, Unit)] = &[("accounts", Unit::Count), ("share", Unit::Share)];
    Chart { id: "stage", columns, bars: bars.collect() }
}

/// How they buy, by the classes of the whole base; shares are of the segment's money.
fn classes(members: &Members, base: Base<'_>) -> Chart {
    let mut found: [(Vec<u32>, i128); RFM.len()] = Default::default();
    for at in &members.places {
        let fact = base.facts.of(*at);
        if let Some(class) = RFM.iter().position(|class| fact.rfm == Some(*class)) {
            found[class].0.push(*at);
            found[class].1 += i128::from(fact.held_minor);
        }
    }
    let total: i128 = found.iter().map(|(_, minor)| minor).sum();
    let bars = RFM.into_iter().zip(found).map(|(code, (accounts, minor))| {
        let share = quotient(minor as f64, total as f64);
        let cells = vec![Ok(accounts.len() as f64), Ok(minor as f64), share];
        Bar { label: Label::Class(code), cells, accounts }
    });
    let columns: &[(&str, Unit)] =
        &[("customers", Unit::Count), ("money", Unit::Minor), ("share", Unit::Share)];
    Chart { id: "segments", columns, bars: bars.collect() }
}

/// By which channels they bought in the last 365 days, refunds left out.
fn channels(members: &Members, base: Base<'_>) -> Chart {
    let days = window(base.facts.today);
    let mut by: BTreeMap<Option<String>, (u64, Vec<u32>)> = BTreeMap::new();
    for place in &members.places {
        let Some(row) = base.rows.get(*place as usize) else { continue };
        for one in row.purchases() {
            if one.amount.minor >= 0 && days.contains(base.view.zone.day_of(one.at)) {
                let (count, accounts) = by.entry(one.channel.map(ToOwned::to_owned)).or_default();
                *count += 1;
                accounts.push(*place);
            }
        }
    }
    let total: u64 = by.values().map(|(count, _)| count).sum();
    let bars = by.into_iter().map(|(channel, (count, mut accounts))| {
        accounts.dedup();
        let share = quotient(count as f64, total as f64);
        let cells = vec![Ok(count as f64), Ok(accounts.len() as f64), share];
        Bar { label: Label::Word(channel), cells, accounts }
    });
    let columns: &[(&str, Unit)] =
        &[("purchases", Unit::Count), ("customers", Unit::Count), ("share", Unit::Share)];
    Chart { id: "channel", columns, bars: bars.collect() }.largest_first()
}
