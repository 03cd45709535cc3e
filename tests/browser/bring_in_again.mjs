// Files that come a second time: their columns are arranged as they were, and somebody who is here
// is known by nothing but an e-mail address.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Relay } from "./support/relay.mjs";
import { cutLine, go, offline, signIn } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

let relay, tablet, page;
before(async () => {
  relay = await Relay.start();
  tablet = await Tablet.start();
  page = tablet.page;
  page.on("dialog", (dialog) => dialog.accept());
  await signIn(page, relay, "morozova");
  await cutLine(relay, page);
  await offline(page);
  await go(page, "/bring-in");
});
after(async () => {
  await tablet?.end();
  await relay?.end();
});

const file = (name, lines) => ({ name, mimeType: "text/csv", buffer: Buffer.from(`${lines.join("\n")}\n`) });

async function choose(...files) {
  await page.locator(".drop-zone input[type=file]").setInputFiles(files);
  for (const { name } of files) await page.locator(`[data-file='${name}']`).waitFor();
}

async function tryOut() {
  await page.getByRole("button", { name: "Check without writing" }).click();
  await page.locator(".tried table").first().waitFor();
}

/** Rows, taken, here already, refused, cells left out, flagged. */
async function counts(name) {
  const cells = await page.locator(`tr[data-tried="${name}"] td`).allTextContents();
  return cells.map((text) => Number(text.replace(/\D/g, "")));
}

test("columns arranged once are arranged so when a file with the same headings comes again", async () => {
  await choose(file("kunden.csv", ["Nr;Client;Since", "K1;Backhaus Nord;2025-01-05"]));
  const chosen = page.locator("[data-file='kunden.csv']");
  await chosen.getByLabel("What it holds").selectOption("0");
  for (const [column, heading] of [["account_id (needed)", "Nr"], ["name (needed)", "Client"], ["created_at (needed)", "Since"]]) {
    await chosen.getByLabel(column).selectOption({ label: heading });
  }
  await tryOut();
  assert.deepEqual(await counts("kunden.csv"), [1, 1, 0, 0, 0, 0]);
  await page.reload();
  // The same headings, in another order.
  await choose(file("accounts.csv", ["Since;Nr;Client", "2025-02-06;K2;Mühle Süd"]));
  const again = page.locator("[data-file='accounts.csv']");
  await again.locator(".columns summary").click();
  for (const [column, heading] of [["account_id (needed)", "Nr"], ["name (needed)", "Client"], ["created_at (needed)", "Since"]]) {
    assert.equal(await again.getByLabel(column).locator("option:checked").textContent(), heading);
  }
  await tryOut();
  assert.deepEqual(await counts("accounts.csv"), [1, 1, 0, 0, 0, 0]);
  await page.getByRole("button", { name: "Start over" }).click();
});

test("who shares nothing but an e-mail address with somebody here is flagged", async () => {
  const accounts = ["account_id,name,created_at", "E1,Backhaus Nord,2025-01-05"];
  const people = ["contact_id,account_id,first_name,last_name,email", "P1,E1,Anna,Berg,anna.berg@backhaus.example"];
  await choose(file("accounts.csv", accounts), file("contacts.csv", people));
  await tryOut();
  await page.locator("[data-taken]").click();
  await page.locator("[data-batch]").waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Start over" }).click();

  const others = ["account_id,name,created_at", "E2,Quite Another,2025-02-06", "E3,Nobody Known,2025-02-06"];
  const mails = ["contact_id,account_id,first_name,last_name,email", "P2,E2,A.,B.,Anna.Berg@Backhaus.example", "P3,E3,C.,D.,cd@nobody.example"];
  await choose(file("accounts.csv", others), file("contacts.csv", mails));
  await tryOut();
  assert.deepEqual(await counts("accounts.csv"), [2, 2, 0, 0, 0, 1]);
  assert.match(await page.locator(".problems").textContent(), /Backhaus Nord/);
});
