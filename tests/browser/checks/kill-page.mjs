// The page is killed right after edits show *on this tablet*, at random moments and in three ways:
// the tab is closed, its process crashes, the whole browser is killed. After reopening with no line
// every edit that had shown it is there; when the line comes back the relay gets them all.

import { Relay } from "../support/relay.mjs";
import { insist, random, report, seed } from "../support/report.mjs";
import { accountHere, accountWithDeal, openAccount, received, signIn } from "../support/screens.mjs";
import { Tablet } from "../support/tablet.mjs";

const ROUNDS = 25;
const MOMENT_MS_MAX = 1500;
const WAYS = ["tab closed", "tab crashed", "browser killed"];

await report("kill-page", async () => {
  const given = seed();
  const draw = random(given);
  const relay = await Relay.start();
  const tablet = await Tablet.start();
  const found = { seed: given, rounds: 0, shown: 0, lost: [], ways: {} };
  try {
    await signIn(tablet.page, relay, "morozova");
    const account = await accountWithDeal(tablet.page);
    await openAccount(tablet.page, account);
    await received(tablet.page);
    // Chromium writes down who is signed in some seconds late, unless it is closed in good order.
    await tablet.restart();
    await relay.stop();
    const address = `${relay.address}/accounts/${account}`;
    const shown = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const way = WAYS[Math.floor(draw() * WAYS.length)];
      shown.push(...(await editUntilKilled(tablet, address, round, draw() * MOMENT_MS_MAX, way)));
      found.ways[way] = (found.ways[way] ?? 0) + 1;
      await tablet.page.goto(address);
      await accountHere(tablet.page);
      const here = new Set(await tags(tablet.page));
      found.rounds = round + 1;
      found.shown = shown.length;
      found.lost = shown.filter((edit) => !here.has(edit));
      insist(found.lost.length === 0, "an edit that showed on this tablet is gone", found);
    }
    insist(found.shown >= ROUNDS, "too few edits were made to show anything", found);
    await relay.resume();
    await received(tablet.page);
    found.received = await onAnotherTablet(relay, account, shown);
    insist(found.received === shown.length, "the relay lacks edits", found);
    return found;
  } finally {
    await tablet.end();
    await relay.end();
  }
});

/** Tags the account again and again; returns the tags that had shown *on this tablet*. */
async function editUntilKilled(tablet, address, round, moment, way) {
  const { page } = tablet;
  const shown = [];
  await page.exposeFunction("tell", (edit) => shown.push(edit));
  await page.goto(address);
  await accountHere(page);
  await page.evaluate(editForEver, `r${round}`);
  await new Promise((resolve) => setTimeout(resolve, moment));
  if (way === "browser killed") {
    await tablet.kill();
    await tablet.resume();
  } else {
    if (way === "tab crashed") await page.goto("chrome://crash").catch(() => {});
    tablet.page = await tablet.tab();
    await page.close({ runBeforeUnload: false }).catch(() => {});
  }
  return shown;
}

/** In the page: enters tags one after another; returns once the first has shown. */
function editForEver(name) {
  const field = document.querySelector(".tag-input");
  const mark = () => document.querySelector(".account-head [data-state]")?.dataset.state;
  const settled = () =>
    new Promise((done) => {
      // An edit begins as *saving*; only what comes after that is about this edit.
      let saving = mark() === "saving";
      const observer = new MutationObserver(() => {
        saving ||= mark() === "saving";
        if (saving && mark() === "on-this-tablet") {
          observer.disconnect();
          done();
        }
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    });
  const enter = async (number) => {
    const tag = `${name}-${number}`;
    const stored = settled();
    field.value = tag;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.form.requestSubmit();
    await stored;
    window.tell(tag);
  };
  return enter(0).then(() => {
    (async () => {
      for (let number = 1; ; number += 1) await enter(number);
    })();
  });
}

function tags(page) {
  return page.locator(".tag > span").allTextContents();
}

async function onAnotherTablet(relay, account, shown) {
  const other = await Tablet.start();
  try {
    await signIn(other.page, relay, "kim");
    await openAccount(other.page, account);
    const here = new Set(await tags(other.page));
    return shown.filter((edit) => here.has(edit)).length;
  } finally {
    await other.end();
  }
}
