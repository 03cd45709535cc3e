// A hundred thousand accounts, leads counted in, brought in by `tessera import` and served: how many
// rows the list has, whether search finds them, and how few nodes the page is made of.

import { Relay, freshFolder, tessera, wanted } from "../support/relay.mjs";
import { insist, report } from "../support/report.mjs";
import { counts, search, signIn } from "../support/screens.mjs";
import { Tablet } from "../support/tablet.mjs";

const ROWS_LEAST = 100_000;
const NODES_MOST = 2_000;
const SIGN_IN_MS_MAX = 300_000;
const PASSWORD = "a-password-for-the-big-book";

await report("big-book", async () => {
  const data = freshFolder();
  const found = {};
  const started = performance.now();
  tessera(["import", wanted("TESSERA_TEST_BIG_BOOK"), "--workspace", "big", "--data", data]);
  found.import_seconds = seconds(started);
  const somebody = ["add", "manager", "--name", "Manager", "--workspace", "big"];
  tessera(["user", "--data", data, ...somebody], `${PASSWORD}\n`);
  const relay = await Relay.on(data);
  const tablet = await Tablet.start();
  try {
    const { page } = tablet;
    const first = performance.now();
    page.setDefaultTimeout(SIGN_IN_MS_MAX);
    await signIn(page, relay, "manager", { password: PASSWORD, milliseconds: SIGN_IN_MS_MAX });
    found.first_sync_seconds = seconds(first);
    const { rows } = await counts(page);
    found.rows = rows;
    found.hits = {};
    for (const text of ["Светлый", "科技", "Summit", "Nguyen"]) {
      const began = performance.now();
      found.hits[text] = await search(page, text);
      found.search_ms_max = Math.max(found.search_ms_max ?? 0, Math.round(performance.now() - began));
    }
    await search(page, "");
    found.nodes = await nodes(page);
    await page.locator(".virtual-scroll").evaluate((list) => list.scrollTo(0, list.scrollHeight));
    await page.locator("[data-account]").last().waitFor();
    found.nodes_at_the_end = await nodes(page);
    insist(rows >= ROWS_LEAST, `the list has ${rows} rows`, found);
    insist(found.hits["Светлый"] > 0 && found.hits["科技"] > 0, "search finds nothing", found);
    const most = Math.max(found.nodes, found.nodes_at_the_end);
    insist(most <= NODES_MOST, `the page has ${most} nodes`, found);
    return found;
  } finally {
    await tablet.end();
    await relay.end();
  }
});

function nodes(page) {
  return page.evaluate(() => document.querySelectorAll("*").length);
}

function seconds(started) {
  return Math.round((performance.now() - started) / 100) / 10;
}
