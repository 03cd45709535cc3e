// The account page: what it shows, read as one value, and what a person does on it.

export async function read(page) {
  return page.evaluate(() => {
    const text = (selector) => document.querySelector(selector)?.textContent.trim() ?? null;
    const all = (selector, of) => [...document.querySelectorAll(selector)].map(of);
    const profile = {};
    for (const line of document.querySelectorAll("[data-profile]")) {
      profile[line.querySelector("dt").textContent] = line.querySelector(".editable-text")?.textContent;
    }
    const stage = document.querySelector(".account-standing select");
    return {
      name: text("h1"),
      stage: stage?.selectedOptions[0]?.textContent ?? null,
      profile,
      tags: all(".tag > span", (tag) => tag.textContent).sort(),
      deals: Object.fromEntries(
        all("li[data-deal]", (deal) => [deal.dataset.deal, deal.querySelector(".chip").textContent]),
      ),
      note: document.querySelector(".note-text")?.value ?? null,
      conflicts: Object.fromEntries(
        all("[data-field]", (block) => [
          block.dataset.field,
          [...block.querySelectorAll(".candidate-value")].map((value) => value.textContent).sort(),
        ]),
      ),
    };
  });
}

export async function setProfile(page, field, value) {
  await page.getByRole("button", { name: new RegExp(`^${field}: `) }).click();
  const input = page.getByRole("textbox", { name: field, exact: true });
  await input.fill(value);
  await input.press("Enter");
}

export async function setStage(page, stage) {
  await page.locator(".account-standing select").first().selectOption({ label: stage });
}

export async function moveDeal(page, deal, stage) {
  await page.locator(`li[data-deal='${deal}'] select`).selectOption({ label: stage });
}

/** Types at the end of the shared note, key by key. */
export async function typeInNote(page, text) {
  const note = page.locator(".note-text");
  await note.click();
  await note.press("Control+End");
  await note.pressSequentially(text);
}

/** Puts a sentence at the end of the shared note at once, as dictation does. */
export async function dictateInNote(page, text) {
  const note = page.locator(".note-text");
  await note.click();
  await note.press("Control+End");
  await page.keyboard.insertText(text);
}

export async function log(page, kind, subject) {
  await page.locator(".log .segment", { hasText: kind }).click();
  await page.getByRole("textbox", { name: "What happened" }).fill(subject);
  await page.getByRole("button", { name: "Log it" }).click();
}

/** Chooses the value that holds. */
export async function choose(page, field, value) {
  const block = page.locator(`[data-field='${field}']`);
  const candidate = block.locator(".candidate", { hasText: value });
  await candidate.getByRole("button", { name: "Keep this" }).click();
}
