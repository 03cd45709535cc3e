import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { log } from "./support/account_page.mjs";
import { Relay } from "./support/relay.mjs";
import {
  accountHere,
  accountWithDeal,
  cutLine,
  hasTag,
  offline,
  openAccount,
  receivedAfterKill,
  signIn,
  tag,
  unsent,
} from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

let relay, tablet, account;
before(async () => {
  relay = await Relay.start();
  tablet = await Tablet.start();
  await signIn(tablet.page, relay, "morozova");
  account = await accountWithDeal(tablet.page);
  await openAccount(tablet.page, account);
});
after(async () => {
  await tablet?.end();
  await relay?.end();
});

test("an account opens at its own address with no line, after the browser was killed", async () => {
  await cutLine(relay, tablet.page);
  await tablet.kill();
  await tablet.resume();
  await tablet.page.goto(`${relay.address}/accounts/${account}`);
  await accountHere(tablet.page);
  await offline(tablet.page);
});

test("an edit made with no line says that it is on this tablet", async () => {
  const { page } = tablet;
  await tag(page, "offline-work");
  await page.locator("[data-state='on-this-tablet']").first().waitFor();
  assert.equal(await unsent(page), 1);
  await log(page, "Call", "Asked about ovens");
  await page.locator(".happening", { hasText: "Asked about ovens" }).waitFor();
});

test("it is received when the line comes back, and others have it", async () => {
  await relay.resume();
  await receivedAfterKill(tablet.page, "morozova");
  const other = await Tablet.start();
  try {
    await signIn(other.page, relay, "kim");
    await openAccount(other.page, account);
    assert.ok(await hasTag(other.page, "offline-work"));
    await other.page.locator(".happening", { hasText: "Asked about ovens" }).waitFor();
  } finally {
    await other.end();
  }
});
