// A trainee answers with standard answers: by suggestion, by `/`, without a mouse; what has no value
// is asked for and never leaves; a good reply becomes an answer.
import assert from "node:assert/strict";
import { comesIn, forgive, gone, onBothDatabases, read, row, shows, textField, work } from "./stories.mjs";
import { ADA, AINO, BO, INGRID } from "./town.mjs";
import { waitFor } from "./wait.mjs";

const ANSWERS = [
  ["Street lights that are out", "Hi {{first_name}}.\n\nWe mend the street lamp within five working days.", "The lamp is dark\nThe street light is broken"],
  ["When bins are emptied", "Hi {{first_name}}.\n\nBins are emptied every week. The calendar is on our website.", "When is the rubbish collected?\nOur bin was not emptied"],
  ["Applying for kindergarten", "Hi {{first_name}}.\n\nApply before 1 March. Places are offered in {{month}}.", "How do I apply for kindergarten?"],
  ["Snow clearing", "Hi {{first_name}}.\n\nMain roads are cleared first, then the others.", "When does the plough come?\nThe snow has not been cleared"],
  ["Opening hours", "We are open from 8 to 15.30.", "When are you open?"],
];
const LETTERS = [
  ["Dark", "Hello, the street lamp outside our house is dark. When will you mend it?", "five working days"],
  ["Rubbish", "Our bin was not emptied yesterday. When is the rubbish collected?", "every week"],
  ["Snow", "The snow on our road has not been cleared. When does the plough come?", "cleared first"],
  ["Open", "When are you open on Fridays?", "8 to 15.30"],
  ["Lamp", "A street light by the school is broken and it is very dark there.", "five working days"],
  ["Bins", "When is the rubbish collected in our street? The bin is full.", "every week"],
  ["Plough", "When does the plough come to Hill Road? Nobody has cleared the snow.", "cleared first"],
  ["Hours", "Please tell me when you are open, I want to come on Monday.", "8 to 15.30"],
  ["Light", "Hi, the light by the bridge is out. Will somebody mend the lamp?", "five working days"],
];

/** So many letters that were answered as the computer would have, in place of those before; all of
    them lie in the inquiry of the newest letter. */
function history(answer, count) {
  const numbers = `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;
  return `
    delete from automatic_outcomes; delete from automatic_answers; delete from messages where id <= 1000;
    insert into messages (id, inquiry, position, direction, kind, author, subject, body, quoted, language, has_html, at, send_state)
      ${numbers} select i, (select max(id) from inquiries), i + 1, 1, 1, 'Aino', '', '', '', 'en', 0, i, 0 from n;
    insert into automatic_answers (id, letter, answer, version, language, body, address, sureness, threshold, model, sampled, at)
      ${numbers} select i, i, ${answer}, 1, 'en', '', 'old@citizen.example', 950, 910, 'model-1', 0, i from n;
    insert into automatic_outcomes (automatic, kind, at) ${numbers} select i, 1, i from n;
    insert into settings (name, value) values ('automatic.model', 'model-1') on conflict (name) do update set value = excluded.value;`;
}

/** Nothing cuts it off or lies over it: it is what a pointer would touch there. */
async function inSight(page, locator) {
  const isTouched = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const touched = document.elementFromPoint(left + Math.min(width / 2, 40), top + height / 2);
    return element.contains(touched);
  };
  await waitFor("it is in sight", () => locator.first().evaluate(isTouched));
}

/** While the ranking learns of answers that were just written, it shows what it knew before. */
async function ranked(page, subject) {
  const id = /[0-9]+$/.exec(await row(page, subject).getByRole("link").getAttribute("href"))[0];
  const told = async () => (await page.request.get(`/inquiries/${id}/suggestions`)).text();
  await waitFor("what fits it best", async () => !(await told()).includes("data-more-soon"), 60);
}

onBothDatabases("Standard answers", (story) => {
  story("a trainee answers ten letters with standard answers", async ({ town, as }) => {
    const lead = await as(BO);
    for (const [title, body, questions] of ANSWERS) {
      const form = { version: "0", stage: "in-use", "title-en": title, "body-en": body, "questions-en": questions };
      const kept = await lead.request.post("/answers", { form });
      assert.equal(kept.status(), 200, title);
    }
    const page = await as(INGRID);
    forgive(page, 409);
    await work(page);
    for (const [subject, text, expected] of LETTERS) {
      await town.receives(AINO, { subject, text });
      await shows(row(page, subject));
      await ranked(page, subject);
      await read(page, subject);
      await shows(page.locator(".suggestions [data-suggested]"));
      await page.keyboard.press("r");
      await page.keyboard.press("Alt+1");
      await page.waitForFunction((words) => document.querySelector("form.composer textarea").value.includes(words), expected);
      assert.doesNotMatch(await textField(page).inputValue(), /\{\{/);
      await page.keyboard.press("Control+Enter");
      await shows(page.getByRole("article", { name: "Reply from Ingrid Solheim" }).filter({ hasText: expected }));
    }
    await town.receives(AINO, { subject: "Kindergarten", text: "We are new here. What do we do about a place for our daughter?" });
    await shows(row(page, "Kindergarten"));
    await read(page, "Kindergarten");
    await page.keyboard.press("r");
    await page.keyboard.type("/xyzzy");
    const said = page.locator(".offers .none");
    await shows(said.filter({ hasText: "No answer for “xyzzy”. Ctrl+J opens all of them." }));
    await inSight(page, said);
    for (let letter = 0; letter < 6; letter++) await page.keyboard.press("Backspace");
    await page.keyboard.type("/garten");
    const option = page.getByRole("option", { name: /Applying for kindergarten/ });
    await shows(option);
    await inSight(page, option);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("form.composer textarea").value.includes("Apply before"));
    await textField(page).press("Control+Enter");
    await shows(page.getByText("Something is missing in the text: {{month}}"));
    await page.getByLabel("month").fill("April");
    await page.keyboard.press("Enter");
    await textField(page).press("Control+Enter");
    await shows(page.getByRole("article", { name: "Reply from Ingrid Solheim" }).filter({ hasText: "offered in April" }));
  }, 240_000);

  story("the next letter is told which earlier ones got the same answer", async ({ town, as }) => {
    // A night goes by, in which what was chosen is learnt.
    await town.tampers("insert into settings (name, value) select 'answers.learnt', cast(max(id) as text) || ' 1' from answer_lessons where true on conflict (name) do update set value = excluded.value;");
    const page = await as(INGRID);
    await work(page);
    await town.receives(AINO, { subject: "Still dark", text: "Hello, the street lamp outside our house is dark again. When will you mend it?" });
    await shows(row(page, "Still dark"));
    await ranked(page, "Still dark");
    await read(page, "Still dark");
    await page.keyboard.press("r");
    const first = page.locator(".suggestions li").first();
    await shows(first.getByText("Street lights that are out"));
    const earlier = first.locator(".earlier a");
    assert.equal(await earlier.count(), 2, "the two nearest");
    assert.match(await earlier.first().innerText(), /^\d\d-\d+ (Dark|Lamp|Light)$/);
    await earlier.first().click();
    await shows(page.getByRole("article", { name: "Reply from Ingrid Solheim" }).filter({ hasText: "five working days" }));
  });

  story("a bare sign offers what fits the letter first, also on a phone and without a script", async ({ town, as }) => {
    const page = await as(INGRID);
    await town.receives(AINO, { subject: "The full bin", text: "Our bin was not emptied. When is the rubbish collected?" });
    await work(page);
    await comesIn(page, row(page, "The full bin"));
    await ranked(page, "The full bin");
    await read(page, "The full bin");
    await page.keyboard.press("r");
    await page.keyboard.type("/");
    await shows(page.locator(".offers[data-of=answers] [role=option]").first().getByText("When bins are emptied"));
    await shows(page.getByRole("option", { name: /Applying for kindergarten/ }));
    const keys = page.locator(".offers[data-of=answers] .keys");
    await shows(keys);
    await page.setViewportSize({ width: 390, height: 844 });
    await keys.waitFor({ state: "hidden" });
    await page.keyboard.press("Escape");
    await page.keyboard.press("Backspace");

    const plain = await as(INGRID, { javaScriptEnabled: false });
    await plain.goto(new URL(page.url()).pathname);
    await plain.getByRole("button", { name: "Standard answers that fit" }).click();
    const fitting = plain.getByRole("region", { name: "Standard answers that fit" });
    await fitting.getByRole("listitem").first().getByRole("link", { name: "When bins are emptied" }).click();
    await shows(plain.getByRole("button", { name: "Insert" }));
    await plain.getByRole("link", { name: "Back to the letter" }).click();
    await shows(plain.getByText("Our bin was not emptied").first());
    await plain.goBack();
    await plain.getByRole("button", { name: "Insert" }).click();
    assert.match(await textField(plain).inputValue(), /Bins are emptied every week/);
  });

  story("files of an answer go along with the letter, and stay out of it if they are taken out", async ({ town, as }) => {
    const lead = await as(BO);
    await lead.goto("/answers?q=openings+hour");
    await lead.getByRole("link", { name: "Opening hours" }).first().click();
    const file = { name: "hours.pdf", mimeType: "application/pdf", buffer: Buffer.from("a plan") };
    await lead.locator("main input[type=file]").setInputFiles(file);
    await lead.getByRole("button", { name: "Add files" }).click();
    await shows(lead.getByRole("link", { name: "hours.pdf" }));

    const page = await as(INGRID);
    await work(page);
    for (const subject of ["Easter", "Whitsun"]) {
      await town.receives(AINO, { subject, text: "When are you open then?" });
      await shows(row(page, subject));
      await read(page, subject);
      await page.keyboard.press("r");
      await page.keyboard.type("/opening");
      await shows(page.getByRole("option", { name: /Opening hours/ }));
      await page.keyboard.press("Enter");
      await shows(page.locator(".draft-files", { hasText: "hours.pdf" }));
      if (subject === "Whitsun") {
        await page.getByRole("button", { name: "Remove hours.pdf" }).click();
        await gone(page.locator(".draft-files"));
      }
      await textField(page).press("Control+Enter");
      const reply = page.getByRole("article", { name: "Reply from Ingrid Solheim" });
      await shows(reply.filter({ hasText: "8 to 15.30" }));
      assert.equal(await reply.getByText("hours.pdf").count(), subject === "Easter" ? 1 : 0, subject);
    }
  });

  story("a good reply is kept as a standard answer, without a script too", async ({ town, as }) => {
    await town.receives(AINO, { subject: "Boat place", text: "Where do I ask for a place for my boat?" });
    const page = await as(INGRID, { javaScriptEnabled: false });
    await page.goto("/folders/all");
    await comesIn(page, row(page, "Boat place"));
    await row(page, "Boat place").getByRole("link").click();
    await textField(page).fill("Hi Aino,\nthe harbour office gives out places in May.");
    await page.getByRole("button", { name: "Keep as answer" }).click();
    await shows(page.getByRole("heading", { name: "Keep as standard answer" }));
    const folded = page.locator("details.language:not([open]) > summary").first();
    assert.match(await folded.evaluate((one) => getComputedStyle(one, "::after").content), /›/, "it is seen that it opens");
    const body = page.locator("textarea[name=body-en]");
    assert.equal((await body.inputValue()).trim(), "Hi {{first_name}},\nthe harbour office gives out places in May.");
    await page.locator("#stage").selectOption("draft");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await shows(page.getByRole("heading", { name: "Boat place", level: 1 }));
  });

  story("leads see what a computer would have answered, and switch it on when it is surely right", async ({ town, as }) => {
    const ada = await as(ADA);
    const form = { version: "0", stage: "in-use", "title-en": "Boat places", "body-en": "The harbour office gives out places in May.", "questions-en": "Where do I ask for a boat place?" };
    assert.equal((await ada.request.post("/answers", { form })).status(), 200);
    await ada.goto("/answers?q=Boat+places");
    await ada.getByRole("link", { name: "Boat places" }).first().click();
    await ada.getByRole("button", { name: "Allow", exact: true }).click();
    await shows(ada.getByText("May be sent automatically", { exact: true }));
    const answer = new URL(ada.url()).pathname.split("/").pop();

    const lead = await as(BO);
    await lead.goto("/answers");
    await lead.getByRole("link", { name: "Automatic answers" }).click();
    await shows(lead.getByText("The language model is missing."));
    assert.ok(await lead.getByRole("button", { name: /^Answering/ }).isDisabled());
    await lead.getByRole("button", { name: /^On trial/ }).click();
    await shows(lead.locator("button[name=mode][value=shadow][aria-pressed=true]"));
    // It is said that nothing comes of it, and who is to do what.
    await shows(lead.getByText("Switched, but nothing happens until the language model is installed"));
    await shows(lead.getByText("Ask an administrator to install it."));
    await shows(lead.getByRole("button", { name: /^On trial.*Needs the language model/s }));
    await ada.goto("/answers/automatic");
    await shows(ada.getByText(/torg model install/));

    await town.receives(AINO, { subject: "Boat", text: "Where do I ask for a boat place?" });
    await lead.goto("/folders/all");
    await shows(row(lead, "Boat"));
    await town.tampers(history(answer, 148));
    await lead.goto("/answers/automatic");
    await shows(lead.getByText("One letter more without a fault, and letters may be answered."));
    await town.tampers(history(answer, 149));
    await lead.reload();
    await shows(lead.getByText("Nothing is missing: letters may be answered."));
    await lead.getByRole("button", { name: /^Answering/ }).click();
    await shows(lead.locator("button[name=mode][value=live][aria-pressed=true]"));
    await lead.getByRole("link", { name: "Log" }).click();
    await shows(lead.locator(".lines .tag").getByText("Only noted").first());
    await lead.getByLabel("How it turned out").selectOption("disagreed");
    await lead.getByRole("button", { name: "Show", exact: true }).click();
    await shows(lead.getByRole("heading", { name: "Nothing here" }));

    // Another text must be tried anew.
    await ada.goto(`/answers/${answer}/edit`);
    await ada.locator("textarea[name=body-en]").fill("The harbour office gives out places in June.");
    await ada.getByRole("button", { name: "Save", exact: true }).click();
    await shows(ada.getByRole("heading", { name: "Boat places", level: 1 }));
    await lead.goto("/answers/automatic");
    await shows(lead.getByText("the text of an answer was changed"));
    await shows(lead.getByText("149 letters more without a fault"));
  });
});
