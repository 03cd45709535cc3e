// A saved view: kept, found on every screen that looks at accounts or deals, by whom it is for.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Relay } from "./support/relay.mjs";
import { counts, signIn } from "./support/screens.mjs";
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

const view = (page) => page.getByRole("combobox", { name: "View", exact: true });
const open = (page) => page.getByRole("button", { name: "Saved views" }).click();
const close = (page) => page.getByRole("button", { name: "Close" }).click();

async function keep(name, whose) {
  await open(page);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await page.getByRole("combobox", { name: "For", exact: true }).selectOption({ label: whose });
  await page.getByRole("button", { name: "Save view" }).click();
  await page.locator(".view-kept", { hasText: name }).waitFor();
  await close(page);
}

test("a view kept from what is looked for is chosen on the other screens", async () => {
  const { rows } = await counts(page);
  await page.getByRole("combobox", { name: "Stage" }).selectOption({ label: "Customer" });
  const { hits } = await counts(page);
  assert.ok(hits < rows);
  await keep("Customers", "Everybody");
  await view(page).selectOption({ label: "No view" });
  assert.equal((await counts(page)).hits, rows);
  for (const screen of ["Deals", "Dashboards"]) {
    await page.getByRole("link", { name: screen, exact: true }).click();
    await view(page).selectOption({ label: "Customers" });
    await page.waitForFunction(() => location.search.includes("stage=3"));
    await view(page).selectOption({ label: "No view" });
  }
});

test("everybody is offered a view for everybody, and nobody a view of one's own", async () => {
  await page.getByRole("link", { name: "Accounts", exact: true }).click();
  await page.getByRole("button", { name: "Mine" }).click();
  await keep("My own", "Only me");
  await view(other.page).selectOption({ label: "Customers" });
  const offered = await view(other.page).locator("option").allTextContents();
  assert.deepEqual(offered, ["No view", "Customers"]);
});

test("a view is reached from the palette, renamed, and offered no longer once it is removed", async () => {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Accounts, people, deals, commands" }).pressSequentially("custom");
  await page.getByRole("option").filter({ hasText: "Customers" }).filter({ hasText: "View" }).click();
  await page.waitForFunction(() => location.search.includes("stage=3"));
  await open(page);
  const kept = page.locator(".view-kept", { hasText: "Customers" });
  await kept.getByRole("button", { name: "Name: Customers" }).click();
  await page.locator(".view-kept").getByRole("textbox", { name: "Name", exact: true }).fill("Regulars");
  await page.keyboard.press("Enter");
  await page.locator(".view-kept", { hasText: "Regulars" }).waitFor();
  await close(page);
  await view(other.page).locator("option", { hasText: "Regulars" }).waitFor({ state: "attached" });
  assert.equal(await view(other.page).locator("option:checked").textContent(), "Regulars");
  await open(page);
  await page.getByRole("button", { name: "Remove Regulars" }).click();
  await page.locator(".view-kept", { hasText: "Regulars" }).waitFor({ state: "detached" });
  await close(page);
  await view(other.page).waitFor({ state: "detached" });
});
