// Every kind of page, light and dark, wide and on a phone, without anything axe-core objects to.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { ADA, AINO, BO, EINAR, INGRID } from "./town.mjs";
import { forgive, onBothDatabases, read, row, shows, textField, work } from "./stories.mjs";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [1440, 390];
const SCHEMES = ["light", "dark"];

onBothDatabases("Accessible pages", (story) => {
  story("signing in, and the demo", async ({ visit }) => {
    const page = await visit();
    forgive(page, 401);
    forgive(page, 404);
    forgive(page, 422);
    await look(page, "/sign-in");
    await page.getByLabel("E-mail").fill("nobody@fjordby.example");
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await shows(page.getByText("do not match"));
    await look(page);
    await look(page, "/demo");
    await look(page, "/demo/mailbox?address=nobody@citizen.example");
    await look(page, "/no/such/page");
  });

  story("the workspace, empty", async ({ as }) => {
    const page = await as(BO);
    for (const folder of ["all", "mine", "waiting", "closed"]) await look(page, `/folders/${folder}`);
  });

  story("the workspace, full and with a letter open", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    for (let number = 1; number <= 12; number++) {
      await town.receives(number % 2 ? AINO : EINAR, { subject: `Letter ${number}`, text: "A few words.\n\n> What you wrote\n> before" });
    }
    await shows(row(page, "Letter 12"));
    await look(page, "/folders/all");
    await read(page, "Letter 12");
    await look(page);
    const place = new URL(page.url()).pathname;

    await page.getByRole("button", { name: "Take it" }).click();
    await shows(page.locator("#head .tag", { hasText: "Yours" }));
    await page.keyboard.press("i");
    await page.keyboard.type("Only for us.");
    await look(page);
    await page.keyboard.press("Control+Enter");
    await shows(page.getByRole("article", { name: "Internal note from Bo Lindqvist" }));
    await textField(page).fill("An answer.");
    await textField(page).press("Control+Enter");
    await shows(page.getByRole("article", { name: "Reply from Bo Lindqvist" }));
    await look(page);
    await look(page, `${place}/assignment`);
    await look(page, `${place}/referral`);
    await look(page, place);
    await page.keyboard.press("?");
    await shows(page.getByRole("dialog", { name: "Shortcuts" }));
    await look(page);
    await page.keyboard.press("Escape");
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.getByRole("link", { name: "Full page" }).click();
    await shows(page.getByRole("heading", { name: "Einar Holm" }));
    await look(page);
    await look(page, `/demo/mailbox?address=${EINAR.from}`);
  });

  story("the quarantine, one's account, and what is not there", async ({ town, as }) => {
    const page = await as(BO);
    forgive(page, 404);
    await look(page, "/quarantine");
    const ingrid = await as(INGRID);
    await town.receives(AINO, { subject: "Letter 13", text: "A few words." });
    await work(ingrid);
    await read(ingrid, "Letter 13");
    await ingrid.keyboard.press("i");
    await textField(ingrid).fill("@Bo, look.");
    await textField(ingrid).press("Control+Enter");
    await work(page);
    await town.imports("no header at all\r\n\r\n");
    await shows(page.locator("#folders [href='/quarantine']", { hasText: "1" }));
    await look(page, "/quarantine");
    await page.getByRole("link", { name: "Unknown sender" }).click();
    await shows(page.locator("pre"));
    await look(page);
    await look(page, "/account");
    await look(page, "/notices");
    await look(page, "/account/notices");
    await look(page, "/folders/all/inquiries/1");
  });

  story("the guide, how long letters are kept, and the settings of the look", async ({ as }) => {
    const page = await as(ADA);
    await page.request.post("/settings/privacy", { form: { language: "en", text: "Five years.\n\nThe Archives Act asks for it." } });
    for (const path of ["/guide", "/privacy", "/settings/theme", "/settings/privacy", "/settings/tags"]) await look(page, path);
    await page.request.post("/guide/return");
    await look(page, "/folders/all");
    await page.request.post("/guide/dismissal");
  });
}, { demo: true });

/** Asks axe-core about the page as it stands, or about `path`, in both colours and both widths. */
async function look(page, path) {
  if (path) await page.goto(path);
  await page.evaluate(axe);
  for (const colorScheme of SCHEMES) {
    for (const width of WIDTHS) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      const found = await page.evaluate(() => globalThis.axe.run(document, { iframes: false, resultTypes: ["violations"] }));
      const words = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
      assert.deepEqual(words, [], `${page.url()} at ${width}, ${colorScheme}`);
    }
  }
  await page.setViewportSize({ width: WIDTHS[0], height: 900 });
}
