// Drafts, files, taking back and forwarding, as only a browser can show them.
import assert from "node:assert/strict";
import { AINO, BO, INGRID } from "./town.mjs";
import { forgive, gone, isLive, onBothDatabases, read, row, shows, textField, work } from "./stories.mjs";

const saved = (page) => shows(page.locator(".composer .kept", { hasText: "Draft saved" }));

onBothDatabases("Drafts", (story) => {
  story("two windows, one draft: both texts are kept and one is chosen", async ({ town, as }) => {
    const [home, office] = [await as(INGRID), await as(INGRID)];
    await town.receives(AINO, { subject: "Two windows", text: "One question." });
    await work(home);
    await read(home, "Two windows");
    await textField(home).click();
    await home.keyboard.type("Written at home.");
    await saved(home);
    await home.close();

    await work(office, "drafts");
    await shows(office.locator("#list .item", { hasText: "Written at home." }));
    await read(office, "Two windows");
    assert.equal(await textField(office).inputValue(), "Written at home.");
    const other = await as(INGRID);
    await work(other);
    await read(other, "Two windows");
    await textField(office).press("End");
    await office.keyboard.type(" And at the office.");
    await saved(office);
    await textField(other).fill("Quite another text.");
    await shows(other.getByText("You wrote two different texts."));
    // Each says which window it is of; one click chooses, and the other stays.
    await shows(other.locator(".version .meta", { hasText: "The draft · Another window" }));
    await other.locator(".version", { hasText: "This window" }).getByRole("button", { name: "Use this one" }).click();
    await shows(other.locator(".version .meta", { hasText: "The text before you chose" }));
    await shows(other.getByText("You wrote two different texts."));
    const texts = await other.locator(".version blockquote").allInnerTexts();
    assert.deepEqual(texts.toSorted(), ["Quite another text.", "Written at home. And at the office."]);
  });

  story("colleagues see who writes, and what she has begun", async ({ town, as }) => {
    const [page, colleague] = [await as(INGRID), await as(BO)];
    await town.receives(AINO, { subject: "Who writes", text: "One question." });
    await work(page);
    await read(page, "Who writes");
    await work(colleague);
    await read(colleague, "Who writes");
    await shows(page.locator(".presence", { hasText: "Bo Lindqvist is looking at it" }));
    await textField(colleague).click();
    await colleague.keyboard.type("Dear Aino");
    await shows(page.locator(".presence", { hasText: "Bo Lindqvist is writing" }));
    await page.locator(".presence summary").click();
    await shows(page.locator(".presence blockquote", { hasText: "Dear Aino" }));
  });

  story("a letter is taken back, and its text and file are there again", async ({ town, as }) => {
    const page = await as(INGRID);
    await page.request.post("/account/writing", { form: { undo_seconds: "30" } });
    await town.receives(AINO, { subject: "Take it back", text: "One question." });
    await work(page);
    await read(page, "Take it back");
    await textField(page).click();
    await page.keyboard.type("Too early");
    await page.locator("input.file").setInputFiles({ name: "rules.pdf", mimeType: "application/pdf", buffer: Buffer.from("a paper") });
    await shows(page.locator(".draft-files", { hasText: "rules.pdf" }));
    await page.keyboard.press("Control+Enter");
    await shows(page.getByRole("article", { name: "Reply from Ingrid Solheim" }));
    assert.equal(await textField(page).inputValue(), "");
    await page.locator("#told").getByRole("button", { name: "Undo" }).click();
    await gone(page.getByRole("article", { name: "Reply from Ingrid Solheim" }));
    assert.equal(await textField(page).inputValue(), "Too early");
    await shows(page.locator(".draft-files", { hasText: "rules.pdf" }));
    await page.request.post("/account/writing", { form: { undo_seconds: "0" } });
    await textField(page).click();
    await page.keyboard.press("Control+Enter");
    const mail = await town.relay.mailTo(AINO.from, (mail) => mail.text.includes("Too early"));
    assert.ok(mail);

    // A note is taken back as a note: it never stands where a letter is written.
    await page.keyboard.press("i");
    await page.keyboard.type("The caretaker knows");
    await page.keyboard.press("Control+Enter");
    await shows(page.getByRole("article", { name: "Internal note from Ingrid Solheim" }));
    await page.locator("#told").getByRole("button", { name: "Undo" }).click();
    await gone(page.getByRole("article", { name: "Internal note from Ingrid Solheim" }));
    await shows(page.getByText("Ingrid Solheim took an internal note back"));
    assert.equal(await textField(page).inputValue(), "The caretaker knows");
    assert.equal(await page.locator("form.composer [name=what]:checked").inputValue(), "note");
  });

  story("an upload that is cut off says so, and goes on where it was", async ({ town, as }) => {
    const page = await as(INGRID);
    await town.receives(AINO, { subject: "Cut off", text: "One question." });
    await work(page);
    await read(page, "Cut off");
    forgive(page, "net::ERR_FAILED");
    const begun = [];
    page.on("request", (request) => {
      const begins = new URL(request.url()).searchParams.get("begins");
      if (begins !== null) begun.push(Number(begins));
    });
    await page.route("**/drafts/uploads/*?begins=524288", (route) => route.abort(), { times: 1 });
    await page.locator("input.file").setInputFiles({ name: "map.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(1_200_000, "map ") });
    await shows(page.locator(".uploading", { hasText: "Was cut off" }));
    assert.ok((await page.locator(".uploading progress").getAttribute("value")) > 0.4, "how far it came");
    await page.getByRole("button", { name: "Try again" }).click();
    await shows(page.locator(".draft-files", { hasText: "map.pdf" }));
    await gone(page.locator(".uploading"));
    assert.deepEqual(begun, [0, 524288, 524288, 1048576], "what had come was not sent again");
    const link = page.locator(".draft-files a", { hasText: "map.pdf" });
    const file = await (await page.request.get(await link.getAttribute("href"))).body();
    assert.ok(file.equals(Buffer.alloc(1_200_000, "map ")), "and it is whole");
  });

  story("a text of ten megabytes is not even pasted", async ({ town, as }) => {
    const page = await as(INGRID);
    await town.receives(AINO, { subject: "Too long", text: "One question." });
    await work(page);
    await read(page, "Too long");
    await textField(page).focus();
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "x".repeat(10_000_000));
      document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    });
    await shows(page.getByText("The text is too long: at most 200,000 characters."));
    assert.equal(await textField(page).inputValue(), "");
  });

  story("bold from a word processor and a pasted picture reach the citizen", async ({ town, as }) => {
    const page = await as(INGRID);
    await town.receives(AINO, { subject: "With a picture", text: "One question." });
    await work(page);
    await read(page, "With a picture");
    await textField(page).focus();
    await page.evaluate(() => {
      const pasted = (fill) => {
        const clipboardData = new DataTransfer();
        fill(clipboardData);
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      };
      pasted((data) => {
        data.setData("text/plain", "Open on Monday");
        data.setData("text/html", "<p>Open on <b>Monday</b></p>");
      });
      pasted((data) => data.items.add(new File([new Uint8Array([137, 80, 78, 71])], "map.png", { type: "image/png" })));
    });
    await page.waitForFunction(() => document.querySelector("form.composer textarea").value.includes("](file:"));
    assert.match(await textField(page).inputValue(), /^Open on \*\*Monday\*\*\s*!\[map\.png\]\(file:\d+\)$/);
    await page.keyboard.press("Control+Enter");
    await shows(page.locator(".thread .marked strong", { hasText: "Monday" }));
    await shows(page.locator(".thread .marked img[alt='map.png']"));
  });

  story("a letter is forwarded, and the citizen still waits for an answer", async ({ town, as }) => {
    const page = await as(INGRID);
    await town.receives(AINO, { subject: "For the power company", text: "It sparks!" });
    await work(page);
    await read(page, "For the power company");
    await page.keyboard.press("f");
    await page.locator("[name=forward_to]").fill("nobody");
    await textField(page).fill("Can you look?");
    forgive(page, 409);
    await page.keyboard.press("Control+Enter");
    await shows(page.getByText("“nobody” is not an e-mail address."));
    await page.locator("[name=forward_to]").fill("works@power.example");
    await textField(page).press("Control+Enter");
    await shows(page.getByText("Forwarded to works@power.example"));
    await shows(page.locator("#head", { hasText: "No owner" }));
    await town.relay.mailTo("works@power.example", (mail) => mail.text.includes("It sparks!"));
    await row(page, "For the power company").waitFor();
    await isLive(page);
  });
});
