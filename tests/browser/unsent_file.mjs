// Unsent work leaves a tablet as a file, and is made again on another.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Relay } from "./support/relay.mjs";
import {
  accountHere,
  accountWithDeal,
  cutLine,
  hasTag,
  offline,
  openAccount,
  received,
  signIn,
  tag,
} from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

test("what a lost tablet had not sent is received from another, once however often it is brought in", async () => {
  const relay = await Relay.start();
  const [lost, other] = [await Tablet.start(), await Tablet.start()];
  try {
    await signIn(lost.page, relay, "morozova");
    const account = await accountWithDeal(lost.page);
    await openAccount(lost.page, account);
    await cutLine(relay, lost.page);
    await offline(lost.page);
    await tag(lost.page, "from-the-lost-tablet");
    await lost.page.locator(".account-head [data-state='on-this-tablet']").waitFor();
    await lost.page.getByRole("link", { name: /Sync/ }).click();
    const taken = lost.page.waitForEvent("download");
    await lost.page.getByRole("button", { name: "Save unsent work as a file" }).click();
    const file = `${lost.profile}/taken.tessera-unsent`;
    await (await taken).saveAs(file);
    await lost.kill();
    await relay.resume();

    const { page } = other;
    await signIn(page, relay, "morozova");
    await page.getByRole("link", { name: /Sync/ }).click();
    const field = page.locator("input[type=file]");
    await field.setInputFiles(file);
    await page.getByText("1 edit brought in").waitFor();
    await received(page);
    await field.setInputFiles(file);
    await page.getByText("Everything in that file is here already.").waitFor();
    await openAccount(page, account);
    await accountHere(page);
    await page.getByRole("button", { name: "Remove the tag from-the-lost-tablet", exact: true }).waitFor();
    assert.ok(await hasTag(page, "from-the-lost-tablet"));
  } finally {
    await lost.end();
    await other.end();
    await relay.end();
  }
});
