import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Relay } from "./support/relay.mjs";
import { accountHere, accountWithDeal, cutLine, openAccount, received, signIn, tag } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

let relay, tablet, page, account;
before(async () => {
  relay = await Relay.start();
  tablet = await Tablet.start();
  page = tablet.page;
  await signIn(page, relay, "carter");
  account = await accountWithDeal(page);
  await openAccount(page, account);
  await tag(page, "before-the-damage");
  await page.getByText("before-the-damage").waitFor();
  await received(page);
  await page.reload();
  await accountHere(page);
});
after(async () => {
  await tablet?.end();
  await relay?.end();
});

test("an account whose kept part does not open says that it is fetched again", async () => {
  await cutLine(relay, page);
  await tag(page, "unsent-meanwhile");
  await page.locator("[data-state='on-this-tablet']").first().waitFor();
  assert.ok(await page.evaluate(damage), "something was kept");
  await page.reload();
  await page.getByText("What is kept of it on this tablet does not open.").waitFor();
});

test("it opens with the line, and what was unsent is in it", async () => {
  await relay.resume();
  await accountHere(page);
  await page.getByText("before-the-damage").waitFor();
  await page.getByText("unsent-meanwhile").waitFor();
  await received(page);
  await page.reload();
  await accountHere(page);
});

test("in a tab that leaves the line to another it is fetched again too", async () => {
  await page.goto(`${relay.address}/accounts`);
  await received(page);
  const other = await tablet.tab();
  await other.goto(`${relay.address}/accounts`);
  await received(other);
  assert.ok(await other.evaluate(damage), "something was kept");
  await other.goto(`${relay.address}/accounts/${account}`);
  await accountHere(other);
  await other.getByText("unsent-meanwhile").waitFor();
});

/** Turns a bit over in all that is kept of documents; returns how many pieces there were. */
async function damage() {
  const wait = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
  let pieces = 0;
  for (const { name } of await indexedDB.databases()) {
    const database = await wait(indexedDB.open(name));
    if (database.objectStoreNames.contains("documents")) {
      const store = database.transaction("documents", "readwrite").objectStore("documents");
      const [keys, values] = [await wait(store.getAllKeys()), await wait(store.getAll())];
      for (const [place, key] of keys.entries()) {
        const value = values[place];
        value[value.length - 1] ^= 1;
        await wait(store.put(value, key));
        pieces += 1;
      }
    }
    database.close();
  }
  return pieces;
}
