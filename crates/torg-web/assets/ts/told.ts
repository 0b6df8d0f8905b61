// What the last act came to is told for a while. What can be undone is told for longer, also while
// one goes on to another letter, and no second counts in which it is pointed at or has the focus.
import { closing } from "./news";

const A_TICK = 250;
const TOLD_FOR = 6_000;
const UNDONE_FOR = 20_000;

let told: Element | null = null;
/** The form of what is done just now. */
let sent: HTMLFormElement | null = null;

export function startTold(): void {
  document.addEventListener("submit", ({ target }) => void (sent = target as HTMLFormElement));
  document.addEventListener("htmx:finally:swap", settle);
  settle();
}

/** Whether something was done just now: what is told still was done before. */
export function isNewlyTold(): boolean {
  const toast = document.querySelector("#told .toast");
  return toast !== null && toast !== told;
}

function settle(): void {
  const toast = document.querySelector<HTMLElement>("#told .toast");
  // Where it leads to, all of it is told.
  const more = toast?.querySelector("a[href^='/bulk/']")?.getAttribute("href");
  if (more && more === location.pathname) return toast?.remove();
  if (!toast || toast === told) return;
  told = toast;
  // What was kept is not kept once more: the form stands as the page came.
  if (sent?.isConnected && sent.closest(".page")) sent.reset();
  sent = null;
  toast.append(closing(toast, document.getElementById("news")?.dataset["close"] ?? ""));
  // What was not all done is not over when the toast is.
  if (!("stays" in toast.dataset)) last(toast, lasts(toast));
}

/** How long it is told, in milliseconds: a letter that waits, until it leaves. */
function lasts(toast: HTMLElement): number {
  const held = toast.querySelector<HTMLElement>("[data-left]")?.dataset["left"];
  if (held) return Math.max(TOLD_FOR, Number(held) * 1_000);
  return toast.querySelector("[data-key=z]") ? UNDONE_FOR : TOLD_FOR;
}

function last(toast: HTMLElement, left: number): void {
  if (!toast.isConnected) return;
  if (left <= 0) return toast.remove();
  const counts = !toast.matches(":hover, :focus-within");
  window.setTimeout(() => last(toast, counts ? left - A_TICK : left), A_TICK);
}
