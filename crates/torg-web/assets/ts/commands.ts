// What a command of the table does on the page as it is now. `false`: it cannot be done here.
import { openAnswers } from "./answers";
import { doToChosen, toggle } from "./select";
import { choose, send } from "./drafts";
import { answerAll } from "./recipients";
import { move } from "./rows";
import { step } from "./pane";
import { follow, openPalette } from "./palette";

export type Command = { act: string; name: string };

/** What is done to all that are chosen, if any are, and else to the letter that is open. */
const VERBS = ["t", "v", "1", "2", "n", "a", "e", "f", "u", "s", "spam", "letter", "l", "follow", "join"];

/** Carries out `command`; `from` is where the focus is. */
export function run({ act, name }: Command, from: Element | null = document.activeElement): boolean {
  switch (act) {
    case "click":
      return (VERBS.includes(name) && doToChosen(name)) || click(`[data-key="${name}"]`);
    case "folder":
      return click(`#folders [data-folder="${name}"]`) || goTo(`/folders/${name}`);
    case "move":
      return move(name, from);
    default:
      return runs[name]?.(from) ?? false;
  }
}

const runs: Record<string, (from: Element | null) => boolean> = {
  next: () => step(1),
  previous: () => step(-1),
  choose: () => toggle(),
  reply: () => write("reply"),
  note: () => write("note"),
  forward: () => write("forward"),
  everybody: () => answerAll(),
  send: (from) => {
    if (!from?.closest("form.composer")) return false;
    send();
    return true;
  },
  views: () => goTo("/views"),
  answers: () => openAnswers(),
  palette: () => openPalette(),
  search: () => focusOn("#q"),
  help: () => {
    document.querySelector<HTMLDialogElement>("#keys")?.showModal();
    return true;
  },
};

function write(what: "reply" | "note" | "forward"): boolean {
  choose(what);
  return document.querySelector("form.composer") !== null;
}

/** The element that a click would go to: also one in a menu, but none that the page hides. */
export const clickable = (key: string) => document.querySelector<HTMLElement>(`[data-key="${key}"]`);

/** What can be undone is told in a toast first. */
function click(selector: string): boolean {
  const shown = [...document.querySelectorAll<HTMLElement>(selector)].filter((one) => !one.closest("[hidden]"));
  const element = shown.find((one) => one.closest(".toasts")) ?? shown[0] ?? null;
  element?.click();
  return element !== null;
}

function goTo(path: string): boolean {
  follow(path);
  return true;
}

function focusOn(selector: string): boolean {
  const field = document.querySelector<HTMLInputElement>(selector);
  field?.focus();
  field?.select();
  return field !== null;
}
