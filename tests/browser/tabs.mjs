import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Relay } from "./support/relay.mjs";
import { accountHere, accountWithDeal, openAccount, received, signIn, tag } from "./support/screens.mjs";
import { Tablet, lifecycle } from "./support/tablet.mjs";

let relay, tablet, first, second, account;
before(async () => {
  relay = await Relay.start();
  tablet = await Tablet.start();
  first = tablet.page;
  await signIn(first, relay, "carter");
  account = await accountWithDeal(first);
  await openAccount(first, account);
  second = await tablet.tab();
  await second.goto(`${relay.address}/accounts/${account}`);
  await accountHere(second);
});
after(async () => {
  await tablet?.end();
  await relay?.end();
});

test("what one tab enters the other shows", async () => {
  await tag(second, "from-the-second");
  await first.getByText("from-the-second").waitFor();
  await tag(first, "from-the-first");
  await second.getByText("from-the-first").waitFor();
});

test("when the tab that holds the line is closed the other takes it over", async () => {
  await first.close();
  await tag(second, "after-the-first");
  await received(second);
  const other = await Tablet.start();
  try {
    await signIn(other.page, relay, "kim");
    await openAccount(other.page, account);
    await other.page.getByText("after-the-first").waitFor();
  } finally {
    await other.end();
  }
});

test("a frozen tab holds up nobody, and when it goes on it leaves the line to the tab that took it", async () => {
  const third = await tablet.tab();
  await third.goto(`${relay.address}/accounts/${account}`);
  await accountHere(third);
  const before = await leader(third);
  await lifecycle(second, "frozen");
  await tag(third, "while-nobody-speaks");
  await third.waitForFunction(anotherLeads, before);
  await tag(third, "past-the-frozen-one");
  await third.getByText("past-the-frozen-one").waitFor();
  await received(third);
  const after = await leader(third);
  await lifecycle(second, "active");
  await second.getByText("while-nobody-speaks").waitFor();
  await second.getByText("past-the-frozen-one").waitFor();
  await tag(second, "after-the-thaw");
  await third.getByText("after-the-thaw").waitFor();
  await received(second);
  const other = await Tablet.start();
  try {
    await signIn(other.page, relay, "kim");
    await openAccount(other.page, account);
    for (const text of ["while-nobody-speaks", "past-the-frozen-one", "after-the-thaw"]) {
      await other.page.getByText(text).waitFor();
    }
  } finally {
    await other.end();
  }
  assert.equal(await leader(third), after, "the one that was frozen has left it the line");
});

/** Returns the client that has the lock of the tab that speaks with the relay. */
async function leader(page) {
  const held = await page.evaluate(async () => (await navigator.locks.query()).held);
  const leading = held.filter((lock) => lock.name.startsWith("tessera."));
  assert.equal(leading.length, 1, "one tab leads");
  return leading[0].clientId;
}

/** Says whether another client has that lock, seen from within a page. */
async function anotherLeads(before) {
  const { held } = await navigator.locks.query();
  const leading = held.filter((lock) => lock.name.startsWith("tessera."));
  return leading.length === 1 && leading[0].clientId !== before;
}
