// Without a script, by links and forms alone; and what could not be read as a letter.
import assert from "node:assert/strict";
import { AINO, BO, INGRID, PASSWORD } from "./town.mjs";
import { comesIn, onBothDatabases, row, shows, signIn, work } from "./stories.mjs";

onBothDatabases("Plain pages", (story) => {
  story("signing in, reading, claiming and answering work without a script", async ({ town, visit }) => {
    await town.receives(AINO, { subject: "The bus stop", text: "It has no roof." });
    const page = await visit({ javaScriptEnabled: false });
    await signIn(page, INGRID);
    await comesIn(page, row(page, "The bus stop"));
    await row(page, "The bus stop").getByRole("link").click();
    await shows(page.getByText("It has no roof.").first());
    await page.getByRole("button", { name: "Take it" }).click();
    await shows(page.locator("#head .tag", { hasText: "Yours" }));

    await page.getByLabel("Text", { exact: true }).fill("A roof is on its way.");
    await page.getByRole("button", { name: "Send reply" }).click();
    await shows(page.getByRole("article", { name: "Reply from Ingrid Solheim" }));
    const answer = await town.relay.mailTo(AINO.from);
    assert.match(answer.text, /A roof is on its way\./);

    await page.getByText("Internal note", { exact: true }).first().click();
    await page.getByLabel("Text", { exact: true }).fill("Ordered at the workshop.");
    await page.getByRole("button", { name: "Save note" }).click();
    await shows(page.getByRole("article", { name: "Internal note from Ingrid Solheim" }));

    await page.getByRole("link", { name: "Refer" }).click();
    await page.getByLabel("Department", { exact: true }).selectOption({ label: "Roads" });
    await page.getByLabel("Why?").fill("You built it");
    await page.getByRole("button", { name: "Refer" }).click();
    await shows(page.getByText("referred it from Service to Roads"));
    await page.getByRole("button", { name: "Close" }).first().click();
    await shows(page.locator("#head .tag", { hasText: "Closed" }));
  });

  story("the language chosen at sign-in stays, until she sets her own", async ({ visit }) => {
    const signsIn = async (choice) => {
      const page = await visit();
      await page.goto("/sign-in");
      if (choice) await page.getByRole("link", { name: choice }).click();
      await page.locator("#email").fill(BO.email);
      await page.locator("#password").fill(PASSWORD);
      await page.locator("main form .btn.primary").first().click();
      await page.locator("main.workspace").waitFor();
      return page;
    };
    const tongue = (page) => page.locator("html").getAttribute("lang");
    assert.equal(await tongue(await signsIn("Svenska")), "sv");
    assert.equal(await tongue(await signsIn()), "sv");
    const page = await signsIn("Dansk");
    assert.equal(await tongue(page), "da");
    await page.goto("/account");
    await page.locator("#language").selectOption("en");
    await page.locator("form:has(#language) .btn.primary").click();
    assert.equal(await tongue(await signsIn("Svenska")), "en");
  });

  story("what is no letter waits in the quarantine, can be seen raw and tried again", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    assert.equal(await page.locator("#folders [href='/quarantine'] .count").innerText(), "");
    await town.imports("no header at all\r\n\r\n");
    await shows(page.locator("#folders [href='/quarantine']", { hasText: "1" }));

    await page.locator("#folders [href='/quarantine']").click();
    await shows(page.getByRole("heading", { name: "Quarantine" }));
    await page.getByRole("link", { name: "Unknown sender" }).click();
    await shows(page.locator("pre", { hasText: "no header at all" }));
    const raw = await page.request.get(`${page.url()}/raw`);
    assert.equal((await raw.text()).trim(), "no header at all");
    assert.match(raw.headers()["content-type"], /^text\/plain/);

    await page.getByRole("button", { name: "Try again" }).click();
    await shows(page.getByText("Trying again now"));
    await comesIn(page, page.getByRole("link", { name: "Unknown sender" }));
  });
});
