// Five tabs of one person edit one account while tabs are frozen, thawed, closed, crashed and opened
// anew, the one that speaks with the relay among them. Everything that had shown *on this tablet* or
// *received* is in every tab and at another tablet in the end, and no tab is stuck.

import { parseArgs } from "node:util";
import { missing, onAnotherTablet } from "../support/kept.mjs";
import { Relay } from "../support/relay.mjs";
import { insist, random, report, seed } from "../support/report.mjs";
import { accountHere, accountWithDeal, received, signIn } from "../support/screens.mjs";
import { tagOnce } from "../support/tags.mjs";
import { Tablet, lifecycle } from "../support/tablet.mjs";

const TIMES = 12;
const TABS = 5;

await report("tabs", async () => {
  const { values } = parseArgs({ options: { times: { type: "string" } }, strict: false });
  const given = seed();
  const draw = random(given);
  const relay = await Relay.start();
  const tablet = await Tablet.start();
  const events = { opened: 0, edited: 0, frozen: 0, thawed: 0, closed: 0, crashed: 0 };
  const found = { seed: given, events, leaders: 0, most_leaders: 0, shown: 0, lost: 0, gone: [], received: 0 };
  try {
    await signIn(tablet.page, relay, "carter");
    const account = await accountWithDeal(tablet.page);
    const address = `${relay.address}/accounts/${account}`;
    const open = async () => {
      const page = await tablet.tab();
      await page.goto(address);
      await accountHere(page);
      events.opened += 1;
      return { page, frozen: false };
    };
    const tabs = [];
    while (tabs.length < TABS) tabs.push(await open());
    await tablet.page.close();
    const shown = [];
    const leaders = new Set();
    for (let round = 0; round < Number(values.times ?? TIMES); round += 1) {
      const awake = () => tabs.filter((tab) => !tab.frozen);
      await Promise.all(awake().map(async ({ page }, at) => shown.push(await tagOnce(page, `t${round}-${at}`))));
      events.edited = shown.length;
      found.most_leaders = Math.max(found.most_leaders, await watchLeaders(awake()[0].page, leaders));
      const place = await leaderOrAny(tabs, draw);
      const tab = tabs[place];
      const fate = draw();
      if (tab.frozen) {
        await turn(tab, "active");
        events.thawed += 1;
      } else if (fate < 0.34 && awake().length > 2) {
        await turn(tab, "frozen");
        events.frozen += 1;
      } else {
        const crash = fate < 0.67;
        events[crash ? "crashed" : "closed"] += 1;
        if (crash) await tab.page.goto("chrome://crash").catch(() => {});
        await tab.page.close({ runBeforeUnload: false }).catch(() => {});
        tabs[place] = await open();
      }
    }
    for (const tab of tabs.filter((tab) => tab.frozen)) {
      await turn(tab, "active");
      events.thawed += 1;
    }
    found.leaders = leaders.size;
    found.shown = shown.length;
    for (const { page } of tabs) {
      found.gone.push(...(await missing(page, shown)));
      await received(page);
    }
    found.lost = found.gone.length;
    insist(found.lost === 0, "a tab lacks an edit that had shown as kept", found);
    insist(found.leaders > 1, "the tab that speaks with the relay never changed", found);
    insist(found.most_leaders === 1, "two tabs led at once", found);
    found.received = await onAnotherTablet(relay, account, shown);
    insist(found.received === shown.length, "the relay lacks edits", found);
    return found;
  } finally {
    await tablet.end();
    await relay.end();
  }
});

/** Remembers who leads now; returns how many do. */
async function watchLeaders(page, leaders) {
  const held = await page.evaluate(async () => (await navigator.locks.query()).held.map((lock) => lock.clientId));
  held.forEach((leader) => leaders.add(leader));
  return held.length;
}

/** Returns the tab that leads in most cases, else any. */
async function leaderOrAny(tabs, draw) {
  const any = Math.floor(draw() * tabs.length);
  if (draw() < 0.4) return any;
  const leads = await Promise.all(tabs.map(({ page, frozen }) => !frozen && page.evaluate(leadsHere)));
  const leader = leads.indexOf(true);
  return leader < 0 ? any : leader;
}

/** In the page: a tab's own requests bear its client id, which a lock of its own tells. */
async function leadsHere() {
  const { held } = await navigator.locks.query();
  return new Promise((done) => {
    navigator.locks.request(`who-${Math.random()}`, async (lock) => {
      const all = (await navigator.locks.query()).held;
      const own = all.find((other) => other.name === lock.name);
      done(held.some((other) => other.clientId === own.clientId && other.name.startsWith("tessera.")));
    });
  });
}

async function turn(tab, state) {
  await lifecycle(tab.page, state);
  tab.frozen = state === "frozen";
}
