// Segments: built from conditions, made of the accounts behind a number, and acted upon as a whole.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Relay } from "./support/relay.mjs";
import { counts, cutLine, go, offline, received, signIn } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

let relay, tablet, other, page;
before(async () => {
  relay = await Relay.start();
  [tablet, other] = [await Tablet.start(), await Tablet.start()];
  page = tablet.page;
  await signIn(page, relay, "morozova");
  await signIn(other.page, relay, "kim");
});
after(async () => {
  await tablet?.end();
  await other?.end();
  await relay?.end();
});

const dialog = () => page.getByRole("dialog");
const shown = (page) => page.locator(".segment-page[data-ready='true']");
const members = async (page) => Number(await shown(page).getAttribute("data-members"));

/** Waits until the builder counts so many. */
async function fit(count) {
  const fitting = page.locator("[data-fitting]");
  await fitting.filter({ hasText: new RegExp(`^${count} accounts? fit`) }).waitFor();
}

async function build(name) {
  await dialog().getByRole("textbox", { name: "Name", exact: true }).fill(name);
}

test("a segment is built with its count in sight, and everybody sees it", async () => {
  await page.getByRole("combobox", { name: "Stage" }).selectOption({ label: "Customer" });
  const { hits } = await counts(page);
  await page.getByRole("link", { name: "Dashboards", exact: true }).click();
  await page.getByRole("link", { name: "Segments", exact: true }).click();
  await page.getByRole("button", { name: "New segment" }).click();
  await build("Regulars");
  await dialog().getByRole("combobox", { name: "Stage" }).selectOption({ label: "Customer" });
  await fit(hits);
  await dialog().getByRole("textbox", { name: "How to work with them" }).fill("Call before Friday.");
  await dialog().getByRole("button", { name: "Save" }).click();
  await shown(page).waitFor();
  assert.equal(await members(page), hits);
  await received(page);
  await go(other.page, "/dashboard/segments");
  await other.page.getByRole("link", { name: "Regulars" }).click();
  await shown(other.page).getByText("Call before Friday.").waitFor();
  assert.equal(await members(other.page), hits);
});

test("accounts behind a number are frozen as a segment", async () => {
  await go(page, "/dashboard/retention");
  const tile = page.locator("[data-measure='lapsed']");
  const lapsed = Number(await tile.getAttribute("data-exact"));
  await tile.click();
  await dialog().getByRole("button", { name: "Segment from these accounts" }).click();
  await build("To win back");
  await dialog().getByRole("button", { name: "Make the segment" }).click();
  await shown(page).waitFor();
  assert.ok(lapsed > 0);
  assert.equal(await members(page), lapsed);
});

test("all members get a tag with no line, after a confirmation that names their count", async () => {
  const count = await members(page);
  await received(page);
  await cutLine(relay, page);
  await offline(page);
  await page.getByRole("button", { name: "Tag all" }).click();
  await dialog().getByRole("textbox", { name: "Tag" }).fill("win back");
  await dialog().getByRole("button", { name: "Go on" }).click();
  await dialog().getByRole("button", { name: new RegExp(`^Yes, ${count} account`) }).click();
  const over = page.locator("[data-over='true']");
  await over.waitFor();
  assert.equal(Number(await over.getAttribute("data-done")), count);
  await dialog().getByRole("button", { name: "Close" }).first().click();
  await page.getByRole("link", { name: "All segments" }).click();
  await page.getByRole("button", { name: "New segment" }).click();
  await dialog().getByRole("combobox", { name: "Tag", exact: true }).selectOption({ label: "win back" });
  await fit(count);
});
