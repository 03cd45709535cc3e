import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Relay } from "./support/relay.mjs";
import { counts, signIn } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

let relay, tablet;
before(async () => {
  relay = await Relay.start();
  tablet = await Tablet.start();
});
after(async () => {
  await tablet?.end();
  await relay?.end();
});

test("a wrong password is told and opens nothing", async () => {
  const { page } = tablet;
  await page.goto(relay.address);
  await page.getByLabel("Name", { exact: true }).fill("morozova");
  await page.getByLabel("Password", { exact: true }).fill("not it");
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByText("Name and password do not belong together.").waitFor();
  assert.equal(await page.locator("[data-row-count]").count(), 0);
});

test("a demo person signs in and has the whole book", async () => {
  const { page } = tablet;
  await signIn(page, relay, "morozova");
  const { rows, hits } = await counts(page);
  assert.ok(rows > 100, `${rows} rows, leads counted in`);
  assert.equal(hits, rows);
});

test("nothing inline runs and nothing is asked of another host", async () => {
  const { page } = tablet;
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const refused = [];
  page.on("console", (line) => line.text().includes("Content Security Policy") && refused.push(line.text()));
  await page.reload();
  await page.locator("[data-account]").first().waitFor();
  assert.deepEqual(refused, []);
  assert.deepEqual(asked.filter((url) => !url.startsWith(relay.address) && url.startsWith("http")), []);
});
