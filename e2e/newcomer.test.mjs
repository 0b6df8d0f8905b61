// Who tries Torg for the first time: the demo's citizens in one window, the office in another.
import assert from "node:assert/strict";
import { engines } from "./engines.mjs";
import { AINO, POST } from "./town.mjs";
import { isLive, onBothDatabases, read, row, shows, textField } from "./stories.mjs";

onBothDatabases("The newcomer's demo", (story) => {
  story("a letter goes from a citizen's mailbox to the office and back, twice", loop);
}, { demo: true });

// The same with a year of letters around it. Playing the year takes a minute, so on one engine.
onBothDatabases("The newcomer's demo with its year", (story) => {
  story("a letter goes from a citizen's mailbox to the office and back, among thousands", async (stage) => {
    const office = await loop(stage);
    await office.goto("/folders/closed");
    await shows(office.locator("#list .older a[href*=after]"));
    assert.equal(await office.locator("#list .item").count(), 50, "a full page of the list");
    const departments = await office.locator("#folders a[data-folder^='d-']").count();
    assert.ok(departments >= 10, `a dozen departments, not ${departments}`);
    await office.goto("/folders/all");
    assert.ok((await office.locator("#list .item").count()) > 10, "something waits");
  });
}, { demo: true, year: true, on: engines.slice(0, 1) });

/** Goes by places, not by words: the year's demo speaks Norwegian. Gives the office's window. */
async function loop({ visit }) {
  const [office, citizen] = [await visit(), await visit()];
  await office.goto("/sign-in");
  await office.locator(".demo-logins button", { hasText: "Ingrid Solheim" }).click();
  await isLive(office);

  await citizen.goto("/demo");
  assert.equal(await citizen.locator("input[name=to]").inputValue(), POST, "the general address is there already");
  await citizen.locator("input[name=name]").fill(AINO.name);
  await citizen.locator("input[name=address]").fill(AINO.from);
  await citizen.locator("input[name=subject]").fill("The ferry quay");
  await send(citizen, "Can one fish from the quay?");
  await shows(citizen.locator(".letter", { hasText: "Can one fish from the quay?" }));

  await read(office, "The ferry quay");
  await shows(office.locator("#subject", { hasText: "The ferry quay" }));
  await textField(office).fill("Yes, all year round.");
  await textField(office).press("Control+Enter");
  await shows(office.locator(".thread").getByText("Yes, all year round."));

  const answer = citizen.locator(".letter.from-us", { hasText: "Yes, all year round." });
  await comes(citizen, answer);
  await answer.locator("a[href*='answer=']").click();
  await send(citizen, "Wonderful, thank you!");
  await shows(office.locator(".thread").getByText("Wonderful, thank you!"));
  await shows(citizen.locator(".letter", { hasText: "Wonderful, thank you!" }));
  return office;
}

async function send(citizen, text) {
  await citizen.locator("textarea[name=text]").fill(text);
  await citizen.locator("form[action='/demo/letters'] button").click();
}

/** A mailbox is as old as its page, so it is asked for until the letter has come. */
async function comes(page, letter) {
  for (let tries = 0; tries < 200 && (await letter.count()) === 0; tries++) await page.reload();
  await shows(letter);
}
