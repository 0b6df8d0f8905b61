// What axe-core finds on a page, in both colours and both widths.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [1440, 390];
const SCHEMES = ["light", "dark"];

/** Every colour in every width. */
const ALL = SCHEMES.flatMap((colorScheme) => WIDTHS.map((width) => ({ colorScheme, width })));
/** Each colour and each width once, where there are many pages. */
export const EACH = [{ colorScheme: "light", width: 1440 }, { colorScheme: "dark", width: 390 }];

/** Asks axe-core about the page as it stands, or about `path`. */
export async function look(page, path, ways = ALL) {
  if (path) await page.goto(path);
  await page.evaluate(axe);
  for (const { colorScheme, width } of ways) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.setViewportSize({ width, height: 900 });
    const found = await page.evaluate(() => globalThis.axe.run(document, { iframes: false, resultTypes: ["violations"] }));
    const words = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
    assert.deepEqual(words, [], `${page.url()} at ${width}, ${colorScheme}`);
  }
  await page.setViewportSize({ width: WIDTHS[0], height: 900 });
}
