// Spam is taught and untaught: by key and many at once, what Torg then does by itself, and how it forgets.
import assert from "node:assert/strict";
import { ADA, AINO, INGRID } from "./town.mjs";
import { gone, onBothDatabases, read, row, shows, work } from "./stories.mjs";
import { waitFor } from "./wait.mjs";

const ENOUGH = 21;
const spam = (number) => [
  { name: "Lucky Spins", from: `win${number}@jackpot.example` },
  { subject: `Casino bonus number ${number}`, text: `Casino bonus jackpot spins ord${number * 7}, winner offer prize voucher claim.` },
];
const honest = (number) => [
  { name: `Neighbour ${number}`, from: `neighbour${number}@citizen.example` },
  { subject: `Lamp number ${number}`, text: `The lamp in our street is dark ord${number * 11}. Kind regards, a neighbour.` },
];

onBothDatabases("Spam", (story) => {
  story("one letter is marked by key, lies in the folder, and comes back by undo and by key", async ({ town, as }) => {
    const page = await as(INGRID);
    await work(page);
    await town.receives(AINO, { subject: "You have won", text: "Really." });
    await shows(row(page, "You have won"));
    await read(page, "You have won");
    await page.keyboard.press("!");
    await shows(page.locator("#told").getByText("is spam, and Torg learnt it"));
    await gone(row(page, "You have won"));
    await page.keyboard.press("z");
    await shows(row(page, "You have won"));

    await page.keyboard.press("!");
    await gone(row(page, "You have won"));
    await work(page, "spam");
    await read(page, "You have won");
    await shows(page.locator("#head .tag", { hasText: "Spam" }));
    await page.keyboard.press("b");
    await gone(row(page, "You have won"));
    await work(page, "all");
    await shows(row(page, "You have won"));
    await read(page, "You have won");
    await page.getByRole("button", { name: /^Close/ }).click();
    await gone(row(page, "You have won"));
  });

  story("spam is taught and untaught", async ({ town, as }) => {
    const page = await as(INGRID);
    await work(page);
    const marks = async (letters, button) => {
      for (let number = 0; number < ENOUGH; number++) await town.receives(...letters(number));
      await waitFor("all rows", async () => (await page.locator("#rows .item").count()) === ENOUGH);
      await page.locator("#rows .item .pick input").first().check();
      await page.locator("#bulk-all").check();
      await page.locator("#bulk button[value=more]").click();
      await page.getByRole("button", { name: button }).click();
      await shows(page.locator("#told .toast"));
    };
    await marks(spam, "Mark as spam");
    await shows(page.getByText("Everything done").or(page.locator("#rows .empty")));
    await shows(page.locator('[data-folder="spam"] .count', { hasText: String(ENOUGH) }));
    await marks(honest, "This is a letter, not spam");

    const ada = await as(ADA);
    const learnt = (letters, of) => waitFor("what was learnt", async () => {
      await ada.goto("/settings/spam");
      const facts = await ada.locator("dl.facts dd").allInnerTexts();
      return facts[0] === String(letters) && facts[1] === String(of);
    });
    await learnt(ENOUGH + 1, ENOUGH);
    // The border is drawn when everything is learnt anew, in the background.
    let number = 100;
    await waitFor("a border", async () => {
      await town.receives(...spam(++number));
      await waitFor("it is filed", async () => {
        await page.goto(`/search?q=${encodeURIComponent(`"number ${number}"`)}`);
        return (await row(page, `Casino bonus number ${number}`).count()) > 0;
      });
      await page.goto("/folders/spam");
      return (await row(page, `Casino bonus number ${number}`).count()) > 0;
    });
    await work(page, "spam");
    await read(page, `Casino bonus number ${number}`);
    const why = await shows(page.getByRole("complementary", { name: "Why this looks like spam" }));
    assert.ok((await why.getByRole("listitem").count()) > 0, "at least one reason");
    await shows(page.getByText("Torg put it among the spam"));

    await ada.goto("/settings/spam");
    await ada.getByRole("button", { name: "Take back" }).first().click();
    await shows(ada.getByText("The lesson is taken back"));
    await learnt(ENOUGH, ENOUGH);
    await ada.locator("summary", { hasText: "Forget everything learnt" }).click();
    await ada.getByRole("button", { name: "Forget everything learnt" }).click();
    await learnt(0, 0);
    await town.receives(...spam(200));
    await work(page, "all");
    await shows(row(page, "Casino bonus number 200"));
  });
});
