// Customers, retention, leads, adoption and data quality of a book, counted from its files by code
// that shares nothing with the app: what the dashboards over accounts are held against.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inCurrency, median, mostOften, ratio, table, total } from "./book_sales.mjs";

const DAY_MS = 86_400_000;
const COUNTRY_MONEY = { RU: "RUB", CN: "CNY", DE: "EUR", GB: "GBP", US: "USD", KZ: "KZT" };
/** Fields of an account: the number the app has for each, and the column that fills it. */
const FIELDS = { 0: "domain", 1: "industry", 2: "country", 3: "city", 5: "currency", 6: "employees", 7: "annual_revenue", 8: "source" };
const WINDOW_DAYS = 365;

/** Reads what the dashboards need, with the days moved, so that the book ends the day before `today`. */
export function readAccounts(folder, today, zone) {
  const { last_day: lastDay } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const shift = Date.parse(today) - DAY_MS - Date.parse(lastDay);
  const at = (text) => (text ? Date.parse(text) + shift : undefined);
  const day = dayIn(zone);
  const rows = (name) => table(readFileSync(join(folder, name), "utf8"));
  const rates = rows("exchange_rates.csv").map((rate) => ({ ...rate, at: at(rate.from_day) }));
  const reporting = mostOften(rows("deals.csv").map((deal) => deal.currency));
  const minor = (amount, currency, on) =>
    inCurrency({ minor: Math.round(Number(amount) * 100), currency }, reporting, rates, dayText(on));
  const accounts = new Map();
  const account = (id) => accounts.get(id);
  for (const one of rows("accounts.csv")) {
    accounts.set(one.account_id, blank({ filled: Object.values(FIELDS).map((column) => Boolean(one[column])), row: one, isCustomer: true }));
  }
  for (const one of rows("purchases.csv")) {
    const on = day(at(one.at));
    account(one.account_id).bought.push({ on, minor: minor(one.amount, one.currency, on), refund: Number(one.amount) < 0, category: one.category });
  }
  for (const one of rows("contacts.csv")) account(one.account_id).people.push(one);
  for (const one of rows("leads.csv")) {
    // A lead that names no account is one of its own; what it cost is in the money of its account.
    const known = account(one.account_id);
    const lead = known ?? blank({ row: { ...one, name: one.company } });
    if (!known) accounts.set(one.lead_id, lead);
    const on = day(at(one.created_at));
    const currency = known ? known.row.currency : COUNTRY_MONEY[one.country];
    const converted = at(one.converted_at);
    lead.asked.push({
      on,
      source: one.source,
      status: one.status,
      converted: converted === undefined ? undefined : { on: day(converted), days: (toMinute(converted) - toMinute(at(one.created_at))) / DAY_MS },
      cost: one.cost ? minor(one.cost, currency, on) : undefined,
    });
  }
  for (const one of rows("activities.csv")) account(one.account_id).acts.push({ on: day(at(one.at)) });
  for (const one of rows("deals.csv")) {
    if (!one.outcome) account(one.account_id).deals.push({ amount: Boolean(one.amount), close: one.expected_close ? dayNumber(one.expected_close) + shift / DAY_MS : undefined });
  }
  return [...accounts.values()];
}

const blank = (more) => ({ bought: [], people: [], asked: [], acts: [], deals: [], isCustomer: false, ...more });

/** Counts a dashboard for the days `from` to before `to`, and as many of the period before. */
export function count(which, accounts, days, before, today) {
  const boards = { customers, retention, leads, adoption, quality };
  return boards[which](accounts, days, before, today);
}

function customers(accounts, days) {
  const last = days.to - 1;
  const known = accounts.map((one) => ({ ...one, on: daysOf(one, last) })).filter((one) => one.on.length);
  const bought = accounts.flatMap((one) => one.bought).filter((one) => within(one.on, days));
  const purchases = bought.filter((one) => !one.refund);
  const year = { from: last - WINDOW_DAYS + 1, to: days.to };
  const spent = accounts.filter((one) => one.bought.some((buy) => within(buy.on, year) && !buy.refund)).map((one) => net(one, year));
  const values = spent.filter((value) => value >= 0).sort((a, b) => b - a);
  const all = total(values);
  const fifth = values.slice(0, Math.ceil((values.length * 20) / 100));
  const n = values.length;
  const tilt = total([...values].reverse().map((value, place) => (2 * (place + 1) - n - 1) * value));
  const first = known.map((one) => one.on[0]);
  let held = 0;
  const pareto = values.filter((value) => {
    const needed = held < 0.8 * all;
    held += value;
    return needed;
  }).length;
  return {
    measures: {
      revenue_minor: value(bought.length ? total(bought.map((one) => one.minor)) : undefined),
      customers: value(known.length),
      buyers: value(known.filter((one) => one.on.some((on) => within(on, days))).length),
      new_customers: value(first.filter((on) => within(on, days)).length),
      repeat_share: share(known.filter((one) => one.on.length > 1).length, known.length),
      purchases: value(purchases.length),
      average_purchase_minor: share(total(purchases.map((one) => one.minor)), purchases.length),
      gini: value(n && all ? tilt / (n * all) : undefined),
      top_fifth_share: value(ratio(total(fifth), all)),
      pareto_customers: value(n && all ? pareto : undefined),
    },
    charts: { segments: segments(accounts, year, all), abc: abc(values, all), category: categories(bought, accounts, days) },
  };
}

function segments(accounts, year, all) {
  const scored = accounts
    .map((one) => ({ buys: one.bought.filter((buy) => within(buy.on, year)) }))
    .map(({ buys }) => ({ purchases: buys.filter((buy) => !buy.refund), money: total(buys.map((buy) => buy.minor)) }))
    .filter(({ purchases }) => purchases.length)
    .map(({ purchases, money }) => ({ recency: Math.max(...purchases.map((buy) => buy.on)), frequency: purchases.length, money }));
  const score = (of) => {
    const values = scored.map(of);
    return (one) => {
      const less = values.filter((value) => value < of(one)).length;
      const same = values.filter((value) => value === of(one)).length;
      // Twice the average rank is the first and the last rank of those that are equal.
      return 1 + Math.floor((5 * (2 * less + same)) / (2 * values.length));
    };
  };
  const [r, f, m] = [score((one) => one.recency), score((one) => one.frequency), score((one) => one.money)];
  const names = ["champions", "loyal", "promising", "attention", "at_risk", "lost", "others"];
  const counted = Object.fromEntries(names.map((name) => [name, [0, 0]]));
  for (const one of scored) {
    const pot = counted[segment(r(one), (f(one) + m(one)) / 2)];
    pot[0] += 1;
    pot[1] += one.money;
  }
  // Shares are of the money of all whose money is not below nought.
  return withShare(counted, all);
}

function segment(r, mean) {
  if (r >= 4 && mean >= 4) return "champions";
  if (r >= 3 && mean >= 4) return "loyal";
  if (r >= 4 && mean < 3) return "promising";
  if (r === 3 && mean === 3) return "attention";
  if (r <= 2 && mean >= 3) return "at_risk";
  if (r === 1 && mean <= 2) return "lost";
  return "others";
}

function abc(values, all) {
  const counted = { a: [0, 0], b: [0, 0], c: [0, 0] };
  let before = 0;
  for (const value of values) {
    const pot = counted[before < 0.8 * all ? "a" : before < 0.95 * all ? "b" : "c"];
    pot[0] += 1;
    pot[1] += value;
    before += value;
  }
  return withShare(counted, all);
}

function categories(bought, accounts, days) {
  const names = [...new Set(bought.map((one) => one.category))];
  const all = total(bought.map((one) => one.minor));
  return Object.fromEntries(
    names.map((name) => {
      const money = total(bought.filter((one) => one.category === name).map((one) => one.minor));
      const of = accounts.filter((one) => one.bought.some((buy) => buy.category === name && within(buy.on, days)));
      return [name, [money, of.length, ratio(money, all)]];
    }),
  );
}

const withShare = (counted, all) =>
  Object.fromEntries(Object.entries(counted).map(([name, [count, money]]) => [name, [count, money, ratio(money, all)]]));

function retention(accounts, days, before) {
  const last = days.to - 1;
  const known = accounts.map((one) => daysOf(one, last)).filter((on) => on.length);
  const gaps = (on) => on.slice(1).map((day, place) => day - on[place]);
  const own = (on) => (gaps(on).length >= 2 ? median(gaps(on)) : undefined);
  const medians = known.map(own).filter((gap) => gap !== undefined);
  const population = medians.length ? median(medians) : 90;
  const ratios = known.map((on) => (last - on.at(-1)) / Math.max(7, own(on) ?? population));
  const between = (low, high) => ratios.filter((ratio) => ratio >= low && ratio < high).length;
  const back = known.filter((on) => {
    const all = gaps(on);
    const usual = all.slice(0, -1);
    return usual.length > 0 && all.at(-1) >= 3 * median(usual);
  });
  const ends = accounts
    .map((one) => ({ open: net(one, before), close: net(one, days) }))
    .filter(({ open, close }) => open >= 0 && close >= 0 && open + close > 0);
  const there = ends.filter(({ open }) => open > 0);
  const opening = total(there.map(({ open }) => open));
  const silent = there.filter(({ close }) => close === 0);
  const sum = (of, some = ends) => [total(some.map(of)), some.length];
  const less = there.filter(({ open, close }) => close > 0 && close < open);
  const more = there.filter(({ open, close }) => close > open);
  const fresh = ends.filter(({ open }) => open === 0);
  const negative = ([money, count]) => [money ? -money : 0, count];
  const months = cohorts(known, last);
  const third = months.filter((cohort) => cohort.over(3));
  return {
    measures: {
      active_share: share(between(0, 1), known.length),
      at_risk: value(between(1.5, 3)),
      lapsed: value(between(3, Infinity)),
      reactivated: value(back.length),
      usual_gap_days: value(known.length ? population : undefined),
      grr: value(ratio(total(there.map(({ open, close }) => Math.min(open, close))), opening)),
      nrr: value(ratio(total(there.map(({ close }) => close)), opening)),
      not_back_share: share(silent.length, there.length),
      third_month_share: share(total(third.map((cohort) => cohort.active(3))), total(third.map((cohort) => cohort.size))),
    },
    charts: {
      standing: Object.fromEntries(
        [["active", 0, 1], ["due", 1, 1.5], ["at_risk", 1.5, 3], ["lapsed", 3, Infinity]].map(([name, low, high]) => [
          name,
          [between(low, high), ratio(between(low, high), known.length)],
        ]),
      ),
      bridge: {
        opening: sum(({ open }) => open, there),
        churned: negative(sum(({ open }) => open, silent)),
        contraction: negative(sum(({ open, close }) => open - close, less)),
        expansion: sum(({ open, close }) => close - open, more),
        new: sum(({ close }) => close, fresh),
        closing: sum(({ close }) => close, ends.filter(({ close }) => close > 0)),
      },
      cohorts: Object.fromEntries(
        months.slice(-12).map((cohort) => [
          cohort.name,
          [cohort.size, ...[1, 2, 3, 6, 12].map((after) => (cohort.over(after) ? ratio(cohort.active(after), cohort.size) : undefined))],
        ]),
      ),
    },
  };
}

/** Customers by the month they first bought in. */
function cohorts(known, last) {
  const now = monthOf(last);
  const isLastDay = monthOf(last + 1) !== now;
  const names = [...new Set(known.map((on) => monthOf(on[0])))].sort((a, b) => a - b);
  return names.map((month) => {
    const members = known.filter((on) => monthOf(on[0]) === month);
    return {
      name: `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`,
      size: members.length,
      active: (after) => members.filter((on) => on.some((day) => monthOf(day) === month + after)).length,
      over: (after) => month + after < now || (month + after === now && isLastDay),
    };
  });
}

function leads(accounts, days) {
  const asked = accounts.flatMap((one) => {
    const of = one.asked.filter((ask) => within(ask.on, days)).sort((a, b) => a.on - b.on);
    // What was bought counts once, from the first enquiry of the period on.
    return of.map((ask, place) => ({ ...ask, account: one, bought: place ? 0 : net(one, { from: ask.on, to: days.to }) }));
  });
  const converted = (some) => some.filter((one) => one.converted && one.converted.on < days.to);
  const cost = (some) => {
    const priced = some.filter((one) => one.cost !== undefined);
    return priced.length ? total(priced.map((one) => one.cost)) : undefined;
  };
  const by = (key) => [...new Set(asked.map(key))].map((name) => [name, asked.filter((one) => key(one) === name)]);
  const per = (money, count) => (money === undefined ? undefined : ratio(money, count));
  const lengths = converted(asked).map((one) => one.converted.days).filter((length) => length >= 0);
  const is = (...states) => asked.filter((one) => states.includes(one.status)).length;
  return {
    measures: {
      enquiries: value(asked.length),
      qualified_share: share(is("qualified", "converted"), asked.length),
      converted: value(converted(asked).length),
      conversion_share: share(converted(asked).length, asked.length),
      days_to_convert: value(lengths.length ? median(lengths) : undefined),
      waiting: value(is("new", "working")),
      cost_minor: value(cost(asked)),
      cost_per_enquiry_minor: value(per(cost(asked), asked.filter((one) => one.cost !== undefined).length)),
      cac_minor: value(per(cost(asked), converted(asked).length)),
    },
    charts: {
      source: Object.fromEntries(
        by((one) => one.source).map(([name, some]) => [
          name,
          [
            some.length,
            converted(some).length,
            ratio(converted(some).length, some.length),
            cost(some),
            per(cost(some), converted(some).length),
            total(some.map((one) => one.bought)),
          ],
        ]),
      ),
      status: Object.fromEntries(["new", "working", "qualified", "disqualified", "converted"].map((name) => [name, [is(name)]])),
    },
  };
}

function adoption(accounts, days, before, today) {
  const acts = accounts.flatMap((one) => one.acts).filter((one) => within(one.on, days));
  const ours = accounts.filter((one) => one.isCustomer);
  const deals = accounts.flatMap((one) => one.deals);
  const dated = deals.filter((deal) => deal.close !== undefined);
  return {
    measures: {
      // The book names nobody who did what it tells, and has no tasks and no next steps.
      people_at_work: value(0),
      activities: value(acts.length),
      activities_per_person: share(0, 0),
      touched_share: share(ours.filter((one) => one.acts.some((act) => within(act.on, days))).length, ours.length),
      open_tasks: value(0),
      overdue_share: share(0, 0),
      no_next_step_share: share(deals.length, deals.length),
      late_deals_share: share(dated.filter((deal) => deal.close < today).length, dated.length),
      open_conflicts: value(0),
    },
    charts: {
      person: Object.fromEntries(
        [...new Set([...ours.map((one) => one.row.owner), undefined])].map((owner) => [
          owner ?? "",
          [owner ? 0 : acts.length, ours.filter((one) => (one.row.owner || undefined) === owner).length, 0, 0],
        ]),
      ),
    },
  };
}

function quality(accounts) {
  const ours = accounts.filter((one) => one.isCustomer);
  const people = ours.flatMap((one) => one.people);
  const deals = ours.flatMap((one) => one.deals);
  const has = (so) => share(ours.filter(so).length, ours.length);
  const filled = ours.flatMap((one) => one.filled);
  const likeness = (one) => `${one.row.name.trim().split(/\s+/).join(" ").toLowerCase()} / ${one.row.country}`;
  const names = ours.map(likeness);
  return {
    measures: {
      complete_share: share(filled.filter(Boolean).length, filled.length),
      with_person_share: has((one) => one.people.length > 0),
      reachable_share: has((one) => one.people.some((person) => person.email || person.phone)),
      consent_share: share(people.filter((person) => person.consent_email !== "").length, people.length),
      owned_share: has((one) => one.row.owner),
      deal_amount_share: share(deals.filter((deal) => deal.amount).length, deals.length),
      deal_close_share: share(deals.filter((deal) => deal.close !== undefined).length, deals.length),
      doubles: value(names.filter((name) => names.filter((other) => other === name).length > 1).length),
    },
    charts: {
      field: Object.fromEntries(
        Object.keys(FIELDS).map((number, place) => {
          const filled = ours.filter((one) => one.filled[place]).length;
          return [number, [ratio(filled, ours.length), ours.length - filled]];
        }),
      ),
    },
  };
}

const value = (value) => ({ value });
const share = (numerator, denominator) => ({ value: ratio(numerator, denominator), numerator, denominator });
const within = (on, { from, to }) => on >= from && on < to;
const net = (one, days) => total(one.bought.filter((buy) => within(buy.on, days)).map((buy) => buy.minor));
const toMinute = (at) => Math.floor(at / 60_000) * 60_000;
const dayNumber = (text) => Date.parse(text.slice(0, 10)) / DAY_MS;
const dayText = (number) => new Date(number * DAY_MS).toISOString().slice(0, 10);

/** The days an account bought on up to a day, each once, in order. */
function daysOf(one, last) {
  const days = one.bought.filter((buy) => !buy.refund && buy.on <= last).map((buy) => buy.on);
  return [...new Set(days)].sort((a, b) => a - b);
}

function monthOf(day) {
  const [year, month] = dayText(day).split("-").map(Number);
  return year * 12 + month - 1;
}

/** Tells the day, as a number, that the clocks of a zone show. */
function dayIn(zone) {
  const written = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" });
  return (at) => dayNumber(written.format(at));
}
