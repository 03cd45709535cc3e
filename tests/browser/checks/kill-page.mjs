// The page is killed right after edits show *on this tablet*, at random moments and in three ways:
// the tab is closed, its process crashes, the whole browser is killed. The edits are tags, words in the
// note, new deals and new people. After reopening with no line every edit that had shown it is there;
// when the line comes back the relay gets them all.

import { missing, onAnotherTablet } from "../support/kept.mjs";
import { Relay } from "../support/relay.mjs";
import { insist, random, report, seed } from "../support/report.mjs";
import { accountHere, accountWithDeal, cutLine, openAccount, received, receivedAfterKill, signIn } from "../support/screens.mjs";
import { Tablet } from "../support/tablet.mjs";

const ROUNDS = 25;
const MOMENT_MS_MAX = 1500;
const WAYS = ["tab closed", "tab crashed", "browser killed"];
// A round draws from these; none makes more edits than that before its end.
const KINDS = ["tag", "tag", "note", "note", "deal", "person"];
const EDITS_MAX = 500;

await report("kill-page", async () => {
  const given = seed();
  const draw = random(given);
  const relay = await Relay.start();
  const tablet = await Tablet.start();
  const found = { seed: given, rounds: 0, shown: 0, lost: [], ways: {}, kinds: {} };
  try {
    await signIn(tablet.page, relay, "morozova");
    const account = await accountWithDeal(tablet.page);
    await openAccount(tablet.page, account);
    await pageHere(tablet.page);
    await received(tablet.page);
    await cutLine(relay, tablet.page);
    const address = `${relay.address}/accounts/${account}`;
    const shown = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const way = WAYS[Math.floor(draw() * WAYS.length)];
      const kinds = Array.from({ length: EDITS_MAX }, () => KINDS[Math.floor(draw() * KINDS.length)]);
      const work = { name: `r${round}`, kinds };
      const made = await editUntilKilled(tablet, address, work, draw() * MOMENT_MS_MAX, way);
      shown.push(...made);
      for (const edit of made) {
        const kind = edit.split("-")[0];
        found.kinds[kind] = (found.kinds[kind] ?? 0) + 1;
      }
      found.ways[way] = (found.ways[way] ?? 0) + 1;
      await tablet.page.goto(address);
      found.rounds = round + 1;
      found.shown = shown.length;
      found.lost = await missing(tablet.page, shown, words);
      insist(found.lost.length === 0, "an edit that showed on this tablet is gone", found);
    }
    insist(found.shown >= ROUNDS, "too few edits were made to show anything", found);
    insist(Object.keys(found.kinds).length === 4, "a kind of edit was never made", found);
    await relay.resume();
    await receivedAfterKill(tablet.page, "morozova");
    found.received = await onAnotherTablet(relay, account, shown, words);
    insist(found.received === shown.length, "the relay lacks edits", found);
    return found;
  } finally {
    await tablet.end();
    await relay.end();
  }
});

/** Edits the account again and again; returns the edits that had shown *on this tablet*. */
async function editUntilKilled(tablet, address, work, moment, way) {
  const { page } = tablet;
  const shown = [];
  await page.exposeFunction("tell", (edit) => shown.push(edit));
  await page.goto(address);
  await pageHere(page);
  await page.evaluate(editOnAndOn, work);
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

/** In the page: makes one edit after another; returns once the first has shown. */
function editOnAndOn({ name, kinds }) {
  const find = (selector) => document.querySelector(selector);
  const settled = (place) =>
    new Promise((done) => {
      const mark = () => find(`${place} [data-state]`)?.dataset.state;
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
  const type = (field, text) => {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const inDialog = async (section, text) => {
    find(`section[aria-labelledby='${section}'] .panel-head button`).click();
    while (!find("dialog[open] form input")) await new Promise(requestAnimationFrame);
    type(find("dialog[open] form input"), text);
    const stored = settled(".account-head");
    find("dialog[open] form").requestSubmit();
    await stored;
    while (find("dialog")) await new Promise(requestAnimationFrame);
  };
  const make = {
    tag: async (text) => {
      const field = find(".tag-input");
      type(field, text);
      const stored = settled(".account-head");
      field.form.requestSubmit();
      await stored;
    },
    note: async (text) => {
      const field = find(".note-text");
      const stored = settled(".note");
      type(field, `${field.value} ${text}`);
      await stored;
    },
    deal: (text) => inDialog("deals-title", text),
    person: (text) => inDialog("people-title", text),
  };
  const enter = async (number) => {
    const kind = kinds[number];
    const text = `${kind}-${name}-${number}`;
    await make[kind](text);
    window.tell(text);
  };
  return enter(0).then(() => {
    (async () => {
      for (let number = 1; number < kinds.length; number += 1) await enter(number);
    })();
  });
}

async function pageHere(page) {
  await accountHere(page);
  await page.locator(".note-text").waitFor();
}

/** Returns every word where tags, note, deals and people stand. */
async function words(page) {
  await pageHere(page);
  return page.evaluate(() => {
    const places = document.querySelectorAll(".tag > span, .deal-name, .person-name");
    const texts = [...places].map((place) => place.textContent);
    return [...texts, document.querySelector(".note-text").value].join(" ").split(/\s+/);
  });
}
