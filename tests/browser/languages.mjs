import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Relay } from "./support/relay.mjs";
import { signIn } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

let relay, tablet;
before(async () => {
  relay = await Relay.start();
  tablet = await Tablet.start();
  await signIn(tablet.page, relay, "liumin");
});
after(async () => {
  await tablet?.end();
  await relay?.end();
});

for (const [code, accounts] of [["ru", "Клиенты"], ["zh", "客户"], ["en", "Accounts"]]) {
  test(`the screens speak ${code}, and stay so after a reload`, async () => {
    const { page } = tablet;
    await page.locator(".rail-person").click();
    await page.locator(".settings select").first().selectOption(code);
    await page.getByRole("heading", { level: 1, name: accounts }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: accounts }).waitFor();
    assert.match(await page.locator("html").getAttribute("lang"), new RegExp(`^${code}`));
  });
}
