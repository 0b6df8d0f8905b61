// Choosing several inquiries: by box, by X, with Shift from one to another, all that are shown.
// What is chosen stays chosen while the list is morphed.

import { opened } from "./place";
import { isNewlyTold } from "./told";

const chosen = new Set<string>();
let last: HTMLInputElement | undefined;

const boxes = () => [...document.querySelectorAll<HTMLInputElement>(".item .pick input")];

export function startSelect(): void {
  document.addEventListener("click", ({ target, shiftKey }) => {
    if (!(target instanceof HTMLInputElement) || !target.closest(".pick")) return;
    if (shiftKey && last) range(last, target);
    last = target;
    note();
  });
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.id === "bulk-all") {
      for (const box of boxes()) box.checked = target.checked;
      note();
    }
  });
  document.addEventListener("torg:list", restore);
  document.addEventListener("htmx:finally:swap", forget);
}

function range(from: HTMLInputElement, to: HTMLInputElement): void {
  const all = boxes();
  const [one, other] = [all.indexOf(from), all.indexOf(to)];
  if (one < 0 || other < 0) return;
  for (const box of all.slice(Math.min(one, other), Math.max(one, other) + 1)) box.checked = to.checked;
}

/** Keeps what is chosen, and says how many. */
function note(): void {
  chosen.clear();
  for (const box of boxes()) if (box.checked) chosen.add(box.value);
  const bar = document.getElementById("bulk");
  const words = document.getElementById("bulk-count");
  const all = document.querySelector<HTMLInputElement>("#bulk-all");
  if (all && chosen.size < boxes().length) all.checked = false;
  // All of the folder is more than the rows that are shown.
  const said = all?.checked ? "" : (bar?.dataset["count"] ?? "").replace("{n}", String(chosen.size));
  // Written only where it differs: a word in the list makes the browser look at the whole page's style.
  if (words && words.textContent !== said) words.textContent = said;
}

function restore(): void {
  for (const box of boxes()) box.checked = chosen.has(box.value);
  note();
}

/** What was chosen stays so on another page, until something was done. */
function forget(): void {
  if (isNewlyTold()) chosen.clear();
  restore();
}

/** Chooses the inquiry that is open, or the first; again, no longer. */
export function toggle(): boolean {
  const row = document.querySelector(".item:has(> a:focus), .item:has(> a[aria-current])") ?? document.querySelector(".item");
  const box = row?.querySelector<HTMLInputElement>(".pick input");
  if (!box) return false;
  box.click();
  return true;
}

/**
 * Does to all that are chosen what the key `name` does to one; what needs more words is asked for
 * first. Where no letter is open, the row that has the focus is chosen. `false`: nothing is.
 */
export function doToChosen(name: string): boolean {
  const focused = document.querySelector<HTMLInputElement>(".item:has(> a:focus) .pick input");
  if (chosen.size === 0 && opened() === "") focused?.click();
  if (chosen.size === 0) return false;
  const button = (many: string) => document.querySelector<HTMLButtonElement>(`#bulk [data-many="${many}"]`);
  (button(name) ?? button("more"))?.click();
  return true;
}

/** Lets go of everything that is chosen. */
export function clear(): boolean {
  if (chosen.size === 0) return false;
  for (const box of boxes()) box.checked = false;
  note();
  return true;
}
