// Pages on their way. What is pressed meanwhile is meant for what arrives, so it is held back; what
// takes longer than a blink shows where it will stand; what did not come says so.
import { showConnection } from "./connection";

const BLINK = 150;
const arriving = new Map<object, number>();
let held: (() => void)[] = [];

type Asked = CustomEvent<{ ctx: { sourceElement?: Element; request?: { method?: string } } }>;

export const isArriving = () => arriving.size > 0;

/** Does `act` once nothing is on its way any more. */
export function whenArrived(act: () => void): void {
  held.push(act);
}

export function startArriving(): void {
  document.addEventListener("htmx:before:request", (event) => {
    const { ctx } = (event as Asked).detail;
    arriving.set(ctx, window.setTimeout(() => showWaiting(ctx.sourceElement), BLINK));
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const { ctx } = (event as Asked).detail;
    window.clearTimeout(arriving.get(ctx));
    arriving.delete(ctx);
    if (arriving.size > 0) return;
    for (const pane of document.querySelectorAll("[data-waiting]")) pane.removeAttribute("data-waiting");
    const acts = held;
    held = [];
    for (const act of acts) act();
  });
  document.addEventListener("htmx:error", () => {
    held = [];
    showConnection("lost");
    sayNotDone();
  });
  document.addEventListener("click", once, true);
  addEventListener("offline", () => showConnection("lost"));
}

/** The second click of a double click is no other act: it may hit what only just came there. */
function once(event: MouseEvent): void {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (event.detail > 1 && button?.form && button.type === "submit") event.preventDefault();
}

/** The pane that will be another one: the letter for a row of the list, else the list too. */
function showWaiting(source: Element | undefined): void {
  const isRow = source?.closest("#list .item, .past, [data-step]");
  const panes = isRow ? ["reading"] : ["list", "reading"];
  if (source instanceof HTMLFormElement) return;
  for (const id of panes) document.getElementById(id)?.setAttribute("data-waiting", "");
}

/** Nothing of what was typed is lost: the page stands as it was. */
function sayNotDone(): void {
  const place = document.getElementById("news");
  if (!place) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.textContent = place.dataset["notDone"] ?? "";
  place.replaceChildren(toast);
  window.setTimeout(() => toast.remove(), 10_000);
}
