// Cold start with no line: the browser is a new process, the relay is gone, the page comes from the
// service worker and the rows from sealed storage. Stops when the list has answered a key press.
// The last line printed is the figures, as JSON.

import { Relay } from "../support/relay.mjs";
import { counts, cutLine, signIn } from "../support/screens.mjs";
import { Tablet } from "../support/tablet.mjs";

const STARTS = 5;
const FIRST_SYNC_MS_MAX = 600_000;
const book = process.argv[2];

const relay = await Relay.start({ book });
const tablet = await Tablet.start();
try {
  tablet.page.setDefaultTimeout(FIRST_SYNC_MS_MAX);
  const began = performance.now();
  await signIn(tablet.page, relay, "manager", { milliseconds: FIRST_SYNC_MS_MAX });
  const firstSync = performance.now() - began;
  const { rows } = await counts(tablet.page);
  await cutLine(relay, tablet.page);
  const starts = [];
  for (let start = 0; start < STARTS; start += 1) starts.push(await startCold());
  const middle = (name) => starts.map((each) => each[name]).sort((a, b) => a - b)[STARTS >> 1];
  const figures = {
    rows,
    first_sync_ms: firstSync,
    shell_ms: middle("shell"),
    list_ms: middle("list"),
    answers_a_key_ms: middle("key"),
  };
  console.log(JSON.stringify(figures));
} finally {
  await tablet.end();
  await relay.end();
}

/** Measures one start by the page's own clock, from its navigation on. */
async function startCold() {
  await tablet.restart();
  const { page } = tablet;
  await page.addInitScript(watch);
  await page.goto(`${relay.address}/accounts`, { waitUntil: "commit" });
  await page.waitForFunction(() => window.started?.key, undefined, { timeout: 120_000 });
  return page.evaluate(() => window.started);
}

/** In the page: notes when the shell and the list are painted, presses a key, notes the answer. */
function watch() {
  const started = (window.started = {});
  let before;
  const painted = (name, then) =>
    requestAnimationFrame(() =>
      setTimeout(() => {
        if (started[name]) return;
        started[name] = performance.now();
        then?.();
      }, 0),
    );
  const press = () => {
    const list = document.querySelector("[data-row-count][data-hits]");
    const field = document.querySelector("input[type=search]");
    before = list.dataset.hits;
    field.value = "s";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const look = () => {
    if (document.querySelector("input[type=search]") && !started.shell) painted("shell");
    const list = document.querySelector("[data-row-count][data-hits][data-ready='true']");
    if (!list || !document.querySelector("[data-account]")) return;
    if (!started.list) painted("list", press);
    else if (before && list.dataset.hits !== before && !started.key) painted("key");
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
}
