// A day in the field: what is due is done in one tap with no line, taken back, and received later.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Relay } from "./support/relay.mjs";
import { accountWithDeal, appKept, go, offline, openAccount, received, signIn, unsent } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

const DAY_MS = 86_400_000;

let relay, tablet, page, account;
before(async () => {
  relay = await Relay.start();
  tablet = await Tablet.start();
  page = tablet.page;
  // What the browser is asked to show is written down.
  await page.addInitScript(() => {
    window.shown = [];
    ServiceWorkerRegistration.prototype.showNotification = (title, { body }) => {
      window.shown.push({ title, body });
      return Promise.resolve();
    };
  });
  await signIn(page, relay, "morozova");
  account = await accountWithDeal(page);
  await openAccount(page, account);
  await appKept(page);
  await relay.stop();
  await offline(page);
});
after(async () => {
  await tablet?.end();
  await relay?.end();
});

/** The day so many days from now, as the tablet's calendar has it. */
const day = (days) => new Date(Date.now() + days * DAY_MS).toLocaleDateString("sv-SE");
const due = (section) => page.locator(`.due[data-section='${section}']`);
const line = (section, title) => due(section).locator(".due-item", { hasText: title });

/** Adds a task of one's own to the open account, and returns who one is. */
async function addTask(title, kind, days) {
  await page.locator("[aria-labelledby='tasks-title'] .panel-head button").click();
  const dialog = page.locator("dialog[open]");
  await dialog.getByLabel("What is to be done").fill(title);
  await dialog.getByLabel("Due").fill(day(days));
  await dialog.getByLabel("Kind").selectOption({ label: kind });
  const me = await dialog.getByLabel("Who").inputValue();
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  return me;
}

async function today() {
  await go(page, "/today");
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
}

test("tasks, visits and next steps stand under their day", async () => {
  const me = await addTask("Send the offer", "To do", -2);
  await addTask("See the new oven", "Visit", 0);
  await addTask("Ask about delivery", "Call", 3);
  await page.locator("li[data-deal] .deal-line button").first().click();
  const dialog = page.locator("dialog[open]");
  await dialog.getByLabel("Owner").selectOption(me);
  await dialog.getByLabel("Next step").fill("Bring the contract");
  await dialog.getByLabel("On", { exact: true }).fill(day(0));
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await today();
  await line("overdue", "Send the offer").waitFor();
  await line("today", "See the new oven").waitFor();
  await line("today", "Bring the contract").waitFor();
  await line("soon", "Ask about delivery").waitFor();
});

test("each is done in one tap with no line, and a slip of the finger is taken back", async () => {
  const before = await unsent(page);
  for (const [section, title] of [["overdue", "Send the offer"], ["today", "See the new oven"], ["today", "Bring the contract"]]) {
    await line(section, title).locator(".due-done").click();
    await line(section, title).waitFor({ state: "detached" });
  }
  const done = page.locator(".done-now");
  await done.getByRole("button", { name: "Undo: See the new oven" }).click();
  await line("today", "See the new oven").waitFor();
  assert.equal(await done.locator(".due-item").count(), 2);
  assert.equal(await unsent(page), before + 4);
  assert.match(await page.locator(".unsent-now .unsent-said").textContent(), new RegExp(String(before + 4)));
});

test("a deal that has stood still is moved from here, and a lost one asks why", async () => {
  const stale = due("stale").locator(".due-item");
  const count = await stale.count();
  await stale.first().getByRole("combobox").selectOption("lost");
  const dialog = page.locator("dialog[open]");
  await dialog.getByRole("button", { name: "Save" }).click();
  assert.equal(await dialog.count(), 1, "a reason is asked for");
  await dialog.getByRole("combobox").selectOption({ index: 1 });
  await dialog.getByRole("button", { name: "Save" }).click();
  await dialog.waitFor({ state: "detached" });
  await page.waitForFunction((count) => document.querySelectorAll("[data-section='stale'] .due-item").length < count, count);
});

test("what is due is shown as a notification once a day where the browser allows it, and in the rail", async () => {
  assert.ok(Number(await page.locator(".rail-count").textContent()) >= 1);
  await tablet.context.grantPermissions(["notifications"], { origin: relay.address });
  await page.reload();
  await page.waitForFunction(() => window.shown?.length === 1);
  assert.match((await page.evaluate(() => window.shown))[0].body, /due/);
  await page.reload();
  await page.locator(".rail-count").waitFor();
  assert.equal(await page.evaluate(() => window.shown.length), 0);
});

test("what was done with no line is received when it comes back", async () => {
  await relay.resume();
  await received(page);
  await page.reload();
  await today();
  await line("today", "See the new oven").waitFor();
  assert.equal(await line("overdue", "Send the offer").count(), 0);
});
