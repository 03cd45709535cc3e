// The whole browser is killed, every process of it, in the moment an edit shows *on this tablet*; again
// and again on one profile, with no line. After each new start the edit is there, and the one being
// made when the browser died is there whole or not at all. In the end the relay gets them all.

import { parseArgs } from "node:util";
import { missing, onAnotherTablet } from "../support/kept.mjs";
import { Relay } from "../support/relay.mjs";
import { insist, random, report, seed } from "../support/report.mjs";
import { accountHere, accountWithDeal, cutLine, openAccount, received, receivedAfterKill, signIn } from "../support/screens.mjs";
import { Tablet } from "../support/tablet.mjs";
import { tagOnAndOn } from "../support/tags.mjs";

const TIMES = 10;
// Now and then the kill comes while edits are being made, and not right after the first.
const LATER_MS_MAX = 60;

await report("browser-kill", async () => {
  const { values } = parseArgs({ options: { times: { type: "string" } }, strict: false });
  const times = Number(values.times ?? TIMES);
  const given = seed();
  const draw = random(given);
  const relay = await Relay.start();
  const tablet = await Tablet.start();
  const found = { seed: given, times, killed: 0, shown: 0, lost: 0, gone: [], received: 0 };
  try {
    await signIn(tablet.page, relay, "morozova");
    const account = await accountWithDeal(tablet.page);
    await openAccount(tablet.page, account);
    await received(tablet.page);
    await cutLine(relay, tablet.page);
    const address = `${relay.address}/accounts/${account}`;
    const shown = [];
    await tablet.page.goto(address);
    for (let round = 0; round < times; round += 1) {
      await accountHere(tablet.page);
      await kill(tablet, shown, `r${round}`, round % 2 ? draw() * LATER_MS_MAX : 0);
      found.killed = round + 1;
      found.shown = shown.length;
      await tablet.page.goto(address);
      found.gone = await missing(tablet.page, shown);
      found.lost = found.gone.length;
      insist(found.lost === 0, "an edit that showed on this tablet is gone", found);
    }
    insist(found.shown >= times, "too few edits showed to prove anything", found);
    await relay.resume();
    await receivedAfterKill(tablet.page, "morozova");
    found.received = await onAnotherTablet(relay, account, shown);
    insist(found.received === shown.length, "the relay lacks edits", found);
    return found;
  } finally {
    await tablet.end();
    await relay.end();
  }
});

/** Makes edits, and kills the browser some moments after the first has shown. */
async function kill(tablet, shown, name, later) {
  let tell;
  const first = new Promise((resolve) => (tell = resolve));
  await tablet.page.exposeFunction("tell", (text) => {
    shown.push(text);
    tell();
  });
  await tagOnAndOn(tablet.page, name);
  await first;
  if (later) await new Promise((resolve) => setTimeout(resolve, later));
  await tablet.kill();
  await tablet.resume();
}
