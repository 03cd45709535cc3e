import { after, before, test } from "node:test";
import { Relay } from "./support/relay.mjs";
import { accountHere, accountWithDeal, openAccount, received, signIn, tag } from "./support/screens.mjs";
import { Tablet } from "./support/tablet.mjs";

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
