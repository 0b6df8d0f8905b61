// House style in the composer: hints a moment after the text was saved, and greeting and closing by
// a button. Without a script the same buttons lead through a page.

/** Shorter texts are only begun, and nothing is said of them. */
const SHORTEST = 40;

let asked = 0;

export function startStyle(): void {
  document.addEventListener("torg:saved", ({ target }) => target instanceof HTMLFormElement && void check(target));
  // Turned from a note to a letter, the text is another one once everybody has heard of it.
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === "what" && target.form) setTimeout(check, 0, target.form);
  });
  document.addEventListener("htmx:finally:swap", settle);
  document.addEventListener("submit", greet, true);
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-find]") : null;
    if (button) find(button);
  });
  settle();
}

/** A draft that is opened has hints at once. */
function settle(): void {
  const form = document.querySelector<HTMLFormElement>("form.composer");
  if (form && !form.dataset["checked"]) void check(form);
}

const area = (form: HTMLFormElement) => form.querySelector<HTMLTextAreaElement>("textarea[name=text]")!;

async function check(form: HTMLFormElement): Promise<void> {
  const place = form.querySelector<HTMLElement>(".style-hints");
  const text = area(form).value;
  if (!place) return;
  form.dataset["checked"] = "1";
  const mine = ++asked;
  const found = text.trim().length < SHORTEST ? "" : await ask(form, text);
  if (mine !== asked || !place.isConnected) return;
  const isOpen = place.querySelector("details")?.open ?? false;
  place.replaceChildren(...new DOMParser().parseFromString(found, "text/html").body.childNodes);
  place.hidden = !found.trim();
  const details = place.querySelector("details");
  if (details) details.open = isOpen;
  for (const button of place.querySelectorAll<HTMLElement>("[data-find]")) button.hidden = false;
}

async function ask(form: HTMLFormElement, text: string): Promise<string> {
  const body = new URLSearchParams({ text });
  const path = `/inquiries/${form.dataset["inquiry"]}/drafts/hints`;
  const told = await fetch(path, { method: "POST", body, headers: { "Torg-Quiet": "1" } }).catch(() => null);
  return told?.ok ? await told.text() : "";
}

/** Puts greeting and closing around the text; the browser's own undo takes them away again. */
function greet(event: SubmitEvent): void {
  const { target: form, submitter } = event;
  if (!(form instanceof HTMLFormElement) || !(submitter instanceof HTMLElement) || !submitter.matches("[data-greet]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  void greeted(form, area(form).value);
}

async function greeted(form: HTMLFormElement, before: string): Promise<void> {
  const body = new URLSearchParams({ text: before });
  const path = `/inquiries/${form.dataset["inquiry"]}/drafts/greeting`;
  const told = await fetch(path, { method: "POST", body, headers: { "Torg-Quiet": "1" } }).catch(() => null);
  const text = area(form);
  // What she typed meanwhile is not written over.
  if (!told?.ok || !text.isConnected || text.value !== before) return;
  const { text: after } = (await told.json()) as { text: string };
  text.focus();
  if (after === before) return;
  text.select();
  if (!document.execCommand("insertText", false, after)) text.setRangeText(after, 0, text.value.length, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
  const gap = before.trim() ? after.indexOf(before.trim()) + before.trim().length : after.indexOf("\n\n") + 2;
  text.setSelectionRange(gap, gap);
}

/** Selects the words a hint is about. */
function find(button: HTMLElement): void {
  const text = button.closest<HTMLFormElement>("form.composer")?.querySelector("textarea");
  const words = button.dataset["find"] ?? "";
  if (!text || !words) return;
  // The hint's words have single blanks where the text may have line ends.
  const pattern = words.split(" ").map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
  const found = new RegExp(pattern, "u").exec(text.value);
  if (!found) return;
  text.focus();
  text.setSelectionRange(found.index, found.index + found[0].length);
}
