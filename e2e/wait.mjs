// Waiting for what comes about outside a browser: never for a time, always for a condition.
import { setTimeout as pause } from "node:timers/promises";

/** Asks `find` until it gives something, and gives that; after `seconds` it fails, naming `what`. */
export async function waitFor(what, find, seconds = 20) {
  const until = performance.now() + seconds * 1_000;
  for (;;) {
    const found = await find();
    if (found) return found;
    if (performance.now() > until) throw new Error(`${what} did not come within ${seconds} s`);
    await pause(20);
  }
}
