// Small things of the page itself: the next and previous inquiry, menus that close, the tab's title.
import { isFollowed } from "./place";

export function startPane(): void {
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const button = target.closest<HTMLElement>("[data-step]");
    if (button) step(Number(button.dataset["step"]));
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
      if (!menu.contains(target) || target.closest("a")) menu.open = false;
    }
  });
  document.addEventListener("submit", ({ target }) => {
    if (target instanceof HTMLFormElement) target.closest<HTMLDetailsElement>("details.menu")?.removeAttribute("open");
  });
  document.addEventListener("htmx:finally:swap", settle);
  document.addEventListener("torg:list", settle);
  document.addEventListener("torg:bell", entitle);
  settle();
}

let shown = "";
let begun = "";

function settle(event?: Event): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-step]")) button.hidden = false;
  const title = entitle();
  if (title && shown && title !== shown) arrive(title);
  shown = title;
  // A list that is refreshed meanwhile takes nobody out of the field she is in.
  if (!event || isFollowed(event)) document.querySelector<HTMLElement>("#card [autofocus], .page [autofocus]")?.focus();
  if (!event || isFollowed(event)) showWhere();
  beginAtNewest();
}

/** Where the pages' links are a strip, the one of this page is seen. */
function showWhere(): void {
  const strip = document.querySelector<HTMLElement>(".sidelinks");
  const here = strip?.querySelector<HTMLElement>("[aria-current]");
  if (!strip || !here) return;
  const [all, one] = [strip.getBoundingClientRect(), here.getBoundingClientRect()];
  if (one.left < all.left || one.right > all.right) strip.scrollBy(one.left - all.left - (all.width - one.width) / 2, 0);
}

/** The tab's title: whether a notice waits, how many inquiries have no owner, and what the page is. */
function entitle(): string {
  const title = document.getElementById("here")?.textContent ?? "";
  const unowned = Number(document.getElementById("folders")?.dataset["unowned"] ?? "0");
  if (!title) return title;
  const base = document.title.replace(/^(● )?(\(\d+\+?\) )?/, "");
  const waits = Number(document.getElementById("bell")?.dataset["count"] ?? "0") > 0 ? "● " : "";
  document.title = `${waits}${unowned > 0 ? `(${unowned > 999 ? "999+" : unowned}) ` : ""}${base}`;
  return title;
}

/** The conversation opens at its end; a newest message that is longer than the pane, at its beginning. */
function beginAtNewest(): void {
  const scroller = document.querySelector<HTMLElement>(".scroller");
  const newest = [...document.querySelectorAll<HTMLElement>(".thread .message")].at(-1);
  if (!scroller || !newest || begun === scroller.id) return;
  begun = scroller.id;
  // A notice leads to its message, and if that is an earlier one, they are asked for.
  const isMeant = location.hash.startsWith("#message-");
  const meant = isMeant ? document.getElementById(location.hash.slice(1)) : null;
  if (meant) return meant.scrollIntoView({ block: "start" });
  const earlier = document.querySelector<HTMLAnchorElement>(".thread:not([data-earlier]) > .earlier");
  if (isMeant && earlier) {
    earlier.hash = location.hash;
    return void setTimeout(() => earlier.click());
  }
  const above = newest.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  if (above < 0) scroller.scrollBy(0, above);
}

/** Another page stands here: said aloud, and on a phone, where the list is gone, focused. */
function arrive(title: string): void {
  const announce = document.getElementById("announce");
  if (announce) announce.textContent = title;
  for (const open of document.querySelectorAll<HTMLElement>(":popover-open")) open.hidePopover();
  if (!document.getElementById("list")?.offsetParent) document.querySelector<HTMLElement>("#subject, #main")?.focus({ preventScroll: true });
}

/** Goes `by` rows down the list and opens what is there. */
export function step(by: number): boolean {
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".item > a")];
  if (links.length === 0) return false;
  const here = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[here < 0 ? 0 : Math.min(Math.max(here + by, 0), links.length - 1)];
  if (!next || next.hasAttribute("aria-current")) return true;
  if (next.offsetParent) next.focus();
  next.scrollIntoView({ block: "nearest" });
  next.click();
  return true;
}
