// The sales of a book, counted from its files by code that shares nothing with the app: what the
// dashboard is held against.

import { readFileSync } from "node:fs";
import { join } from "node:path";

const DAY_MS = 86_400_000;
/** The stages a deal is open in, and the odds of each. */
const STAGES = { new: 0.1, qualified: 0.25, proposal: 0.5, negotiation: 0.8 };
/** What the files call the kinds of activity the app has. */
const KINDS = { email: "message", chat: "message", task: "note" };

/** Reads a book and moves its days, so that it ends the day before `today`. */
export function readBook(folder, today) {
  const { last_day: lastDay } = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  const shift = Date.parse(today) - DAY_MS - Date.parse(lastDay);
  const at = (text) => (text ? Date.parse(text) + shift : undefined);
  const rows = (name) => table(readFileSync(join(folder, name), "utf8"));
  const moves = new Map();
  for (const move of rows("deal_stage_history.csv")) {
    moves.set(move.deal_id, [...(moves.get(move.deal_id) ?? []), move]);
  }
  const rates = rows("exchange_rates.csv").map((rate) => ({ ...rate, at: at(rate.from_day) }));
  const deals = rows("deals.csv").map((deal) => {
    const stays = (moves.get(deal.deal_id) ?? []).map((move) => ({ stage: move.stage, at: at(move.entered_at) }));
    const path = stays.filter((move) => move.stage in STAGES).sort((a, b) => a.at - b.at);
    return {
      owner: deal.owner,
      created: at(deal.created_at),
      closed: deal.outcome ? at(deal.closed_at) : undefined,
      won: deal.outcome === "won",
      minor: deal.amount ? Math.round(Number(deal.amount) * 100) : undefined,
      currency: deal.currency,
      path,
    };
  });
  const activities = rows("activities.csv").map((one) => ({ kind: KINDS[one.type] ?? one.type, at: at(one.at) }));
  return { deals, activities, rates, reporting: mostOften(rows("deals.csv").map((deal) => deal.currency)) };
}

/** Counts everything the dashboard shows of a period: from its first instant to its end. */
export function sales({ deals, activities, rates, reporting }, { from, to }, today) {
  const worth = (deal) => inCurrency(deal, reporting, rates, deal.closed === undefined ? today : dayOf(deal.closed));
  const closed = deals.filter((deal) => deal.closed >= from && deal.closed < to);
  const won = closed.filter((deal) => deal.won);
  const lost = closed.filter((deal) => !deal.won);
  const open = deals.filter((deal) => deal.created < to && !(deal.closed < to));
  const sum = (some) => total(some.map(worth));
  const cycles = won.map((deal) => deal.closed - deal.created).filter((length) => length >= 0);
  const mean = cycles.length ? cycles.reduce((a, b) => a + b) / cycles.length / DAY_MS : undefined;
  const standsIn = (deal) => deal.path.filter((move) => move.at < to).at(-1)?.stage;
  const weighted = total(open.map((deal) => worth(deal) * (STAGES[standsIn(deal)] ?? 0)));
  const winRate = ratio(won.length, won.length + lost.length);
  const average = ratio(sum(won), won.length);
  const velocity =
    winRate === undefined || average === undefined || !mean ? undefined : (open.length * winRate * average) / mean;
  const measures = {
    won_minor: { value: sum(won) },
    won: { value: won.length },
    lost: { value: lost.length },
    win_rate: { value: winRate, numerator: won.length, denominator: closed.length },
    win_rate_value: { value: ratio(sum(won), sum(closed)), numerator: sum(won), denominator: sum(closed) },
    average_won_minor: { value: average, numerator: sum(won), denominator: won.length },
    cycle_median_days: { value: cycles.length ? median(cycles) / DAY_MS : undefined },
    cycle_mean_days: { value: mean, denominator: cycles.length },
    open: { value: open.length },
    open_minor: { value: sum(open) },
    weighted_minor: { value: weighted },
    forecast_minor: { value: sum(won) + weighted },
    velocity_minor_per_day: { value: velocity },
    // The book sets no quota.
    coverage: { value: undefined },
  };
  return {
    measures,
    funnel: funnel(deals.filter((deal) => deal.created >= from && deal.created < to), to),
    stage: sumsOf(Object.keys(STAGES), (stage) => open.filter((deal) => standsIn(deal) === stage), sum),
    owner: sumsOf([...new Set(open.map((deal) => deal.owner))], (owner) => open.filter((deal) => deal.owner === owner), sum),
    activity: Object.fromEntries(
      ["call", "visit", "meeting", "message", "note", "order"].map((kind) => [
        kind,
        [activities.filter((one) => one.kind === kind && one.at >= from && one.at < to).length],
      ]),
    ),
  };
}

/** By stage: how many reached it, the share that went on, and the median days of finished stays. */
function funnel(cohort, asOf) {
  const names = Object.keys(STAGES);
  const lives = cohort.map((deal) => {
    const ended = deal.closed <= asOf ? deal.closed : undefined;
    const path = deal.path.filter((move) => move.at <= asOf && !(move.at > ended));
    const furthest = Math.max(-1, ...path.map((move) => names.indexOf(move.stage)));
    const won = ended !== undefined && deal.won;
    return { path, ended, won, reached: won ? names.length : furthest + 1 };
  });
  const rows = names.map((name, place) => {
    const reached = lives.filter((life) => life.reached > place).length;
    const wentOn = lives.filter((life) => life.won || life.reached > place + 1).length;
    const stays = lives.map((life) => stay(life, name)).filter((length) => length !== undefined);
    const days = stays.length ? median(stays) / DAY_MS : undefined;
    return [name, [reached, ratio(wentOn, reached), days]];
  });
  return Object.fromEntries(rows);
}

/** The milliseconds a deal stayed in a stage in all; nothing where it never was or still is. */
function stay({ path, ended }, name) {
  let total;
  for (const [place, move] of path.entries()) {
    if (move.stage !== name) continue;
    const end = path[place + 1]?.at ?? ended;
    if (end === undefined) return undefined;
    total = (total ?? 0) + Math.max(0, end - move.at);
  }
  return total;
}

/** The amount at the rate in force on a day, to the minor unit, half to even, in whole numbers. */
export function inCurrency({ minor, currency }, reporting, rates, day) {
  if (minor === undefined) return 0;
  // Half to even goes the same way on both sides of nought.
  if (minor < 0) return 0 - inCurrency({ minor: -minor, currency }, reporting, rates, day);
  if (currency === reporting) return minor;
  const known = rates.filter((rate) => rate.currency === currency && rate.quoted_in === reporting);
  const held = known.filter((rate) => rate.at <= Date.parse(day)).sort((a, b) => a.at - b.at);
  const { rate } = held.at(-1) ?? { rate: undefined };
  if (rate === undefined) return 0;
  const decimals = rate.split(".")[1]?.length ?? 0;
  const [product, divisor] = [BigInt(minor) * BigInt(rate.replace(".", "")), 10n ** BigInt(decimals)];
  const [whole, rest] = [product / divisor, (product % divisor) * 2n];
  return Number(rest > divisor || (rest === divisor && whole % 2n === 1n) ? whole + 1n : whole);
}

function sumsOf(names, dealsOf, sum) {
  return Object.fromEntries(names.map((name) => [name, [sum(dealsOf(name)), dealsOf(name).length]]));
}

const dayOf = (at) => new Date(at).toISOString().slice(0, 10);
export const ratio = (part, whole) => (whole ? part / whole : undefined);
export const total = (numbers) => numbers.reduce((sum, number) => sum + number, 0);

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

export function mostOften(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0][0];
}

/** Reads CSV into objects by heading. */
export function table(text) {
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    const row = rows.at(-1);
    if (quoted && letter === '"' && text[at + 1] === '"') row[row.length - 1] += text[(at += 1)];
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === ",") row.push("");
    else if (!quoted && letter === "\n") rows.push([""]);
    else if (quoted || letter !== "\r") row[row.length - 1] += letter;
  }
  const [heads, ...cells] = rows.filter((row) => row.length > 1 || row[0]);
  return cells.map((row) => Object.fromEntries(heads.map((head, place) => [head, row[place]])));
}
