// The search box offers filters and their values while they are typed. Nothing is chosen until an
// arrow key chooses it, so that Enter searches as it does without a script.
import { offer, type Field, type Typed } from "./offers";

const isBox = (target: EventTarget | null): target is HTMLInputElement => target instanceof HTMLInputElement && target.matches("form.search input[name=q]");

export function startFilters(): void {
  document.addEventListener("focusin", ({ target }) => isBox(target) && dress(target));
  offer({
    popup: ".offers[data-of=filters]",
    isEager: false,
    typed: (field, caret) => (isBox(field) ? piece(field, caret) : null),
    path: (_, words) => `/search/filters?q=${encodeURIComponent(words)}`,
    take,
  });
}

/** A combobox only where a script makes it one. */
function dress(box: HTMLInputElement): void {
  if (box.getAttribute("role") === "combobox") return;
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", "filter-list");
}

/** What stands before the caret since the last blank outside of quotation marks, if it may be a filter. */
function piece(box: HTMLInputElement, caret: number): Typed | null {
  dress(box);
  const before = box.value.slice(0, caret);
  let [start, quoted] = [0, false];
  for (const [at, letter] of [...before].map((letter, at) => [at, letter] as const)) {
    if (letter === '"') quoted = !quoted;
    else if (!quoted && /\s/u.test(letter)) start = at + 1;
  }
  const words = [...before].slice(start).join("");
  return /^-?\p{L}+(:|$)/u.test(words) ? { start: before.length - words.length, end: caret, words } : null;
}

/** Puts a filter in place of what was typed of it. */
function take(box: Field, option: HTMLElement, { start, end }: Typed): void {
  const rest = box.value.slice(end);
  const text = (option.dataset["text"] ?? "") + ("whole" in option.dataset && !rest.startsWith(" ") ? " " : "");
  box.value = box.value.slice(0, start) + text + rest;
  box.setSelectionRange(start + text.length, start + text.length);
  box.focus();
  // Its values are offered next.
  if (text.endsWith(":")) box.dispatchEvent(new Event("input", { bubbles: true }));
}
