// What a check says at its end: one JSON object, and an exit code that means the same.

import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";

/** Runs a check, prints its object, and ends the process. */
export async function report(name, run) {
  const started = performance.now();
  const result = { check: name, ok: false };
  try {
    Object.assign(result, await run());
    result.ok = true;
  } catch (error) {
    result.error = String(error?.stack ?? error);
    if (error?.found) Object.assign(result, error.found);
  }
  result.seconds = Math.round((performance.now() - started) / 100) / 10;
  const text = JSON.stringify(result, null, 1) + "\n";
  process.stdout.write(text);
  if (process.env.TESSERA_TEST_JSON) writeFileSync(process.env.TESSERA_TEST_JSON, text);
  process.exit(result.ok ? 0 : 1);
}

/** Returns the seed given with `--seed`, or a new one; it is printed either way. */
export function seed() {
  const { values } = parseArgs({ options: { seed: { type: "string" } }, strict: false });
  const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
  process.stderr.write(`  seed ${seed}\n`);
  return seed;
}

/** Returns numbers between 0 and 1 that are the same for the same seed. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Fails with what was found, so that it stands in the JSON. */
export function insist(condition, words, found) {
  if (condition) return;
  throw Object.assign(new Error(words), { found });
}
