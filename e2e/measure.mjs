// Measures the demo in a browser: how much the first page loads, how long a key or click takes until
// its answer is painted, how far things move while letters come in, and, if TORG_LIGHTHOUSE names a
// folder where `npm install lighthouse` was done, Lighthouse's marks.
//
//   node e2e/measure.mjs [address]
//
// Without an address it starts a demo of its own, which plays its year first. Measure a release
// build (TORG_PROGRAM) on a machine that does nothing else: the figures depend on both, and no test
// looks at them.
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { engines } from "./engines.mjs";
import { isLive } from "./stories.mjs";
import { openTown } from "./town.mjs";

const TIMES = 15;
/** Milliseconds for what an answer brings after it (the list beside it, suggestions, news). */
const REST = 700;
const DEBUGGING = 9333;
const town = process.argv[2] ? { url: process.argv[2], close: async () => {} } : await openTown(engines[0], { demo: true, year: true });
const browser = await chromium.launch({
  executablePath: process.env.TORG_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${DEBUGGING}`],
});
try {
  const state = await signedIn();
  await firstLoad(state);
  await interactions(state);
  await shifts(state);
  await marks(state);
} finally {
  await browser.close();
  await town.close();
}

async function opened(storageState) {
  const window = await browser.newContext({ baseURL: town.url, locale: "en-GB", viewport: { width: 1440, height: 900 }, storageState });
  return window.newPage();
}

/** An administrator, who sees every page, or another of the demo. */
async function signedIn(name = "Henrik Aasland") {
  const page = await opened();
  await page.goto("/sign-in");
  await page.locator(".demo-logins button", { hasText: name }).click();
  await page.locator("main.workspace").waitFor();
  await page.request.post("/guide/dismissal");
  await page.request.post("/account/writing", { form: { undo_seconds: "0" } });
  const state = await page.context().storageState();
  await page.context().close();
  return state;
}

/** What travels for the first page of the workspace with an empty cache, as it is compressed. */
async function firstLoad(state) {
  const page = await opened(state);
  const network = await page.context().newCDPSession(page);
  await network.send("Network.enable");
  const kinds = new Map();
  const bytes = {};
  network.on("Network.responseReceived", ({ requestId, type }) => kinds.set(requestId, type));
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? "Other";
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  await page.goto("/folders/all");
  await isLive(page);
  await page.waitForLoadState("load");
  const all = Object.values(bytes).reduce((sum, one) => sum + one, 0);
  const parts = Object.entries(bytes).map(([kind, size]) => `${kind} ${kb(size)}`).join(", ");
  say("First load of the workspace, compressed", `${kb(all)} (${parts})`, "≤ 120 KB");
  await page.context().close();
}

function kb(size) {
  return `${(size / 1000).toFixed(1)} KB`;
}

/** From the key or click to the frame that shows its answer. */
async function interactions(state) {
  const page = await opened(state);
  const address = () => page.evaluate(() => location.pathname);
  const isAnother = (before) => `document.querySelector("#reading")?.dataset.inquiry !== ${JSON.stringify(before)} && document.querySelector("form.composer") !== null`;
  const inquiry = () => page.locator("#reading").getAttribute("data-inquiry");
  const afresh = async (path) => {
    await page.goto(path);
    await isLive(page);
  };
  const nth = async (place) => {
    await page.locator("#list .item > a").nth(place).click();
    await page.locator("form.composer").waitFor();
  };

  await afresh("/folders/unowned");
  await times("Open a letter by click", async (turn) => {
    const row = page.locator("#list .item > a").nth(turn % 8);
    const before = await inquiry();
    return until(page, isAnother(before), () => row.click());
  });
  await afresh("/folders/unowned");
  await nth(0);
  await times("Next letter (J)", async () => until(page, isAnother(await inquiry()), () => page.keyboard.press("j")));
  await times("Previous letter (K)", async () => until(page, isAnother(await inquiry()), () => page.keyboard.press("k")));

  await afresh("/folders/all");
  await nth(3);
  const mine = `document.querySelector("#tools form[action$='/release']") !== null`;
  const unowned = `document.querySelector("#tools form[action$='/claim']") !== null`;
  await page.goto(`/folders/unowned`);
  await isLive(page);
  await nth(0);
  await times("Take it (T)", async () => {
    const took = await until(page, mine, () => page.keyboard.press("t"));
    await rest();
    await until(page, unowned, () => page.keyboard.press("t"));
    return took;
  });
  await times("Begin a reply (R)", async () => {
    const took = await until(page, `document.activeElement?.matches("form.composer textarea")`, () => page.keyboard.press("r"));
    await page.keyboard.press("Escape");
    return took;
  });
  await page.keyboard.press("r");
  await times("Type a letter in a reply", async (turn) => until(page, `document.querySelector("form.composer textarea").value.length > ${turn}`, () => page.keyboard.press("a")));
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await times("Standard answers (/)", async () => {
    const took = await until(page, `document.querySelector("[data-of=answers] [role=option]")?.checkVisibility()`, () => page.keyboard.press("/"));
    await page.keyboard.press("Escape");
    await page.keyboard.press("Backspace");
    return took;
  });
  await page.keyboard.press("Escape");
  await page.keyboard.press("i");
  await times("Name a colleague in a note (@)", async () => {
    const took = await until(page, `document.querySelector("[data-of=colleagues] [role=option]")?.checkVisibility()`, () => page.keyboard.press("@"));
    await page.keyboard.press("Escape");
    await page.keyboard.press("Backspace");
    return took;
  });
  await page.keyboard.press("Escape");
  await afresh("/folders/all");
  await times("Open a folder by click", async () => {
    const other = (await address()).includes("unowned") ? "all" : "unowned";
    return until(page, `location.pathname.endsWith("${other}") && document.querySelector("#folders [data-folder='${other}'][aria-current]") !== null`, () => page.locator(`#folders [data-folder='${other}']`).click());
  });
  await afresh("/folders/all");
  await times("Filter by a chip", async () => {
    const chip = page.locator(".chips .chip").nth(1);
    const isOn = (await chip.getAttribute("aria-current")) !== null;
    return until(page, `(document.querySelectorAll(".chips .chip")[1]?.getAttribute("aria-current") !== null) === ${!isOn}`, () => chip.click());
  });
  await times("Command palette (Ctrl+K)", async () => {
    const took = await until(page, `document.querySelector("#palette").open`, () => page.keyboard.press("Control+K"));
    await page.keyboard.press("Escape");
    return took;
  });
  await times("Search (Enter)", async (turn) => {
    const words = ["vei", "lys", "vann", "skole", "snø"][turn % 5];
    await page.locator("#q").fill(words);
    // Filters are offered, or not.
    await page.waitForTimeout(500);
    return until(page, `location.search.includes(${JSON.stringify(encodeURIComponent(words))}) && document.querySelector("#list-title")?.textContent.includes(${JSON.stringify(words)})`, () => page.keyboard.press("Enter"));
  });
  await page.context().close();
}

function rest() {
  return new Promise((done) => setTimeout(done, REST));
}

/** Does `act` many times, each from rest, and says how long its answer took. */
async function times(name, act) {
  const all = [];
  for (let turn = 0; turn < TIMES; turn++) {
    await rest();
    all.push(await act(turn));
  }
  all.sort((one, other) => one - other);
  const at = (share) => all[Math.min(all.length - 1, Math.floor(all.length * share))].toFixed(0);
  say(name, `median ${at(0.5)} ms, slowest of ${TIMES} ${at(1)} ms`, "≤ 100 ms");
}

/** Milliseconds from the first key or click of `act` to the frame after which `isShown` holds. */
async function until(page, isShown, act) {
  await page.evaluate(`void (window.measured = new Promise((done, failed) => {
    let from = 0;
    setTimeout(() => failed(new Error("no answer")), 10_000);
    const begin = (event) => { if (event.isTrusted && from === 0) from = event.timeStamp; };
    for (const name of ["keydown", "pointerdown"]) addEventListener(name, begin, { capture: true, once: true });
    const look = () => {
      if (from === 0 || !(${isShown})) return requestAnimationFrame(look);
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)));
    };
    look();
  }))`);
  await act();
  return page.evaluate("window.measured");
}

/** How far things move by themselves while letters come in and a colleague takes and writes. */
async function shifts(state) {
  const page = await opened(state);
  const colleague = await opened(await signedIn("Dagny Moe"));
  const citizen = { name: "Kari Nordvik", address: "kari.nordvik@innbygger.example" };
  await page.goto(`/demo/mailbox?address=${citizen.address}`);
  const to = await page.locator("[name=to]").first().inputValue();
  // Who takes a letter takes it out of this folder.
  await page.goto("/folders/unowned");
  await isLive(page);
  await page.locator("#list .item > a").nth(2).click();
  await page.locator("form.composer").waitFor();
  // About to click a row, she does not want it to move.
  await page.locator("#list .item").nth(4).hover();
  // Suggestions and who is there have come.
  await page.waitForTimeout(3_000);
  await page.evaluate(() => {
    window.shifted = [];
    new PerformanceObserver((list) => {
      for (const one of list.getEntries()) window.shifted.push([one.value, one.sources.map((source) => source.node?.id || source.node?.className || source.node?.nodeName)]);
    }).observe({ type: "layout-shift" });
  });
  const inquiry = await page.locator("#reading").getAttribute("data-inquiry");
  for (let turn = 0; turn < 5; turn++) {
    const subject = `Measured ${Date.now()}`;
    await page.request.post("/demo/letters", { form: { ...citizen, to, subject, text: "A short letter." } });
    await page.locator("#list .item", { hasText: subject }).waitFor();
    await colleague.request.post(`/inquiries/${inquiry}/note`, { form: { text: `A note ${turn}`, key: crypto.randomUUID(), what: "note" } });
    await page.locator("#reading", { hasText: `A note ${turn}` }).waitFor();
    const row = await page.locator("#list .item:not(.left)", { hasText: subject }).getAttribute("id");
    await colleague.request.post(`/inquiries/${row.replace("row-", "")}/claim`, { form: { then: "/" } });
    await page.locator(`#${row}.left, body:not(:has(#${row}))`).waitFor();
  }
  const shifted = await page.evaluate(() => window.shifted);
  const sum = shifted.reduce((all, [value]) => all + value, 0);
  say("Layout shift of five letters, notes and claims", `${sum.toFixed(4)} ${JSON.stringify(shifted.slice(0, 3))}`, "0");
  await page.context().close();
}

/** Lighthouse's marks out of 100, as for a desktop. */
async function marks(state) {
  if (!process.env.TORG_LIGHTHOUSE) return;
  const require = createRequire(join(process.env.TORG_LIGHTHOUSE, "package.json"));
  const { default: lighthouse } = await import(require.resolve("lighthouse"));
  const { default: config } = await import(require.resolve("lighthouse/core/config/desktop-config.js"));
  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const page = await opened(state);
  await page.goto("/folders/all");
  const inquiry = await page.locator("#list .item > a").first().getAttribute("href");
  await page.context().close();
  const pages = [["sign-in", "/sign-in"], ["workspace", "/folders/all"], ["inquiry", inquiry], ["leads", "/leads"], ["settings", "/settings/municipality"]];
  for (const [name, path] of pages) {
    const extraHeaders = name === "sign-in" ? {} : { Cookie: cookie };
    const options = { port: DEBUGGING, logLevel: "error", onlyCategories: ["performance", "accessibility", "best-practices"], extraHeaders };
    const { lhr } = await lighthouse(town.url + path, options, config);
    const told = Object.values(lhr.categories).map(({ title, score }) => `${title} ${Math.round(score * 100)}`).join(", ");
    const short = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 0.9 && ["binary", "numeric"].includes(scoreDisplayMode)).map(({ id }) => id);
    say(`Lighthouse, ${name}`, `${told}${short.length ? ` (short: ${short.join(", ")})` : ""}`, "≥ 95");
  }
}

function say(what, figure, wanted) {
  console.log(`| ${what} | ${figure} | ${wanted} |`);
}
