// The README's pictures: the list, an account, the palette, the deals, the sync centre, each at the
// size of a tablet and of a desk.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { log, read, setStage, dictateInNote } from "../support/account_page.mjs";
import { Relay, wanted } from "../support/relay.mjs";
import { insist, report } from "../support/report.mjs";
import { accountWithDeal, offline, openAccount, received, signIn, tag } from "../support/screens.mjs";
import { TABLET, Tablet } from "../support/tablet.mjs";
import { until } from "../support/until.mjs";

const SIZES = [["", TABLET], ["-desk", { width: 1440, height: 900 }]];

await report("shots", async () => {
  const folder = wanted("TESSERA_TEST_SCREENSHOTS");
  mkdirSync(folder, { recursive: true });
  const relay = await Relay.start({ book: wanted("TESSERA_TEST_BOOK_1000") });
  const [tablet, other] = [await Tablet.start(), await Tablet.start()];
  const { page } = tablet;
  const taken = [];
  const shoot = async (name) => {
    await page.mouse.move(0, 0);
    for (const [size, viewport] of SIZES) {
      await page.setViewportSize(viewport);
      await page.evaluate(() => {
        if (!document.querySelector("dialog[open]")) document.activeElement?.blur();
        for (const part of [document.scrollingElement, document.querySelector("#content")]) part?.scrollTo(0, 0);
      });
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      const file = `${name}${size}.png`;
      await page.screenshot({ path: join(folder, file), animations: "disabled" });
      taken.push(file);
    }
    await page.setViewportSize(TABLET);
  };
  try {
    await signIn(page, relay, "morozova");
    await page.getByRole("button", { name: "Mine" }).click();
    const account = await accountWithDeal(page);
    await shoot("accounts");

    await openAccount(page, account);
    await log(page, "Visit", "Went through the order for spring");
    await dictateInNote(page, "Prefers deliveries before noon.");
    await received(page);
    await shoot("account");
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Accounts, people, deals, commands" }).pressSequentially("an");
    await page.locator("#found-6").waitFor();
    await shoot("palette");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Deals" }).click();
    await page.locator("[data-deal]").first().waitFor();
    await shoot("deals");
    await openAccount(page, account);

    await signIn(other.page, relay, "kim");
    await openAccount(other.page, account);
    await tablet.context.setOffline(true);
    await offline(page);
    await setStage(page, "At risk");
    await setStage(other.page, "Advocate");
    await received(other.page);
    await tablet.context.setOffline(false);
    await until("the collision is here", () => read(page), (seen) => seen.conflicts.stage, 90_000);
    await tablet.context.setOffline(true);
    await offline(page);
    await log(page, "Call", "Asked about the delivery");
    await tag(page, "spring");
    await dictateInNote(page, " Ask for Anna.");
    await page.getByRole("link", { name: "Sync centre" }).click();
    await page.locator(".conflict-inbox [data-field]").first().waitFor();
    await shoot("sync-centre");
    insist(taken.length === 5 * SIZES.length, "a picture is missing", { taken });
    return { taken };
  } finally {
    await Promise.all([tablet.end(), other.end()]);
    await relay.end();
  }
});
