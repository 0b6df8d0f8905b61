// Several colleagues at once, and what some of them must not see.
import assert from "node:assert/strict";
import { ADA, AINO, BO, DAGNY, EINAR, INGRID, WELFARE } from "./town.mjs";
import { forgive, gone, onBothDatabases, read, row, shows, work } from "./stories.mjs";

onBothDatabases("Colleagues", (story) => {
  story("two claim in the same second: one gets it, the other reads who", async ({ town, as }) => {
    const pages = await Promise.all([as(INGRID), as(BO)]);
    await town.receives(AINO, { subject: "A pothole", text: "In front of number 7." });
    for (const page of pages) {
      await work(page);
      await read(page, "A pothole");
      await shows(page.getByRole("button", { name: "Take it" }));
      forgive(page, 409);
    }
    // Neither claim leaves before both have clicked: the button goes as soon as the other's is known.
    let go;
    const bothClicked = new Promise((resolve) => { go = resolve; });
    let waiting = pages.length;
    for (const page of pages) {
      await page.route("**/claim", async (route) => {
        if (--waiting === 0) go();
        await bothClicked;
        await route.continue();
      });
    }
    await Promise.all(pages.map((page) => page.getByRole("button", { name: "Take it" }).click()));

    const outcomes = await Promise.all(pages.map(async (page) => {
      await shows(page.locator("#head .tag.accent:has-text('Yours'), #head .notice, #head .tag:has-text('Ingrid'), #head .tag:has-text('Bo')"));
      return (await page.locator("#head .tag", { hasText: "Yours" }).count()) === 1;
    }));
    assert.equal(outcomes.filter(Boolean).length, 1, "exactly one owns it");
    const [winner, loser] = outcomes[0] ? [INGRID, pages[1]] : [BO, pages[0]];
    await shows(loser.locator("#head").getByText(winner.name).first());
    await shows(loser.locator("#tools").getByRole("link", { name: "Refer" }));
    assert.equal(await loser.getByRole("button", { name: "Take it" }).count(), 0);
  });

  story("a letter finds its department by one key, and comes back by another", async ({ town, as }) => {
    const ada = await as(ADA);
    await ada.goto("/settings/departments");
    await ada.locator("main").getByRole("link", { name: "Roads" }).click();
    await ada.getByLabel("What the department does").fill("Roads, asphalt, potholes, pavements, street lamps, snow");
    await ada.getByRole("region", { name: "How letters find this department" }).getByRole("button", { name: "Save" }).click();
    await shows(ada.getByText("What the department does", { exact: true }).last());

    const ingrid = await as(INGRID);
    await work(ingrid);
    await town.receives(EINAR, { subject: "Broken asphalt", text: "The asphalt of our road is broken. When will you repair the potholes?" });
    await read(ingrid, "Broken asphalt");
    const roads = ingrid.locator(".proposal").getByRole("button", { name: /Roads/ });
    await shows(roads.getByText("asphalt"));
    await ingrid.keyboard.press(await roads.getAttribute("data-key"));
    await shows(ingrid.locator("#head .tag", { hasText: "Roads" }));
    const back = ingrid.locator(".proposal").getByRole("button", { name: /Not ours/ });
    await shows(back);
    await ingrid.keyboard.press("n");
    await shows(ingrid.locator("#head .tag", { hasText: "Service" }));
    await gone(roads);

    // A rule knows better, and is tried before it is kept.
    await ada.goto("/settings/delegation");
    await ada.getByLabel("One of these words (one a line)").fill("asphalt");
    await ada.getByLabel("Goes to").selectOption({ label: "Roads" });
    await ada.getByRole("button", { name: "Try it on old letters" }).click();
    await shows(ada.getByRole("status").getByText("Broken asphalt"));
    await ada.getByRole("region", { name: "New rule" }).getByRole("button", { name: "Save" }).click();
    await shows(ada.getByText("words: asphalt").first());
    await town.receives(EINAR, { subject: "More asphalt", text: "It is worse now." });
    await read(ingrid, "More asphalt");
    await shows(ingrid.getByText("A rule sent it from Service to Roads"));
  });

  story("who clicks on a list that is a moment old is told who was faster", async ({ town, as }) => {
    const [ingrid, bo] = [await as(INGRID), await as(BO, { javaScriptEnabled: false })];
    await town.receives(AINO, { subject: "A swing is broken", text: "On the playground." });
    await work(ingrid);
    await shows(row(ingrid, "A swing is broken"));
    await bo.goto("/folders/all");
    await row(ingrid, "A swing is broken").getByRole("button").click();
    await shows(row(ingrid, "A swing is broken").getByTitle("Ingrid Solheim"));

    forgive(bo, 409);
    await row(bo, "A swing is broken").getByRole("button").click();
    await shows(bo.getByText("Ingrid Solheim already has it."));
  });

  story("what one does, the other's list and open letter show", async ({ town, as }) => {
    const [ingrid, bo] = await Promise.all([as(INGRID), as(BO)]);
    await town.receives(EINAR, { subject: "A tree has fallen", text: "Over the path by the lake." });
    for (const page of [ingrid, bo]) {
      await work(page);
      await read(page, "A tree has fallen");
    }
    await ingrid.keyboard.press("t");
    await shows(row(bo, "A tree has fallen").getByTitle("Ingrid Solheim"));
    await shows(bo.locator("#head .tag", { hasText: "Ingrid Solheim" }));

    await ingrid.getByLabel("More").click();
    await ingrid.getByRole("button", { name: "Mark as urgent" }).click();
    await shows(row(bo, "A tree has fallen").getByText("Urgent"));
    await shows(bo.locator("#head .tag", { hasText: "Urgent" }));

    await ingrid.keyboard.press("v");
    const card = ingrid.getByRole("dialog", { name: "Refer to another department" });
    await card.getByLabel("Department").selectOption({ label: "Roads" });
    await card.getByLabel("Why?").fill("Yours to cut");
    await card.getByRole("button", { name: "Refer" }).click();
    await shows(bo.getByText("Ingrid Solheim referred it from Service to Roads"));
    await shows(row(bo, "A tree has fallen").getByText("Roads"));

    await bo.keyboard.press("a");
    await bo.getByRole("dialog").getByLabel("Who should have it?").selectOption({ label: "Bo Lindqvist (me)" });
    await bo.getByRole("button", { name: "Assign", exact: true }).click();
    await shows(row(ingrid, "A tree has fallen").getByTitle("Bo Lindqvist"));

    await bo.keyboard.press("e");
    await shows(ingrid.locator("#head .tag", { hasText: "Closed" }));
    // The list she reads stands still: what left it is greyed until she does something herself.
    await shows(ingrid.locator("#list .item.left", { hasText: "A tree has fallen" }));
    await ingrid.locator("#folders").getByRole("link", { name: "All departments" }).click();
    await gone(row(ingrid, "A tree has fallen"));
  });

  story("a restricted department stays closed to outsiders", async ({ town, as }) => {
    const [outsider, member] = await Promise.all([as(INGRID), as(DAGNY)]);
    await Promise.all([work(outsider), work(member)]);
    await town.receives(EINAR, { to: WELFARE, subject: "About a child", text: "In confidence." });
    await town.receives(EINAR, { subject: "About a bench", text: "It wants paint." });

    await read(member, "About a child");
    const address = new URL(member.url()).pathname;

    await shows(row(outsider, "About a bench"));
    assert.equal(await row(outsider, "About a child").count(), 0, "no row");
    assert.equal(await outsider.getByText("Child welfare").count(), 0, "no folder and no count");
    const [hers, theirs] = await Promise.all([outsider, member].map(countOfAll));
    assert.equal(theirs - hers, 1, "the count of all is without it");

    await read(outsider, "About a bench");
    await shows(outsider.locator("#person", { hasText: "Einar Holm" }));
    assert.equal(await outsider.locator("#person").getByText("About a child").count(), 0, "no past");

    forgive(outsider, 404);
    const answer = await outsider.goto(address);
    assert.equal(answer.status(), 404, "no page on the link");
    await shows(outsider.getByRole("heading", { name: "Nothing here" }));
  });
});

const countOfAll = async (page) => Number(await page.locator("#folders [data-folder=all] .count").innerText());
