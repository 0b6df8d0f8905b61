// The search box offers filters and their values while they are typed. Nothing is chosen until an
// arrow key chooses it, so that Enter searches as it does without a script.

/** How long she must pause before the server is asked. */
const PAUSE = 80;

let field: HTMLInputElement | null = null;
let asked = 0;
let chosen = -1;

const popup = () => field!.form!.querySelector<HTMLElement>(".filter-popup")!;
const list = () => popup().querySelector<HTMLElement>("[role=listbox]")!;
const options = () => [...list().querySelectorAll<HTMLElement>("[role=option]")];

export function startFilters(): void {
  document.addEventListener("focusin", ({ target }) => isBox(target) && dress(target));
  document.addEventListener("input", ({ target }) => {
    if (!isBox(target)) return;
    dress(target);
    field = target;
    void offer();
  });
  // Before the keys of the page: the list has the arrows while it is open.
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("focusout", ({ target }) => target === field && close());
  // Before the focus leaves the field.
  document.addEventListener("pointerdown", (event) => {
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>(".filter-popup [role=option]") : null;
    if (!option || !field) return;
    event.preventDefault();
    take(option);
  });
}

const isBox = (target: EventTarget | null): target is HTMLInputElement => target instanceof HTMLInputElement && target.matches("form.search input[name=q]");

/** A combobox only where a script makes it one. */
function dress(box: HTMLInputElement): void {
  if (box.getAttribute("role") === "combobox") return;
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", "filter-list");
}

/** What stands before the caret since the last blank outside of quotation marks, and where it begins. */
function piece(): { start: number; text: string } {
  const before = field!.value.slice(0, field!.selectionStart ?? field!.value.length);
  let [start, quoted] = [0, false];
  for (const [at, letter] of [...before].map((letter, at) => [at, letter] as const)) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted && /\s/u.test(letter)) start = at + 1;
  }
  const text = [...before].slice(start).join("");
  return { start: before.length - text.length, text };
}

async function offer(): Promise<void> {
  const question = ++asked;
  const { text } = piece();
  if (!/^\p{L}+(:|$)/u.test(text)) return close();
  await new Promise((rest) => setTimeout(rest, PAUSE));
  if (question !== asked) return;
  const answer = await fetch(`/search/filters?q=${encodeURIComponent(text)}`).then((told) => (told.ok ? told.text() : ""), () => "");
  if (question !== asked || !field?.isConnected) return;
  const page = new DOMParser().parseFromString(answer, "text/html");
  const found = [...page.querySelectorAll("#filter-choices > li")];
  if (found.length === 0) return close();
  list().replaceChildren(...found);
  popup().hidden = false;
  field.setAttribute("aria-expanded", "true");
  choose(-1);
  tell((popup().dataset["count"] ?? "").replace("#", String(found.length)));
}

function tell(words: string): void {
  const status = field?.form?.querySelector(".filter-status");
  if (status) status.textContent = words;
}

function choose(place: number): void {
  const all = options();
  chosen = place < 0 ? -1 : Math.min(place, all.length - 1);
  for (const [at, option] of all.entries()) {
    option.setAttribute("aria-selected", String(at === chosen));
    if (at === chosen) option.scrollIntoView({ block: "nearest" });
  }
  const one = all[chosen];
  if (one) field?.setAttribute("aria-activedescendant", one.id);
  else field?.removeAttribute("aria-activedescendant");
}

function close(): void {
  asked++;
  if (!field) return;
  popup().hidden = true;
  chosen = -1;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
  tell("");
}

function pressed(event: KeyboardEvent): void {
  if (!field || event.target !== field || popup().hidden || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const one = options()[chosen];
  if (event.key === "ArrowDown") choose(chosen + 1);
  else if (event.key === "ArrowUp") choose(chosen - 1);
  else if (event.key === "Tab" && !event.shiftKey) {
    // As in a terminal: what is offered first, if nothing was chosen.
    const first = one ?? options()[0];
    if (!first) return;
    take(first);
  } else if (event.key === "Enter" && one) take(one);
  else if (event.key === "Escape") close();
  else {
    if (event.key === "Enter") close();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}

/** Puts a filter in place of what was typed of it. */
function take(option: HTMLElement): void {
  const box = field!;
  const { start } = piece();
  const end = box.selectionStart ?? box.value.length;
  const rest = box.value.slice(end);
  const text = (option.dataset["text"] ?? "") + ("whole" in option.dataset && !rest.startsWith(" ") ? " " : "");
  box.value = box.value.slice(0, start) + text + rest;
  box.setSelectionRange(start + text.length, start + text.length);
  close();
  box.focus();
  if (text.endsWith(":")) void offer();
}
