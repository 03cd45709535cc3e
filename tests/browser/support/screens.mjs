// The screens as a person finds them: by role and name, and by what they say about themselves.

const PASSWORD = "tessera-demo";

/** Comes in at the front door and waits until the whole book is here. */
export async function signIn(page, relay, person, { password = PASSWORD, milliseconds = 120_000 } = {}) {
  await page.goto(`${relay.address}/accounts`);
  await signHere(page, person, password);
  await received(page, milliseconds);
}

async function signHere(page, person, password = PASSWORD) {
  await page.getByLabel("Name", { exact: true }).fill(person);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/**
 * Waits until everything made here is received, after a browser was killed: one killed within
 * seconds of signing in has not written its cookie down, so the relay asks who it is once more.
 */
export async function receivedAfterKill(page, person, milliseconds = 90_000) {
  const again = page.locator("[data-warning='session'] button");
  const done = badge(page, "[data-line='up-to-date'][data-unsent='0']");
  await again.or(done).first().waitFor({ timeout: milliseconds });
  if (await again.count()) {
    await again.click();
    await signHere(page, person);
  }
  await received(page, milliseconds);
}

/** Waits until every row is here and nothing made here is unsent. */
export async function received(page, milliseconds = 60_000) {
  await badge(page, "[data-line='up-to-date'][data-unsent='0']").waitFor({ timeout: milliseconds });
}

export async function offline(page, milliseconds = 60_000) {
  await badge(page, "[data-line='offline']").waitFor({ timeout: milliseconds });
}

/** Waits until the app itself is kept, so that it opens with no line. */
export async function appKept(page) {
  await badge(page, "[data-app-kept='true']").waitFor({ timeout: 60_000 });
}

/** Cuts the line of everybody, once the app is kept where it is to be opened again. */
export async function cutLine(relay, ...pages) {
  for (const page of pages) await appKept(page);
  await relay.stop();
}

export async function unsent(page) {
  return Number(await badge(page, "[data-line][data-unsent]").getAttribute("data-unsent"));
}

function badge(page, selector) {
  return page.locator(selector).first();
}

/** Returns how many accounts the list has, and how many fit the search. */
export async function counts(page) {
  const list = page.locator("[data-row-count][data-hits]");
  await page.locator("[data-row-count][data-hits][data-ready='true']").waitFor();
  const [rows, hits] = await Promise.all([
    list.getAttribute("data-row-count"),
    list.getAttribute("data-hits"),
  ]);
  return { rows: Number(rows), hits: Number(hits) };
}

/** Types into the search field, as a person would, and returns the number of hits. */
export async function search(page, text) {
  const field = page.getByRole("searchbox");
  await field.fill("");
  await field.pressSequentially(text);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0))));
  return (await counts(page)).hits;
}

/** Returns the id of the first account in the list with an open deal. */
export async function accountWithDeal(page) {
  await page.locator("[data-account]").first().waitFor();
  for (let screens = 0; screens < 200; screens += 1) {
    const found = await page.evaluate(() => {
      for (const row of document.querySelectorAll("[data-account]")) {
        if (row.querySelector("[role=gridcell].number")?.textContent.trim()) return row.dataset.account;
      }
      return null;
    });
    if (found) return found;
    await page.locator(".virtual-scroll").evaluate((list) => list.scrollBy(0, list.clientHeight));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
  throw new Error("no account with an open deal in the first screens of the list");
}

/** Goes to an account without loading the page again, and waits until it is drawn. */
export async function openAccount(page, account) {
  await page.evaluate((path) => {
    const link = Object.assign(document.createElement("a"), { href: path });
    document.body.append(link);
    link.click();
    link.remove();
  }, `/accounts/${account}`);
  await accountHere(page);
}

export async function accountHere(page) {
  await page.getByRole("textbox", { name: "Add a tag" }).waitFor();
}

/** Tags the open account. */
export async function tag(page, text) {
  const field = page.getByRole("textbox", { name: "Add a tag" });
  await field.fill(text);
  await field.press("Enter");
}

export async function hasTag(page, text) {
  return (await page.getByRole("button", { name: `Remove the tag ${text}`, exact: true }).count()) > 0;
}

/** Goes to an address of the app without loading the page again. */
export async function go(page, path) {
  await page.evaluate((path) => {
    const link = Object.assign(document.createElement("a"), { href: path });
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
}

/** Presses what matches, and waits for what it opens. */
async function press(page, selector, opens = "dialog[open]") {
  await page.locator(selector).first().click();
  await page.locator(opens).first().waitFor();
}

const at = (path, here) => async (page) => {
  await go(page, path);
  await page.locator(here).first().waitFor();
};
const account = async (page, { account }) => {
  await go(page, `/accounts/${account}`);
  await page.locator(".account-page").waitFor();
};
/** Opens a segment, which is made where there is none yet. */
const segment = async (page) => {
  await go(page, "/dashboard/segments");
  await page.locator("[data-new-segment]").waitFor();
  const made = page.locator("[data-segment] a").first();
  if ((await made.count()) > 0) {
    await made.click();
  } else {
    await press(page, "[data-new-segment]");
    await page.locator("dialog input").first().fill("To win back");
    await page.locator("dialog [data-class='lapsed']").click();
    await page.locator("dialog [type='submit']").click();
  }
  await page.locator(".segment-page[data-ready='true']").waitFor();
};
const inAccount = (selector) => async (page, world) => {
  await account(page, world);
  await press(page, selector);
};

/**
 * Every screen and dialog of somebody who is signed in, whatever the language: a name, and how one
 * gets there. `world` has the `account` to look at. A new screen is one line here.
 */
export const SCREENS = [
  ["accounts", at("/accounts", "[data-account]")],
  ["accounts: nothing found", async (page) => {
    await go(page, "/accounts");
    await page.getByRole("searchbox").fill("no such name anywhere");
    await page.locator(".empty").waitFor();
  }],
  ["new account", async (page) => {
    await go(page, "/accounts");
    await press(page, ".page-head .primary");
  }],
  ["account", account],
  ["account: a person", inAccount("[aria-labelledby='people-title'] .panel-head button")],
  ["account: a task", inAccount("[aria-labelledby='tasks-title'] .panel-head button")],
  ["account: a deal", inAccount("[aria-labelledby='deals-title'] .panel-head button")],
  ["account: an address", inAccount("[aria-labelledby='addresses-title'] .panel-head button")],
  ["account: details of what happened", async (page, world) => {
    await account(page, world);
    await page.locator(".log-more summary").click();
    await page.locator(".log-more[open]").waitFor();
  }],
  ["account: not here", at(`/accounts/${"0".repeat(32)}`, ".empty")],
  ["today", at("/today", ".unsent-now")],
  ["deals", at("/deals", "[data-deal]")],
  ["deals as a list", async (page) => {
    await go(page, "/deals");
    await page.locator(".shape[aria-pressed='false']").click();
    await page.locator(".stage-row").first().waitFor();
  }],
  ["dashboard", at("/dashboard", ".tile")],
  ["dashboard: a number explained", async (page) => {
    await go(page, "/dashboard");
    await press(page, "[data-measure='win_rate']");
  }],
  ["customers", at("/dashboard/customers", "[data-ready='true'] .tile")],
  ["retention", at("/dashboard/retention", "[data-ready='true'] .tile")],
  ["retention: a number explained", async (page) => {
    await go(page, "/dashboard/retention");
    await press(page, "[data-measure='lapsed']");
  }],
  ["leads", at("/dashboard/leads", "[data-ready='true'] .tile")],
  ["adoption", at("/dashboard/adoption", "[data-ready='true'] .tile")],
  ["data quality", at("/dashboard/quality", "[data-ready='true'] .tile")],
  ["segments", at("/dashboard/segments", "[data-new-segment]")],
  ["segments: builder", async (page) => {
    await go(page, "/dashboard/segments");
    await press(page, "[data-new-segment]");
    await page.locator("[data-fitting]").filter({ hasText: /\d/ }).waitFor();
  }],
  ["segment", segment],
  ["segment: a tag for all", async (page) => {
    await segment(page);
    await press(page, "[data-tag-all]");
    await page.locator("dialog input").fill("axe");
    await page.locator("dialog [type='submit']").click();
    await page.locator("[data-confirm]").waitFor();
  }],
  ["deals: why it was lost", async (page) => {
    await go(page, "/deals");
    await page.locator("[data-deal] select").first().selectOption("lost");
    await page.locator("dialog[open]").waitFor();
  }],
  ["sync centre", at("/sync", ".unsent-files")],
  ["settings", async (page) => {
    await go(page, "/accounts");
    await press(page, ".rail-person", ".settings:popover-open");
  }],
  ["palette", async (page) => {
    await go(page, "/accounts");
    await press(page, ".rail-search");
  }],
  ["palette: records found", async (page) => {
    await go(page, "/accounts");
    await press(page, ".rail-search");
    await page.getByRole("combobox", { expanded: true }).fill("an");
    await page.locator("#found-3").waitFor();
  }],
  ["palette: which account", async (page) => {
    await go(page, "/accounts");
    await press(page, ".rail-search");
    await page.locator("[data-command='log']").click();
    await page.locator(".found-line:not([data-command='log'])").first().waitFor();
  }],
  ["shortcuts", async (page) => {
    await go(page, "/accounts");
    await press(page, ".rail-search");
    await page.locator("[data-command='shortcuts']").click();
    await page.locator(".shortcuts").waitFor();
  }],
  ["bring in", at("/bring-in", ".drop-zone")],
  ["bring in: a file tried", async (page) => {
    await go(page, "/bring-in");
    await page.locator(".drop-zone").waitFor();
    const text = "account_id,name,created_at\nA1,Torg,3/4/2025\n,Nobody,2025-01-05\nA2,Foods,2025-01-05\n";
    const file = { name: "accounts.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
    await page.locator(".drop-zone input").setInputFiles(file);
    await page.locator("[data-file]").waitFor();
    await page.locator(".columns summary").click();
    await page.locator(".bring-in-main .bring-in-acts .primary").first().click();
    await page.locator(".problems").waitFor();
  }],
  ["workspace settings", at("/settings", "h1")],
  ["no such page", at("/nowhere", ".empty")],
];

/** Leaves what a screen may have opened: a dialog, a menu, a search. */
export async function leaveScreen(page) {
  await page.keyboard.press("Escape");
  const search = page.getByRole("searchbox");
  if ((await search.count()) > 0) await search.first().fill("");
}
