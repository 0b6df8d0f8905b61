// Shortcuts. Single letters act only outside text fields and can be switched off (WCAG 2.1.4).
import { choose, send } from "./drafts";
import { step } from "./pane";

const folders: Record<string, string> = { f: "all", u: "unowned", m: "mine", w: "waiting" };
const OFF = "torg-keys-off";
let goUntil = 0;

export function startKeys(): void {
  document.addEventListener("keydown", pressed);
  const on = document.querySelector<HTMLInputElement>("#keys-on");
  if (!on) return;
  on.checked = localStorage.getItem(OFF) === null;
  on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}

function pressed(event: KeyboardEvent): void {
  const target = event.target instanceof Element ? event.target : null;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && target?.closest("form.composer")) {
    event.preventDefault();
    send();
    return;
  }
  if (event.key === "Escape") return leave(target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (target?.closest("input:not([type=radio],[type=checkbox]), textarea, select, dialog[open]")) return;
  if (localStorage.getItem(OFF) !== null) return;
  if (act(event.key.toLowerCase())) event.preventDefault();
}

/** Whether `key` meant something here. */
function act(key: string): boolean {
  if (performance.now() < goUntil) {
    goUntil = 0;
    return click(`[data-folder="${folders[key] ?? "?"}"]`);
  }
  switch (key) {
    case "j":
      return step(1);
    case "k":
      return step(-1);
    case "g":
      goUntil = performance.now() + 1_500;
      return true;
    case "r":
      choose("reply");
      return true;
    case "i":
      choose("note");
      return true;
    case "f":
      choose("forward");
      return true;
    case "?":
      document.querySelector<HTMLDialogElement>("#keys")?.showModal();
      return true;
    case "t":
    case "v":
    case "a":
    case "e":
      return click(`[data-key="${key}"]`);
    default:
      return false;
  }
}

function click(selector: string): boolean {
  const element = document.querySelector<HTMLElement>(selector);
  element?.click();
  return element !== null;
}

/** Escape leaves a text field first, then a card, then the inquiry on a narrow window. */
function leave(target: Element | null): void {
  if (document.querySelector("dialog[open], :popover-open")) return;
  if (target instanceof HTMLElement && target.matches("textarea")) return target.blur();
  if (click("#card [data-key=back]")) return;
  const back = document.querySelector<HTMLElement>(".tools [data-key=back]");
  if (back?.offsetParent) back.click();
  else document.querySelector<HTMLElement>(".item > a[aria-current]")?.focus();
}
