// The list under one's hands: arrows, older rows in place, where one was when one comes back.
import { isFollowed, listed, opened } from "./place";
import { refreshList } from "./refresh";

type Place = { top: number; rows: number; row: string };

const STEP = 50;
const pane = () => document.querySelector<HTMLElement>("#rows");
const links = () => [...document.querySelectorAll<HTMLAnchorElement>(".item > a")];
let isGrowing = false;
let isBack = false;

export function startRows(): void {
  document.addEventListener("click", clicked, true);
  document.addEventListener("scroll", ({ target }) => {
    if (!(target instanceof HTMLElement) || target.id !== "rows") return;
    remember();
    if (target.scrollTop + target.clientHeight > target.scrollHeight - 400) void grow();
  }, true);
  addEventListener("popstate", () => (isBack = true));
  document.addEventListener("htmx:finally:swap", (event) => {
    mark();
    // Something of the old page may be refreshed meanwhile.
    if (!isFollowed(event)) return;
    if (isBack) void comeBack();
    isBack = false;
  });
  const [loaded] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (loaded && loaded.type !== "navigate") void comeBack();
  document.addEventListener("htmx:finally:swap", showQuestion);
  showQuestion();
}

/** What was searched for stands in the box, to go on from. */
function showQuestion(): void {
  const field = document.querySelector<HTMLInputElement>("#q");
  if (field && field !== document.activeElement) field.value = new URLSearchParams(location.search).get("q") ?? "";
}

function clicked(event: MouseEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const row = target?.closest<HTMLAnchorElement>(".item > a");
  if (row) {
    // The row is chosen at once; the letter follows when it has come.
    mark(row.parentElement?.id);
    remember(row.parentElement?.id);
  }
  if (target?.closest("a[data-more]")) {
    event.preventDefault();
    event.stopPropagation();
    void grow();
  }
}

/** The row of the inquiry that is open: a letter comes without the list, and a list may be older. */
function mark(id = `row-${opened()}`): void {
  for (const link of links()) {
    if (link.parentElement?.id === id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/** More rows below the ones that are there. */
async function grow(): Promise<void> {
  if (isGrowing || !document.querySelector("a[data-more]")) return;
  isGrowing = true;
  await refreshList(links().length + STEP).finally(() => (isGrowing = false));
  remember();
}

/** The arrows, Home and End go from row to row where the focus is in the list, or nowhere. */
export function move(key: string, from: Element | null): boolean {
  if (from && from !== document.body && !from.closest("#rows")) return false;
  const all = links();
  const here = all.findIndex((link) => link === document.activeElement);
  const current = here >= 0 ? here : all.findIndex((link) => link.hasAttribute("aria-current"));
  const places: Record<string, number> = { "↓": current + 1, "↑": current - 1, Home: 0, End: all.length - 1 };
  const next = all[Math.max(0, Math.min(places[key] ?? 0, all.length - 1))];
  if (!next?.offsetParent) return false;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

const key = () => (listed() === undefined ? "" : `torg-list-${listed()}`);

function remember(row?: string): void {
  const before = JSON.parse(sessionStorage.getItem(key()) ?? "{}") as Partial<Place>;
  const place: Place = { top: pane()?.scrollTop ?? 0, rows: links().length, row: row ?? before.row ?? "" };
  if (key() && pane()?.offsetParent) sessionStorage.setItem(key(), JSON.stringify(place));
}

/** Back, or loaded again: as far down as before, and on the same row. */
async function comeBack(): Promise<void> {
  const kept = sessionStorage.getItem(key());
  if (!kept || !pane()) return;
  const place = JSON.parse(kept) as Place;
  if (place.rows > links().length && document.querySelector("a[data-more]")) await refreshList(place.rows);
  const list = pane();
  if (list) list.scrollTop = place.top;
  const nobody = document.activeElement === document.body || document.activeElement === null;
  if (nobody && list?.offsetParent) document.querySelector<HTMLElement>(`#${CSS.escape(place.row)} > a`)?.focus({ preventScroll: true });
}
