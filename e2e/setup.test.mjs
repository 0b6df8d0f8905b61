// From a program that runs to the first answered letter, with nothing but a browser.
import assert from "node:assert/strict";
import { look } from "./axe.mjs";
import { AINO, POST } from "./town.mjs";
import { isLive, onBothDatabases, read, row, shows, textField } from "./stories.mjs";

onBothDatabases("Set up from nothing", (story) => {
  story("a code, six short steps, and a letter is answered", async ({ town, visit }) => {
    const page = await visit();
    const next = () => page.getByRole("button", { name: "Next" }).click();
    const on = () => page.getByRole("link", { name: "Next" }).click();
    await page.goto("/");
    await shows(page.getByRole("heading", { name: "Set up Torg" }));
    await look(page);
    await page.getByLabel("Code").fill(await town.setupCode());
    await next();

    await page.getByLabel("Name", { exact: true }).fill("Fjordby");
    await page.getByLabel("Main language").selectOption({ label: "English" });
    await page.getByLabel("Residents get an automatic receipt").uncheck();
    await look(page);
    await next();

    await page.getByLabel("Your name").fill("Ada Vik");
    await page.getByLabel("E-mail").fill("ada.vik@fjordby.example");
    await page.getByLabel("Password").fill("three words or four");
    await look(page);
    await next();

    await shows(page.getByRole("heading", { name: "Departments" }));
    await page.getByLabel("Name", { exact: true }).fill("Service");
    await page.getByRole("button", { name: "Add" }).click();
    await shows(page.locator("ul.lines", { hasText: "Service" }));
    await look(page);
    await on();

    await page.getByLabel("Address").fill(POST);
    await page.getByLabel("Department").selectOption({ label: "Service" });
    await page.getByRole("button", { name: "Add" }).click();
    await shows(page.locator("ul.lines", { hasText: POST }));
    await on();

    await page.getByLabel("Mail server").fill("127.0.0.1");
    await page.getByLabel("Port").fill(String(town.relay.port));
    await page.getByLabel("Encryption").selectOption({ label: "None: only on a guarded network" });
    await page.getByRole("button", { name: "Test" }).click();
    await shows(page.getByText("It works."));
    await page.getByRole("button", { name: "Save" }).click();
    await shows(page.getByText("Outgoing mail is set."));
    await look(page);
    await on();
    await shows(page.getByText(`Write a letter to ${POST}`));
    await look(page);
    await page.locator("a[href='/folders/unowned']").click();
    await isLive(page);
    await page.request.post("/account/writing", { form: { undo_seconds: "0" } });

    await town.receives(AINO, { subject: "The first letter", text: "Is anybody there?" });
    await shows(row(page, "The first letter"));
    await read(page, "The first letter");
    await textField(page).fill("We are, since today.");
    await textField(page).press("Control+Enter");
    const answer = await town.relay.mailTo(AINO.from);
    assert.match(answer.text, /We are, since today\./);
  });
}, { bare: true });
