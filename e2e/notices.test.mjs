// What colleagues are told while they work: live in every window, once, and gone when it was seen.
import assert from "node:assert/strict";
import { AINO, BO, EINAR, INGRID } from "./town.mjs";
import { gone, isLive, onBothDatabases, read, row, shows, work } from "./stories.mjs";

onBothDatabases("Notices", (story) => {
  // Also signs Bo in once, in a window that is gone when the next story begins: one window tells.
  story("at first there is nothing to see", async ({ as }) => {
    const bo = await as(BO);
    await bo.goto("/notices");
    await shows(bo.getByRole("heading", { name: "You have seen everything" }));
    await shows(bo.getByRole("link", { name: "Notices", exact: true }));
  });

  story("a mention makes the bell of a colleague's window count, and opening it clears the bell", async ({ town, as }) => {
    const [ingrid, bo] = await Promise.all([as(INGRID), as(BO)]);
    await town.receives(AINO, { subject: "A lamp is out", text: "By the harbour." });
    await Promise.all([work(ingrid), work(bo, "mine")]);
    await read(ingrid, "A lamp is out");
    await note(ingrid, "@Bo has the ladder");

    await shows(bo.locator("#bell[data-count='1']"));
    const toast = await shows(bo.locator("#notified .toast", { hasText: "Ingrid Solheim mentioned you" }));
    assert.match(await bo.title(), /^● /);
    assert.match(await bo.locator("#bell").innerText(), /1/);
    assert.equal(await ingrid.locator("#bell").getAttribute("data-count"), "0", "nobody is told of her own note");

    const other = await bo.context().newPage();
    await other.goto("/folders/all");
    await isLive(other);
    await shows(other.locator("#bell[data-count='1']"));

    await toast.getByRole("link", { name: "Show" }).click();
    await shows(bo.locator("#subject", { hasText: "A lamp is out" }));
    await shows(bo.locator("#bell[data-count='0']"));
    await shows(other.locator("#bell[data-count='0']"));
    assert.doesNotMatch(await bo.title(), /●/);
    assert.equal(await other.locator("#notified .toast").count(), 0, "one window told it");
  });

  story("whoever has the letter open is not told of what she sees", async ({ town, as }) => {
    const [ingrid, bo] = await Promise.all([as(INGRID), as(BO)]);
    await Promise.all([work(ingrid), work(bo)]);
    await Promise.all([read(ingrid, "A lamp is out"), read(bo, "A lamp is out")]);
    await note(ingrid, "@Bo it is here already");
    await shows(bo.getByRole("article", { name: "Internal note" }).getByText("it is here already"));
    await shows(bo.locator("#bell[data-count='0']"));
    assert.equal(await bo.locator("#notified .toast").count(), 0);
  });

  story("the list is gone through by keyboard, and marked as seen", async ({ town, as }) => {
    const [ingrid, bo] = await Promise.all([as(INGRID), as(BO)]);
    await town.receives(EINAR, { subject: "A bench wants paint", text: "Green, please." });
    await work(ingrid);
    await read(ingrid, "A bench wants paint");
    await work(bo, "mine");
    await bo.keyboard.press("g");
    await bo.keyboard.press("n");
    await shows(bo.getByRole("heading", { name: "You have seen everything" }));
    await note(ingrid, "@Bo green or red?");
    await shows(bo.locator("#noticed li", { hasText: "A bench wants paint" }));
    await bo.getByRole("button", { name: "Mark as seen" }).focus();
    await bo.keyboard.press("Enter");
    await shows(bo.getByRole("heading", { name: "You have seen everything" }));
    await shows(bo.locator("#bell[data-count='0']"));
    await bo.locator(".segments").getByRole("link", { name: "All" }).click();
    await shows(bo.locator("#noticed li", { hasText: "green or red?" }));
  });

  story("without a script the bell counts, and the list is marked as seen", async ({ as }) => {
    const [ingrid, bo] = [await as(INGRID), await as(BO, { javaScriptEnabled: false })];
    await work(ingrid);
    for (const subject of ["A lamp is out", "A bench wants paint"]) {
      await read(ingrid, subject);
      await note(ingrid, "@Bo once more");
    }
    await bo.goto("/folders/mine");
    await bo.getByRole("link", { name: "Notices, 2 unseen" }).click();
    await shows(bo.locator("#noticed li", { hasText: "A bench wants paint" }));
    await bo.locator("#noticed li", { hasText: "A lamp is out" }).getByRole("link").click();
    await shows(bo.getByRole("link", { name: "Notices, one unseen" }));
    await bo.goto("/notices");
    await bo.getByRole("button", { name: "Mark all as seen" }).click();
    await shows(bo.getByRole("heading", { name: "You have seen everything" }));
  });

  story("quiet hours are chosen, kept, and hold back the toast but not the count", async ({ as }) => {
    const [ingrid, bo] = await Promise.all([as(INGRID), as(BO)]);
    await bo.goto("/account/notices");
    for (const day of await bo.locator(".days input").all()) await day.check();
    // The same time twice is the whole day.
    for (const field of ["From", "Until"]) await bo.getByLabel(field, { exact: true }).fill("00:00");
    await bo.getByRole("checkbox", { name: "Mentioned Sound" }).check();
    await bo.getByRole("button", { name: "Try the sound" }).click();
    await bo.getByRole("button", { name: "Save" }).click();
    await shows(bo.locator("#told .toast"));
    assert.equal(await bo.getByRole("checkbox", { name: "Mentioned Sound" }).isChecked(), true);
    await work(ingrid);
    await read(ingrid, "A lamp is out");
    await work(bo, "mine");
    await note(ingrid, "@Bo when you are back");
    await shows(bo.locator("#bell[data-count='1']"));
    assert.equal(await bo.locator("#notified .toast").count(), 0);

    await bo.goto("/account/notices");
    for (const day of await bo.locator(".days input").all()) await day.uncheck();
    await bo.getByRole("button", { name: "Save" }).click();
    await shows(bo.locator("#notified .toast", { hasText: "Ingrid Solheim mentioned you" }));
  });
});

/** Writes a note in the open letter. */
async function note(page, text) {
  await page.keyboard.press("i");
  await page.locator("form.composer textarea").fill(text);
  await page.keyboard.press("Control+Enter");
  await shows(page.getByRole("article", { name: "Internal note" }).getByText(text));
  await gone(page.locator("form.composer textarea").getByText(text));
}
