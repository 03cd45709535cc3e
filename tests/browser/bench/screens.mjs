// What a person waits for on screens of a book: from a key press to the painted result, the
// whole screen, the screen after one account changed, and the longest task on the way: by the clock,
// and by the processor time it took, which other programs of the machine do not lengthen.
// The last line printed is the figures, as JSON.

import { Relay } from "../support/relay.mjs";
import { counts, signIn } from "../support/screens.mjs";
import { Tablet } from "../support/tablet.mjs";
import { Tasks } from "../support/tasks.mjs";
import { until } from "../support/until.mjs";

const SYNC_MS_MAX = 600_000;
const TIMES = 5;
/** What is typed, letter by letter: names in three scripts, and one nobody has. */
const TYPED = ["servis", "сервис", "有限", "xqz"];
const MEASURES = { list, board, search, kpi, analytics };
const [screens, book] = process.argv.slice(2);

const relay = await Relay.start({ book });
const tablet = await Tablet.start();
const tasks = await Tasks.of(tablet);
try {
  const { page } = tablet;
  page.setDefaultTimeout(SYNC_MS_MAX);
  await page.addInitScript(watch);
  await signIn(page, relay, "manager", { milliseconds: SYNC_MS_MAX });
  const { rows } = await counts(page);
  const figures = { rows };
  // Several at once are named apart, and the book comes in once for all of them.
  const several = screens.includes(",");
  for (const screen of screens.split(",")) {
    for (const [name, value] of Object.entries(await MEASURES[screen](page))) {
      figures[several ? `${screen}_${name}` : name] = value;
    }
  }
  console.log(JSON.stringify(figures));
} finally {
  await tablet.end();
  await relay.end();
}

async function list(page) {
  const opened = await opening(page, "/dashboard", "/accounts", "[data-account]");
  const filtered = await times(() => pick(page, ".tools .select select", [1, 0]));
  const found = await took(page, "list");
  const moved = await times(() => watched(() => page.evaluate(() => window.bench.key(".virtual-scroll [tabindex='0']", "PageDown"))));
  const changed = await afterChange(page, "/accounts", "list");
  return { ...opened, ...named("filter", filtered), filter_find_ms: found, ...named("page_down", moved), ...changed };
}

async function board(page) {
  const opened = await opening(page, "/accounts", "/deals", ".deal-card");
  const typed = await typing(page, TYPED.slice(0, 2));
  const filtered = await times(() => pick(page, ".tools .select select", [1, 0]));
  const changed = await afterChange(page, "/deals", "board-after-change");
  return { ...opened, ...named("key", typed), ...named("filter", filtered), ...changed };
}

async function search(page) {
  await page.locator(".rail-link[href='/accounts']").click();
  await page.locator("[data-account]").first().waitFor();
  const typed = await typing(page, TYPED);
  return { ...named("key", typed), find_ms: await took(page, "list") };
}

async function kpi(page) {
  const opened = await opening(page, "/accounts", "/dashboard", ".tile");
  const whole = await took(page, "dashboard");
  const changed = await afterChange(page, "/dashboard", "dashboard-after-change");
  return { ...opened, count_ms: whole, ...changed };
}

/** Each dashboard over accounts: opened, what gathering and working out took, and after a change. */
async function analytics(page) {
  const figures = {};
  const boards = ["customers", "retention", "leads", "adoption", "quality"];
  for (const board of boards) {
    const sign = `[data-board='${board}'][data-ready='true'] .chart`;
    const measured = await times(async () => {
      await page.locator(".rail-link[href='/dashboard']").click();
      await page.locator(".dashboard:not([data-board]) .dashboard-tab").first().waitFor();
      return watched(() => page.evaluate(([board, sign]) => window.bench.tab(`/dashboard/${board}`, sign), [board, sign]));
    });
    Object.assign(figures, named(`${board}_open`, measured));
    figures[`${board}_slice_ms`] = await took(page, "board-slice");
    figures[`${board}_work_out_ms`] = await took(page, "board");
  }
  for (const board of ["customers", "retention"]) {
    await page.locator(`.dashboard-tab[href='/dashboard/${board}']`).click();
    await page.locator(`[data-board='${board}'][data-ready='true'] .chart`).first().waitFor();
    const changed = await afterChange(page, `/dashboard/${board}`, "board");
    for (const [name, value] of Object.entries(changed)) figures[`${board}_${name}`] = value;
  }
  return figures;
}

/** Goes from one screen to another by the rail and waits for what is there to be painted. */
async function opening(page, from, to, sign) {
  const measured = await times(async () => {
    await page.locator(`.rail-link[href='${from}']`).click();
    await page.locator(sign).first().waitFor({ state: "detached" });
    return watched(() => page.evaluate(([to, sign]) => window.bench.open(to, sign), [to, sign]));
  });
  return named("open", measured);
}

async function typing(page, words) {
  const measured = [];
  for (const word of words) {
    for (let length = 1; length <= word.length; length += 1) {
      measured.push(await watched(() => page.evaluate((text) => window.bench.type(text), word.slice(0, length))));
    }
    measured.push(await watched(() => page.evaluate(() => window.bench.type(""))));
  }
  return measured;
}

async function pick(page, selects, places) {
  const measured = [];
  for (const place of places) {
    measured.push(await watched(() => page.evaluate(([selects, place]) => window.bench.pick(selects, place), [selects, place])));
  }
  return measured.reduce((a, b) => (a.painted > b.painted ? a : b));
}

/** Another tab renames an account; this one shows it without anybody asking. */
async function afterChange(page, path, work) {
  const other = await tablet.tab();
  await other.goto(`${relay.address}/accounts`);
  await other.locator("[data-account]").first().click();
  const name = other.locator("h1 button, h1 .editable-text").first();
  await name.waitFor();
  await page.bringToFront();
  const measured = [];
  for (let time = 0; time < TIMES; time += 1) {
    await page.evaluate((work) => window.bench.await(work), work);
    await other.evaluate((time) => {
      document.querySelector("h1 button, h1 .editable-text").click();
      setTimeout(() => {
        const field = document.querySelector("h1 input");
        field.value = `Renamed ${time}`;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
        field.blur();
      }, 50);
    }, time);
    await until(`the change reached ${path}`, () => page.evaluate(() => window.bench.came()), Boolean, 30_000);
    measured.push(await page.evaluate(() => window.bench.came()));
  }
  await other.close();
  return named("after_change", measured);
}

function took(page, work) {
  return page.evaluate((work) => performance.getEntriesByName(work, "measure").at(-1)?.duration ?? null, work);
}

/** Does what is measured, and adds the longest task by its processor time. */
async function watched(run) {
  const { came, longest_ms } = await tasks.during(run);
  return { ...came, thread: longest_ms };
}

async function times(run) {
  const measured = [];
  for (let time = 0; time < TIMES; time += 1) measured.push(await run());
  return measured;
}

/** The middle and the worst of what was measured. */
function named(name, measured) {
  const figures = {};
  for (const part of ["work", "painted", "task", "thread"]) {
    const sorted = measured.map((each) => each[part]).filter((each) => each !== undefined).sort((a, b) => a - b);
    if (!sorted.length) continue;
    const round = (number) => Math.round(number * 10) / 10;
    const longest = { task: `${name}_longest_task_ms`, thread: `${name}_longest_task_thread_ms` }[part];
    if (!longest) figures[`${name}_${part}_ms`] = round(sorted[sorted.length >> 1]);
    figures[longest ?? `${name}_${part}_worst_ms`] = round(sorted.at(-1));
  }
  return figures;
}

/** In the page: presses keys and says when the answer was worked out and when it was painted. */
function watch() {
  let tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: "longtask" });
  const after = () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(undefined);
    });
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => after().then(resolve)));
  const longest = async (since) => {
    // Long tasks are told a moment after they end, and what is out of sight is drawn after the rest.
    await new Promise((resolve) => setTimeout(resolve, 250));
    const those = tasks.filter((task) => task.startTime + task.duration > since);
    return those.reduce((most, task) => Math.max(most, task.duration), 0);
  };
  // What was looked for is there once nothing says that it is still being gathered.
  const gathered = () => !document.querySelector("[data-ready='false']");
  const measure = async (act, done = gathered) => {
    const begun = performance.now();
    act();
    const work = (await after()) - begun;
    let shown = await painted();
    while (!done()) shown = await painted();
    return { work, painted: shown - begun, task: await longest(begun) };
  };
  let waiting;
  window.bench = {
    type: (text) =>
      measure(() => {
        const field = document.querySelector("input[type=search]");
        field.value = text;
        field.dispatchEvent(new Event("input", { bubbles: true }));
      }),
    key: (target, key) =>
      measure(() => {
        const row = document.querySelector(target);
        row.focus();
        row.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      }),
    pick: (selects, place) =>
      measure(() => {
        const select = document.querySelector(selects);
        select.selectedIndex = place;
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }),
    open: (path, sign) =>
      measure(
        () => document.querySelector(`.rail-link[href='${path}']`).click(),
        () => document.querySelector(sign) && gathered(),
      ),
    tab: (path, sign) =>
      measure(
        () => document.querySelector(`.dashboard-tab[href='${path}']`).click(),
        () => document.querySelector(sign),
      ),
    /** Waits for a piece of work to be done again without anybody asking here. */
    await: (work) => {
      const before = performance.getEntriesByName(work, "measure").at(-1)?.startTime;
      waiting = { came: undefined };
      const mine = waiting;
      const look = async () => {
        const entry = performance.getEntriesByName(work, "measure").at(-1);
        if (!entry || entry.startTime === before) return requestAnimationFrame(look);
        const shown = await painted();
        mine.came = { work: entry.duration, painted: shown - entry.startTime, task: await longest(entry.startTime) };
      };
      requestAnimationFrame(look);
    },
    came: () => waiting?.came,
  };
}
