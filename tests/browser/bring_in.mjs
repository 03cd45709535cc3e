// Files are brought in on a tablet with no line, cut off half-way, gone on with, and taken back.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { Relay } from "./support/relay.mjs";
import { cutLine, go, offline, received, signIn, unsent } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

const CUSTOMERS = 300;

/** Two files as somebody's spreadsheet writes them: borrowed headings, and some dirt. */
function book(folder) {
  const accounts = ["Nr;Client;Site;Since;Country;Comment"];
  const people = ["Contact ID,Account,First Name,Last Name,Email,Phone"];
  for (let at = 0; at < CUSTOMERS; at += 1) {
    const since = `${(at % 12) + 1}/${(at % 11) + 1}/2025`;
    accounts.push(`K${at};Торг ${at} GmbH;torg${at}.example;${since};DE;"first line\n=second, ${at}"`);
    people.push(`P${at},K${at},Anna${at},Ivanova,anna${at}@torg${at}.example,+49 30 1234${1000 + at}`);
  }
  accounts.push(";Nobody's;x.example;2025-01-05;DE;");
  accounts.push("K1;Торг again;torg1.example;2025-01-05;DE;");
  accounts.push("KX;Торг 2;torg2.example;2025-01-05;Atlantis;");
  people.push("PX,K2,Half,Row");
  people.push("PY,NOBODY,No,Account,no@account.example,");
  people.push("PZ,K3,Bad,Mail,not-an-address,");
  const paths = [`${folder}/kunden.csv`, `${folder}/contacts.csv`];
  // A byte order mark and UTF-16, as one spreadsheet saves it.
  writeFileSync(paths[0], Buffer.from(`\ufeff${accounts.join("\r\n")}\r\n`, "utf16le"));
  writeFileSync(paths[1], `${people.join("\n")}\n`);
  return paths;
}

const field = (page) => page.locator(".drop-zone input[type=file]");

async function tryOut(page) {
  await page.getByRole("button", { name: "Check without writing" }).click();
  await page.locator(".tried table").first().waitFor();
}

async function counts(page, file) {
  const cells = await page.locator(`tr[data-tried="${file}"] td`).allTextContents();
  return cells.map((text) => Number(text.replace(/\D/g, "")));
}

/** Saves every file of the whole book. */
async function writeOut(page, folder, names) {
  await go(page, "/bring-in");
  await page.getByRole("button", { name: "Prepare files" }).click();
  await page.locator("[data-save]").first().waitFor({ timeout: 60_000 });
  const files = {};
  for (const name of names ?? (await page.locator("[data-save]").evaluateAll((all) => all.map((one) => one.dataset.save)))) {
    const saved = page.waitForEvent("download");
    await page.locator(`[data-save="${name}"]`).click();
    const path = `${folder}/${name}`;
    await (await saved).saveAs(path);
    files[name] = readFileSync(path, "utf8");
  }
  return files;
}

test("a dirty book is brought in with no line, survives a reload half-way, and is taken back to the byte", async () => {
  const relay = await Relay.start();
  const tablet = await Tablet.start();
  const folder = tablet.profile;
  try {
    const { page } = tablet;
    // The page asks whether to go while something is on its way to storage.
    page.on("dialog", (dialog) => dialog.accept());
    await signIn(page, relay, "morozova");
    const before = await writeOut(page, folder);
    await cutLine(relay, page);
    await offline(page);
    await page.reload();
    await page.locator("#bring-in-title").waitFor();

    // Chosen, found out, and the columns nobody knows said once.
    const [accounts, people] = book(folder);
    await field(page).setInputFiles(accounts);
    const chosen = page.locator("[data-file='kunden.csv']");
    await chosen.waitFor();
    assert.equal(await chosen.getByLabel("Encoding").inputValue(), "utf-16le");
    assert.equal(await chosen.getByLabel("Separator").inputValue(), String(";".charCodeAt(0)));
    await chosen.getByLabel("What it holds").selectOption("0");
    for (const [column, heading] of [["account_id (needed)", "Nr"], ["name (needed)", "Client"], ["created_at (needed)", "Since"], ["domain", "Site"], ["notes", "Comment"]]) {
      await chosen.getByLabel(column).selectOption({ label: heading });
    }
    await chosen.getByText("3/4/2025 (unclear)").waitFor();
    await field(page).setInputFiles(people);
    await page.locator("[data-file='contacts.csv']").getByText("No column for").waitFor();
    for (const [column, heading] of [["contact_id (needed)", "Contact ID"], ["account_id (needed)", "Account"]]) {
      await page.locator("[data-file='contacts.csv']").getByLabel(column).selectOption({ label: heading });
    }

    // Tried: what cannot be told is asked once for the file, and nothing is written.
    await tryOut(page);
    const question = page.getByLabel(/can be read in two ways/).first();
    await question.selectOption({ label: "The month" });
    await page.locator(".question.answered").waitFor();
    assert.deepEqual(await counts(page, "kunden.csv"), [CUSTOMERS + 3, CUSTOMERS + 1, 0, 2, 1, 1]);
    assert.deepEqual(await counts(page, "contacts.csv"), [CUSTOMERS + 3, CUSTOMERS + 1, 0, 2, 1, 0]);
    const problems = await page.locator(".problems").textContent();
    assert.match(problems, /The cell is empty and must not be/);
    assert.match(problems, /The same id stands in line 4/);
    assert.match(problems, /4 cells where the heading has 6/);
    assert.match(problems, /Not an e-mail address/);
    assert.equal(await unsent(page), 0);

    // Cut off half-way, and gone on with.
    await page.locator("[data-taken]").click();
    await page.locator("[data-working]:not([data-working='0'])").waitFor();
    await page.reload();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.locator("[data-batch]").waitFor({ timeout: 60_000 });
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save what became of each row" }).click();
    await (await saved).saveAs(`${folder}/outcome.csv`);
    const outcome = readFileSync(`${folder}/outcome.csv`, "utf8");
    const lines = (word) => outcome.split(new RegExp(`,${word},`)).length - 1;
    assert.equal(lines("taken") + lines("taken, to be looked at") + lines('"taken, to be looked at"'), 2 * CUSTOMERS + 2);
    assert.equal(lines("row refused"), 4);
    assert.equal(lines("cell left out"), 2);

    // What is written out now is here already.
    const full = await writeOut(page, folder);
    assert.ok(full["accounts.csv"].length > before["accounts.csv"].length);
    await page.getByRole("button", { name: "Start over" }).click();
    await field(page).setInputFiles(Object.keys(full).map((name) => `${folder}/${name}`));
    await page.locator("[data-file='contacts.csv']").waitFor();
    await tryOut(page);
    for (const [name, text] of Object.entries(full)) {
      const [rows, taken, here] = await counts(page, name);
      assert.ok(rows > 0 && text.length > 0, name);
      assert.deepEqual([taken, here], [0, rows], name);
    }
    await page.getByText("There is nothing new in these files.").waitFor();

    // Sent, and taken back without a trace.
    await relay.resume();
    await received(page, 120_000);
    await page.locator("[data-import]").filter({ hasText: "kunden.csv" }).getByRole("button").click();
    await page.locator("dialog[open]").getByRole("button", { name: "Take it back" }).click();
    await page.locator("[data-took-back]").waitFor({ timeout: 60_000 });
    assert.equal(await page.locator("[data-took-back]").getAttribute("data-took-back"), String(CUSTOMERS + 1));
    await received(page, 120_000);
    assert.deepEqual(await writeOut(page, folder), before);

    // A list is written out as it is filtered.
    await go(page, "/accounts");
    await page.locator("[data-account]").first().waitFor();
    const list = page.waitForEvent("download");
    await page.locator("[data-export]").click();
    await (await list).saveAs(`${folder}/list.csv`);
    assert.equal(readFileSync(`${folder}/list.csv`, "utf8"), before["accounts.csv"]);
  } finally {
    await tablet.end();
    await relay.end();
  }
});
