// Settings as people make them: the first steps of an empty workspace, a setting two people make
// apart at once, and a kind of activity of one's own.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Relay, freshFolder, tessera } from "./support/relay.mjs";
import { accountWithDeal, appKept, go, offline, openAccount, received, signIn } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

const LISTS = 12;
const PASSWORD = "an empty book, to begin with";

let relay, left, right;
before(async () => {
  relay = await Relay.start();
  [left, right] = [await Tablet.start(), await Tablet.start()];
  await signIn(left.page, relay, "morozova");
  await signIn(right.page, relay, "kim");
});
after(async () => {
  await left?.end();
  await right?.end();
  await relay?.end();
});

/** Opens a list of the settings. */
async function list(page, name) {
  await go(page, "/settings");
  await page.getByRole("navigation", { name: "Settings" }).getByRole("button", { name, exact: true }).click();
  await page.getByRole("heading", { level: 2, name, exact: true }).waitFor();
}

/** Writes into a field of a thing, which is found by its name. */
async function write(page, thing, field, text) {
  const line = page.locator(".settings-thing").filter({ has: page.getByRole("heading", { name: thing, exact: true }) });
  await line.getByRole("button", { name: new RegExp(`^${field}: `) }).first().click();
  const input = line.getByRole("textbox", { name: field, exact: true });
  await input.fill(text);
  await input.press("Enter");
}

test("whoever opens an empty workspace is led through every list, with a good beginning one tap away", async () => {
  const folder = freshFolder();
  const somebody = ["add", "owner", "--name", "Owner", "--workspace", "fresh"];
  tessera(["user", "--data", folder, ...somebody], `${PASSWORD}\n`);
  const empty = await Relay.on(folder);
  const tablet = await Tablet.start();
  try {
    const { page } = tablet;
    await signIn(page, empty, "owner", { password: PASSWORD });
    await page.getByRole("link", { name: "Set up this workspace" }).click();
    const guide = page.locator(".guide");
    await guide.waitFor();
    await guide.getByRole("button", { name: "Use these" }).click();
    await guide.getByRole("button", { name: "Use these" }).waitFor({ state: "detached" });
    // The calendar that has just been made can be chosen at once, and is called by its name.
    const calendar = page.getByRole("combobox", { name: "Working calendar" });
    await calendar.waitFor();
    assert.equal(await calendar.locator("option:checked").textContent(), "Office");
    const seen = new Set();
    for (let step = 1; step <= LISTS; step += 1) {
      await guide.getByText(`${step} of ${LISTS}`).waitFor();
      seen.add(await page.locator(".settings-list h2").first().textContent());
      if (step < LISTS) await guide.getByRole("button", { name: "Next" }).click();
    }
    assert.equal(seen.size, LISTS);
    await guide.getByRole("button", { name: "Finish" }).click();
    await guide.waitFor({ state: "detached" });
    await received(page);
    await page.reload();
    await page.locator("#settings-title").waitFor();
    await received(page);
    assert.equal(await guide.count(), 0);
  } finally {
    await tablet.end();
    await empty.end();
  }
});

test("a chance two people set apart at once is shown with both values, and choosing settles it", async () => {
  for (const { page } of [left, right]) {
    await list(page, "Stages");
    await appKept(page);
  }
  for (const { context } of [left, right]) await context.setOffline(true);
  for (const { page } of [left, right]) await offline(page);
  await write(left.page, "Proposal", "Chance, %", "41");
  await write(right.page, "Proposal", "Chance, %", "57");
  for (const { context } of [left, right]) await context.setOffline(false);
  for (const { page } of [left, right]) await received(page, 90_000);
  for (const { page } of [left, right]) {
    const values = page.locator(".conflict[data-field='setting'] .candidate-value");
    await values.nth(1).waitFor();
    assert.deepEqual((await values.allTextContents()).sort(), ["41%", "57%"]);
  }
  await left.page.locator(".candidate", { hasText: "41%" }).getByRole("button", { name: "Keep this" }).click();
  for (const { page } of [left, right]) {
    await page.locator(".conflict[data-field='setting']").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Chance, %: 41" }).waitFor();
  }
});

test("a kind of activity of one's own is logged, named and narrowed to", async () => {
  const { page } = left;
  await list(page, "Kinds of activity");
  await page.locator(".settings-add").getByRole("textbox").fill("Training");
  await page.locator(".settings-add").getByRole("button").click();
  const line = page.locator(".settings-thing").filter({ has: page.getByRole("heading", { name: "Training", exact: true }) });
  await line.getByRole("combobox", { name: "Counts as" }).selectOption({ label: "Meeting" });
  await openAccount(page, await accountIn(page));
  await page.locator(".log .segment", { hasText: "Training" }).click();
  await page.getByRole("textbox", { name: "What happened" }).fill("How to bake");
  await page.getByRole("button", { name: "Log it" }).click();
  const logged = page.locator(".happening", { hasText: "How to bake" });
  assert.match(await logged.locator(".quiet").first().textContent(), /^Training · /);
  await page.locator(".timeline").getByRole("combobox").selectOption({ label: "Training" });
  await page.locator(".happenings[data-count='1']").waitFor();
  await logged.waitFor();
});

test("what belongs to a colleague who has left stays theirs, says so, and can still be found", async () => {
  const { page } = left;
  const account = await accountIn(page);
  await openAccount(page, account);
  const owner = page.locator(".account-standing").getByRole("combobox", { name: "Owner" });
  await owner.selectOption({ label: "J. Carter" });
  await list(page, "People");
  const person = page.locator(".settings-thing").filter({ has: page.getByRole("button", { name: "Name: J. Carter" }) });
  await person.getByRole("button", { name: "Has left" }).click();
  await openAccount(page, account);
  await owner.locator("option:checked", { hasText: "J. Carter (has left)" }).waitFor({ state: "attached" });
  await owner.selectOption({ label: "Nobody" });
  await owner.locator("option", { hasText: "J. Carter" }).waitFor({ state: "detached" });
  await go(page, "/accounts");
  const filter = page.getByRole("combobox", { name: "Owner" });
  await filter.selectOption({ label: "J. Carter (has left)" });
});

async function accountIn(page) {
  await go(page, "/accounts");
  return accountWithDeal(page);
}
