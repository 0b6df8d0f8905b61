// What somebody is writing is never lost, and never sent past something newer.
import assert from "node:assert/strict";
import { AINO, BO, DAGNY, EINAR, INGRID } from "./town.mjs";
import { forgive, gone, onBothDatabases, read, row, shows, signIn, textField, work } from "./stories.mjs";

const LONG = Array.from({ length: 80 }, (_, line) => `Line ${line + 1} of a long letter.`).join("\n");

/** Whether nothing of it lies outside of what is seen of its form. */
function isWhole(element) {
  const [own, form] = [element.getBoundingClientRect(), element.form.getBoundingClientRect()];
  return own.top >= form.top && own.bottom <= form.bottom;
}

onBothDatabases("Writing", (story) => {
  story("a half-written text keeps its caret while everything around it changes", async ({ town, as }) => {
    const [page, colleague] = await Promise.all([as(INGRID), as(BO)]);
    await town.receives(AINO, { subject: "The library", text: LONG });
    await work(page);
    await read(page, "The library");
    const text = textField(page);
    await text.click();
    await page.keyboard.type("Dear Aino, we are open");
    for (let step = 0; step < "open".length; step++) await page.keyboard.press("ArrowLeft");
    await page.locator(".scroller").evaluate((element) => element.scrollBy(0, 300));
    const before = await placeOfLetter(page);
    assert.ok(before < 0, "she is in the middle of the letter");

    await town.receives(EINAR, { subject: "The swimming hall", text: "When does it open?" });
    await shows(row(page, "The swimming hall"));
    await work(colleague);
    await read(colleague, "The library");
    await colleague.keyboard.press("i");
    await colleague.keyboard.type("They moved last week.");
    await colleague.keyboard.press("Control+Enter");
    await shows(page.getByText("They moved last week.").first());

    await page.keyboard.type("not ");
    assert.equal(await text.inputValue(), "Dear Aino, we are not open");
    const moved = Math.abs((await placeOfLetter(page)) - before);
    assert.ok(moved < 2, `what she reads has moved by ${moved} px`);
  });

  story("on a small laptop the letter has the room until somebody writes", async ({ town, as }) => {
    const page = await as(INGRID);
    await page.setViewportSize({ width: 1366, height: 657 });
    await town.receives(AINO, { subject: "The long bench", text: LONG });
    await work(page);
    await read(page, "The long bench");
    const room = () => page.locator(".scroller").evaluate((element) => element.clientHeight);
    const send = page.getByRole("button", { name: /^Take and send/ });
    assert.ok((await room()) > 250, `a letter is read in ${await room()} px`);
    assert.equal(await send.isVisible(), false);
    await textField(page).click();
    await page.keyboard.type("It is mended.");
    assert.ok(await send.isVisible());
    assert.ok(await textField(page).evaluate(isWhole), "what she writes is in sight");
    assert.ok((await room()) > 100, `beside the answer it is read in ${await room()} px`);
    await shows(page.getByText("Draft saved"));
    const before = await send.boundingBox();
    await page.keyboard.type(" Since Monday.");
    assert.deepEqual(await send.boundingBox(), before, "no button moves while she types");
  });

  story("what is typed while the letter is on its way stands in the letter", async ({ town, as }) => {
    const page = await as(INGRID);
    await town.receives(AINO, { subject: "The green bench", text: "Is it new?" });
    await work(page);
    await read(page, "The green bench");
    let go;
    const typed = new Promise((resolve) => (go = resolve));
    await page.route("**/claim", async (route) => {
      await typed;
      await route.continue();
    });
    await page.keyboard.press("t");
    await page.keyboard.press("r");
    await page.keyboard.type("Yes, we tell everybody.");
    go();
    await page.waitForFunction(() => document.querySelector("form.composer textarea").value === "Yes, we tell everybody.");
    await shows(page.locator("#head .tag", { hasText: "Yours" }));
    assert.equal(await textField(page).inputValue(), "Yes, we tell everybody.");
  });

  story("Z takes back an answer that still waits", async ({ town, as }) => {
    const page = await as(INGRID);
    await page.request.post("/account/writing", { form: { undo_seconds: "30" } });
    await town.receives(AINO, { subject: "The blue bench", text: "Who may paint it?" });
    await work(page);
    await read(page, "The blue bench");
    await page.locator("#tools").getByRole("button", { name: /^Take/ }).click();
    await shows(page.locator("#head .tag", { hasText: "Yours" }));
    await work(page, "mine");
    await read(page, "The blue bench");
    await page.keyboard.press("r");
    await page.keyboard.type("Everybody may.");
    await page.keyboard.press("Control+Enter");
    await shows(page.locator("#told .taking-back"));
    await page.keyboard.press("z");
    await shows(textField(page).and(page.locator(":not(:placeholder-shown)")));
    assert.equal(await textField(page).inputValue(), "Everybody may.");
    assert.match(page.url(), /\/folders\/mine\/inquiries\//, "she is where she was");
    await page.request.post("/account/writing", { form: { undo_seconds: "0" } });
  });

  story("what is refused says so until she goes on, at an address that can be loaded again", async ({ town, as }) => {
    const [page, colleague] = await Promise.all([as(INGRID), as(BO)]);
    await town.receives(AINO, { subject: "The red bench", text: "May I have it?" });
    await work(page);
    await read(page, "The red bench");
    await work(colleague);
    await read(colleague, "The red bench");
    forgive(page, 409);
    forgive(page, "ERR_FAILED");
    // She is a moment behind.
    await page.route("**/thread*", (route) => route.abort());
    await colleague.keyboard.press("t");
    await shows(colleague.locator("#told .toast"));
    await page.locator("#tools").getByRole("button", { name: /^Take/ }).click();
    const refused = page.locator("#head > .notice", { hasText: "Bo Lindqvist" });
    await shows(refused);
    await page.unroute("**/thread*");
    await colleague.keyboard.press("i");
    await colleague.keyboard.type("It is for children.");
    await colleague.keyboard.press("Control+Enter");
    await shows(page.getByText("It is for children."));
    assert.ok(await refused.isVisible());
    const address = page.url();
    assert.match(address, /\/inquiries\/\d+$/);
    await page.reload();
    assert.equal(page.url(), address);
    await shows(page.locator("#subject", { hasText: "The red bench" }));
  });

  story("a letter gets the greeting of the house, and what reads like officialese is pointed out", async ({ town, as }) => {
    const page = await as(INGRID);
    await town.receives(AINO, { subject: "The old lamp", text: "When will you mend the lamp by the harbour?" });
    await work(page);
    await read(page, "The old lamp");
    await page.keyboard.press("r");
    await page.keyboard.type("We shall commence with the lamp by the harbour on Monday.");
    const hints = page.locator(".style-hints");
    await hints.getByText("3 hints on style").click();
    await shows(hints.getByText("The letter has no greeting."));
    await hints.getByRole("listitem").filter({ hasText: "commence" }).getByRole("button", { name: "Show" }).click();
    await page.keyboard.type("begin");
    await page.getByRole("button", { name: "Greeting" }).click();
    await gone(hints);
    assert.equal(await textField(page).inputValue(), "Dear Aino,\n\nWe shall begin with the lamp by the harbour on Monday.\n\nKind regards");
  });

  story("@ in a note offers who may read it, and whoever is named is told", async ({ town, as }) => {
    const page = await as(INGRID);
    await town.receives(AINO, { subject: "The ladder", text: "Somebody left a ladder at the school." });
    await work(page);
    await read(page, "The ladder");
    await page.keyboard.press("i");
    await page.keyboard.type("Mail bo@fjordby.example, or ask @");
    const offered = page.locator(".offers[data-of=colleagues]").getByRole("option");
    await shows(offered.filter({ hasText: BO.name }));
    assert.equal(await offered.filter({ hasText: INGRID.name }).count(), 0, "she need not name herself");
    assert.ok(await textField(page).getAttribute("aria-activedescendant"));
    await page.keyboard.type("li");
    await page.waitForFunction(() => document.querySelectorAll("[data-of=colleagues] [role=option]").length === 1);
    await page.keyboard.press("Enter");
    assert.equal(await textField(page).inputValue(), `Mail bo@fjordby.example, or ask @${BO.name} `);
    await gone(offered);
    await page.keyboard.type("or @d");
    await shows(offered.filter({ hasText: DAGNY.name }));
    await page.keyboard.press("Escape");
    await page.keyboard.type("ad who is not offered any more");
    await gone(offered);
    await page.keyboard.press("Control+Enter");
    await shows(page.getByRole("article", { name: /note/i }).filter({ hasText: "@Bo Lindqvist or @dad" }));
    const bo = await as(BO);
    await bo.goto("/notices");
    await shows(bo.locator("main").getByText("The ladder").first());
  });

  story("a reply is held back if the citizen wrote meanwhile, and can be sent anyway", async ({ town, as }) => {
    const page = await as(INGRID);
    await town.receives(AINO, { subject: "My dog is gone", text: "He is brown." });
    await work(page);
    await read(page, "My dog is gone");
    await page.keyboard.press("r");
    await page.keyboard.type("What is he called?");
    await page.keyboard.press("Control+Enter");
    await shows(page.getByRole("article", { name: "Reply from Ingrid Solheim" }));
    const answer = await town.relay.mailTo(AINO.from, (mail) => mail.subject.includes("My dog"));

    await page.keyboard.press("Escape");
    await page.keyboard.press("r");
    await page.keyboard.type("Have you phoned the shelter?");
    await town.receives(AINO, { to: answer.replyTo, answers: answer.id, subject: `Re: ${answer.subject}`, text: "He came home by himself!" });
    await shows(page.locator(".thread").getByText("He came home by himself!"));
    assert.equal(await textField(page).inputValue(), "Have you phoned the shelter?");

    forgive(page, 409);
    await page.keyboard.press("Control+Enter");
    await shows(page.getByText("Aino Berg wrote while you were writing."));
    await shows(page.locator("form.composer blockquote").getByText("He came home by himself!"));
    assert.equal(await textField(page).inputValue(), "Have you phoned the shelter?");

    await page.getByRole("button", { name: "Send anyway" }).click();
    await shows(page.locator(".thread").getByText("Have you phoned the shelter?"));
    await gone(page.getByText("Aino Berg wrote while you were writing."));
    assert.equal(await textField(page).inputValue(), "");
    await town.relay.mailTo(AINO.from, (mail) => mail.text.includes("Have you phoned the shelter?"));
  });

  story("a text waits while another letter is looked at", async ({ town, as }) => {
    const page = await as(INGRID);
    await town.receives(AINO, { subject: "First matter", text: "One." });
    await town.receives(EINAR, { subject: "Second matter", text: "Two." });
    await work(page);
    await read(page, "First matter");
    await page.keyboard.press("r");
    await page.keyboard.type("Half of an answer");
    await read(page, "Second matter");
    assert.equal(await textField(page).inputValue(), "");
    await read(page, "First matter");
    assert.equal(await textField(page).inputValue(), "Half of an answer");
  });

  story("the session ends in mid-reply, and the text survives signing in again", async ({ town, visit }) => {
    const [page, other] = [await visit(), await visit()];
    await signIn(page, DAGNY);
    await town.receives(EINAR, { subject: "A question on fees", text: "What does it cost?" });
    await work(page);
    await read(page, "A question on fees");
    await page.keyboard.press("r");
    await page.keyboard.type("It costs nothing, Einar.");

    await signIn(other, DAGNY);
    await other.goto("/account");
    await other.getByRole("button", { name: "Sign out there" }).click();
    await shows(page.getByText("You are signed out"));

    forgive(page, 401);
    await page.keyboard.press("Control+Enter");
    await shows(page.getByRole("heading", { name: "Sign in" }));
    await signIn(page, DAGNY);
    await shows(page.getByRole("heading", { name: "A question on fees" }));
    assert.equal(await textField(page).inputValue(), "It costs nothing, Einar.");
    await textField(page).press("Control+Enter");
    await shows(page.locator(".thread").getByText("It costs nothing, Einar."));
    await town.relay.mailTo(EINAR.from, (mail) => mail.text.includes("It costs nothing, Einar."));
  });
});

const placeOfLetter = (page) => page.locator(".thread .message").first().evaluate((element) => element.getBoundingClientRect().top);
