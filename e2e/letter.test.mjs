// The main job: from a citizen's mail to the answer, and back.
import assert from "node:assert/strict";
import { AINO, INGRID } from "./town.mjs";
import { gone, onBothDatabases, row, shows, textField, work } from "./stories.mjs";

onBothDatabases("A letter answered", (story) => {
  story("a letter comes in, is claimed and answered by keyboard, and the reply finds her again", async ({ town, as }) => {
    const page = await as(INGRID);
    await work(page);
    await page.evaluate(() => (window.stayedHere = true));

    await town.receives(AINO, { subject: "The street lamp is out", text: "It has been dark in Nedre gate for a week." });
    await shows(row(page, "The street lamp is out"));
    assert.match(await page.title(), /^\(\d+\)/, "the tab counts what nobody owns");

    await page.keyboard.press("j");
    await shows(page.getByRole("heading", { name: "The street lamp is out" }));
    await page.keyboard.press("t");
    await shows(page.locator("#head .tag", { hasText: "Yours" }));

    await page.keyboard.press("r");
    await page.keyboard.type("We will change it tomorrow.");
    await page.keyboard.press("Control+Enter");
    await shows(page.getByRole("article", { name: "Reply from Ingrid Solheim" }));
    await shows(page.locator("#head .tag", { hasText: "Answered" }));
    assert.equal(await textField(page).inputValue(), "");

    const answer = await town.relay.mailTo(AINO.from);
    assert.match(answer.text, /We will change it tomorrow\./);
    assert.match(answer.subject, /The street lamp is out/);

    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("w");
    await shows(page.getByRole("heading", { name: "Awaiting reply" }));
    await page.keyboard.press("g");
    await page.keyboard.press("m");
    await shows(page.getByText("You are up to date"));

    await town.receives(AINO, { to: answer.replyTo, answers: answer.id, subject: `Re: ${answer.subject}`, text: "Thank you, it shines again." });
    const back = await shows(row(page, "Thank you, it shines again."));
    await back.getByRole("link").click();
    await shows(page.getByText("We will change it tomorrow.").first());
    await gone(page.locator("#head .tag", { hasText: "Answered" }));
    await shows(page.locator("#head .tag", { hasText: "Yours" }));
    assert.equal(await page.evaluate(() => window.stayedHere), true, "nothing was loaded anew");
  });
});
