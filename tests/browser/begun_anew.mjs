import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { typeInNote } from "./support/account_page.mjs";
import { Relay } from "./support/relay.mjs";
import { accountHere, accountWithDeal, cutLine, openAccount, received, receivedAfterKill, signIn } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";
import { until } from "./support/until.mjs";

const note = (page) => page.locator(".note-text").inputValue();

let relay, here, there, account;
before(async () => {
  // So few changes that a person at a keyboard makes them.
  process.env.TESSERA_CHANGES_MAX = "40";
  relay = await Relay.start();
  [here, there] = [await Tablet.start(), await Tablet.start()];
  await signIn(here.page, relay, "carter");
  account = await accountWithDeal(here.page);
  await openAccount(here.page, account);
  await typeInNote(here.page, "Begun. ");
  await received(here.page);
  await signIn(there.page, relay, "morozova");
  await there.page.goto(`${relay.address}/accounts/${account}`);
  await accountHere(there.page);
  await until("the note is there", () => note(there.page), (text) => text.includes("Begun. "));
  await received(there.page);
});
after(async () => {
  await there?.end();
  await here?.end();
  await relay?.end();
});

test("what was typed with no line while a note was begun anew is in it on both tablets", async () => {
  await cutLine(relay, there.page, here.page);
  await typeInNote(there.page, "Late.");
  await there.page.locator("[data-state='on-this-tablet']").first().waitFor();
  await there.kill();
  await relay.resume();
  await received(here.page);
  const typed = here.page.locator(".note-text");
  for (let round = 0; round < 40 && !relay.output.includes("begun anew"); round += 1) {
    await typeInNote(here.page, "word ");
    for (const _ of "word ") await typed.press("Backspace");
    await received(here.page);
  }
  assert.ok(relay.output.includes("begun anew"), "the relay has begun the note anew");
  assert.ok((await note(here.page)).endsWith("Begun. "), "it reads the same");
  await typeInNote(here.page, "After. ");
  await received(here.page);
  await there.resume();
  await there.page.goto(`${relay.address}/accounts/${account}`);
  await receivedAfterKill(there.page, "morozova");
  for (const page of [here.page, there.page]) {
    const all = (text) => ["Begun. ", "After. ", "Late."].every((word) => text.includes(word));
    await until("all that was typed is there", () => note(page), all);
  }
});
