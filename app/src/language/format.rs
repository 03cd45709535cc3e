//! Numbers, money, dates and names of countries as the reader's language writes them.
//!
//! The browser's `Intl` does the work; its formatters are dear to make, so each is made once.

use super::{Language, current, texts};
use domain::{
    money::{Currency, Money},
    time::{Day, Timestamp},
};
use js_sys::{Array, Date, Function, Object, Reflect};
use leptos::{leptos_dom::helpers::set_interval_with_handle, prelude::*};
use std::{cell::RefCell, time::Duration};
use wasm_bindgen::{JsCast, JsValue};

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Number,
    Percent,
    Decimal,
    Ratio,
    Exact,
    Order,
    Letters,
    Money(Currency),
    WholeMoney(Currency),
    Day,
    DayOfYear,
    LongDay,
    Month,
    Moment,
    Relative,
    Country,
    Megabytes,
}

thread_local! {
    static MINUTES: ArcRwSignal<u32> = ArcRwSignal::new(0);
    static FORMATTERS: RefCell<Vec<(Style, Language, JsValue)>> = const { RefCell::new(Vec::new()) };
}

/// Returns a count, grouped as the language groups it.
pub fn number(count: u64) -> String {
    written(Style::Number, "format", &[(count as f64).into()]).unwrap_or_else(|| count.to_string())
}

/// Returns a share such as 0.256 in percent, to a tenth.
pub fn percent(share: f64) -> String {
    written(Style::Percent, "format", &[share.into()])
        .unwrap_or_else(|| format!("{:.1} %", share * 100.0))
}

/// Returns a number to a tenth.
pub fn decimal(number: f64) -> String {
    written(Style::Decimal, "format", &[number.into()]).unwrap_or_else(|| format!("{number:.1}"))
}

/// Returns a number as it was written, grouped; what is no number is returned as it is.
pub fn exact(text: &str) -> String {
    let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
    let said = number.and_then(|number| written(Style::Exact, "format", &[number.into()]));
    said.unwrap_or_else(|| text.to_owned())
}

/// Puts what has a name in the order its reader expects; Chinese by pinyin.
pub fn sort_by_name<T>(named: &mut [T], name: impl Fn(&T) -> &str) {
    let compare = formatter(Style::Order).and_then(|collator| {
        let compare = Reflect::get(&collator, &"compare".into()).ok()?;
        compare.dyn_into::<Function>().ok()
    });
    let order = |left: &str, right: &str| {
        let told = compare.as_ref()?.call2(&JsValue::NULL, &left.into(), &right.into()).ok()?;
        told.as_f64()?.partial_cmp(&0.0)
    };
    named.sort_by(|left, right| {
        let (left, right) = (name(left), name(right));
        order(left, right).unwrap_or_else(|| left.cmp(right))
    });
}

/// Puts letters in the order of the reader's names; those told apart by nothing but their accent or
/// case stand together.
pub fn letters_in_order(letters: Vec<char>) -> Vec<Vec<char>> {
    let by_code = || letters.iter().map(|letter| vec![*letter]).collect();
    sorted_letters(&letters).unwrap_or_else(by_code)
}

fn sorted_letters(letters: &[char]) -> Option<Vec<Vec<char>>> {
    let collator = formatter(Style::Letters)?;
    let compare: Function = Reflect::get(&collator, &"compare".into()).ok()?.dyn_into().ok()?;
    let all: Array = letters.iter().map(|letter| JsValue::from(letter.to_string())).collect();
    // The browser sorts them itself: asking it pair by pair would take ten times as long.
    let sort: Function = Reflect::get(&all, &"sort".into()).ok()?.dyn_into().ok()?;
    sort.call1(&all, &compare).ok()?;
    let mut order: Vec<Vec<char>> = Vec::new();
    let mut before = JsValue::UNDEFINED;
    for text in all.iter() {
        let letter = text.as_string()?.chars().next()?;
        let told = compare.call2(&JsValue::NULL, &before, &text).ok()?;
        match order.last_mut().filter(|_| told.as_f64() == Some(0.0)) {
            Some(same) => same.push(letter),
            None => order.push(vec![letter]),
        }
        before = text;
    }
    Some(order)
}

/// Returns an amount with its currency; nothing after the point when it is whole.
pub fn money(money: Money) -> String {
    written_money(Style::Money(money.currency), money)
}

/// Returns an amount to the nearest whole unit, for lists, where columns are narrow.
pub fn whole_money(money: Money) -> String {
    written_money(Style::WholeMoney(money.currency), money)
}

fn written_money(style: Style, money: Money) -> String {
    let scale = 10f64.powi(money.currency.decimals() as i32);
    let plain = || format!("{} {}", money.decimal(), money.currency);
    written(style, "format", &[(money.minor as f64 / scale).into()]).unwrap_or_else(plain)
}

/// Returns a day: without its year when that is the year of `now`.
pub fn day(day: Day, now: Timestamp) -> String {
    let near = day.civil().0 == now.day().civil().0;
    let date = Date::new(&JsValue::from_f64(day.start().0 as f64));
    written(if near { Style::DayOfYear } else { Style::Day }, "format", &[date.into()])
        .unwrap_or_else(|| day.to_string())
}

/// Returns a point in time in the reader's own time zone, to the minute.
pub fn moment(at: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    written(Style::Moment, "format", &[date.into()]).unwrap_or_else(|| at.day().to_string())
}

/// Counts the minutes that pass, so that *how long ago* stays true; until the screens are gone.
pub fn follow_time() {
    let passed = || MINUTES.with(|minutes| minutes.update(|minutes| *minutes += 1));
    if let Ok(interval) = set_interval_with_handle(passed, Duration::from_secs(60)) {
        on_cleanup(move || interval.clear());
    }
}

/// Has what reads this told again as time passes.
pub fn track_time() {
    MINUTES.with(|minutes| minutes.track());
}

/// Returns the month a day lies in, with its year.
pub fn month(day: Day) -> String {
    let date = Date::new(&JsValue::from_f64(day.start().0 as f64));
    written(Style::Month, "format", &[date.into()]).unwrap_or_else(|| day.to_string())
}

/// Returns a number that is small, to the second decimal.
pub fn ratio(number: f64) -> String {
    written(Style::Ratio, "format", &[number.into()]).unwrap_or_else(|| format!("{number:.2}"))
}

/// Returns a day with its weekday, as a calendar's page has it.
pub fn long_day(day: Day) -> String {
    let date = Date::new(&JsValue::from_f64(day.start().0 as f64));
    written(Style::LongDay, "format", &[date.into()]).unwrap_or_else(|| day.to_string())
}

/// Returns how long ago something was, in the largest unit that fits; read in a closure, it stays
/// true as time passes.
pub fn ago(at: Timestamp, now: Timestamp) -> String {
    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    track_time();
    let passed = now.0 - at.0;
    let (count, unit) = match passed.abs() {
        below if below < MINUTE => return texts().words.just_now.to_owned(),
        below if below < HOUR => (passed / MINUTE, "minute"),
        below if below < DAY => (passed / HOUR, "hour"),
        below if below < 30 * DAY => (passed / DAY, "day"),
        below if below < 365 * DAY => (passed / (30 * DAY), "month"),
        _ => (passed / (365 * DAY), "year"),
    };
    written(Style::Relative, "format", &[(-count as f64).into(), unit.into()])
        .unwrap_or_else(|| at.day().to_string())
}

/// Returns the name of a country from its two letters, or the letters.
pub fn country(code: &str) -> String {
    let known = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic());
    let name = known.then(|| written(Style::Country, "of", &[code.to_ascii_uppercase().into()]));
    name.flatten().unwrap_or_else(|| code.to_owned())
}

/// Returns an amount of storage.
pub fn megabytes(bytes: u64) -> String {
    let megabytes = bytes as f64 / 1_000_000.0;
    written(Style::Megabytes, "format", &[megabytes.into()])
        .unwrap_or_else(|| format!("{megabytes:.1} MB"))
}

/// Returns the day it is for the reader, which need not be the day it is in Greenwich.
pub fn local_day(at: Timestamp) -> Day {
    let minutes = Date::new(&JsValue::from_f64(at.0 as f64)).get_timezone_offset();
    Timestamp(at.0 - minutes as i64 * 60_000).day()
}

fn written(style: Style, method: &str, values: &[JsValue]) -> Option<String> {
    let formatter = formatter(style)?;
    let method = Reflect::get(&formatter, &method.into()).ok()?.dyn_into::<Function>().ok()?;
    let said = method.apply(&formatter, &values.iter().collect::<Array>()).ok()?.as_string()?;
    Some(match current() {
        // The browser lets a line end between a year and its sign.
        Language::Russian => said.replace(" г.", "\u{a0}г."),
        Language::English | Language::Chinese => said,
    })
}

fn formatter(style: Style) -> Option<JsValue> {
    let language = current();
    let kept = |kept: &RefCell<Vec<(Style, Language, JsValue)>>| {
        let kept = kept.try_borrow().ok()?;
        let found = kept.iter().find(|entry| entry.0 == style && entry.1 == language)?;
        Some(found.2.clone())
    };
    if let Some(formatter) = FORMATTERS.with(kept) {
        return Some(formatter);
    }
    let made = make(style, language)?;
    FORMATTERS.with(|kept| {
        if let Ok(mut kept) = kept.try_borrow_mut() {
            kept.push((style, language, made.clone()));
        }
    });
    Some(made)
}

fn make(style: Style, language: Language) -> Option<JsValue> {
    let currency = match style {
        Style::Money(currency) | Style::WholeMoney(currency) => currency,
        _ => Currency(*b"XXX"),
    };
    let (kind, options): (&str, &[(&str, &str)]) = match style {
        Style::Number => ("NumberFormat", &[]),
        Style::Percent => ("NumberFormat", &[("style", "percent"), ("maximumFractionDigits", "1")]),
        Style::Decimal => ("NumberFormat", &[("maximumFractionDigits", "1")]),
        Style::Ratio => ("NumberFormat", &[("maximumFractionDigits", "2")]),
        Style::Month => {
            ("DateTimeFormat", &[("year", "numeric"), ("month", "short"), ("timeZone", "UTC")])
        }
        Style::Exact => ("NumberFormat", &[("maximumFractionDigits", "6")]),
        Style::Order => ("Collator", &[("numeric", "true")]),
        Style::Letters => ("Collator", &[("sensitivity", "base")]),
        Style::Money(_) => (
            "NumberFormat",
            &[
                ("style", "currency"),
                ("currency", currency.code()),
                ("currencyDisplay", "narrowSymbol"),
                ("trailingZeroDisplay", "stripIfInteger"),
            ],
        ),
        Style::WholeMoney(_) => (
            "NumberFormat",
            &[
                ("style", "currency"),
                ("currency", currency.code()),
                ("currencyDisplay", "narrowSymbol"),
                ("minimumFractionDigits", "0"),
                ("maximumFractionDigits", "0"),
            ],
        ),
        Style::Day => (
            "DateTimeFormat",
            &[("timeZone", "UTC"), ("day", "numeric"), ("month", "short"), ("year", "numeric")],
        ),
        Style::LongDay => (
            "DateTimeFormat",
            &[("timeZone", "UTC"), ("weekday", "long"), ("day", "numeric"), ("month", "long")],
        ),
        Style::DayOfYear => {
            ("DateTimeFormat", &[("timeZone", "UTC"), ("day", "numeric"), ("month", "short")])
        }
        Style::Moment => ("DateTimeFormat", &[("dateStyle", "medium"), ("timeStyle", "short")]),
        Style::Relative => ("RelativeTimeFormat", &[("numeric", "auto"), ("style", "short")]),
        Style::Country => ("DisplayNames", &[("type", "region"), ("fallback", "code")]),
        Style::Megabytes => (
            "NumberFormat",
            &[("style", "unit"), ("unit", "megabyte"), ("maximumFractionDigits", "1")],
        ),
    };
    let object = Object::new();
    for (name, value) in options {
        Reflect::set(&object, &(*name).into(), &(*value).into()).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor = Reflect::get(&intl, &kind.into()).ok()?.dyn_into::<Function>().ok()?;
    Reflect::construct(&constructor, &Array::of2(&language.tag().into(), &object)).ok()
}
