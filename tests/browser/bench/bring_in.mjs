// A large book brought in on a tablet with no line: how long each step takes, and the longest task
// on the way, by the clock and by the processor time it took. The last line printed is the figures,
// as JSON.

import { writeFileSync } from "node:fs";
import { Relay } from "../support/relay.mjs";
import { cutLine, go, offline, signIn } from "../support/screens.mjs";
import { Tablet } from "../support/tablet.mjs";
import { Tasks } from "../support/tasks.mjs";

const STEP_MS_MAX = 600_000;
const rows = Number(process.argv[2]);

const relay = await Relay.start();
const tablet = await Tablet.start();
try {
  const { page } = tablet;
  page.setDefaultTimeout(STEP_MS_MAX);
  page.on("dialog", (dialog) => dialog.accept());
  await signIn(page, relay, "morozova");
  await cutLine(relay, page);
  await offline(page);
  await go(page, "/bring-in");
  const field = page.locator(".drop-zone input[type=file]");
  await field.waitFor({ state: "attached" });
  const [accounts, people] = book(tablet.profile, rows / 2);
  await page.evaluate(watch);
  const figures = { rows };
  const tasks = await Tasks.of(tablet);
  await step("look", figures, async () => {
    await choose(page, [accounts, people]);
    await page.locator("[data-file='contacts.csv']").waitFor();
  });
  await step("try", figures, async () => {
    await page.getByRole("button", { name: "Check without writing" }).click();
    await page.locator(".tried table").first().waitFor();
  });
  await step("write", figures, async () => {
    await page.locator("[data-taken]").click();
    await page.locator("[data-batch]").waitFor();
  });
  console.log(JSON.stringify(figures));

  async function step(name, figures, act) {
    await page.evaluate(() => window.begin());
    const begun = performance.now();
    const { longest_ms } = await tasks.during(async () => {
      await act();
      figures[`${name}_ms`] = Math.round(performance.now() - begun);
    });
    figures[`${name}_longest_task_ms`] = await page.evaluate(() => window.longest());
    figures[`${name}_longest_task_thread_ms`] = Math.round(longest_ms * 10) / 10;
  }
} finally {
  await tablet.end();
  await relay.end();
}

/** Has the browser read the files itself, as it does for a person: they do not pass through the page. */
async function choose(page, files) {
  const session = await page.context().newCDPSession(page);
  const { root } = await session.send("DOM.getDocument");
  const { nodeId } = await session.send("DOM.querySelector", { nodeId: root.nodeId, selector: ".drop-zone input[type=file]" });
  await session.send("DOM.setFileInputFiles", { files, nodeId });
  await session.detach();
}

/** Customers and one person at each, in the encoding a spreadsheet saves. */
function book(folder, customers) {
  const accounts = ["account_id,name,domain,created_at,country,city,notes"];
  const people = ["contact_id,account_id,first_name,last_name,email,phone"];
  for (let at = 0; at < customers; at += 1) {
    accounts.push(`K${at},Торг ${at} GmbH,torg${at}.example,2025-01-${String((at % 28) + 1).padStart(2, "0")},DE,Berlin,"first line\n=second, ${at}"`);
    people.push(`P${at},K${at},Anna${at},Ivanova,anna${at}@torg${at}.example,+49 30 ${10_000_000 + at}`);
  }
  const paths = [`${folder}/accounts.csv`, `${folder}/contacts.csv`];
  writeFileSync(paths[0], Buffer.from(`\ufeff${accounts.join("\r\n")}\r\n`, "utf16le"));
  writeFileSync(paths[1], `${people.join("\n")}\n`);
  return paths;
}

/** In the page: remembers the longest task since a step began. */
function watch() {
  let tasks = [];
  const told = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  told.observe({ type: "longtask" });
  window.begin = () => {
    told.takeRecords();
    tasks = [];
  };
  window.longest = async () => {
    // Long tasks are told a moment after they end.
    await new Promise((resolve) => setTimeout(resolve, 100));
    return tasks.reduce((most, task) => Math.max(most, task.duration), 0);
  };
}
