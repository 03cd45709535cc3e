// The board under a finger: a swipe over cards scrolls and moves nothing; the handle, a long press
// and the menu each move a deal.

import { Relay } from "../support/relay.mjs";
import { insist, report } from "../support/report.mjs";
import { signIn } from "../support/screens.mjs";
import { Tablet } from "../support/tablet.mjs";
import { until } from "../support/until.mjs";

/** Longer than a finger rests before it holds a card. */
const LONG_PRESS_MS = 700;

/** One finger, by the browser's own protocol: scripted events would not scroll. */
class Finger {
  static async on(tablet) {
    const finger = new Finger();
    finger.session = await tablet.context.newCDPSession(tablet.page);
    await finger.session.send("Emulation.setTouchEmulationEnabled", { enabled: true, maxTouchPoints: 1 });
    return finger;
  }

  async touch(type, point) {
    const touchPoints = point ? [{ x: point.x, y: point.y }] : [];
    await this.session.send("Input.dispatchTouchEvent", { type, touchPoints });
  }

  async go(from, to, { rest = 0, steps = 12 } = {}) {
    await this.touch("touchStart", from);
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, rest));
    for (let step = 1; step <= steps; step += 1) {
      const part = step / steps;
      await this.touch("touchMove", { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part });
      await new Promise((resolve) => setTimeout(resolve, 16));
    }
    await this.touch("touchEnd");
  }
}

await report("touch", async () => {
  const relay = await Relay.start();
  const tablet = await Tablet.start();
  const found = {};
  try {
    const { page } = tablet;
    await signIn(page, relay, "morozova");
    await page.goto(`${relay.address}/deals`);
    await page.locator(".deal-card").first().waitFor();
    const finger = await Finger.on(tablet);

    const before = await stages(page);
    found.cards = Object.keys(before).length;
    found.scrolled = await swipe(page, finger);
    insist(found.scrolled > 50, "a swipe over cards did not scroll", found);
    const after = await stages(page);
    insist(same(before, after), "a swipe moved a deal", { ...found, before, after });
    await page.locator(".cards").first().evaluate((cards) => (cards.scrollTop = 0));

    found.handle = await drag(page, finger, ".drag-handle", 0);
    found.longPress = await drag(page, finger, ".card-account", LONG_PRESS_MS);
    found.menu = await byMenu(page);
    return found;
  } finally {
    await tablet.end();
    await relay.end();
  }
});

/** Swipes upwards over the fullest column; returns how far it scrolled. */
async function swipe(page, finger) {
  const fullest = await page.evaluate(() => {
    const columns = [...document.querySelectorAll(".board-column .cards")];
    const most = columns.reduce((a, b) => (b.scrollHeight - b.clientHeight > a.scrollHeight - a.clientHeight ? b : a));
    most.scrollIntoView({ inline: "center" });
    return columns.indexOf(most);
  });
  const cards = page.locator(".board-column .cards").nth(fullest);
  const box = await cards.locator(".card-account").nth(1).boundingBox();
  const from = { x: box.x + 20, y: Math.min(box.y + 5, 700) };
  await finger.go(from, { x: from.x, y: from.y - 250 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  return cards.evaluate((cards) => cards.scrollTop);
}

/** Drags the first card of the first column that has one to the next column; returns where it went. */
async function drag(page, finger, grip, rest) {
  await page.locator(".board").evaluate((board) => (board.scrollLeft = 0));
  const from = page.locator(".board-column[data-takes]:has(.deal-card)").first();
  const card = from.locator(".deal-card").first();
  const deal = await card.getAttribute("data-deal");
  const here = await from.getAttribute("data-stage");
  const target = page.locator(`.board-column[data-takes]:not([data-stage='${here}'])`).first();
  const there = await target.getAttribute("data-stage");
  const [begin, end] = [await card.locator(grip).boundingBox(), await target.boundingBox()];
  await finger.go(
    { x: begin.x + begin.width / 2, y: begin.y + begin.height / 2 },
    { x: end.x + end.width / 2, y: end.y + end.height / 2 },
    { rest },
  );
  return moved(page, deal, here, there);
}

/** Moves the first card by its own choice of stages. */
async function byMenu(page) {
  const from = page.locator(".board-column[data-takes]:has(.deal-card)").first();
  const card = from.locator(".deal-card").first();
  const [deal, here] = [await card.getAttribute("data-deal"), await from.getAttribute("data-stage")];
  const there = here === "proposal" ? "qualified" : "proposal";
  await card.locator("select").selectOption(there);
  return moved(page, deal, here, there);
}

async function moved(page, deal, here, there) {
  const anyway = page.locator("dialog[open] button[type=submit]");
  const stands = async () => {
    if (await anyway.count()) await anyway.click();
    return (await stages(page))[deal];
  };
  await until(`the deal stands in ${there}`, stands, (stage) => stage === there, 10_000);
  return { deal, here, there };
}

/** Returns the stage of each card in sight of the page. */
function stages(page) {
  return page.evaluate(() => {
    const cards = [...document.querySelectorAll(".deal-card")];
    return Object.fromEntries(
      cards.map((card) => [card.dataset.deal, card.closest(".board-column").dataset.stage]),
    );
  });
}

function same(one, other) {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
}
