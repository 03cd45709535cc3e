// Two people edit one account with no line: different fields, the same guarded field, the same note,
// one deal moved on both. They come back, see the same, have the collision in both inboxes with both
// values; choosing on one settles both.

import { isDeepStrictEqual } from "node:util";
import { choose, moveDeal, read, setProfile, setStage, typeInNote } from "../support/account_page.mjs";
import { Relay, wanted } from "../support/relay.mjs";
import { insist, report } from "../support/report.mjs";
import { accountWithDeal, offline, openAccount, received, signIn } from "../support/screens.mjs";
import { Tablet } from "../support/tablet.mjs";
import { until } from "../support/until.mjs";

await report("two-tablets", async () => {
  const relay = await Relay.start({ book: wanted("TESSERA_TEST_BOOK_1000") });
  const [left, right] = [await Tablet.start(), await Tablet.start()];
  const both = [left, right];
  const found = {};
  try {
    await Promise.all([signIn(left.page, relay, "morozova"), signIn(right.page, relay, "kim")]);
    const account = await accountWithDeal(left.page);
    for (const { page } of both) await openAccount(page, account);
    const before = await read(left.page);
    const deal = openDeal(before);
    await begin(left);
    await until("both begin with the same note", () => pages(both), same);

    for (const tablet of both) await tablet.context.setOffline(true);
    for (const { page } of both) await offline(page);
    await setProfile(left.page, "Website", "left.example");
    await setProfile(right.page, "City", "Right");
    await setStage(left.page, "At risk");
    await setStage(right.page, "Advocate");
    await typeInNote(left.page, " — from the left");
    await typeInNote(right.page, " — from the right");
    await moveDeal(left.page, deal, "Proposal");
    await moveDeal(right.page, deal, "Negotiation");
    found.offline = { left: await read(left.page), right: await read(right.page) };

    for (const tablet of both) await tablet.context.setOffline(false);
    for (const { page } of both) await received(page, 90_000);
    const [met] = await until(
      "both show the same, with both values of each collision",
      () => pages(both),
      (seen) => same(seen) && Object.keys(seen[0].conflicts).length >= 2,
    );
    found.met = met;
    insist(met.profile.Website === "left.example" && met.profile.City === "Right", "a field is lost", found);
    insist(
      met.note.includes("from the left") && met.note.includes("from the right"),
      "somebody's words are missing from the note",
      found,
    );
    insist(isDeepStrictEqual(met.conflicts.stage, ["Advocate", "At risk"]), "no collision of stages", found);
    const moves = met.conflicts["deal-stage"];
    insist(isDeepStrictEqual(moves, ["Negotiation", "Proposal"]), "no collision of moves", found);
    found.inboxes = await Promise.all(both.map(({ page }) => inbox(page, account)));
    const expected = { stage: ["Advocate", "At risk"], "deal-stage": ["Negotiation", "Proposal"] };
    for (const one of found.inboxes) {
      insist(isDeepStrictEqual(one, expected), "an inbox lacks a collision or a value", found);
    }

    for (const { page } of both) await openAccount(page, account);
    // What is shown already would stand without a choice, so that the other one is chosen.
    const chosen = {
      stage: other(met.conflicts.stage, met.stage),
      move: other(moves, met.deals[deal]),
    };
    found.chosen = chosen;
    await choose(left.page, "stage", chosen.stage);
    await choose(left.page, "deal-stage", chosen.move);
    const [settled] = await until(
      "choosing on one settles both",
      () => pages(both),
      (seen) => same(seen) && Object.keys(seen[0].conflicts).length === 0,
    );
    found.settled = settled;
    insist(settled.stage === chosen.stage, "the choice did not hold", found);
    insist(settled.deals[deal] === chosen.move, "the choice of a move did not hold", found);
    await Promise.all(both.map(({ page }) => nothingWaits(page, account)));
    return found;
  } finally {
    await Promise.all(both.map((tablet) => tablet.end()));
    await relay.end();
  }
});

/** Writes the first words of the note, so that both type in the same text. */
async function begin(tablet) {
  await typeInNote(tablet.page, "Agreed:");
  await received(tablet.page);
}

function openDeal(account) {
  const open = ["New", "Qualified", "Proposal", "Negotiation"];
  return Object.entries(account.deals).find(([, stage]) => open.includes(stage))[0];
}

function other(values, shown) {
  return values.find((value) => value !== shown);
}

function pages(tablets) {
  return Promise.all(tablets.map(({ page }) => read(page)));
}

function same([left, right]) {
  return isDeepStrictEqual(left, right);
}

/** Returns the collisions of the account in the sync centre: fields and their values. */
async function inbox(page, account) {
  await page.getByRole("link", { name: "Sync centre" }).click();
  await page.locator(`.conflict-inbox [data-account='${account}'] [data-field]`).first().waitFor();
  return (await read(page)).conflicts;
}

/** Waits until the inbox in the sync centre no longer has the account. */
async function nothingWaits(page, account) {
  await page.getByRole("link", { name: "Sync centre" }).click();
  await page.locator(".conflict-inbox[data-conflicts]").waitFor({ state: "attached" });
  await page.locator(`.conflict-inbox [data-account='${account}']`).waitFor({ state: "detached" });
}
