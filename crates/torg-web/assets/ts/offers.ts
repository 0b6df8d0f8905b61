// A list that opens beside a text field while one types in it: standard answers, colleagues,
// filters. The field keeps the focus; a screen reader is told by `aria-activedescendant` and a
// status, and whoever ignores the list has typed what she typed.

/** How long she must pause before the server is asked. */
const PAUSE = 80;
/** More words than these are a sentence. */
const MANY = 3;

export type Field = HTMLInputElement | HTMLTextAreaElement;
/** What is offered for: the words typed of it, and where it stands in the field's text. */
export type Typed = { start: number; end: number; words: string };

export type Offers = {
  /** The list's place in the field's form; its status follows it. */
  popup: string;
  /** Whether the first is chosen at once, so that Enter takes it. */
  isEager: boolean;
  /** What stands before the caret, or null where nothing is offered. */
  typed(field: Field, caret: number): Typed | null;
  /** Where the server is asked. It answers with `<li role="option">`. */
  path(field: Field, words: string): string;
  take(field: Field, option: HTMLElement, typed: Typed): void;
  /** The list is put away without a choice. */
  left?(field: Field): void;
};

const kinds: Offers[] = [];
/** `shown` are the words that the list is of, once there is one; `isTaking`, that she has pressed the
    key that takes while the list of what she typed was on its way. */
type Open = { offers: Offers; field: Field; typed: Typed; chosen: number; shown: string | null; isTaking: boolean };
let open: Open | null = null;
/** Where she put a list away or took from it: it stays away until she types somewhere else. */
let done: { field: Field; start: number } | null = null;
let asked = 0;

const popup = () => open!.field.form!.querySelector<HTMLElement>(open!.offers.popup)!;
const list = () => popup().querySelector<HTMLElement>("[role=listbox]")!;
const options = () => [...list().querySelectorAll<HTMLElement>("[role=option]")];

export function offer(offers: Offers): void {
  if (kinds.push(offers) === 1) listen();
}

function listen(): void {
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) follow(target);
  });
  // Before the keys of the page and of the field: the list has the arrows while it is open.
  document.addEventListener("keydown", pressed, true);
  document.addEventListener("focusout", ({ target }) => target === open?.field && close());
  // The field keeps the focus while she points.
  document.addEventListener("mousedown", (event) => within(event.target) && event.preventDefault());
  document.addEventListener("click", ({ target }) => {
    const option = target instanceof Element ? target.closest<HTMLElement>("[role=option]") : null;
    if (option && within(option)) take(option);
  });
  document.addEventListener("htmx:finally:swap", () => {
    if (open && !open.field.isConnected) open = null;
  });
}

const within = (target: EventTarget | null) => open !== null && target instanceof Node && popup().contains(target);

function follow(field: Field): void {
  if (!field.form) return;
  const caret = field.selectionStart ?? field.value.length;
  for (const offers of kinds) {
    const typed = offers.typed(field, caret);
    if (!typed) continue;
    if (done?.field === field && done.start === typed.start) return;
    done = null;
    if (open?.offers !== offers || open.typed.start !== typed.start) close();
    open = { offers, field, typed, chosen: offers.isEager ? 0 : -1, shown: open?.shown ?? null, isTaking: false };
    return void fill();
  }
  if (open?.field === field) close();
  if (done?.field === field) done = null;
}

async function fill(): Promise<void> {
  const question = ++asked;
  await new Promise((rest) => setTimeout(rest, open?.typed.words ? PAUSE : 0));
  if (question !== asked || !open) return;
  const { offers, field, typed } = open;
  const answer = await fetch(offers.path(field, typed.words.trim())).then((told) => (told.ok ? told.text() : ""), () => "");
  if (question !== asked || !open || !field.isConnected) return;
  const found = [...new DOMParser().parseFromString(answer, "text/html").querySelectorAll("[role=option]")];
  const { none, count = "" } = popup().dataset;
  const isNothing = found.length === 0;
  // Many words and nothing that fits: it was no question, and the text goes on as it is typed.
  if (isNothing && typed.words.trim().split(/\s+/u).length > MANY) return leave();
  if (isNothing && none === undefined) return close();
  list().replaceChildren(...found);
  const words = isNothing ? none!.replace("#", () => typed.words.trim()) : count.replace("#", String(found.length));
  for (const line of popup().querySelectorAll<HTMLElement>("[data-none]")) line.textContent = isNothing ? words : "";
  popup().toggleAttribute("data-nothing", isNothing);
  show();
  pick(offers.isEager ? 0 : -1);
  tell(words);
  const first = options()[0];
  if (open.isTaking && first) take(first);
}

function show(): void {
  const { field } = open!;
  popup().hidden = false;
  open!.shown = open!.typed.words;
  field.setAttribute("aria-controls", list().id);
  field.setAttribute("aria-autocomplete", "list");
  if (field.matches("[role=combobox]")) field.setAttribute("aria-expanded", "true");
}

function tell(words: string): void {
  const status = popup().nextElementSibling;
  if (status?.matches("[role=status]")) status.textContent = words;
}

function pick(place: number): void {
  const all = options();
  open!.chosen = Math.max(open!.offers.isEager ? 0 : -1, Math.min(place, all.length - 1));
  for (const [at, option] of all.entries()) {
    option.setAttribute("aria-selected", String(at === open!.chosen));
    if (at === open!.chosen) option.scrollIntoView({ block: "nearest" });
  }
  const chosen = all[open!.chosen];
  if (chosen) open!.field.setAttribute("aria-activedescendant", chosen.id);
  else open!.field.removeAttribute("aria-activedescendant");
}

function close(isTaken = false): void {
  asked++;
  if (!open) return;
  popup().hidden = true;
  tell("");
  const { field, offers } = open;
  const isCombobox = field.matches("[role=combobox]");
  for (const name of ["aria-activedescendant", ...(isCombobox ? [] : ["aria-controls", "aria-autocomplete"])]) field.removeAttribute(name);
  if (isCombobox) field.setAttribute("aria-expanded", "false");
  open = null;
  if (!isTaken) offers.left?.(field);
}

/** Closes it, and keeps it closed while she goes on typing there. */
function leave(isTaken = false): void {
  if (open) done = { field: open.field, start: open.typed.start };
  close(isTaken);
}

function pressed(event: KeyboardEvent): void {
  if (!open || open.shown === null || event.target !== open.field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const all = options();
  const one = all[open.chosen];
  // The list is still that of fewer letters: what she means comes first in the one to come.
  const takes = event.key === "Enter" || (event.key === "Tab" && !event.shiftKey);
  if (takes && open.offers.isEager && open.shown !== open.typed.words) {
    open.isTaking = true;
    event.preventDefault();
    return event.stopPropagation();
  }
  // As in a terminal, Tab takes what is offered first, if nothing was chosen.
  const taken = event.key === "Tab" && !event.shiftKey ? (one ?? all[0]) : event.key === "Enter" ? one : undefined;
  if (taken) take(taken);
  else if (event.key === "ArrowDown") pick(open.chosen + 1);
  else if (event.key === "ArrowUp") pick(open.chosen - 1);
  else if (event.key === "Escape") leave();
  else return event.key === "Enter" ? close() : undefined;
  event.preventDefault();
  event.stopPropagation();
}

function take(option: HTMLElement): void {
  const { offers, field, typed } = open!;
  leave(true);
  offers.take(field, option, { ...typed, end: field.selectionStart ?? typed.end });
}
