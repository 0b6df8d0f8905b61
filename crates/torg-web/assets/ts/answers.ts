// Standard answers in the composer: `/` after a blank opens a list that narrows as one types, Enter
// puts the answer in, and what has no value is asked for in fields beneath the text.
import { insert, say } from "./composer";
import { choose, showParts } from "./drafts";

/** How long she must pause before the server is asked. */
const PAUSE = 80;

type Open = { form: HTMLFormElement; text: HTMLTextAreaElement; start: number; chosen: number };
let open: Open | null = null;
let asked = 0;

const composer = () => document.querySelector<HTMLFormElement>("form.composer");
const popup = (form: HTMLFormElement) => form.querySelector<HTMLElement>(".answer-popup")!;
const list = (form: HTMLFormElement) => popup(form).querySelector<HTMLElement>("[role=listbox]")!;
const options = (form: HTMLFormElement) => [...list(form).querySelectorAll<HTMLElement>("[role=option]")];

export function startAnswers(): void {
  document.addEventListener("input", ({ target }) => {
    const text = area(target);
    if (!text) return;
    follow(text);
    ask(text.form!);
  });
  // Before the keys of the page and of the composer: the list has the arrows while it is open.
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const suggested = target.closest<HTMLElement>(".suggestions [data-answer]");
    if (suggested) return use(suggested);
    const option = target.closest<HTMLElement>(".answer-popup [role=option]");
    if (option && open) return take(option);
    if (open && !target.closest(".answer-popup") && target !== open.text) close();
  });
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (target instanceof HTMLFormElement && submitter instanceof HTMLButtonElement && submitter.matches("[data-none-fits]")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return void noneFits(target, submitter);
    }
    if (!(target instanceof HTMLFormElement) || !(submitter instanceof HTMLElement) || !submitter.matches("[data-answers]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    openAnswers();
  }, true);
  document.addEventListener("change", ({ target }) => target instanceof HTMLInputElement && target.matches(".blanks [data-blank]") && give(target));
  document.addEventListener("htmx:finally:swap", settle);
  settle();
}

function area(target: EventTarget | null): HTMLTextAreaElement | null {
  return target instanceof HTMLTextAreaElement && target.name === "text" && target.form?.matches("form.composer") ? target : null;
}

/** By button or key: as if `/` were typed where she writes. */
export function openAnswers(): boolean {
  const form = composer();
  if (!form) return false;
  if (form.querySelector<HTMLInputElement>("[name=what]:checked")?.value === "note") choose("reply");
  const text = form.querySelector<HTMLTextAreaElement>("textarea[name=text]")!;
  text.focus();
  const before = text.value.slice(0, text.selectionStart);
  insert(text, before === "" || /\s$/.test(before) ? "/" : " /");
  return true;
}

/** Whether a `/` that begins a word stands before the caret, and what was typed after it. */
function follow(text: HTMLTextAreaElement): void {
  const note = text.form!.querySelector<HTMLInputElement>("[name=what]:checked")?.value === "note";
  const found = /(?:^|\s)\/((?![\s/])[^\n/]{0,60})?$/u.exec(text.value.slice(0, text.selectionStart));
  if (!found || note) return close();
  const words = found[1] ?? "";
  const start = text.selectionStart - words.length - 1;
  const before = open?.start === start ? open.chosen : 0;
  open = { form: text.form as HTMLFormElement, text, start, chosen: before };
  void offer(words);
}

async function offer(words: string): Promise<void> {
  const question = ++asked;
  await new Promise((rest) => setTimeout(rest, words ? PAUSE : 0));
  if (question !== asked || !open) return;
  const { form } = open;
  const path = `/answers/choices?inquiry=${form.dataset["inquiry"]}&q=${encodeURIComponent(words.trim())}`;
  const answer = await fetch(path).then((told) => (told.ok ? told.text() : ""), () => "");
  if (question !== asked || !open) return;
  const page = new DOMParser().parseFromString(answer, "text/html");
  const found = [...page.querySelectorAll("#answer-choices > li")];
  // Several words and nothing that fits: it was no question, and the text goes on as it is typed.
  if (found.length === 0 && words.includes(" ")) return close();
  list(form).replaceChildren(...found);
  popup(form).hidden = false;
  const { text } = open;
  text.setAttribute("aria-controls", list(form).id);
  text.setAttribute("aria-autocomplete", "list");
  pick(0);
  const words_ = popup(form).dataset;
  tell(form, found.length === 0 ? (words_["none"] ?? "") : (words_["count"] ?? "").replace("#", String(found.length)));
}

function tell(form: HTMLFormElement, words: string): void {
  const status = form.querySelector(".answer-status");
  if (status) status.textContent = words;
}

function pick(place: number): void {
  if (!open) return;
  const all = options(open.form);
  open.chosen = Math.max(0, Math.min(place, all.length - 1));
  for (const [at, option] of all.entries()) {
    option.setAttribute("aria-selected", String(at === open.chosen));
    if (at === open.chosen) option.scrollIntoView({ block: "nearest" });
  }
  const chosen = all[open.chosen];
  if (chosen) open.text.setAttribute("aria-activedescendant", chosen.id);
  else open.text.removeAttribute("aria-activedescendant");
}

function close(): void {
  asked++;
  if (!open) return;
  popup(open.form).hidden = true;
  for (const name of ["aria-activedescendant", "aria-controls", "aria-autocomplete"]) open.text.removeAttribute(name);
  tell(open.form, "");
  open = null;
}

function pressed(event: KeyboardEvent): void {
  if (event.target instanceof HTMLInputElement && event.target.matches(".blanks [data-blank]") && event.key === "Enter" && !event.ctrlKey) {
    event.preventDefault();
    return give(event.target);
  }
  const place = event.altKey && !event.ctrlKey ? /^Digit([1-3])$/.exec(event.code)?.[1] : undefined;
  // A keyboard that writes "@" by Alt and 2 means that.
  const suggested = place && event.key === place && composer()?.querySelector<HTMLElement>(`.suggestions:not([hidden]) [data-suggested="${place}"]`);
  if (suggested && suggested.checkVisibility() && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    return use(suggested);
  }
  if (!open || event.target !== open.text || popup(open.form).hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const chosen = options(open.form)[open.chosen];
  if (by) pick(open.chosen + by);
  else if ((event.key === "Enter" || event.key === "Tab") && chosen) take(chosen);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Puts an answer in place of what was typed to find it. */
function take(option: HTMLElement): void {
  if (!open) return;
  const { form, text, start } = open;
  const end = text.selectionStart;
  close();
  void put(form, text, option.dataset["answer"] ?? "", start, end);
}

async function put(form: HTMLFormElement, text: HTMLTextAreaElement, id: string, start: number, end: number): Promise<void> {
  const body = new URLSearchParams({ answer: id, what: form.querySelector<HTMLInputElement>("[name=what]:checked")?.value ?? "reply" });
  const inquiry = form.dataset["inquiry"];
  const path = `/inquiries/${inquiry}/answers`;
  const answer = await fetch(path, { method: "POST", body, headers: { "Torg-Quiet": "1" } }).catch(() => null);
  // Retired or moved behind a wall meanwhile: said, and nothing of hers is lost.
  if (!answer?.ok) return say(form, popup(form).dataset["gone"] ?? "");
  const given = (await answer.json()) as { text: string; told: string; files: number };
  // She went on to another inquiry meanwhile: it is not that one's.
  if (!text.isConnected || form.dataset["inquiry"] !== inquiry) return;
  text.setSelectionRange(start, end);
  insert(text, given.text);
  if (given.told) say(form, given.told);
  else form.querySelector(".said")?.remove();
  if (given.files > 0) await showParts(form);
  ask(form);
  const blank = /\{\{[^{}\n]+\}\}/u.exec(given.text);
  if (blank) form.querySelector<HTMLInputElement>(".blanks [data-blank]")?.focus();
}

/** Puts in what was suggested, where she writes. */
function use(button: HTMLElement): void {
  const form = button.closest<HTMLFormElement>("form.composer")!;
  const text = form.querySelector<HTMLTextAreaElement>("textarea[name=text]")!;
  close();
  void put(form, text, button.dataset["answer"] ?? "", text.selectionStart, text.selectionEnd);
}

/** How long until something that is being made ready is asked for again, and how often. */
const AGAIN = 1500;
const TIMES = 8;

/** Asks once for each letter what fits it, and only where nothing is written yet. */
async function suggest(form: HTMLFormElement): Promise<void> {
  const place = form.querySelector<HTMLElement>(".suggestions");
  const text = form.querySelector<HTMLTextAreaElement>("textarea[name=text]");
  const id = form.dataset["inquiry"] ?? "";
  if (!place || place.dataset["of"] === id || text?.value.trim()) return;
  place.dataset["of"] = id;
  for (let time = 0; time < TIMES; time++) {
    const answer = await fetch(`/inquiries/${id}/suggestions`).then((told) => (told.ok ? told.text() : ""), () => "");
    const page = new DOMParser().parseFromString(answer, "text/html").querySelector<HTMLElement>("#answer-suggestions");
    if (!place.isConnected || place.dataset["of"] !== id) return;
    fill(place, [...(page?.children ?? [])]);
    if (page?.dataset["moreSoon"] === undefined) return;
    await new Promise((rest) => setTimeout(rest, AGAIN));
    if (!place.isConnected || place.dataset["of"] !== id) return;
  }
}

/** She says that none fits, or that one does after all; what she writes stays as it is. */
async function noneFits(form: HTMLFormElement, button: HTMLButtonElement): Promise<void> {
  const place = form.querySelector<HTMLElement>(".suggestions")!;
  const body = new URLSearchParams({ back: button.value });
  const answer = await fetch(button.formAction, { method: "POST", body, headers: { "Torg-Quiet": "1" } }).catch(() => null);
  if (!answer?.ok || !place.isConnected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  place.replaceChildren(...page.querySelectorAll("#answer-suggestions > *"));
  place.querySelector<HTMLElement>("[data-none-fits]")?.focus();
}

/** What is the same stays, and so does what has the focus. */
function fill(place: HTMLElement, found: Element[]): void {
  const text = (of: Iterable<Element>) => [...of].map((one) => one.outerHTML).join("");
  if (text(found) === text(place.children) || place.contains(document.activeElement)) return;
  place.replaceChildren(...found);
  place.hidden = found.length === 0;
}

/** A field for every placeholder that stands in the text. */
function ask(form: HTMLFormElement): void {
  const text = form.querySelector<HTMLTextAreaElement>("textarea[name=text]");
  const fields = form.querySelector<HTMLFieldSetElement>(".blanks");
  if (!text || !fields) return;
  const words = [...new Set([...text.value.matchAll(/\{\{\s*([\p{L}\p{N}_ -]{1,40}?)\s*\}\}/gu)].map((found) => found[1] ?? ""))].filter(Boolean);
  const shown = [...fields.querySelectorAll<HTMLInputElement>("[data-blank]")];
  // What she is filling in just now stays as it is.
  const isSame = words.length === shown.length && shown.every((field, place) => field.dataset["blank"] === words[place]);
  fields.hidden = words.length === 0;
  if (isSame) return;
  const labels = words.map((word) => {
    const before = shown.find((field) => field.dataset["blank"] === word)?.closest("label");
    if (before) return before;
    const [label, name, field] = [document.createElement("label"), document.createElement("span"), document.createElement("input")];
    name.textContent = word;
    Object.assign(field, { autocomplete: "off", maxLength: 500 });
    field.dataset["blank"] = word;
    label.append(name, field);
    return label;
  });
  for (const old of fields.querySelectorAll("label")) if (!labels.includes(old)) old.remove();
  fields.append(...labels);
}

/** Puts what she gave in place of its placeholder, everywhere in the text, and goes on to the next. */
function give(field: HTMLInputElement): void {
  const form = field.closest<HTMLFormElement>("form.composer");
  const text = form?.querySelector<HTMLTextAreaElement>("textarea[name=text]");
  const value = field.value.trim().replace(/[{}]/g, "");
  if (!form || !text || !value) return;
  const word = field.dataset["blank"] ?? "";
  // Its field goes away while it has the focus, which would give it once more.
  field.value = "";
  const pattern = new RegExp(`\\{\\{\\s*${word}\\s*\\}\\}`, "gu");
  text.value = text.value.replace(pattern, () => value);
  text.dispatchEvent(new Event("input", { bubbles: true }));
  const next = form.querySelector<HTMLInputElement>(".blanks:not([hidden]) [data-blank]");
  if (next) next.focus();
  else text.focus();
}

/** After every page: the fields belong to the script now, which puts their values into the text. */
function settle(): void {
  const form = composer();
  if (open && !open.form.isConnected) open = null;
  for (const field of form?.querySelectorAll<HTMLInputElement>(".blanks [name]") ?? []) field.removeAttribute("name");
  if (!form) return;
  ask(form);
  void suggest(form);
}
