// Shortcuts, from the table of commands that the page carries (workspace/commands.rs). Single keys
// act only outside text fields and can be switched off (WCAG 2.1.4).
import { run, type Command } from "./commands";
import { isArriving, whenArrived } from "./arriving";
import { insert } from "./composer";
import { clear } from "./select";

const OFF = "torg-keys-off";
const commands = new Map<string, Command>();
let firstKey = "";
let firstUntil = 0;
/** She asked for the text of a letter that is still on its way, and goes on typing. */
let isToWrite = false;

export function startKeys(): void {
  for (const line of document.querySelectorAll<HTMLElement>("#commands > li")) {
    const { act = "", with: name = "", keys = "" } = line.dataset;
    for (const way of keys.split("|").filter(Boolean)) commands.set(way, { act, name });
  }
  document.addEventListener("keydown", pressed);
  const on = document.querySelector<HTMLInputElement>("#keys-on");
  if (!on) return;
  on.checked = localStorage.getItem(OFF) === null;
  on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}

const named: Record<string, string> = { Enter: "↵", ArrowDown: "↓", ArrowUp: "↑", Escape: "Esc" };

/** A key as the table writes it: `T`, `Ctrl+Shift+1`, `↵`. */
function way(event: KeyboardEvent): string {
  // With Shift a digit's key gives another sign, which differs from keyboard to keyboard.
  const digit = event.shiftKey && (event.ctrlKey || event.metaKey) ? /^Digit(\d)$/.exec(event.code)?.[1] : undefined;
  const key = digit ?? named[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  // A letter is the same with and without Shift, unless both mean something.
  const isNamed = event.key.length > 1 || digit !== undefined || commands.has(`Shift+${key}`);
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.shiftKey && isNamed ? "Shift+" : ""}${key}`;
}

function pressed(event: KeyboardEvent): void {
  if (event.isComposing || event.altKey || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : null;
  const key = way(event);
  if (event.key === "Escape") return leave(target);
  const isHeld = event.ctrlKey || event.metaKey;
  const isTyping = target?.closest("input:not([type=radio],[type=checkbox]), textarea, select, [contenteditable=true]");
  isToWrite &&= isArriving();
  if (isToWrite && !isTyping && !isHeld && (event.key.length === 1 || event.key === "Enter")) {
    event.preventDefault();
    return whenArrived(() => type(event.key === "Enter" ? "\n" : event.key));
  }
  // Whoever said by pointer what she writes goes on writing: no letter of a note closes the inquiry.
  if (target?.matches("form.composer [name=what]") && !isHeld && /^\S$/u.test(event.key)) {
    event.preventDefault();
    return type(event.key);
  }
  const isOpen = document.querySelector("dialog[open]") !== null;
  if (isOpen || (isTyping && !(isHeld && (target?.closest("form.composer") ? ["Ctrl+↵", "Ctrl+J"] : ["Ctrl+K", "Ctrl+E"]).includes(key)))) return;
  if (!isHeld && localStorage.getItem(OFF) !== null && /^(Shift\+)?.$/u.test(key)) return;
  const command = find(key);
  if (!command) return;
  // What is still on its way is what the key was meant for.
  if (isArriving() && needsInquiry(command)) {
    event.preventDefault();
    isToWrite ||= WRITES.includes(command.name);
    whenArrived(() => void run(command, target));
  } else if (run(command, target)) {
    event.preventDefault();
  }
}

const WRITES = ["reply", "note", "forward", "everybody"];
const needsInquiry = ({ act, name }: Command) => (act === "click" && name !== "notices") || WRITES.includes(name);

function type(words: string): void {
  const text = document.querySelector<HTMLTextAreaElement>("form.composer > textarea");
  if (text) insert(text, words);
}

/** The command of `key`, alone or after the key before it. */
function find(key: string): Command | undefined {
  const both = performance.now() < firstUntil ? commands.get(`${firstKey} ${key}`) : undefined;
  firstUntil = 0;
  if (both) return both;
  if ([...commands.keys()].some((other) => other.startsWith(`${key} `))) {
    firstKey = key;
    firstUntil = performance.now() + 1_500;
  }
  if (key === "↓" || key === "↑" || key === "Home" || key === "End") return { act: "move", name: key };
  return key === "↵" ? undefined : commands.get(key);
}

/** Escape leaves a text field first, then a card, then the inquiry on a narrow window. */
function leave(target: Element | null): void {
  if (document.querySelector("dialog[open], :popover-open")) return;
  if (target instanceof HTMLElement && target.matches("textarea, .search input")) return target.blur();
  const card = document.querySelector<HTMLElement>("#card [data-key=back]");
  if (card) return card.click();
  if (clear()) return;
  const back = document.querySelector<HTMLElement>(".tools [data-key=back]");
  if (back?.offsetParent) back.click();
  else document.querySelector<HTMLElement>(".item > a[aria-current]")?.focus();
}
