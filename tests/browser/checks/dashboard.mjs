// Every number of the sales dashboard over the book of a thousand customers, against a second
// computation from the book's own files.

import { readBook, sales } from "../support/book_sales.mjs";
import { Relay, wanted } from "../support/relay.mjs";
import { insist, report } from "../support/report.mjs";
import { signIn } from "../support/screens.mjs";
import { Tablet } from "../support/tablet.mjs";

const DAY_MS = 86_400_000;
const ZONE = "Europe/Moscow";
const SYNC_MS_MAX = 120_000;
/** Sums of whole minor units agree exactly; quotients and weighted sums to this share. */
const TOLERANCE = 1e-9;
const KINDS = { 0: "call", 1: "visit", 2: "meeting", 3: "message", 4: "note", 5: "order" };

await report("dashboard", async () => {
  const folder = wanted("TESSERA_TEST_BOOK_1000");
  const before = utcDay();
  const relay = await Relay.start({ book: folder });
  const tablet = await Tablet.start();
  try {
    insist(utcDay() === before, "midnight came in between; try again", {});
    const book = readBook(folder, before);
    const { page } = tablet;
    await signIn(page, relay, "manager", { milliseconds: SYNC_MS_MAX });
    await page.goto(`${relay.address}/dashboard`);
    await page.locator(".tile").first().waitFor();
    const found = { numbers: 0, differ: [] };
    for (const period of ["month", "quarter", "last-quarter", "year", "last-year"]) {
      await page.locator(".page-head select").selectOption(period);
      await page.locator(`.dashboard[data-period="${period}"]`).waitFor();
      const today = wallDay(Date.now());
      compare(found, period, await shown(page), sales(book, boundaries(period, today), today));
    }
    insist(found.differ.length === 0, "numbers differ", found);
    insist(found.numbers > 300, "too few numbers were looked at", found);
    return found;
  } finally {
    await tablet.end();
    await relay.end();
  }
});

/** Reads every number of the screen as it is, not as it is written. */
function shown(page) {
  return page.evaluate(() => {
    const number = (text) => (text === undefined || text === "" ? undefined : Number(text));
    const tiles = [...document.querySelectorAll(".tile")].map(({ dataset }) => [
      dataset.measure,
      { value: number(dataset.exact), numerator: number(dataset.numerator), denominator: number(dataset.denominator) },
    ]);
    const charts = [...document.querySelectorAll("[data-chart]")].map((chart) => {
      const rows = [...chart.querySelectorAll("tbody tr")].map((row) => [
        chart.dataset.chart === "owner" ? row.querySelector("th").textContent : row.dataset.code,
        [...row.querySelectorAll("td")].map((cell) => number(cell.dataset.exact)),
      ]);
      return [chart.dataset.chart, Object.fromEntries(rows)];
    });
    return { measures: Object.fromEntries(tiles), ...Object.fromEntries(charts) };
  });
}

function compare(found, period, shown, counted) {
  const activity = Object.entries(shown.activity).map(([code, cells]) => [KINDS[code], cells]);
  shown.activity = Object.fromEntries(activity);
  for (const [id, measure] of Object.entries(counted.measures)) {
    for (const part of ["value", "numerator", "denominator"]) {
      if (part !== "value" && measure[part] === undefined) continue;
      check(found, [period, id, part], shown.measures[id]?.[part], measure[part]);
    }
  }
  for (const chart of ["funnel", "stage", "owner", "activity"]) {
    const names = new Set([...Object.keys(counted[chart]), ...Object.keys(shown[chart] ?? {})]);
    for (const name of names) {
      const cells = Math.max(counted[chart][name]?.length ?? 0, shown[chart]?.[name]?.length ?? 0);
      for (let cell = 0; cell < cells; cell += 1) {
        check(found, [period, chart, name, cell], shown[chart]?.[name]?.[cell], counted[chart][name]?.[cell]);
      }
    }
  }
}

function check(found, where, shown, counted) {
  found.numbers += 1;
  const close = (a, b) => a === b || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  if (shown === counted || (shown !== undefined && counted !== undefined && close(shown, counted))) return;
  found.differ.push({ where: where.join(" "), shown: shown ?? null, counted: counted ?? null });
}

/** The first instant of a period and the first one after it, in the zone of the book. */
function boundaries(period, today) {
  const [year, month] = today.split("-").map(Number);
  const quarter = Math.floor((month - 1) / 3) * 3 + 1;
  const months = {
    month: [month, month + 1],
    quarter: [quarter, quarter + 3],
    "last-quarter": [quarter - 3, quarter],
    year: [1, 13],
    "last-year": [-11, 1],
  };
  const [from, to] = months[period].map((month) => startOf(Date.UTC(year, month - 1, 1)));
  return { from, to };
}

/** The instant the zone's clocks show midnight of a day that is given as of UTC. */
function startOf(midnight) {
  const day = new Date(midnight).toISOString().slice(0, 10);
  let at = midnight - DAY_MS;
  while (wallDay(at) < day) at += 15 * 60_000;
  return at;
}

function wallDay(at) {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE, dateStyle: "short" }).format(at);
}

function utcDay() {
  return new Date().toISOString().slice(0, 10);
}
