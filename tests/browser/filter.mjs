// What one looks for is one thing for every screen, and stands in the address.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Relay } from "./support/relay.mjs";
import { counts, cutLine, offline, signIn } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

let relay, tablet, page;
before(async () => {
  relay = await Relay.start();
  tablet = await Tablet.start();
  page = tablet.page;
  await signIn(page, relay, "morozova");
});
after(async () => {
  await tablet?.end();
  await relay?.end();
});

const query = () => page.evaluate(() => location.search);
const shown = async () => (await counts(page)).hits;

test("the address carries the filter", async () => {
  const { rows } = await counts(page);
  await page.getByRole("button", { name: "Mine" }).click();
  await page.getByRole("combobox", { name: "Stage" }).selectOption({ label: "Lead" });
  await page.waitForFunction(() => location.search.includes("owner=me") && location.search.includes("stage=0"));
  assert.ok((await shown()) < rows);
});

test("one filter holds for accounts and deals", async () => {
  await page.getByRole("combobox", { name: "Stage" }).selectOption({ label: "Every stage" });
  await page.getByRole("link", { name: "Deals" }).click();
  await page.getByRole("heading", { level: 1, name: "Deals" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Mine" }).getAttribute("aria-pressed"), "true");
  const count = async () => Number(await page.locator("[data-row-count][data-ready='true']").getAttribute("data-row-count"));
  const mine = await count();
  await page.getByRole("button", { name: "Mine" }).click();
  await page.waitForFunction((mine) => Number(document.querySelector("[data-row-count]").dataset.rowCount) > mine, mine);
});

test("an address with a filter opens so, with no line, after a reload", async () => {
  await page.goto(`${relay.address}/accounts?owner=me&stage=3`);
  await page.locator("[data-ready='true']").waitFor();
  const hits = await shown();
  await cutLine(relay, page);
  await page.goto(`${relay.address}/accounts?stage=3&owner=me`);
  await page.locator("[data-ready='true']").waitFor();
  await offline(page);
  assert.equal(await shown(), hits);
  assert.equal(await page.getByRole("button", { name: "Mine" }).getAttribute("aria-pressed"), "true");
  assert.match(await query(), /owner=me/);
});

test("an address nobody can read shows everything", async () => {
  await page.goto(`${relay.address}/accounts?owner=nobody&stage=99&period=someday`);
  const { rows, hits } = await counts(page);
  assert.equal(hits, rows);
});
