// The numbers a tablet saves and those the relay answers with, at one place of the log: the same
// text, before and after an edit; and the relay still tells what was known before.

import { readFileSync } from "node:fs";
import { choose } from "../support/numbers.mjs";
import { Relay, wanted } from "../support/relay.mjs";
import { insist, report } from "../support/report.mjs";
import { accountWithDeal, go, openAccount, received, signIn, tag } from "../support/screens.mjs";
import { read, setStage } from "../support/account_page.mjs";
import { Tablet } from "../support/tablet.mjs";

const DASHBOARDS = ["sales", "customers", "retention", "leads", "adoption", "quality"];
const PERIODS = ["month", "quarter", "last-quarter", "year", "last-year"];
const SYNC_MS_MAX = 120_000;

await report("same-numbers", async () => {
  const relay = await Relay.start({ book: wanted("TESSERA_TEST_BOOK_1000") });
  const tablet = await Tablet.start();
  try {
    const { page } = tablet;
    await signIn(page, relay, "manager", { milliseconds: SYNC_MS_MAX });
    const found = { compared: 0, bytes: 0, differ: [], sequences: [] };
    const before = await compareAll(page, relay, found);
    await go(page, "/accounts");
    await openAccount(page, await accountWithDeal(page));
    await tag(page, "counted again");
    await setStage(page, (await read(page)).stage === "Dormant" ? "Customer" : "Dormant");
    await received(page, SYNC_MS_MAX);
    const after = await compareAll(page, relay, found);
    insist(after[0].sequence > before[0].sequence, "the edit is not in the log", found);
    for (const { id, period, sequence, today, text } of before) {
      note(found, `${id} ${period} as it was known`, text, await answer(page, relay, { id, period, sequence, today }));
    }
    insist(found.differ.length === 0, "tablet and relay differ", found);
    return found;
  } finally {
    await tablet.end();
    await relay.end();
  }
});

/** Compares every dashboard of every period, and returns what the tablet saved. */
async function compareAll(page, relay, found) {
  const saved = [];
  for (const id of DASHBOARDS) {
    await go(page, id === "sales" ? "/dashboard" : `/dashboard/${id}`);
    for (const period of PERIODS) {
      await choose(page, period, id === "sales" ? undefined : id);
      const [download] = await Promise.all([page.waitForEvent("download"), page.locator("[data-save-numbers]").click()]);
      const text = readFileSync(await download.path(), "utf8");
      const { sequence, today } = JSON.parse(text);
      note(found, `${id} ${period}`, text, await answer(page, relay, { id, period, sequence, today }));
      saved.push({ id, period, sequence, today, text });
    }
  }
  found.sequences.push(saved[0].sequence);
  return saved;
}

async function answer(page, relay, { id, period, sequence, today }) {
  const response = await page.request.get(`${relay.address}/api/kpi/${id}?seq=${sequence}&period=${period}&today=${today}`);
  return response.text();
}

function note(found, where, tablet, relay) {
  found.compared += 1;
  found.bytes += tablet.length;
  if (tablet === relay) return;
  const lines = tablet.split("\n");
  const place = relay.split("\n").findIndex((line, at) => line !== lines[at]);
  found.differ.push({ where, tablet: lines[place] ?? null, relay: relay.split("\n")[place] ?? relay.slice(0, 200) });
}
