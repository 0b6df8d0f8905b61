// Finding what was written long ago: filters that are offered, best first, words in a file.
import assert from "node:assert/strict";
import { AINO, BO, EINAR } from "./town.mjs";
import { onBothDatabases, read, row, shows, work } from "./stories.mjs";

/** A letter with one file. */
function withFile(name, type, content) {
  return [
    "--b", "Content-Type: text/plain; charset=utf-8", "", "The papers are attached.",
    "--b", `Content-Type: ${type}; name="${name}"`, `Content-Disposition: attachment; filename="${name}"`, "", content, "--b--", "",
  ].join("\n");
}

onBothDatabases("Searching", (story) => {
  story("find last winter's letter", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    await town.receives(AINO, { subject: "Snow in our street", text: "The plough filled the driveway with snow last winter." });
    for (let number = 1; number <= 3; number++) {
      await town.receives(EINAR, { subject: `Letter ${number}`, text: "No plough, no snow, only rain." });
    }
    await shows(row(page, "Letter 3"));

    // The department is offered as she types; Enter puts in what the arrow chose.
    const box = page.locator("#q");
    await page.keyboard.press("/");
    await page.keyboard.type("plough is:un");
    const offered = page.locator("#filter-list").getByRole("option");
    await shows(offered.first());
    assert.equal(await box.getAttribute("aria-expanded"), "true");
    await page.keyboard.press("ArrowDown");
    const meant = await box.getAttribute("aria-activedescendant");
    assert.equal(await page.locator(`#${meant}`).getAttribute("aria-selected"), "true");
    await page.keyboard.press("Enter");
    assert.match(await box.inputValue(), /^plough is:un\w+ $/);
    await page.keyboard.press("Escape");
    await box.fill("plough snow");
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=plough/);
    await shows(row(page, "Snow in our street"));

    // The newest come first; what says it in its subject, when she asks for the best.
    const subjects = () => page.locator(".rows .item .what b").allInnerTexts();
    assert.equal((await subjects())[0], "Letter 3");
    await page.locator("#order summary").click();
    await page.locator("#order").getByRole("link", { name: "Best first" }).click();
    await page.waitForURL(/sort=best/);
    assert.equal((await subjects())[0], "Snow in our street");
    await shows(row(page, "Snow in our street").locator("mark", { hasText: "plough" }));
    await row(page, "Snow in our street").getByRole("link").click();
    await shows(page.locator("#subject", { hasText: "Snow in our street" }));
  });

  story("a word in a file finds the letter, and says in which file", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    await town.receives(AINO, { subject: "My papers", text: withFile("permit.html", "text/html", "<p>A <b>conservatory</b> behind the house</p>"), type: "multipart/mixed; boundary=b" });
    await shows(row(page, "My papers"));
    await page.waitForFunction(async () => (await (await fetch("/search?q=conservatory")).text()).includes("permit.html"));
    await page.goto("/search?q=conservatory");
    await shows(row(page, "My papers").getByText("permit.html"));
    await shows(row(page, "My papers").locator("mark", { hasText: "conservatory" }));
  });

  story("what is not understood is said with what to write, and one click writes it", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    await town.receives(AINO, { subject: "Beacon", text: "The beacon is out." });
    await shows(row(page, "Beacon"));
    await page.goto("/search?q=beacon+departmnt:service");
    await shows(page.getByText("“departmnt:service” was not understood"));
    await page.locator(".misread").getByRole("link", { name: "department:service" }).click();
    await page.waitForURL(/department%3Aservice|department:service/);
    await shows(row(page, "Beacon"));
    assert.equal(await page.locator(".misread").count(), 0);
    for (const odd of ["before:nonsense", "department:", "colour:red"]) {
      await page.goto(`/search?q=${encodeURIComponent(odd)}`);
      await shows(page.getByText(`“${odd}” was not understood`));
    }
  });

  story("a bare number finds its inquiry before all that was written", async ({ town, as }) => {
    const page = await as(BO);
    await work(page);
    await town.receives(AINO, { subject: "Numbered", text: "A matter." });
    await read(page, "Numbered");
    const number = (await page.locator("#head .tag.tnum").innerText()).split("-")[1];
    await town.receives(EINAR, { subject: "A house", text: `I live at number ${number} and ${number}.` });
    await page.goto(`/search?q=${number}`);
    const first = page.locator("#rows a").first();
    await shows(first.getByText("Numbered"));
    await first.click();
    await shows(page.locator("#subject", { hasText: "Numbered" }));
  });

  story("without a choice, Enter searches for what was typed", async ({ as }) => {
    const page = await as(BO);
    await work(page);
    await page.keyboard.press("/");
    await page.keyboard.type("from");
    await shows(page.locator("#filter-list").getByRole("option").first());
    await page.keyboard.press("Enter");
    await page.waitForURL(/q=from$/);
  });
});
