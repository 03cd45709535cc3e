// Everything can be reached by typing a few letters, with keys alone, with no line.

import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { Relay } from "./support/relay.mjs";
import { accountHere, accountWithDeal, cutLine, go, offline, openAccount, signIn } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

let relay, tablet, page, account;
before(async () => {
  relay = await Relay.start();
  tablet = await Tablet.start();
  page = tablet.page;
  await signIn(page, relay, "morozova");
  account = await accountWithDeal(page);
  await openAccount(page, account);
  await cutLine(relay, page);
  await offline(page);
});
after(async () => {
  await tablet?.end();
  await relay?.end();
});

afterEach(() => page.keyboard.press("Escape"));

/** Opens the palette by its key and types. */
async function ask(text) {
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Accounts, people, deals, commands" });
  await field.waitFor();
  await field.pressSequentially(text);
  return field;
}

const chosen = (field) => field.evaluate((field) => document.getElementById(field.getAttribute("aria-activedescendant"))?.textContent);

test("a screen is reached by its name, and its shortcut stands beside it", async () => {
  const field = await ask("deals");
  assert.match(await chosen(field), /^Deals.*GD$/);
  await field.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Deals" }).waitFor();
  assert.equal(await page.locator("dialog[open]").count(), 0);
});

test("an account, a person there and a deal are reached by the search of the list", async () => {
  await openAccount(page, account);
  const name = (await page.locator("h1").textContent()).trim();
  const person = (await page.locator(".people li").first().locator(".person-name").textContent()).trim();
  const deal = (await page.locator("li[data-deal] .deal-name").first().textContent()).trim();
  for (const [text, kind] of [[name, "Account"], [person, "Person at"], [deal, "Deal of"]]) {
    await go(page, "/deals");
    await page.getByRole("heading", { level: 1, name: "Deals" }).waitFor();
    const field = await ask(text);
    const wanted = page.getByRole("option").filter({ hasText: text }).filter({ hasText: kind }).first();
    await wanted.waitFor();
    const at = Number((await wanted.getAttribute("id")).replace("found-", ""));
    for (let press = 0; press < at; press += 1) await field.press("ArrowDown");
    await page.locator(`#found-${at}[aria-selected='true']`).waitFor();
    assert.ok((await chosen(field)).startsWith(text));
    await field.press("Enter");
    await accountHere(page);
  }
});

test("an action on an account asks which, and goes there to do it", async () => {
  await go(page, "/accounts");
  await page.getByRole("heading", { level: 1, name: "Accounts" }).waitFor();
  const field = await ask("add a task");
  await field.press("Enter");
  const which = page.getByRole("combobox", { name: "Search names" });
  await which.waitFor();
  await which.press("Enter");
  await page.locator("dialog[open]").getByLabel("What is to be done").waitFor();
  await page.keyboard.press("Escape");
});

test("the language and the look are changed from anywhere", async () => {
  await (await ask("dark")).press("Enter");
  assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
  await (await ask("русский")).press("Enter");
  await page.locator("html[lang='ru']").waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Клиенты, люди, сделки, команды" }).fill("english");
  await page.keyboard.press("Enter");
  await page.locator("html[lang='en']").waitFor();
});

test("single keys go to screens and open the help sheet, and can be turned off", async () => {
  await go(page, "/sync");
  await page.getByRole("heading", { level: 1, name: "Sync centre" }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await page.getByRole("heading", { level: 1, name: "Accounts" }).waitFor();
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await sheet.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "detached" });
  await page.keyboard.press("?");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Accounts, people, deals, commands" }).waitFor();
  assert.equal(await page.getByRole("dialog", { name: "Keyboard shortcuts" }).count(), 0);
  await page.keyboard.press("Escape");
});

test("a letter typed in a field stays a letter", async () => {
  await go(page, "/accounts");
  await page.getByRole("searchbox").pressSequentially("n?");
  assert.equal(await page.getByRole("searchbox").inputValue(), "n?");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.getByRole("searchbox").fill("");
});

test("the focus goes back to where it was when the palette closes", async () => {
  await page.getByRole("button", { name: "New account" }).focus();
  await page.keyboard.press("Control+k");
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.textContent.trim() === "New account");
});
