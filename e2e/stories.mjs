// Tells each story on both databases, with windows that fail it when a page has an error.
import { after, before, describe, it } from "node:test";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { engines } from "./engines.mjs";
import { PASSWORD, openTown } from "./town.mjs";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
/** How long a page may take to become what a story says. */
const PATIENCE = 15_000;

export const openBrowser = () =>
  chromium.launch({ executablePath: process.env.TORG_CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });

/** `tell(story)` names stories with `story(name, async (stage) => …)`, and how long one may take in
    milliseconds if that is long; each is told on both engines,
    in a town opened with `options`, or only `on` those named there. */
export function onBothDatabases(title, tell, { on = engines, ...options } = {}) {
  for (const engine of on) {
    describe(`${title} (${engine.name})`, { skip: engine.skip }, () => {
      const house = {};
      before(async () => {
        [house.browser, house.town] = await Promise.all([openBrowser(), openTown(engine, options)]);
        house.sessions = new Map();
      });
      after(async () => {
        await house.browser?.close();
        await house.town?.close();
      });
      tell((name, act, timeout = 120_000) => it(name, { timeout }, () => play(house, act)));
    });
  }
}

async function play({ browser, town, sessions }, act) {
  const windows = [];
  const opened = async (options) => {
    const window = await browser.newContext({ baseURL: town.url, locale: "en-GB", viewport: { width: 1440, height: 900 }, ...options });
    window.setDefaultTimeout(PATIENCE);
    const page = await window.newPage();
    windows.push({ window, page, faults: watch(page) });
    return page;
  };
  const stage = {
    town,
    /** A window nobody has signed in to. */
    visit: opened,
    /** A window of `colleague`, who signed in once for all stories of the file. */
    as: async (colleague, options = {}) => {
      if (!sessions.has(colleague)) {
        const page = await opened();
        await signIn(page, colleague);
        sessions.set(colleague, await page.context().storageState());
      }
      return opened({ storageState: sessions.get(colleague), ...options });
    },
  };
  try {
    await act(stage);
    for (const { page, faults } of windows) assert.deepEqual(faults.unforgiven(), [], `errors at ${page.url()}`);
  } catch (error) {
    for (const { page } of windows) error.stack += await seen(page);
    throw error;
  } finally {
    for (const { window } of windows) await window.close();
  }
}

/** What a window showed when its story failed. */
async function seen(page) {
  const text = await page.locator("main").innerText({ timeout: 1_000 }).catch(() => "(gone)");
  return `\n--- ${page.url()}\n${text.replace(/\s*\n\s*/g, " | ").slice(0, 2_000)}`;
}

const forgiven = new WeakMap();

/** A refusal that the story is about: the browser reports its status as an error of the page. */
export function forgive(page, status) {
  forgiven.get(page).push(typeof status === "number" ? `the server responded with a status of ${status} ` : status);
}

/** A line that the story cuts: the browser reports what it could not load. */
export function forgiveNoLine(page) {
  forgiven.get(page).push("ERR_INTERNET_DISCONNECTED", "Failed to fetch");
}

function watch(page) {
  const faults = [];
  forgiven.set(page, []);
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") faults.push(message.text());
  });
  const isForgiven = (fault) => forgiven.get(page).some((words) => fault.includes(words));
  return { unforgiven: () => faults.filter((fault) => !isForgiven(fault)) };
}

/** Signs in on the page before `colleague`, or on the sign-in page. */
export async function signIn(page, colleague) {
  if (!page.url().includes("/sign-in")) await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(colleague.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.locator("main.workspace").waitFor();
  // She knows her way; the guide has a story of its own. Letters leave at once; taking back has a story of its own.
  await page.request.post("/guide/dismissal");
  await page.request.post("/account/writing", { form: { undo_seconds: "0" } });
}

/** Opens `folder` and waits until it is live. */
export async function work(page, folder = "all") {
  await page.goto(`/folders/${folder}`);
  await isLive(page);
}

export const isLive = (page) => page.locator("#connection[data-state=live]").waitFor({ state: "attached" });

/** The row of the list with these words. */
export const row = (page, words) => page.locator("#list .item", { hasText: words });

/** Opens the letter with this subject from the list; keys go to it from then on. */
export async function read(page, subject) {
  await row(page, subject).getByRole("link").click();
  await page.locator("#subject", { hasText: subject }).waitFor();
}

/** Waits until `locator` is on the page, and gives it. */
export async function shows(locator) {
  await locator.first().waitFor();
  return locator;
}

/** A page that is not live is as old as its loading, so it is asked for until `what` is in. */
export async function comesIn(page, what) {
  for (let tries = 0; tries < 100 && (await what.count()) === 0; tries++) await page.reload();
  await shows(what);
}

/** Waits until nothing matches any more. */
export const gone = (locator) => locator.first().waitFor({ state: "hidden" });

/** The composer's text area. */
export const textField = (page) => page.locator("form.composer textarea");
