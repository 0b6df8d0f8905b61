// Takes the pictures of docs/pictures from the demo, most of them 1280 wide: node e2e/pictures.mjs [address]
// Without an address it starts a demo of its own, which plays its year first.
import { fileURLToPath } from "node:url";
import { engines } from "./engines.mjs";
import { openBrowser } from "./stories.mjs";
import { openTown } from "./town.mjs";

const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));
const town = process.argv[2] ? { url: process.argv[2], close: async () => {} } : await openTown(engines[0], { demo: true, year: true });
const browser = await openBrowser();
try {
  await takeAll();
} finally {
  await browser.close();
  await town.close();
}

async function takeAll() {
  const light = await window("light");
  await take(light, "sign-in", "/sign-in");
  await signIn(light);
  const storageState = await light.context().storageState();

  const owned = await conversation(light);
  await take(light, "workspace-light", owned);
  await take(light, "refer", `${owned}/referral`);
  await take(light, "notices", "/notices?show=all");
  await light.goto(owned);
  await light.keyboard.press("i");
  await light.locator("form.composer textarea").fill("Ring vaktmesteren før du svarer, han har nøkkelen.");
  await take(light, "note");
  const citizen = await light.locator("#person .addresses .grow").first().innerText();
  await take(light, "demo-mailbox", `/demo/mailbox?address=${encodeURIComponent(citizen)}`);

  await take(light, "due", "/folders/all?sort=due");
  await take(light, "colleagues", "/colleagues");

  const dark = await window("dark", { storageState });
  await take(dark, "workspace-dark", owned);
  const phone = await window("light", { storageState, viewport: { width: 390, height: 844 }, hasTouch: true });
  await take(phone, "phone-list", "/folders/all");
  await take(phone, "phone-letter", owned);

  const administrator = await window("light");
  await administrator.goto("/sign-in");
  await signIn(administrator, "Henrik Aasland");
  await take(administrator, "leads", "/leads");
  for (const name of ["staff", "hours", "targets", "theme", "health"]) await take(administrator, `settings-${name}`, `/settings/${name}`);
}

async function window(colorScheme, options = {}) {
  const context = await browser.newContext({
    baseURL: town.url, locale: "nb-NO", viewport: { width: 1280, height: 800 }, colorScheme, reducedMotion: "reduce", ...options,
  });
  return context.newPage();
}

async function signIn(page, name = "Dagny Moe") {
  await page.locator(".demo-logins button", { hasText: name }).click();
  await page.locator("#connection[data-state=live]").waitFor({ state: "attached" });
}

/** The address of an open inquiry in which somebody has answered already. */
async function conversation(page) {
  await page.goto("/folders/all");
  await page.locator("#list .item", { has: page.locator(".from .meta") }).first().locator("a").click();
  await page.locator("#subject").waitFor();
  return new URL(page.url()).pathname;
}

async function take(page, name, path) {
  if (path) await page.goto(path);
  const connection = page.locator("#connection");
  if (await connection.count()) await page.locator("#connection[data-state=live]").waitFor({ state: "attached" });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: `${folder}${name}.png` });
}
