import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Relay, wanted } from "./support/relay.mjs";
import { appKept, signIn } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

let relay, tablet, site;
before(async () => {
  site = mkdtempSync(join(tmpdir(), "tessera-site-"));
  cpSync(wanted("TESSERA_TEST_SITE"), site, { recursive: true });
  relay = await Relay.start({ site });
  tablet = await Tablet.start();
  await signIn(tablet.page, relay, "morozova");
});
after(async () => {
  await tablet?.end();
  await relay?.end();
  if (site) rmSync(site, { recursive: true, force: true });
});

test("a new version announces itself, waits, and is taken when asked", async () => {
  const { page } = tablet;
  await appKept(page);
  for (const copy of ["sw.js.br", "sw.js.gz"]) rmSync(join(site, copy), { force: true });
  appendFileSync(join(site, "sw.js"), "\n// Another version.\n");
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update().then(() => undefined));
  const chip = page.getByRole("button", { name: "New version ready" });
  await chip.waitFor();
  const reloaded = page.waitForEvent("load");
  await chip.click();
  await reloaded;
  await page.locator("[data-account]").first().waitFor();
  await chip.waitFor({ state: "hidden" });
});
