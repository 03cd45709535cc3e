// What a person sees when the browser itself fails them: each time plain words, and nothing lost.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { Relay } from "./support/relay.mjs";
import { accountWithDeal, hasTag, openAccount, received, signIn, tag } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

let relay;
before(async () => (relay = await Relay.start()));
after(async () => relay?.end());

test("a full storage is told, the edit can be taken away, and is kept once there is room", async () => {
  await onTablet(async ({ page }) => {
    await page.addInitScript(() => {
      // Only what a person enters finds no room: other writes go on in the background.
      for (const name of ["put", "add"]) {
        const write = IDBObjectStore.prototype[name];
        IDBObjectStore.prototype[name] = function (...what) {
          const full = window.storageIsFull && this.name === "pending";
          if (full) throw new DOMException("no room", "QuotaExceededError");
          return write.apply(this, what);
        };
      }
    });
    await signIn(page, relay, "morozova");
    await openAccount(page, await accountWithDeal(page));
    await page.evaluate(() => (window.storageIsFull = true));
    await tag(page, "no-room");
    await page.locator(".account-head [data-state='not-saved']").waitFor();
    const warning = page.locator("[data-warning='storage']");
    await warning.waitFor();
    const taken = page.waitForEvent("download");
    await warning.getByRole("button", { name: "Save unsent work as a file" }).click();
    assert.match((await taken).suggestedFilename(), /tessera-unsent/);
    await page.evaluate(() => (window.storageIsFull = false));
    await received(page);
    await warning.waitFor({ state: "detached" });
    await page.reload();
    await page.getByRole("button", { name: "Remove the tag no-room", exact: true }).waitFor();
  });
});

test("a storage that does not open is told, and nothing can be entered that would be lost", async () => {
  await onTablet(async ({ page }) => {
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException("not here", "UnknownError");
      };
    });
    await page.goto(`${relay.address}/accounts`);
    await page.getByLabel("Name", { exact: true }).fill("morozova");
    await page.getByLabel("Password", { exact: true }).fill("tessera-demo");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.locator("[data-warning='storage']").waitFor();
    await page.getByRole("button", { name: "New account" }).click();
    await page.locator("dialog").getByLabel("Name", { exact: true }).fill("Never kept");
    await page.locator("dialog form").evaluate((form) => form.requestSubmit());
    await page.getByText("Storage failed, so nothing more can be entered.").waitFor();
  });
});

test("a panic is told, and what was on this tablet is there after it", async () => {
  await onTablet(async ({ page }) => {
    await page.addInitScript(() => {
      const make = Document.prototype.createElement;
      Document.prototype.createElement = function (name, ...rest) {
        if (window.dialogsFail && name === "dialog") throw new DOMException("none", "UnknownError");
        return make.call(this, name, ...rest);
      };
    });
    await signIn(page, relay, "kim");
    await openAccount(page, await accountWithDeal(page));
    await tag(page, "before-the-panic");
    await page.locator(".account-head [data-state='on-this-tablet'], .account-head [data-state='received']").waitFor();
    await page.evaluate(() => (window.dialogsFail = true));
    await page.locator("section[aria-labelledby='people-title'] .panel-head button").click();
    const screen = page.getByRole("alertdialog", { name: "Something went wrong" });
    await screen.waitFor();
    const loaded = page.waitForEvent("load");
    await screen.getByRole("button", { name: "Reload" }).click();
    await loaded;
    await page.getByRole("button", { name: "Remove the tag before-the-panic", exact: true }).waitFor();
    assert.ok(await hasTag(page, "before-the-panic"));
  });
});

test("an account nobody can read says so, and every other one opens", async () => {
  const relay = await Relay.start();
  try {
    await relay.stop();
    const [broken, whole] = breakOneAccount(relay.folder);
    await relay.resume();
    await onTablet(async ({ page }) => {
      await signIn(page, relay, "morozova");
      await page.goto(`${relay.address}/accounts/${broken}`);
      await page.getByText("This account cannot be read").waitFor();
      await openAccount(page, whole);
      await tag(page, "whole");
      await received(page);
      assert.ok(await hasTag(page, "whole"));
    });
  } finally {
    await relay.end();
  }
});

/** Writes over the first change of an account, as a failing disk does; returns it and another one. */
function breakOneAccount(folder) {
  const program = `
import glob, sqlite3, sys
connection = sqlite3.connect(glob.glob(sys.argv[1] + "/workspaces/*/log.sqlite")[0])
accounts = connection.execute("SELECT document FROM log WHERE class = 1 ORDER BY sequence LIMIT 2").fetchall()
connection.execute("UPDATE log SET change = x'00112233' WHERE document = ?", accounts[0])
connection.commit()
print(" ".join(account[0].hex() for account in accounts))`;
  return execFileSync("python3", ["-c", program, folder], { encoding: "utf8" }).trim().split(" ");
}

async function onTablet(run) {
  const tablet = await Tablet.start();
  try {
    await run(tablet);
  } finally {
    await tablet.end();
  }
}
