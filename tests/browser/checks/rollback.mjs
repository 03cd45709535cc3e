// The browser's database is put back to an older state, as a flat battery or a restored copy does it:
// k commits are forgotten, some of them of edits the relay has acknowledged. After reconnecting the
// tablet has all that was acknowledged, nothing is refused, new edits are received, and both tablets agree.

import { cpSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { missing } from "../support/kept.mjs";
import { Relay } from "../support/relay.mjs";
import { insist, random, report, seed } from "../support/report.mjs";
import { accountHere, accountWithDeal, cutLine, offline, openAccount, receivedAfterKill, signIn } from "../support/screens.mjs";
import { tagOnce, tags } from "../support/tags.mjs";
import { Tablet } from "../support/tablet.mjs";

const TIMES = 5;
const COMMITS_MAX = 8;

const database = (tablet) => join(tablet.profile, "Default", "IndexedDB");
const aside = (tablet) => join(tablet.profile, "an older IndexedDB");

await report("rollback", async () => {
  const { values } = parseArgs({ options: { times: { type: "string" } }, strict: false });
  const given = seed();
  const draw = random(given);
  const relay = await Relay.start();
  const tablet = await Tablet.start();
  const other = await Tablet.start();
  const found = { seed: given, rollbacks: 0, commits: 0, acknowledged: 0, pushed_again: 0, lost: 0, gone: [] };
  Object.assign(found, { refused: 0, divergences: 0 });
  try {
    await signIn(other.page, relay, "kim");
    await signIn(tablet.page, relay, "morozova");
    const account = await accountWithDeal(tablet.page);
    const address = `${relay.address}/accounts/${account}`;
    await openAccount(other.page, account);
    await tablet.page.goto(address);
    await accountHere(tablet.page);
    // Signing in again leads to the list, so the account is opened once more.
    const acknowledge = async () => {
      await receivedAfterKill(tablet.page, "morozova");
      await openAccount(tablet.page, account);
    };
    const acknowledged = [];
    const edit = async (name) => acknowledged.push(await tagOnce(tablet.page, name));
    for (let round = 0; round < Number(values.times ?? TIMES); round += 1) {
      const commits = 1 + Math.floor(draw() * COMMITS_MAX);
      // What is unsent in the older state is received before it comes back, and so is sent twice.
      await cutLine(relay, tablet.page);
      await offline(tablet.page);
      await edit(`r${round}-before`);
      await restartOn(tablet, address, () => copy(database(tablet), aside(tablet)));
      await relay.resume();
      await acknowledge();
      for (let commit = 0; commit < commits; commit += 1) await edit(`r${round}-${commit}`);
      await acknowledge();
      await restartOn(tablet, address, () => copy(aside(tablet), database(tablet)));
      await edit(`r${round}-after`);
      await acknowledge();
      found.rollbacks = round + 1;
      found.commits += commits;
      found.pushed_again += 1;
      found.acknowledged = acknowledged.length;
      found.gone = [...(await missing(tablet.page, acknowledged)), ...(await missing(other.page, acknowledged))];
      found.lost = found.gone.length;
      insist(found.lost === 0, "an edit the relay had acknowledged is gone", found);
      const [here, there] = [await tags(tablet.page), await tags(other.page)];
      found.divergences += here.join() === there.join() ? 0 : 1;
      found.refused += await tablet.page.locator("[data-state='refused'], [data-state='waiting']").count();
      insist(found.divergences === 0, "two tablets differ", found);
      insist(found.refused === 0, "an edit was turned away", found);
    }
    return found;
  } finally {
    await tablet.end();
    await other.end();
    await relay.end();
  }
});

/** Kills the browser, does something to its files, and opens the account again. */
async function restartOn(tablet, address, change) {
  await tablet.kill();
  change();
  await tablet.resume();
  await tablet.page.goto(address);
  await accountHere(tablet.page);
}

function copy(from, to) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}
