// Days at the desk: a first hour, a colleague who is ill, a lead's morning, a phone in the bus.
import assert from "node:assert/strict";
import { ADA, AINO, BO, DAGNY, EINAR, INGRID } from "./town.mjs";
import { gone, isLive, onBothDatabases, read, row, shows, textField, work } from "./stories.mjs";

onBothDatabases("Days at the desk", (story) => {
  story("a new colleague's first hour: invited, and ten letters answered by keyboard alone", async ({ town, as, visit }) => {
    const ada = await as(ADA);
    await ada.goto("/settings/staff");
    const form = ada.locator("form", { has: ada.getByRole("button", { name: "Send invitation" }) });
    await form.getByLabel("Name").fill("Liv Dahl");
    await form.getByLabel("E-mail").fill("liv.dahl@fjordby.example");
    await form.getByLabel("Service").check();
    await form.getByRole("button", { name: "Send invitation" }).click();
    const mail = await town.relay.mailTo("liv.dahl@fjordby.example");
    const path = /\/welcome\/[\w-]+/.exec(mail.text.replace(/=\r?\n/g, ""))[0];

    const page = await visit();
    await page.goto(path);
    await page.getByLabel("Password").fill("four words are good");
    await page.getByRole("button", { name: "Go in" }).click();
    await isLive(page);
    await page.request.post("/account/writing", { form: { undo_seconds: "0" } });
    for (let number = 1; number <= 10; number++) {
      await town.receives(number % 2 ? AINO : EINAR, { subject: `Question ${number} of ten`, text: "May I ask you something?" });
    }
    await page.goto("/folders/unowned");
    await isLive(page);
    for (let number = 1; number <= 10; number++) await shows(row(page, `Question ${number} of ten`));
    for (let number = 10; number >= 1; number--) {
      await page.keyboard.press("j");
      await shows(page.locator("#subject", { hasText: "of ten" }));
      await page.keyboard.press("r");
      await page.keyboard.type(`Answer ${number}.`);
      await page.keyboard.press("Control+Enter");
      await shows(page.getByRole("article", { name: "Reply from Liv Dahl" }));
      await page.keyboard.press("Escape");
      await page.keyboard.press("g");
      await page.keyboard.press("u");
      await page.waitForURL(/\/folders\/unowned$/);
      await shows(page.getByText("Choose an inquiry"));
    }
    assert.equal(await page.locator("#list .item").count(), 0, "none of the ten waits");
    assert.match((await town.relay.mailTo(AINO.from)).text, /Answer \d+\./);
  });

  story("a colleague is ill today: her replies lie before all, and she gets them back", async ({ town, as }) => {
    const dagny = await as(DAGNY);
    await work(dagny);
    await town.receives(AINO, { subject: "The swing", text: "It squeaks." });
    await shows(row(dagny, "The swing"));
    await read(dagny, "The swing");
    await textField(dagny).fill("We will oil it.");
    await textField(dagny).press("Control+Enter");
    const answer = await town.relay.mailTo(AINO.from, (mail) => mail.subject.includes("The swing"));

    // Her lead says so for her: she is in bed.
    const bo = await as(BO);
    await bo.goto("/colleagues");
    const line = bo.locator("li", { has: bo.getByRole("link", { name: DAGNY.name }) });
    await line.getByText("Is away …").click();
    await line.getByRole("button", { name: "Save the absence" }).click();
    await shows(bo.getByText(/Away until/));

    await town.receives(AINO, { to: answer.replyTo, answers: answer.id, subject: `Re: ${answer.subject}`, text: "It still squeaks." });
    const ingrid = await as(INGRID);
    await work(ingrid, "unowned");
    await shows(row(ingrid, "The swing").getByText("Dagny Moe’s"));
    await read(ingrid, "The swing");
    await ingrid.keyboard.press("t");
    await shows(ingrid.locator("#head .tag", { hasText: "Yours" }));

    await dagny.goto("/colleagues");
    await dagny.getByRole("button", { name: "Is back" }).click();
    await gone(dagny.getByRole("button", { name: "Is back" }));
    await work(dagny, "mine");
    await dagny.getByRole("button", { name: "Take them back" }).click();
    await shows(row(dagny, "The swing"));
  });

  story("the lead's morning: what has no owner is given to somebody", async ({ town, as }) => {
    await town.receives(EINAR, { subject: "The fence", text: "It has fallen." });
    const bo = await as(BO);
    await work(bo, "unowned");
    await shows(row(bo, "The fence"));
    await bo.goto("/leads");
    await bo.getByRole("link", { name: /\d+ No owner/ }).click();
    await shows(bo.getByText("The fence"));
    await bo.getByText("The fence").first().click();
    await shows(bo.locator("#subject", { hasText: "The fence" }));
    await bo.keyboard.press("a");
    await bo.getByRole("dialog").getByLabel("Who should have it?").selectOption({ label: "Ingrid Solheim" });
    await bo.getByRole("button", { name: "Assign", exact: true }).click();
    await shows(bo.locator("#head .tag", { hasText: "Ingrid Solheim" }));
    const ingrid = await as(INGRID);
    await work(ingrid, "mine");
    await shows(row(ingrid, "The fence"));
  });

  story("on the phone in the bus: read, taken and answered by touch", async ({ town, as }) => {
    const page = await as(INGRID, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await town.receives(AINO, { subject: "The bus stop", text: "The glass is broken." });
    await work(page);
    await row(page, "The bus stop").getByRole("link").tap();
    await shows(page.locator("#subject", { hasText: "The bus stop" }));
    assert.ok(!(await page.locator("#list").isVisible()), "the letter has the whole window");
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(await wide(), 0, "nothing is cut off at the side");
    await textField(page).tap();
    await textField(page).fill("Thank you, somebody is on the way.");
    await page.locator("form.composer").getByRole("button", { name: /send/i }).tap();
    await shows(page.getByRole("article", { name: "Reply from Ingrid Solheim" }));
    await page.locator(".tools [data-key=back]").tap();
    await gone(page.locator("#subject"));
    assert.equal(await wide(), 0);
    assert.match((await town.relay.mailTo(AINO.from, (mail) => mail.subject.includes("bus stop"))).text, /on the way/);
  });

  story("on the narrowest phone the verbs stand in one row, and the rest under more", async ({ town, as }) => {
    const page = await as(INGRID, { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
    await town.receives(AINO, { subject: "The kiosk", text: "Its window is broken." });
    await work(page);
    await row(page, "The kiosk").getByRole("link").tap();
    await shows(page.locator("#subject", { hasText: "The kiosk" }));
    const fits = () => page.locator("#tools").evaluate((tools) => {
      const verbs = [...tools.querySelectorAll(":scope > .btn, :scope > form .btn, summary")].filter((one) => one.checkVisibility());
      const boxes = verbs.map((one) => one.getBoundingClientRect());
      return new Set(boxes.map((box) => Math.round(box.top))).size === 1 && boxes.every((box) => box.left >= 0 && box.right <= innerWidth);
    });
    assert.ok(await fits());
    await page.locator("#more summary").tap();
    await shows(page.locator("#more").getByRole("link", { name: "Snooze" }));
    await page.locator("#more summary").tap();
    await page.locator("#more summary").tap();
    await page.locator("#more").getByRole("button", { name: /spam/ }).tap();
    await shows(page.locator("#told .toast"));
    await page.goto("/folders/spam");
    await row(page, "The kiosk").getByRole("link").tap();
    await shows(page.locator("#subject", { hasText: "The kiosk" }));
    assert.ok(await fits());
  });
});
