// Standard answers in the composer: `/` after a blank opens a list that narrows as one types, Enter
// puts the answer in, and what has no value is asked for in fields beneath the text.
import { insert, say } from "./composer";
import { choose, showParts } from "./drafts";
import { offer, type Typed } from "./offers";

const composer = () => document.querySelector<HTMLFormElement>("form.composer");

export function startAnswers(): void {
  document.addEventListener("input", ({ target }) => {
    const text = area(target);
    if (text) ask(text.form!);
  });
  offer({
    popup: ".offers[data-of=answers]",
    isEager: true,
    typed: (field, caret) => (area(field) ? slash(field as HTMLTextAreaElement, caret) : null),
    path: (field, words) => `/answers/choices?inquiry=${field.form!.dataset["inquiry"]}&q=${encodeURIComponent(words)}`,
    take: (field, option, { start, end }) => void give(field.form!, field as HTMLTextAreaElement, option.dataset["answer"] ?? "", start, end),
    left: takeAway,
  });
  // Before the keys of the page and of the composer.
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const suggested = target.closest<HTMLElement>(".suggestions [data-answer]");
    if (suggested) use(suggested);
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
  document.addEventListener("change", ({ target }) => target instanceof HTMLInputElement && target.matches(".blanks [data-blank]") && fillIn(target));
  document.addEventListener("torg:turned", ({ target }) => target instanceof HTMLFormElement && ask(target));
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
  takeAway(text);
  text.focus();
  const { value, selectionStart: caret } = text;
  const before = value.slice(0, caret);
  const sign = before === "" || /\s$/.test(before) ? "/" : " /";
  put = { text, start: caret, end: caret + sign.length, value: `${before}${sign}${value.slice(text.selectionEnd)}` };
  insert(text, sign);
  return true;
}

/** The sign that [`openAnswers`] put there itself, and the whole text with it. */
let put: { text: Element; start: number; end: number; value: string } | null = null;

/** Takes that sign away again where nothing was typed since: it is no part of a letter. */
function takeAway(text: HTMLTextAreaElement | HTMLInputElement): void {
  const sign = put;
  put = null;
  if (sign?.text !== text || sign.value !== text.value) return;
  text.setRangeText("", sign.start, sign.end, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

/** A `/` that begins a word before the caret of a letter, and what was typed after it. */
function slash(text: HTMLTextAreaElement, caret: number): Typed | null {
  const isNote = text.form!.querySelector<HTMLInputElement>("[name=what]:checked")?.value === "note";
  const found = isNote ? null : /(?:^|\s)\/((?![\s/])[^\n/]{0,60})?$/u.exec(text.value.slice(0, caret));
  const words = found?.[1] ?? "";
  return found && { start: caret - words.length - 1, end: caret, words };
}

function pressed(event: KeyboardEvent): void {
  if (event.target instanceof HTMLInputElement && event.target.matches(".blanks [data-blank]") && event.key === "Enter" && !event.ctrlKey) {
    event.preventDefault();
    return fillIn(event.target);
  }
  const place = event.altKey && !event.ctrlKey ? /^Digit([1-3])$/.exec(event.code)?.[1] : undefined;
  // A keyboard that writes "@" by Alt and 2 means that.
  const suggested = place && event.key === place && composer()?.querySelectorAll<HTMLElement>(".suggestions:not([hidden]) [data-answer]")[Number(place) - 1];
  if (suggested && suggested.checkVisibility() && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    // While more is to be known of the letter, another may come in its place.
    if (suggested.dataset["suggested"]) use(suggested);
  }
}

/** Puts an answer in place of what was typed to find it. */
async function give(form: HTMLFormElement, text: HTMLTextAreaElement, id: string, start: number, end: number): Promise<void> {
  const body = new URLSearchParams({ answer: id, what: form.querySelector<HTMLInputElement>("[name=what]:checked")?.value ?? "reply" });
  const inquiry = form.dataset["inquiry"];
  const path = `/inquiries/${inquiry}/answers`;
  const answer = await fetch(path, { method: "POST", body, headers: { "Torg-Quiet": "1" } }).catch(() => null);
  // Retired or moved behind a wall meanwhile: said, and nothing of hers is lost.
  if (!answer?.ok) return say(form, form.querySelector<HTMLElement>(".offers[data-of=answers]")?.dataset["gone"] ?? "");
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
  takeAway(text);
  void give(form, text, button.dataset["answer"] ?? "", text.selectionStart, text.selectionEnd);
}

/** How long until something that is being made ready is asked for again, and how often. */
const AGAIN = 1500;
const TIMES = 8;

/** Counts the letters for which something was asked, so that only the newest is waited for. */
let asking = 0;

/** Asks once for each letter what fits it, and only where nothing is written yet. */
async function suggest(form: HTMLFormElement): Promise<void> {
  const place = form.querySelector<HTMLElement>(".suggestions");
  const text = form.querySelector<HTMLTextAreaElement>("textarea[name=text]");
  const id = place?.dataset["for"];
  if (!place || !id || place.dataset["of"] === id || text?.value.trim()) return;
  place.dataset["of"] = id;
  const turn = ++asking;
  const isOver = () => turn !== asking || !place.isConnected || place.dataset["of"] !== id;
  for (let time = 0; time < TIMES; time++) {
    const answer = await fetch(`/inquiries/${id}/suggestions${time + 1 < TIMES ? "" : "?last=1"}`).then((told) => (told.ok ? told.text() : ""), () => "");
    const page = new DOMParser().parseFromString(answer, "text/html").querySelector<HTMLElement>("#answer-suggestions");
    if (isOver()) return;
    fill(place, [...(page?.children ?? [])]);
    if (page?.dataset["moreSoon"] === undefined) return;
    await new Promise((rest) => setTimeout(rest, AGAIN));
    if (isOver()) return;
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
function fillIn(field: HTMLInputElement): void {
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
  for (const field of form?.querySelectorAll<HTMLInputElement>(".blanks [name]") ?? []) field.removeAttribute("name");
  if (!form) return;
  ask(form);
  void suggest(form);
}
