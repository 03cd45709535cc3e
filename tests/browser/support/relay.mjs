// A relay of one's own: a free port, a fresh data folder, stopped and started at will.

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How long the relay may say nothing before it answers; while it brings a book in, it tells. */
const SILENT_MS_MAX = 120_000;

export class Relay {
  /** Starts a relay with the demo people and a book of customers; `site` is the built app. */
  static async start({ book = wanted("TESSERA_TEST_BOOK"), site = wanted("TESSERA_TEST_SITE") } = {}) {
    return Relay.on(freshFolder(), { site, book });
  }

  /** Starts a relay on a folder that `tessera` has filled; it is removed at the end. */
  static async on(folder, { site = wanted("TESSERA_TEST_SITE"), book } = {}) {
    const relay = new Relay();
    Object.assign(relay, { folder, site, book });
    relay.port = await freePort();
    await relay.resume();
    return relay;
  }

  get address() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts the program on the port and folder it had before. */
  async resume() {
    const words = ["serve", "--listen", `127.0.0.1:${this.port}`, "--data", this.folder];
    words.push("--site", this.site);
    if (this.book) words.push("--demo", this.book);
    this.output = "";
    this.heard = Date.now();
    this.program = spawn(wanted("TESSERA_TEST_RELAY"), words, { stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.program.stdout, this.program.stderr]) {
      stream.on("data", (bytes) => {
        this.output = (this.output + bytes).slice(-20_000);
        this.heard = Date.now();
      });
    }
    await this.#answer();
  }

  /** Ends the program at once, as a power cut would. */
  async stop() {
    if (this.program.exitCode !== null || this.program.signalCode !== null) return;
    const ended = once(this.program, "exit");
    this.program.kill("SIGKILL");
    await ended;
  }

  async end() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #answer() {
    while (Date.now() - this.heard < SILENT_MS_MAX) {
      if (this.program.exitCode !== null) break;
      const response = await fetch(`${this.address}/healthz`).catch(() => undefined);
      if (response?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the relay did not start:\n${this.output}`);
  }
}

/** Runs the program once, to its end, with a line of input if it asks for one. */
export function tessera(words, input = "") {
  execFileSync(wanted("TESSERA_TEST_RELAY"), words, { input, stdio: ["pipe", "ignore", "inherit"] });
}

export function freshFolder() {
  return mkdtempSync(join(tmpdir(), "tessera-relay-"));
}

/** Returns what `cargo xtask` has told us, or says that it must be asked to. */
export function wanted(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; start this through cargo xtask`);
  return value;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
