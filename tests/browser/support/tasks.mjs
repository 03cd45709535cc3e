// How long a page was kept busy in one go, by the processor time it took there: what other programs
// of the machine take meanwhile does not count, as it does in the browser's own long tasks.

const CATEGORIES = ["toplevel", "__metadata"];
const TASK = "ThreadControllerImpl::RunTask";
/** What is drawn after the rest, and told a moment later. */
const AFTER_MS = 250;

export class Tasks {
  /** Watches the pages of a tablet. */
  static async of(tablet) {
    const tasks = new Tasks();
    tasks.session = await tablet.browser.newBrowserCDPSession();
    return tasks;
  }

  /** Does something, and returns what came of it and the longest task meanwhile, in milliseconds. */
  async during(act) {
    const events = [];
    const take = ({ value }) => events.push(...value);
    this.session.on("Tracing.dataCollected", take);
    await this.session.send("Tracing.start", { traceConfig: { includedCategories: CATEGORIES, recordMode: "recordAsMuchAsPossible" } });
    try {
      const came = await act();
      await new Promise((resolve) => setTimeout(resolve, AFTER_MS));
      return { came, longest_ms: longest(await this.#end(events)) };
    } finally {
      this.session.off("Tracing.dataCollected", take);
    }
  }

  async #end(events) {
    const complete = new Promise((resolve) => this.session.once("Tracing.tracingComplete", resolve));
    await this.session.send("Tracing.end");
    await complete;
    return events;
  }
}

/** The longest task of the page that did most. */
function longest(events) {
  const place = ({ pid, tid }) => `${pid} ${tid}`;
  const isMain = ({ name, args }) => name === "thread_name" && args.name === "CrRendererMain";
  const mains = new Set(events.filter(isMain).map(place));
  const pages = new Map();
  for (const event of events) {
    if (event.name !== TASK || event.tdur === undefined || !mains.has(place(event))) continue;
    const page = pages.get(place(event)) ?? { all: 0, longest: 0 };
    page.all += event.tdur;
    page.longest = Math.max(page.longest, event.tdur);
    pages.set(place(event), page);
  }
  const busiest = [...pages.values()].sort((a, b) => b.all - a.all)[0];
  return (busiest?.longest ?? 0) / 1000;
}
