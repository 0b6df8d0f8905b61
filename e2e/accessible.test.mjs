// Every kind of page, light and dark, wide and on a phone, without anything axe-core objects to.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { EACH, look } from "./axe.mjs";
import { ADA, AINO, BO, EINAR, INGRID } from "./town.mjs";
import { forgive, onBothDatabases, read, row, shows, textField, work } from "./stories.mjs";

/** What a browser does not show as a page of ours: fragments, files, a letter in its own frame. */
const NO_PAGES = [/^\/(health|metrics|assets|events|live)/, /\/(list|thread|progress|suggestions|raw|html|parts|filters)$/, /^\/attachments\//, /\/drafts\//, /^\/setup/, /^\/welcome\//, /^\/theme\//, /^\/answers\/(choices|export)/, /^\/inquiries\/[^/]+\/colleagues$/, /^\/logo/];

/** The addresses of the program's own map that show a page, with their blanks. */
async function map() {
  const table = await readFile(new URL("../crates/torg-web/src/routes.rs", import.meta.url), "utf8");
  const paths = [...table.matchAll(/^ +\w+ +get +"([^"]+)"/gm)].map(([, path]) => path);
  return paths.filter((path) => !NO_PAGES.some((pattern) => pattern.test(path)));
}

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

  story("the guide, and how long letters are kept", async ({ as }) => {
    const page = await as(ADA);
    await page.request.post("/settings/privacy", { form: { language: "en", text: "Five years.\n\nThe Archives Act asks for it." } });
    await look(page, "/privacy");
    await page.request.post("/guide/return");
    await look(page, "/folders/all");
    await page.request.post("/guide/dismissal");
  });

  story("every page of the map", async ({ town, as }) => {
    const page = await as(ADA);
    forgive(page, 404);
    await town.receives(AINO, { subject: "A lamp is out", text: "By the school." });
    await town.imports("no header either\r\n\r\n");
    await work(page);
    await read(page, "A lamp is out");
    const inquiry = new URL(page.url()).pathname.split("/").at(-1);
    const id = async (path, pattern) => {
      await page.goto(path);
      const hrefs = await page.locator("main a[href]").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
      const found = hrefs.map((href) => pattern.exec(href)?.[1]).find(Boolean);
      assert.ok(found, `${path} leads to ${pattern}`);
      return found;
    };
    await page.goto("/views/new?from=/folders/all?urgent=1");
    await page.getByLabel("Name").fill("On fire");
    await page.getByRole("button", { name: "Save" }).click();
    const staff = await id("/settings/staff", /^\/settings\/staff\/(\d+)$/);
    const department = await id("/settings/departments", /^\/settings\/departments\/(\d+)$/);
    const person = await id(`/folders/all/inquiries/${inquiry}`, /^\/persons\/(\d+)/);
    await page.request.post("/answers", { form: { version: "0", stage: "in-use", "title-en": "Street lights", "body-en": "Hi {{first_name}}, **soon**.", tags: "lights" } });
    const answer = await id("/answers", /^\/answers\/(\d+)$/);
    const view = await id("/views", /^\/views\/(\d+)/);
    const quarantined = await id("/quarantine", /^\/quarantine\/(\d+)/);
    const blanks = [
      [/\{folder\}/, "all"],
      [/(?<=^\/settings\/staff\/)\{id\}/, staff],
      [/(?<=^\/settings\/departments\/)\{id\}/, department],
      [/(?<=^\/persons\/)\{id\}/, person],
      [/(?<=^\/views\/)\{id\}/, view],
      [/(?<=^\/answers\/)\{id\}/, answer],
      [/(?<=^\/quarantine\/)\{id\}/, quarantined],
      [/(?<=inquiries\/)\{id\}/, inquiry],
    ];
    for (const pattern of await map()) {
      const path = blanks.reduce((text, [blank, value]) => text.replace(blank, value), pattern);
      // What has a blank still is shown by another address of the map.
      if (path.includes("{") || path === "/") continue;
      await look(page, path, EACH);
    }
  }, 300_000);
}, { demo: true });
