// The browser clears the tablet's storage: with the app closed and with it open, with unsent work and
// without. Each time it is noticed, announced with the number of edits that had not been received, and
// everything else comes back from the relay. Once more as a control: without the cookie that remembers
// what was unsent nobody can tell, and this check would fail.

import { Relay } from "../support/relay.mjs";
import { insist, report } from "../support/report.mjs";
import { accountHere, accountWithDeal, cutLine, hasTag, offline, openAccount, received, signIn } from "../support/screens.mjs";
import { tagOnce } from "../support/tags.mjs";
import { Tablet } from "../support/tablet.mjs";
import { until } from "../support/until.mjs";

// What a browser clears when it makes room; it leaves cookies alone.
const CLEARED = "indexeddb,local_storage,cache_storage,service_workers,file_systems";
const ROUNDS = [
  { open: false, unsent: 3 },
  { open: true, unsent: 2 },
  { open: false, unsent: 0 },
];

await report("wiped", async () => {
  const relay = await Relay.start();
  const tablet = await Tablet.start();
  const found = { wipes: 0, announced: 0, unsent: 0, counted: 0, restored: 0, told_while_open: 0, unnoticed_in_control: 0 };
  try {
    const { page } = tablet;
    await signIn(page, relay, "morozova");
    const account = await accountWithDeal(page);
    await openAccount(page, account);
    const kept = [];
    for (const [round, { open, unsent }] of ROUNDS.entries()) {
      kept.push(await tagOnce(page, `kept-${round}`));
      await received(page);
      await cutLine(relay, page);
      await offline(page);
      for (let edit = 0; edit < unsent; edit += 1) await tagOnce(page, `unsent-${round}-${edit}`);
      if (!open) await page.goto("about:blank");
      await clear(page, relay.address);
      if (open) {
        await page.getByRole("textbox", { name: "Add a tag" }).fill(`too-late-${round}`);
        await page.keyboard.press("Enter");
        await page.locator("[data-warning='storage']").waitFor();
        found.told_while_open += 1;
        page.once("dialog", (dialog) => dialog.accept());
      }
      await relay.resume();
      await page.goto(`${relay.address}/accounts/${account}`);
      found.wipes += 1;
      // What was entered too late was told to be unsaved, and is counted as not received too.
      found.unsent += open ? unsent + 1 : unsent;
      const warning = page.locator("[data-warning='cleared']");
      await warning.waitFor();
      found.announced += 1;
      found.counted += Number(await warning.getAttribute("data-unsent"));
      insist(found.counted === found.unsent, "what was unsent is counted wrongly", found);
      await received(page);
      await accountHere(page);
      const all = async () => (await Promise.all(kept.map((text) => hasTag(page, text)))).every(Boolean);
      await until("what was received is here again", all, Boolean);
      found.restored += 1;
      await page.reload();
      await warning.getByRole("button").click();
      await page.reload();
      await accountHere(page);
      insist((await warning.count()) === 0, "it is told to somebody who knows", found);
    }
    await cutLine(relay, page);
    await offline(page);
    await tagOnce(page, "unsent-in-control");
    await page.goto("about:blank");
    await clear(page, relay.address);
    await tablet.context.clearCookies({ name: /^tessera-unsent-/ });
    await relay.resume();
    await page.goto(`${relay.address}/accounts/${account}`);
    await received(page);
    await accountHere(page);
    found.unnoticed_in_control += (await page.locator("[data-warning='cleared']").count()) === 0 ? 1 : 0;
    insist(found.unnoticed_in_control === 1, "it is noticed by something else than this check thinks", found);
    return found;
  } finally {
    await tablet.end();
    await relay.end();
  }
});

async function clear(page, origin) {
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: CLEARED });
  await session.detach();
}
