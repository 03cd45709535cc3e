// A tablet: a browser of its own with storage that outlives it, held as a process so that it can be
// killed the way a flat battery kills it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

export const TABLET = { width: 1180, height: 820 };
const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--remote-debugging-port=0",
  `--window-size=${TABLET.width},${TABLET.height}`,
];
const START_MS_MAX = 30_000;

export class Tablet {
  /** Starts a browser with empty storage. */
  static async start({ language = "en-GB" } = {}) {
    const tablet = new Tablet();
    tablet.language = language;
    tablet.profile = mkdtempSync(join(tmpdir(), "tessera-tablet-"));
    await tablet.resume();
    return tablet;
  }

  /** Starts the browser again on the storage it left. */
  async resume() {
    const port = join(this.profile, "DevToolsActivePort");
    rmSync(port, { force: true });
    const flags = [...FLAGS, `--user-data-dir=${this.profile}`, `--lang=${this.language}`];
    const program = process.env.TESSERA_CHROMIUM ?? "/usr/bin/chromium";
    // A group of its own, because a browser is many processes and all of them must go.
    this.program = spawn(program, [...flags, "about:blank"], { detached: true, stdio: "ignore" });
    this.browser = await chromium.connectOverCDP(`http://127.0.0.1:${await this.#port(port)}`);
    this.context = this.browser.contexts()[0];
    this.context.setDefaultTimeout(30_000);
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    await this.page.setViewportSize(TABLET);
  }

  /** Opens another tab. */
  async tab() {
    const page = await this.context.newPage();
    await page.setViewportSize(TABLET);
    return page;
  }

  /** Closes the browser as a person does, and opens it again. */
  async restart() {
    const ended = once(this.program, "exit");
    const session = await this.browser.newBrowserCDPSession();
    await session.send("Browser.close").catch(() => {});
    await ended;
    await this.resume();
  }

  /** Kills every process of the browser at once; nothing gets to say goodbye. */
  async kill() {
    if (this.program.exitCode !== null || this.program.signalCode !== null) return;
    const ended = once(this.program, "exit");
    process.kill(-this.program.pid, "SIGKILL");
    await ended;
    await this.browser.close().catch(() => {});
  }

  async end() {
    await this.kill();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async #port(file) {
    const deadline = Date.now() + START_MS_MAX;
    while (Date.now() < deadline) {
      const text = read(file);
      if (text.includes("\n")) return text.split("\n")[0];
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error("the browser did not start");
  }
}

/** Freezes a tab, as a browser does with one in the background, or has it go on: "frozen" or "active". */
export async function lifecycle(page, state) {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state });
  await session.detach();
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
