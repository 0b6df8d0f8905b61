// Letters and notes each keep what is theirs, and what was thrown away or is on its way is not lost.
import assert from "node:assert/strict";
import { AINO, EINAR, INGRID } from "./town.mjs";
import { gone, onBothDatabases, read, shows, textField, work } from "./stories.mjs";

onBothDatabases("The composer", (story) => {
  story("a note and a reply have each their own text, also after a reload", async ({ town, as }) => {
    const page = await as(INGRID);
    const text = textField(page);
    const kept = () => shows(page.locator(".composer .kept", { hasText: "Draft saved" }));
    const chosen = () => page.locator("form.composer [name=what]:checked").getAttribute("value");
    await town.receives(AINO, { subject: "The broken gate", text: "Who mends it?" });
    await work(page);
    await read(page, "The broken gate");
    await page.keyboard.press("i");
    await page.keyboard.type("INTERNAL: phone the police");
    await kept();
    await page.keyboard.press("Escape");
    await page.keyboard.press("r");
    assert.deepEqual([await chosen(), await text.inputValue()], ["reply", ""]);
    await page.keyboard.type("We mend it.");
    await kept();
    await page.keyboard.press("Escape");
    await page.keyboard.press("i");
    assert.deepEqual([await chosen(), await text.inputValue()], ["note", "INTERNAL: phone the police"]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("f");
    assert.deepEqual([await chosen(), await text.inputValue()], ["forward", "We mend it."], "a letter goes along with a letter");
    await page.keyboard.press("Escape");
    await page.keyboard.press("r");
    await kept();

    await page.reload();
    for (const [key, what, words] of [["i", "note", "INTERNAL: phone the police"], ["r", "reply", "We mend it."], ["i", "note", "INTERNAL: phone the police"]]) {
      await page.keyboard.press(key);
      assert.deepEqual([await chosen(), await text.inputValue()], [what, words]);
      await page.keyboard.press("Escape");
    }
    await page.keyboard.press("i");
    await page.keyboard.press("End");
    await page.keyboard.type(" tomorrow");
    await page.keyboard.press("Control+Enter");
    await shows(page.getByRole("article", { name: "Internal note from Ingrid Solheim" }).getByText("INTERNAL: phone the police tomorrow"));
    assert.deepEqual([await chosen(), await text.inputValue()], ["reply", "We mend it."], "the reply waits");
    await page.reload();
    await page.keyboard.press("r");
    await page.keyboard.press("Control+Enter");
    await shows(page.getByRole("article", { name: "Reply from Ingrid Solheim" }).getByText("We mend it."));
    assert.equal(await text.inputValue(), "");
    const answer = await town.relay.mailTo(AINO.from, (mail) => mail.text.includes("We mend it."));
    assert.ok(!answer.text.includes("police"));
  });

  story("who clicks on a note and types has a note, and does nothing to the inquiry", async ({ town, as }) => {
    const page = await as(INGRID);
    await town.receives(EINAR, { subject: "The loose kerb", text: "By the library." });
    await work(page);
    await read(page, "The loose kerb");
    await page.locator("form.composer label", { hasText: "Internal note" }).click();
    // E would close it, and R begin an answer to the citizen.
    await page.keyboard.type("Erik? He knows the kerb.");
    assert.equal(await textField(page).inputValue(), "Erik? He knows the kerb.");
    assert.equal(await page.locator("form.composer [name=what]:checked").getAttribute("value"), "note");
    await page.keyboard.press("Control+Enter");
    await shows(page.getByRole("article", { name: "Internal note from Ingrid Solheim" }).getByText("Erik? He knows the kerb."));
    assert.equal(await page.locator("#tools [data-key=e]").innerText().then((words) => words.includes("Close")), true, "it is still open");

    // The keys of a radio group are its own.
    await page.locator("form.composer label", { hasText: "Reply" }).click();
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.locator("form.composer [name=what]:checked").getAttribute("value"), "note");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.locator("form.composer [name=what]:checked").getAttribute("value"), "reply");
  });

  story("a remark on a half-written reply leaves the reply alone, saved or not", async ({ town, as }) => {
    const page = await as(INGRID);
    const text = textField(page);
    await town.receives(AINO, { subject: "The broken fence", text: "Who mends it?" });
    await work(page);
    await read(page, "The broken fence");
    await page.keyboard.press("r");
    await page.keyboard.type("We mend");
    await page.keyboard.press("Escape");
    await page.keyboard.press("i");
    await page.keyboard.type("Ours?");
    // The page is made anew around what she writes.
    await page.locator("#tools").getByRole("button", { name: /^Take/ }).click();
    await shows(page.locator("#head .tag", { hasText: "Yours" }));
    assert.equal(await page.locator("form.composer [name=what]:checked").getAttribute("value"), "note");
    assert.equal(await text.inputValue(), "Ours?");
    await text.press("Control+Enter");
    await shows(page.getByRole("article", { name: "Internal note from Ingrid Solheim" }).getByText("Ours?"));
    await page.keyboard.press("r");
    assert.equal(await text.inputValue(), "We mend");
    assert.equal(await page.getByRole("article", { name: "Reply from Ingrid Solheim" }).count(), 0);
  });

  story("the sign that opens the answers is no part of the letter", async ({ town, as }) => {
    const page = await as(INGRID);
    const text = textField(page);
    await town.receives(AINO, { subject: "The narrow bridge", text: "Is it open?" });
    await work(page);
    await read(page, "The narrow bridge");
    await page.keyboard.press("r");
    await page.keyboard.press("Control+j");
    assert.equal(await text.inputValue(), "/");
    await page.keyboard.press("Escape");
    if (await text.inputValue()) await page.keyboard.press("Escape");
    assert.equal(await text.inputValue(), "");
    await text.click();
    await page.keyboard.type("Hello");
    await page.keyboard.press("Control+j");
    assert.equal(await text.inputValue(), "Hello /");
    await page.locator("#subject").click();
    assert.equal(await text.inputValue(), "Hello", "she went elsewhere");
    await text.click();
    await page.keyboard.press("End");
    await page.keyboard.type(" /");
    await shows(page.locator(".offers[data-of=answers]"));
    await page.keyboard.press("Escape");
    assert.equal(await text.inputValue(), "Hello /", "what she typed herself is hers");
  });

  story("what the composer says is read whole, and moves no button", async ({ town, as }) => {
    const page = await as(INGRID);
    await town.receives(AINO, { subject: "The long letter", text: "How long may it be?" });
    await work(page);
    await read(page, "The long letter");
    const send = page.locator(".composer footer .primary:visible");
    for (const [width, height] of [[1366, 768], [390, 844]]) {
      await page.setViewportSize({ width, height });
      await textField(page).fill("");
      await textField(page).click();
      await page.locator(".composer .kept", { hasText: /^$/ }).waitFor({ state: "attached" });
      const before = await send.boundingBox();
      await page.keyboard.type("Any");
      const kept = page.locator(".composer .kept", { hasText: "Draft saved" });
      await shows(kept);
      const [inside, room] = await kept.evaluate((line) => [line.scrollWidth, line.clientWidth]);
      assert.ok(inside <= room, `${inside} in ${room} at ${width}`);
      assert.deepEqual(await send.boundingBox(), before);
    }
    await textField(page).fill("a".repeat(200_001));
    await page.keyboard.press("Control+Enter");
    const said = page.locator(".composer .said");
    await shows(said);
    assert.notEqual(await said.evaluate((line) => getComputedStyle(line).borderBottomLeftRadius), "0px", "it ends below");
    await textField(page).fill("");
  });

  story("a draft that was discarded is brought back, with its file", async ({ town, as }) => {
    const page = await as(INGRID);
    const text = textField(page);
    await town.receives(AINO, { subject: "The old boat", text: "May I moor it?" });
    await work(page, "unowned");
    await read(page, "The old boat");
    await page.keyboard.press("r");
    await page.keyboard.type("At the long pier");
    await page.locator("input.file").setInputFiles({ name: "pier.pdf", mimeType: "application/pdf", buffer: Buffer.from("a map") });
    await shows(page.locator(".draft-files", { hasText: "pier.pdf" }));
    await text.click();
    await page.keyboard.press("End");
    await page.keyboard.type(", Aino.");
    await page.getByRole("button", { name: "Discard draft" }).click();
    await shows(page.locator("#told", { hasText: "Draft discarded" }));
    assert.equal(await text.inputValue(), "");
    await gone(page.locator(".draft-files"));
    await page.keyboard.press("z");
    await shows(page.locator(".draft-files", { hasText: "pier.pdf" }));
    assert.equal(await text.inputValue(), "At the long pier, Aino.");
    assert.match(page.url(), /\/folders\/unowned\/inquiries\//);
  });

  story("an address the mail server does not know is named, and gets the reply once it does", async ({ town, as }) => {
    const page = await as(INGRID);
    const gone = "moved@firm.example";
    await town.receives(AINO, { subject: "The crane on the quay", text: "When does it leave?", cc: gone });
    town.relay.refused.add(gone);
    await work(page);
    await read(page, "The crane on the quay");
    await page.keyboard.press("Shift+R");
    await page.keyboard.type("It leaves tonight.");
    await page.keyboard.press("Control+Enter");
    const reply = page.getByRole("article", { name: "Reply from Ingrid Solheim" });
    await shows(reply.getByText(`${gone}: `, { exact: false }));
    await shows(page.getByText("A reply could not be sent"));
    const hers = await town.relay.mailTo(AINO.from, (mail) => mail.text.includes("tonight"));
    assert.deepEqual(hers.to, [AINO.from]);
    town.relay.refused.clear();
    await reply.getByRole("button", { name: "Send again" }).click();
    const theirs = await town.relay.mailTo(gone);
    assert.deepEqual([theirs.id, theirs.to], [hers.id, [gone]]);
    await shows(page.getByText("Ingrid Solheim sent it again"));
    await page.waitForFunction(() => !document.querySelector("article .notice.danger"));
  });

  story("a letter to several is answered to all of them by a button that is seen, or by a key", async ({ town, as }) => {
    const page = await as(INGRID);
    const copies = page.locator("form.composer [name=cc]");
    await town.receives(AINO, { subject: "For the neighbours", text: "When is the road closed?", cc: "Kari <kari@post.example>" });
    await town.receives(AINO, { subject: "For the other side", text: "And when for us?", cc: "Kari <kari@post.example>" });
    await town.receives(AINO, { subject: "For nobody else", text: "And the harbour?" });
    await work(page);
    await read(page, "For the neighbours");
    await page.keyboard.press("r");
    assert.equal(await copies.isVisible(), false);
    await page.getByRole("button", { name: "Reply to all" }).click();
    assert.match(await copies.inputValue(), /kari@post\.example/);
    assert.ok(await copies.isVisible(), "she sees whom it goes to");
    assert.equal(await page.getByRole("button", { name: "Reply to all" }).count(), 0);
    await page.keyboard.type("On Monday.");
    assert.equal(await textField(page).inputValue(), "On Monday.");
    await page.keyboard.press("Control+Enter");
    await shows(page.getByRole("article", { name: "Reply from Ingrid Solheim" }));
    await town.relay.mailTo("kari@post.example", (mail) => mail.text.includes("On Monday."));

    await read(page, "For nobody else");
    assert.equal(await page.getByRole("button", { name: "Reply to all" }).count(), 0);
    await page.keyboard.press("Shift+R");
    await page.keyboard.type("On Tuesday.");
    assert.equal(await copies.inputValue(), "");
    await read(page, "For the other side");
    await page.keyboard.press("Shift+R");
    await page.keyboard.type("Not Monday.");
    assert.match(await copies.inputValue(), /kari@post\.example/);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await shows(page.getByRole("dialog", { name: "Shortcuts" }).locator("div", { hasText: "Reply to all" }).locator("kbd", { hasText: "Shift" }));
  });

  story("files on their way come along while another letter is read, and who leaves is asked", async ({ town, as }) => {
    const page = await as(INGRID);
    const file = (name) => ({ name, mimeType: "application/pdf", buffer: Buffer.from(name) });
    await town.receives(AINO, { subject: "With two maps", text: "Do you have maps?" });
    await town.receives(AINO, { subject: "Without maps", text: "Nothing." });
    await work(page);
    await read(page, "With two maps");
    await page.keyboard.press("r");
    await page.keyboard.type("Here they are.");
    await shows(page.locator(".composer .kept", { hasText: "Draft saved" }));
    let go;
    const held = new Promise((resolve) => (go = resolve));
    await page.route("**/drafts/uploads", async (route) => {
      await held;
      await route.continue().catch(() => {});
    });
    const { pathname } = new URL(page.url());
    await page.locator("input.file").setInputFiles([file("north.pdf"), file("south.pdf")]);
    await shows(page.locator(".uploading", { hasText: "south.pdf" }));
    await read(page, "Without maps");
    assert.equal(await page.locator(".uploading").count(), 0, "they are not this letter's");
    await read(page, "With two maps");
    assert.equal(await page.locator(".uploading").count(), 2);
    await read(page, "Without maps");
    go();
    await page.waitForResponse((answer) => answer.url().endsWith("/end"));
    await page.waitForResponse((answer) => answer.url().endsWith("/end"));
    await read(page, "With two maps");
    await shows(page.locator(".draft-files", { hasText: "north.pdf" }).and(page.locator(".draft-files", { hasText: "south.pdf" })));
    await gone(page.locator(".uploading"));

    await page.unroute("**/drafts/uploads");
    await page.route("**/drafts/uploads", () => {});
    await page.locator("input.file").setInputFiles([file("east.pdf"), file("west.pdf")]);
    await shows(page.locator(".uploading", { hasText: "west.pdf" }));
    const asked = page.waitForEvent("dialog");
    const left = page.goto(pathname);
    const question = await asked;
    assert.equal(question.type(), "beforeunload");
    await question.accept();
    await left;
    await shows(page.getByText("Files that were not attached when you left: 2."));
    await shows(page.locator(".draft-files", { hasText: "north.pdf" }));
  });
});
