// Whether what had shown as kept is still there: in this tablet's page, and at another tablet.

import { accountHere, openAccount, signIn } from "./screens.mjs";
import { tags } from "./tags.mjs";
import { Tablet } from "./tablet.mjs";
import { until } from "./until.mjs";

const DRAWN_MS_MAX = 20_000;

/**
 * Returns which of the edits the account's page does not show, given time to draw them. `look` says
 * what stands on the page.
 */
export async function missing(page, shown, look = tags) {
  await accountHere(page);
  const gone = async () => {
    const here = new Set(await look(page));
    return shown.filter((text) => !here.has(text));
  };
  return until("every edit is there", gone, (texts) => texts.length === 0, DRAWN_MS_MAX).catch(gone);
}

/** Returns how many of the edits a tablet has that never was here before. */
export async function onAnotherTablet(relay, account, shown, look = tags) {
  const other = await Tablet.start();
  try {
    await signIn(other.page, relay, "kim");
    await openAccount(other.page, account);
    return shown.length - (await missing(other.page, shown, look)).length;
  } finally {
    await other.end();
  }
}
