// Tags as a stream of edits: made one after another in the page, each told once it shows that it is kept.

/** Tags the open account once; returns the text when it shows as kept. */
export async function tagOnce(page, text) {
  await page.evaluate(makeTag, text);
  return text;
}

/** Begins to tag the open account again and again; `window.tell` hears of each tag that shows as kept. */
export function tagOnAndOn(page, name) {
  const program = `(async () => {
    const makeTag = ${makeTag};
    for (let number = 0; ; number += 1) window.tell(await makeTag("${name}-" + number));
  })(); 0`;
  return page.evaluate(program);
}

/** In the page: makes one edit, and returns its text when it shows as kept. */
async function makeTag(text) {
  const kept = ["on-this-tablet", "received"];
  const mark = () => document.querySelector(".account-head [data-state]")?.dataset.state;
  // An edit begins as *saving*; only what comes after that is about this edit.
  let saving = mark() === "saving";
  const stored = new Promise((done) => {
    const observer = new MutationObserver(() => {
      saving ||= mark() === "saving";
      if (saving && kept.includes(mark())) {
        observer.disconnect();
        done();
      }
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  const field = document.querySelector(".tag-input");
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.form.requestSubmit();
  await stored;
  return text;
}

/** Returns every tag of the open account. */
export function tags(page) {
  return page.evaluate(() => [...document.querySelectorAll(".tag > span")].map((tag) => tag.textContent));
}
