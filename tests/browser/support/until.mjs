// Waiting for something to become true, by looking at it again and again.

/** Returns the first value that passes, or fails with the last one seen. */
export async function until(words, look, passes, milliseconds = 60_000) {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const value = await look();
    if (passes(value)) return value;
    if (Date.now() > deadline) {
      throw Object.assign(new Error(`never true: ${words}`), { found: { last: value } });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
