// A list that is read stands still: nothing that is seen of it moves because somebody else did
// something. What came is put above or below what is seen, what left stays, greyed, and a button
// over the list says how much newer there is. Her own acts, and another list, set all of it right.

import { isFollowed, listed } from "./place";

const pane = () => document.getElementById("rows");
const button = () => document.getElementById("newer");
const rowsOf = (list: Element) => [...list.querySelectorAll<HTMLElement>("#rows > ul > .item")];
/** Rows that came in above what is seen, and were not looked at yet. */
const newer = new Set<string>();
/** Whether the list differs from what the server sent. */
let isHeld = false;
/** Which list it is. */
let shown: string | undefined;

export const isAsSent = (): boolean => !isHeld;

export function startStill(): void {
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("#newer")) pane()?.scrollTo({ top: 0 });
  });
  document.addEventListener("scroll", ({ target }) => target === pane() && lookUp(), true);
  document.addEventListener("htmx:finally:swap", (event) => {
    if (!isFollowed(event) || listed() === shown) return;
    shown = listed();
    newer.clear();
    isHeld = false;
    tell();
  });
  shown = listed();
}

/** Orders the rows of `fresh`, a list that has come, so that those that are seen now keep their places.
    After an act of her own, and in a list in groups, by deadline, nothing is held. */
export function arrange(fresh: Element, isOwn: boolean): void {
  isHeld = false;
  const here = document.getElementById("list");
  const lists = fresh.querySelectorAll("#rows > ul");
  const list = lists[0];
  const seen = here && !document.hidden && !isOwn ? rowsOf(here).filter(isSeen) : [];
  if (!here || !list || lists.length > 1 || here.querySelectorAll("#rows > ul").length > 1 || seen.length === 0) return;
  const rows = rowsOf(fresh);
  const place = new Map(rows.map((row, at) => [row.id, at]));
  const kept = seen.filter((row) => place.has(row.id));
  // Of rows in another order than before, the one in the middle tells what is above and what below.
  const places = kept.map((row) => place.get(row.id)!).sort((one, other) => one - other);
  const middle = places[Math.floor(places.length / 2)] ?? 0;
  const ids = new Set(kept.map((row) => row.id));
  const others = rows.filter((row) => !ids.has(row.id));
  const inSight = seen.map((row) => rows[place.get(row.id) ?? -1] ?? left(row, here));
  const before = new Set(rowsOf(here).map((row) => row.id));
  const above = others.filter((row) => place.get(row.id)! < middle);
  for (const row of above) if (!before.has(row.id)) newer.add(row.id);
  const arranged = [...above, ...inSight, ...others.filter((row) => place.get(row.id)! >= middle)];
  isHeld = arranged.some((row, at) => row !== rows[at]);
  list.replaceChildren(...arranged);
}

/** The first row that is seen: what is above it may grow without moving it. */
export const firstSeen = (): HTMLElement | undefined => {
  const list = document.getElementById("list");
  return list && !document.hidden ? rowsOf(list).find(isSeen) : undefined;
};

function isSeen(row: HTMLElement): boolean {
  const [one, all] = [row.getBoundingClientRect(), pane()!.getBoundingClientRect()];
  return one.height > 0 && one.bottom > all.top + 1 && one.top < all.bottom;
}

/** A row that is no longer in the folder. */
function left(row: HTMLElement, list: HTMLElement): HTMLElement {
  const copy = row.cloneNode(true) as HTMLElement;
  for (const wired of copy.querySelectorAll("[data-htmx-powered]")) wired.removeAttribute("data-htmx-powered");
  copy.querySelector(".take")?.remove();
  copy.classList.remove("arrived");
  if (copy.classList.contains("left")) return copy;
  copy.classList.add("left");
  const words = document.createElement("span");
  words.className = "hidden";
  words.textContent = `${list.dataset["left"] ?? ""} `;
  copy.querySelector(".from > .cut")?.prepend(words);
  return copy;
}

/** Forgets the newer rows that came into sight. */
export function lookUp(): void {
  const top = pane()?.getBoundingClientRect().top ?? 0;
  for (const id of newer) {
    const row = document.getElementById(id);
    if (!row || row.getBoundingClientRect().bottom > top + 1) newer.delete(id);
  }
  tell();
}

/** Says how many newer rows there are above what is seen. While it does, a short list has room to move in. */
export function tell(): void {
  const here = button();
  if (!here) return;
  here.hidden = newer.size === 0;
  const words = here.querySelector("span");
  if (words && newer.size > 0) words.textContent = (here.dataset["words"] ?? "").replace("{n}", String(newer.size));
}
