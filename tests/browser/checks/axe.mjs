// Every screen, light and dark, in three languages, in the eyes of axe-core: no finding anywhere.

import { findings } from "../support/axe.mjs";
import { Relay, freshFolder, tessera, wanted } from "../support/relay.mjs";
import { insist, report } from "../support/report.mjs";
import {
  SCREENS,
  accountHere,
  accountWithDeal,
  leaveScreen,
  offline,
  openAccount,
  received,
  signIn,
} from "../support/screens.mjs";
import { log, read, setStage } from "../support/account_page.mjs";
import { Tablet } from "../support/tablet.mjs";
import { until } from "../support/until.mjs";

const LANGUAGES = ["en", "ru", "zh"];
const THEMES = ["light", "dark"];
const PASSWORD = "a-password-for-an-empty-book";

const found = { screens: 0, pages: 0, findings: [] };

await report("axe", async () => {
  await stage({ book: wanted("TESSERA_TEST_BOOK") }, async (relay, tablet) => {
    const { page } = tablet;
    await eachLanguage(tablet, relay, () => judge(page, "sign in"));
    await page.getByRole("textbox").first().fill("nobody");
    await page.getByRole("button").first().click();
    await page.locator(".sign-in-failure:not(:empty)").waitFor();
    await judge(page, "sign in: wrong");
    await speak(page, "en");
    await signIn(page, relay, "morozova");
    const account = await accountWithDeal(page);
    await openAccount(page, account);
    await collide(relay, tablet, account);
    await eachLanguage(tablet, relay, () => every(page, { account }));
    await page.goto(`${relay.address}/accounts/${account}`);
    await speak(page, "en");
    await accountHere(page);
    await tablet.context.setOffline(true);
    await offline(page);
    await log(page, "Call", "Asked about the delivery");
    for (const name of ["accounts", "account", "sync centre"]) await one(page, name, { account }, "offline: ");
    await tablet.context.setOffline(false);
  });
  const data = freshFolder();
  const somebody = ["add", "first", "--name", "First", "--workspace", "empty"];
  tessera(["user", "--data", data, ...somebody], `${PASSWORD}\n`);
  await stage({ data }, async (relay, tablet) => {
    await signIn(tablet.page, relay, "first", { password: PASSWORD });
    await eachLanguage(tablet, relay, async () => {
      for (const path of ["accounts", "deals", "sync"]) {
        await tablet.page.goto(`${relay.address}/${path}`);
        await received(tablet.page);
        await judge(tablet.page, `empty workspace: ${path}`);
      }
    });
  });
  insist(found.findings.length === 0, `${found.findings.length} findings`, found);
  return { ...found, findings: 0 };
});

/** Runs something with a relay and a tablet, and ends both. */
async function stage({ book, data }, act) {
  const relay = data ? await Relay.on(data) : await Relay.start({ book });
  const tablet = await Tablet.start();
  try {
    await tablet.page.emulateMedia({ reducedMotion: "reduce" });
    await tablet.page.goto(relay.address);
    await act(relay, tablet);
  } finally {
    await tablet.end();
    await relay.end();
  }
}

async function every(page, world) {
  for (const [name] of SCREENS) await one(page, name, world);
}

async function one(page, name, world, before = "") {
  const [, open] = SCREENS.find(([known]) => known === name);
  await open(page, world);
  await judge(page, before + name);
  await leaveScreen(page);
}

/** Looks at the page as it stands, light and dark. */
async function judge(page, name) {
  found.screens += 1;
  for (const theme of THEMES) {
    await page.evaluate((theme) => document.documentElement.setAttribute("data-theme", theme), theme);
    const language = await page.locator("html").getAttribute("lang");
    for (const finding of await findings(page)) found.findings.push({ screen: name, theme, language, ...finding });
    found.pages += 1;
  }
}

async function eachLanguage(tablet, relay, act) {
  for (const language of LANGUAGES) {
    await speak(tablet.page, language);
    await act();
  }
}

/** Makes the app speak a language, as if it had been chosen before. */
async function speak(page, language) {
  await page.evaluate((language) => localStorage.setItem("tessera.language", language), language);
  await page.reload();
  await page.locator("main:not([aria-busy])").waitFor();
}

/** Has two people set one account's stage at once, so that somebody has to choose. */
async function collide(relay, tablet, account) {
  const { page } = tablet;
  const other = await Tablet.start();
  try {
    await signIn(other.page, relay, "kim");
    await openAccount(other.page, account);
    await tablet.context.setOffline(true);
    await offline(page);
    await setStage(page, "At risk");
    await setStage(other.page, "Advocate");
    await received(other.page);
    await tablet.context.setOffline(false);
    await accountHere(page);
    await until("the collision is here", () => read(page), (seen) => seen.conflicts.stage, 90_000);
    await received(page);
  } finally {
    await other.end();
  }
}
