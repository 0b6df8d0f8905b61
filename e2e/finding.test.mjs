// Finding one's way: filters and search with addresses, the palette, keys that wait, going back.
import assert from "node:assert/strict";
import { AINO, BO, EINAR } from "./town.mjs";
import { forgiveNoLine, gone, onBothDatabases, read, row, shows, work } from "./stories.mjs";

onBothDatabases("Finding one's way", (story) => {
  story("a filter has an address, and back undoes it", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    await town.receives(AINO, { subject: "A lamp is out", text: "By the school." });
    await town.receives(EINAR, { subject: "A bench wants paint", text: "Green, please." });
    await shows(row(page, "A lamp is out"));
    await read(page, "A bench wants paint");
    await page.keyboard.press("Insert");
    await shows(row(page, "A bench wants paint").getByText("Urgent"));

    await page.locator(".chips").getByRole("link", { name: "Urgent" }).click();
    await gone(row(page, "A lamp is out"));
    assert.match(page.url(), /urgent=1/);
    await page.locator(".chips").getByRole("link", { name: "Unread" }).click();
    await page.waitForURL(/unread=1/);
    await shows(row(page, "A bench wants paint"));
    await page.goBack();
    await page.goBack();
    await shows(row(page, "A lamp is out"));
    assert.doesNotMatch(page.url(), /urgent/);
  });

  story("a list that comes late does not stand for the folder she went on to", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    let release;
    const held = new Promise((resolve) => (release = resolve));
    await page.route("**/folders/all/list?*", async (route) => {
      await held;
      await route.continue();
    });
    const asked = page.waitForRequest("**/folders/all/list?*");
    await town.receives(AINO, { subject: "A gull took my lunch", text: "At the quay." });
    await asked;
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await shows(page.getByRole("heading", { name: "Closed" }));
    const again = page.waitForResponse("**/folders/closed/list?*");
    release();
    await again;
    assert.equal(await page.locator("#list-title").innerText(), "Closed");
  });

  story("X chooses one after another, and one act does them all", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    for (const subject of ["A bin is full", "A bin is broken"]) {
      await town.receives(EINAR, { subject, text: "In the park." });
      await shows(row(page, subject));
    }
    await row(page, "A bin is full").getByRole("link").focus();
    await page.keyboard.press("x");
    await row(page, "A bin is broken").getByRole("link").focus();
    await page.keyboard.press("x");
    await shows(page.locator("#bulk-count", { hasText: "2" }));
    await page.locator("#bulk").getByRole("button", { name: "Close" }).click();
    await gone(row(page, "A bin is full"));
    await gone(row(page, "A bin is broken"));
    // Z takes back what the toast offers, and says so.
    await shows(page.locator("#told").getByText("2 closed"));
    await page.keyboard.press("z");
    await shows(page.locator("#told").getByText("2 are as they were before"));
    assert.equal(await page.locator("#told [data-key=z]").count(), 0);
    await shows(row(page, "A bin is full"));
    await shows(row(page, "A bin is broken"));

    // Two are one matter; a third is somebody else's, and the toast leads to where that is told.
    await town.receives(AINO, { subject: "A bin is on fire", text: "Now!" });
    await shows(row(page, "A bin is on fire"));
    for (const subject of ["A bin is full", "A bin is broken", "A bin is on fire"]) await row(page, subject).locator(".pick input").check();
    await page.locator("#bulk").getByRole("button", { name: "More" }).click();
    await page.getByRole("button", { name: "Merge", exact: true }).click();
    await shows(page.locator("#told").getByText("1 done, 1 not"));
    await gone(row(page, "A bin is broken"));
    await page.locator("#told").getByRole("link", { name: "Show" }).click();
    await shows(page.getByText("It is from another person"));
    await gone(page.locator("#told .toast"));
    await page.getByRole("button", { name: "Undo all of it" }).click();
    await shows(page.locator("#told").getByText("1 as it was before").or(page.locator("#told").getByText("One is as it was before")));
    await page.goto("/folders/all");
    await shows(row(page, "A bin is broken"));

    // U marks what is chosen as unread, and Z takes that back.
    await read(page, "A bin is broken");
    await gone(page.locator(".item.unread", { hasText: "A bin is broken" }));
    await row(page, "A bin is broken").locator(".pick input").check();
    await page.keyboard.press("u");
    await shows(page.locator(".item.unread", { hasText: "A bin is broken" }));
    await page.keyboard.press("z");
    await gone(page.locator(".item.unread", { hasText: "A bin is broken" }));
  });

  story("all of the closed folder is chosen at once, and opened again", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    for (const subject of ["One gate", "Another gate"]) {
      await town.receives(EINAR, { subject, text: "In the park." });
      await shows(row(page, subject));
      await row(page, subject).locator(".pick input").check();
    }
    await page.locator("#bulk").getByRole("button", { name: "Close" }).click();
    await gone(row(page, "Another gate"));
    await page.goto("/folders/closed");
    await row(page, "One gate").locator(".pick input").check();
    await shows(page.locator("#bulk-count", { hasText: "1" }));
    await page.getByLabel(/All in the folder/).check();
    assert.equal(await page.locator("#bulk-count").innerText(), "", "the rows that are shown are not all");
    await page.locator("#bulk").getByRole("button", { name: "Reopen" }).click();
    await shows(page.locator("#told .toast"));
    assert.equal(await row(page, "gate").count(), 0);
    await page.goto("/folders/all");
    await shows(row(page, "One gate"));
    await shows(row(page, "Another gate"));
  });

  story("what is due next stands under how near it is", async ({ as }) => {
    const page = await as(BO);
    await work(page);
    await page.locator("#order summary").click();
    await page.locator("#order").getByRole("link", { name: "Due first" }).click();
    await page.waitForURL(/sort=due/);
    await shows(page.getByRole("heading", { name: "No deadline" }));
    await shows(row(page, "A lamp is out"));
  });

  story("a view is kept, stands among the folders, and is brought back", async ({ as }) => {
    const page = await as(BO);
    await page.goto("/folders/all?urgent=1");
    await page.getByRole("link", { name: "Save as view" }).click();
    await page.getByLabel("Name").fill("On fire");
    await page.getByRole("button", { name: "Save" }).click();
    await shows(page.locator("#folders").getByRole("link", { name: /On fire\s*1/ }));
    assert.equal(await page.locator("#list-title").innerText(), "On fire");
    await page.goto("/views");
    await page.getByRole("button", { name: "Remove" }).click();
    await shows(page.getByText("“On fire” was removed."));
    await page.getByRole("button", { name: "Undo" }).click();
    await shows(page.locator("main").getByRole("link", { name: "On fire" }));
  });

  story("a number opens, a name finds the person, words find the letter", async ({ as }) => {
    const page = await as(BO);
    await work(page);
    await page.keyboard.press("/");
    await page.keyboard.type("school");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=school/);
    await shows(row(page, "A lamp is out"));
    await row(page, "A lamp is out").getByRole("link").click();
    const number = await page.locator("#head .tag.tnum").innerText();
    await page.locator("#q").fill("Einar");
    await page.keyboard.press("Enter");
    await shows(page.locator(".met").getByRole("link", { name: /Einar Holm/ }));
    await page.locator("#q").fill(number);
    await page.keyboard.press("Enter");
    await shows(page.locator("#subject", { hasText: "A lamp is out" }));
  });

  story("what was searched for stays while a card is open over a letter, and after it", async ({ as }) => {
    const page = await as(BO);
    await page.goto("/search?q=school");
    await read(page, "A lamp is out");
    for (const key of ["v", "a", "s", "l", "h"]) {
      await page.keyboard.press(key);
      await shows(page.locator("#card"));
      await shows(row(page, "A lamp is out"));
      await page.keyboard.press("Escape");
      await gone(page.locator("#card"));
      assert.match(page.url(), /folders\/search\/inquiries\/\d+\?q=school$/);
    }
    // The address of a card is one that can be sent to a colleague.
    await page.keyboard.press("s");
    await shows(page.locator("#card"));
    await page.reload();
    await shows(page.locator("#card"));
    await shows(row(page, "A lamp is out"));

    // A letter that is sent on from its arrow does not lead to another folder either.
    await page.keyboard.press("Escape");
    await gone(page.locator("#card"));
    await page.getByRole("link", { name: "Forward this letter" }).first().click();
    await shows(page.locator("form.composer [name=what][value=forward]:checked"));
    await shows(row(page, "A lamp is out"));

    // On a phone the arrow leads back to what was found.
    await page.setViewportSize({ width: 390, height: 780 });
    await page.goto("/search?q=school");
    await read(page, "A lamp is out");
    await page.getByRole("link", { name: "Back to the list" }).click();
    await page.waitForURL(/folders\/search\?q=school$/);
    await shows(row(page, "A lamp is out"));
  });

  story("the palette goes, does and finds", async ({ as }) => {
    const page = await as(BO);
    await work(page);
    const field = page.getByRole("combobox", { name: "Commands" });
    await page.keyboard.press("Control+k");
    await field.fill("awaiting");
    await page.keyboard.press("Enter");
    await page.waitForURL(/folders\/waiting/);

    await page.goto("/folders/all");
    await read(page, "A lamp is out");
    await page.keyboard.press("Control+k");
    // A name is looked for; it does nothing that only has its letters, as "All departments" has these.
    await field.fill("lars");
    assert.match(await page.locator("#palette-list [role=option]").first().innerText(), /lars/);
    // Words may be left out of what is meant.
    await field.fill("all dep");
    assert.match(await page.locator("#palette-list [role=option]").first().innerText(), /All departments/);
    await field.fill("mark un");
    assert.match(await page.locator("#palette-list [role=option]").first().innerText(), /Mark as unread/);
    await field.fill("take");
    await page.keyboard.press("Enter");
    await shows(page.locator("#head .tag", { hasText: "Yours" }));

    // O follows, H links or merges, G D and G V go to drafts and views, also from a page without folders.
    await page.keyboard.press("o");
    await shows(page.locator("#head .tag", { hasText: "You follow it" }));
    await page.keyboard.press("h");
    await shows(page.locator("#card-number"));
    await page.goto("/account");
    await page.locator("main").waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("v");
    await page.waitForURL(/\/views$/);
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await page.waitForURL(/folders\/drafts/);
    await page.keyboard.press("Control+k");
    await field.fill("answers");
    await shows(page.getByRole("option", { name: "Answers", exact: true }));
    await page.keyboard.press("Escape");

    await page.keyboard.press("Control+k");
    await field.fill("bench");
    await shows(page.getByRole("option", { name: /A bench wants paint/ }));
    await page.keyboard.press("ArrowDown");
    const meant = await field.getAttribute("aria-activedescendant");
    assert.equal(await page.locator(`#${meant}`).getAttribute("aria-selected"), "true");
    await page.getByRole("option", { name: /A bench wants paint/ }).click();
    await shows(page.locator("#subject", { hasText: "A bench wants paint" }));
  });

  story("a letter comes without the list beside it, and back finds the one before", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    await town.receives(AINO, { subject: "A hedge is high", text: "At the corner." });
    await shows(row(page, "A hedge is high"));
    await read(page, "A bench wants paint");
    const [answer] = await Promise.all([page.waitForResponse(/folders\/all\/inquiries\/\d+$/), read(page, "A hedge is high")]);
    const sent = await answer.text();
    assert.ok(sent.includes("id=\"reading\"") && !sent.includes("id=\"rows\""), "the list is there already");
    await shows(page.locator("#list .item > a[aria-current]", { hasText: "A hedge is high" }));
    await gone(page.locator("#list .item.unread", { hasText: "A hedge is high" }));
    assert.match(await page.title(), /A hedge is high/);
    await page.goBack();
    await shows(page.locator("#subject", { hasText: "A bench wants paint" }));
    await shows(page.locator("#list .item > a[aria-current]", { hasText: "A bench wants paint" }));
    await page.reload();
    await shows(page.locator("#subject", { hasText: "A bench wants paint" }));
  });

  story("a list that is read stands still, and a button shows what is newer", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    await read(page, "A bench wants paint");
    const place = () => row(page, "A bench wants paint").boundingBox();
    const before = await place();
    await town.receives(AINO, { subject: "A gate is stuck", text: "It does not close." });
    await shows(page.locator("#newer", { hasText: "Newer: 1" }));
    assert.deepEqual(await place(), before);
    await page.locator("#newer").click();
    await gone(page.locator("#newer"));
    await page.keyboard.press("k");
    await shows(page.locator("#subject"));
  });

  story("a key waits for the letter it was meant for", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    await town.receives(AINO, { subject: "A path is icy", text: "Careful." });
    await shows(row(page, "A path is icy"));
    await read(page, "A bench wants paint");
    await page.route(/inquiries\/\d+$/, async (route) => {
      await new Promise((passed) => setTimeout(passed, 600));
      await route.continue();
    });
    await row(page, "A path is icy").getByRole("link").click();
    await page.keyboard.press("t");
    await shows(page.locator("#reading[data-waiting]"));
    await shows(page.locator("#subject", { hasText: "A path is icy" }));
    await shows(row(page, "A path is icy").getByTitle("Bo Lindqvist"));
    assert.equal(await row(page, "A bench wants paint").getByTitle("Bo Lindqvist").count(), 0);
  });

  story("single keys can be switched off, the others stay", async ({ as }) => {
    const page = await as(BO);
    await work(page);
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Shortcuts" });
    await help.getByLabel("Use single letters").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    assert.equal(await help.isVisible(), false);
    await page.keyboard.press("Control+Shift+Digit3");
    await page.waitForURL(/folders\/mine/);
    await page.evaluate(() => localStorage.clear());
  });

  story("without a line nothing is done, nothing is lost, and it is said", async ({ as }) => {
    const page = await as(BO);
    await work(page);
    await read(page, "A bench wants paint");
    await page.locator("form.composer textarea").fill("We come on Tuesday.");
    await page.locator("#subject").click();
    forgiveNoLine(page);
    await page.context().setOffline(true);
    await page.keyboard.press("t");
    await shows(page.locator("#news").getByText("Not connected. That was not done"));
    await page.context().setOffline(false);
    assert.equal(await page.locator("form.composer textarea").inputValue(), "We come on Tuesday.");
  });

  story("older letters come in place, and back finds the row again", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    for (let number = 1; number <= 60; number++) {
      await town.receives(AINO, { subject: `Letter ${number} of many`, text: "A few words." });
    }
    await shows(row(page, "Letter 60 of many"));
    await page.goto("/folders/unowned");
    await page.locator("#older").scrollIntoViewIfNeeded();
    await shows(row(page, "Letter 2 of many"));
    await row(page, "Letter 3 of many").getByRole("link").click();
    await shows(page.locator("#subject", { hasText: "Letter 3 of many" }));
    await page.locator("#folders [data-folder=mine]").click();
    await page.waitForURL(/folders\/mine/);
    await page.goBack();
    await shows(page.locator("#subject", { hasText: "Letter 3 of many" }));
    await page.goBack();
    await shows(row(page, "Letter 3 of many"));
    await page.waitForFunction(() => document.activeElement?.closest(".item")?.textContent?.includes("Letter 3 of many"));
  });

  story("keys act on what is ticked, and not on the letter that is open", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    for (const subject of ["A fence is high", "A fence is dry", "A fence is gone"]) {
      await town.receives(EINAR, { subject, text: "In the park." });
      await shows(row(page, subject));
    }
    // No letter is open: the row that has the focus is meant.
    await row(page, "A fence is gone").getByRole("link").focus();
    await page.keyboard.press("Insert");
    await shows(page.locator("#told").getByText("1 marked as urgent"));
    await shows(row(page, "A fence is gone").getByText("Urgent"));
    await read(page, "A fence is gone");
    await row(page, "A fence is high").locator(".pick input").check();
    await row(page, "A fence is dry").locator(".pick input").check();
    await page.keyboard.press("t");
    await shows(page.locator("#told").getByText("2 taken"));
    await row(page, "A fence is high").locator(".pick input").check();
    await row(page, "A fence is dry").locator(".pick input").check();
    await page.keyboard.press("v");
    await shows(page.getByRole("heading", { name: "What should be done to the 2?" }));
    await page.goBack();
    await row(page, "A fence is high").locator(".pick input").check();
    await row(page, "A fence is dry").locator(".pick input").check();
    await page.keyboard.press("e");
    await shows(page.locator("#told").getByText("2 closed"));
    await gone(row(page, "A fence is high"));
    await shows(row(page, "A fence is gone"));
    // Nothing is ticked any more: the letter that is open is meant.
    await read(page, "A fence is gone");
    await page.keyboard.press("e");
    await gone(row(page, "A fence is gone"));
    await page.goto("/folders/closed");
    await shows(row(page, "A fence is dry"));
  });

  story("what was done can be undone for twenty seconds, also from another letter", async ({ town, as }) => {
    const page = await as(BO);
    await page.clock.install();
    await work(page);
    for (const subject of ["A stone is loose", "A stone is wet", "A stone is big"]) {
      await town.receives(EINAR, { subject, text: "On the stairs." });
      await shows(row(page, subject));
    }
    await row(page, "A stone is loose").locator(".pick input").check();
    await page.keyboard.press("e");
    await shows(page.locator("#told").getByText("1 closed"));
    await gone(row(page, "A stone is loose"));
    await page.clock.fastForward(10_000);
    await read(page, "A stone is wet");
    await row(page, "A stone is wet").locator(".pick input").check();
    await read(page, "A stone is big");
    await shows(page.locator("#told").getByText("1 closed"));
    assert.ok(await row(page, "A stone is wet").locator(".pick input").isChecked(), "what is ticked stays so");
    await page.keyboard.press("z");
    await shows(page.locator("#told").getByText("One is as it was before"));
    await shows(row(page, "A stone is loose"));
    await read(page, "A stone is loose");
    await page.keyboard.press("e");
    await shows(page.locator("#told [data-key=z]"));
    // Pointed at, it stays; else it goes.
    await page.locator("#told .toast").hover();
    await page.clock.runFor(30_000);
    await shows(page.locator("#told [data-key=z]"));
    await page.mouse.move(0, 0);
    await page.clock.runFor(30_000);
    await gone(page.locator("#told .toast"));
  });
});
