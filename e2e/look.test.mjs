// What only a browser shows of the municipality's look, and of the guide for who is new.
import assert from "node:assert/strict";
import { ADA, DAGNY } from "./town.mjs";
import { forgive, gone, onBothDatabases, read, shows, work } from "./stories.mjs";

onBothDatabases("The look and the guide", (story) => {
  story("who is new is shown round by keyboard, and then left alone", async ({ as }) => {
    const page = await as(DAGNY);
    await page.request.post("/guide/return");
    await work(page);
    const guide = page.getByRole("complementary", { name: "Welcome to Torg" });
    await shows(guide.getByText("1 of 5"));
    const before = await page.locator("#list").boundingBox();
    await guide.getByRole("button", { name: "Next" }).press("Enter");
    await shows(guide.getByText("2 of 5"));
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H3", "it is read out");
    const told = page.waitForResponse("**/guide/dismissal");
    await page.keyboard.press("Escape");
    await gone(guide);
    assert.deepEqual(await page.locator("#list").boundingBox(), before, "nothing has moved");
    await told;
    await work(page);
    await gone(guide);
  });

  story("the guide lies over the workspace alone, and a form that was kept is empty again", async ({ town, as }) => {
    const page = await as(ADA);
    await town.receives({ name: "Wera", from: "wera@citizen.example" }, { subject: "A guide", text: "Please." });
    await page.request.post("/guide/return");
    await work(page);
    const guide = page.getByRole("complementary", { name: "Welcome to Torg" });
    await shows(guide);
    await page.locator(".item .pick input").first().check();
    await page.locator("#bulk button[value=more]").click();
    await shows(page.locator("main.page button[value=claim]"));
    assert.equal(await guide.isVisible(), false);

    await page.goto("/settings/tags");
    const [name, other] = [page.locator("#tag-name"), page.locator("input[name=name]").last()];
    await name.fill("Parks");
    await page.getByRole("button", { name: "Make the tag" }).click();
    await shows(page.locator("main .tag", { hasText: "Parks" }));
    await page.waitForFunction(() => document.querySelector("#tag-name").value === "");
    await page.locator("details.fold > summary", { hasText: "Parks" }).click();
    forgive(page, 422);
    await other.fill("Parks and lakes");
    await name.fill("Parks");
    await page.getByRole("button", { name: "Make the tag" }).click();
    await shows(page.getByText("That tag is there already."));
    assert.equal(await name.inputValue(), "Parks", "what was not kept stays");
  });

  story("a name without a blank stays within its letter", async ({ town, as }) => {
    const page = await as(DAGNY);
    await town.receives({ name: "W".repeat(300), from: "w@citizen.example" }, { subject: "A long name", text: "Mine." });
    await work(page);
    await read(page, "A long name");
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      const [inside, room] = await page.locator(".message header").first().evaluate((header) => [header.scrollWidth, header.clientWidth]);
      assert.ok(inside <= room, `${inside} in ${room}`);
    }
  });

  story("on a phone the strip of settings shows where one is", async ({ as }) => {
    const page = await as(ADA);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto("/settings/tags");
    const links = page.locator(".sidelinks a");
    const isSeen = () => page.locator(".sidelinks [aria-current]").evaluate((link) => {
      const [all, one] = [link.closest(".sidelinks").getBoundingClientRect(), link.getBoundingClientRect()];
      return one.left >= all.left && one.right <= all.right;
    });
    const last = (await links.last().getAttribute("href")) ?? "";
    await page.goto(last);
    await shows(links.last());
    assert.ok(await isSeen(), "loaded");
    await links.first().click();
    await page.locator(".sidelinks li:first-child [aria-current]").waitFor();
    assert.ok(await isSeen(), "followed");
  });

  story("in high contrast, where one is stands out on every page", async ({ as }) => {
    const page = await as(ADA);
    await page.emulateMedia({ forcedColors: "active" });
    for (const path of ["/settings/theme", "/notices", "/account"]) {
      await page.goto(path);
      const marks = page.locator("[aria-current]:visible");
      await shows(marks.first());
      const outlines = await marks.evaluateAll((all) => all.map((one) => getComputedStyle(one).outlineStyle));
      assert.ok(outlines.every((style) => style === "solid"), `${path}: ${outlines}`);
    }
  });

  story("a colour that cannot be read is told so before it is set, and the nearest is one click away", async ({ as }) => {
    const page = await as(ADA);
    forgive(page, 422);
    await page.goto("/settings/theme");
    await page.getByLabel("Your colour").fill("#ffcc00");
    await shows(page.locator(".verdict .fails", { hasText: "White words on the colour" }));
    await page.getByRole("button", { name: "Save" }).click();
    await shows(page.getByRole("alert").filter({ hasText: "it was not set" }));
    await page.getByRole("button", { name: "Use #" }).click();
    await shows(page.getByRole("button", { name: "Torg’s own colour" }));
    assert.equal(await page.locator(".verdict .fails").count(), 0);
    const stranger = await page.context().browser().newContext();
    const start = await stranger.newPage();
    await start.goto(new URL("/sign-in", page.url()).href);
    const colour = await start.getByRole("button", { name: "Sign in", exact: true }).evaluate((button) => getComputedStyle(button).backgroundColor);
    assert.equal(colour, await page.locator("button.primary").first().evaluate((button) => getComputedStyle(button).backgroundColor));
    await stranger.close();
    await page.getByRole("button", { name: "Undo" }).first().click();
    await shows(page.getByText("undid an earlier change"));
  });
});
