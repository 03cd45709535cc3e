// Every number of the sales dashboard over the book of a thousand customers, against a second
// computation from the book's own files.

import { readBook, sales } from "../support/book_sales.mjs";
import { choose, compare, shown } from "../support/numbers.mjs";
import { Relay, wanted } from "../support/relay.mjs";
import { insist, report } from "../support/report.mjs";
import { signIn } from "../support/screens.mjs";
import { Tablet } from "../support/tablet.mjs";

const DAY_MS = 86_400_000;
const ZONE = "Europe/Moscow";
const SYNC_MS_MAX = 120_000;
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
      await choose(page, period);
      const today = wallDay(Date.now());
      const counted = coded(sales(book, boundaries(period, today), today));
      compare(found, [period], await shown(page, ["owner"]), counted);
    }
    insist(found.differ.length === 0, "numbers differ", found);
    insist(found.numbers > 300, "too few numbers were looked at", found);
    return found;
  } finally {
    await tablet.end();
    await relay.end();
  }
});

/** What was counted, by the codes the screen has. */
function coded({ measures, activity, ...charts }) {
  const code = Object.fromEntries(Object.entries(KINDS).map(([code, kind]) => [kind, code]));
  const kinds = Object.entries(activity).map(([kind, cells]) => [code[kind], cells]);
  return { measures, charts: { ...charts, activity: Object.fromEntries(kinds) } };
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
