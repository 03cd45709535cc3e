// Every number of the dashboards over accounts, over the book of a thousand customers, against a
// second computation from the book's own files.

import { count, readAccounts } from "../support/book_boards.mjs";
import { choose, compare, shown } from "../support/numbers.mjs";
import { Relay, wanted } from "../support/relay.mjs";
import { insist, report } from "../support/report.mjs";
import { go, signIn } from "../support/screens.mjs";
import { Tablet } from "../support/tablet.mjs";

const DAY_MS = 86_400_000;
const ZONE = "Europe/Moscow";
const SYNC_MS_MAX = 120_000;
const BOARDS = ["customers", "retention", "leads", "adoption", "quality"];
const PERIODS = { month: 1, quarter: 3, "last-quarter": 3, year: 12, "last-year": 12 };

await report("dashboards", async () => {
  const folder = wanted("TESSERA_TEST_BOOK_1000");
  const before = new Date().toISOString().slice(0, 10);
  const relay = await Relay.start({ book: folder });
  const tablet = await Tablet.start();
  try {
    const accounts = readAccounts(folder, before, ZONE);
    const { page } = tablet;
    await signIn(page, relay, "manager", { milliseconds: SYNC_MS_MAX });
    const today = todayThere();
    const found = { numbers: 0, differ: [] };
    for (const board of BOARDS) {
      await go(page, `/dashboard/${board}`);
      for (const period of Object.keys(PERIODS)) {
        await choose(page, period, board);
        const { days, before } = boundaries(period, today);
        const counted = count(board, accounts, days, before, today);
        compare(found, [board, period], await shown(page), named(counted, await people(page)));
      }
    }
    insist(today === todayThere(), "midnight came in between; try again", {});
    insist(found.differ.length === 0, "numbers differ", found);
    insist(found.numbers > 1000, "too few numbers were looked at", found);
    return found;
  } finally {
    await tablet.end();
    await relay.end();
  }
});

/** Returns the ids of people by their names, as the charts tell both. */
function people(page) {
  return page.evaluate(() => {
    const rows = [...document.querySelectorAll("[data-chart='person'] tbody tr")];
    return Object.fromEntries(rows.map((row) => [row.querySelector("th").textContent, row.dataset.code]));
  });
}

function named(counted, ids) {
  const { person } = counted.charts;
  if (!person) return counted;
  const rows = Object.entries(person).map(([name, cells]) => [name && ids[name], cells]);
  return { ...counted, charts: { person: Object.fromEntries(rows) } };
}

/** The days of a period as far as they have come, and as many of the period before, as numbers. */
function boundaries(period, today) {
  const length = PERIODS[period];
  const [year, month] = new Date(today * DAY_MS).toISOString().split("-").map(Number);
  const first = Math.floor((month - 1) / length) * length - (period.startsWith("last") ? length : 0);
  const start = (month) => Date.UTC(year, month, 1) / DAY_MS;
  const whole = { from: start(first), to: start(first + length) };
  const days = { from: whole.from, to: Math.min(whole.to, today + 1) };
  const before = { from: start(first - length), to: whole.from };
  if (days.to < whole.to) before.to = Math.min(before.to, before.from + days.to - days.from);
  return { days, before };
}

function todayThere() {
  const wall = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE, dateStyle: "short" }).format(Date.now());
  return Date.parse(wall) / DAY_MS;
}
