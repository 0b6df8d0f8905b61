// The command palette: a combobox over what can be done here, the folders, and what is found.
// The focus stays in the field; the list tells which option is meant (aria-activedescendant).
import htmx from "./htmx";
import { clickable, run } from "./commands";

type Option = { id: string; words: string; group: string; ofInquiry?: boolean; hint?: string; icon?: Element | null; go: () => void };

/** How much is shown before anything is typed. */
const MOST = 24;
const RECENT = "torg-recent-commands";
const dialog = () => document.querySelector<HTMLDialogElement>("#palette");
const field = () => document.querySelector<HTMLInputElement>("#palette-text")!;
const list = () => document.querySelector<HTMLElement>("#palette-list")!;
let options: Option[] = [];
let found: Option[] = [];
let chosen = 0;
let asked = 0;

export function startPalette(): void {
  const box = dialog();
  if (!box) return;
  field().addEventListener("input", () => {
    show();
    void search(field().value.trim());
  });
  field().addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (by) choose(chosen + by);
    else if (event.key === "Home" && !field().value) choose(0);
    else if (event.key === "End" && !field().value) choose(Infinity);
    else if (event.key === "Enter" && !event.isComposing) take(chosen);
    else return;
    event.preventDefault();
  });
  list().addEventListener("click", ({ target }) => {
    const option = target instanceof Element ? target.closest("[role=option]") : null;
    if (option) take([...list().querySelectorAll("[role=option]")].indexOf(option));
  });
  box.addEventListener("click", ({ target }) => target === box && box.close());
}

export function openPalette(): boolean {
  const box = dialog();
  if (!box) return false;
  field().value = "";
  found = [];
  options = gather(box);
  show();
  box.showModal();
  field().focus();
  return true;
}

/** Everything that can be done on the page as it is now, first what can be done to the inquiry that is open. */
function gather(box: HTMLElement): Option[] {
  const doable = [...document.querySelectorAll<HTMLElement>("#commands > li")].flatMap((line): Option[] => {
    const { act = "", with: name = "", keys = "" } = line.dataset;
    const button = act === "click" ? clickable(name) : null;
    // In the workspace they stand there themselves, with their counts.
    if (act === "folder" && document.getElementById("folders")) return [];
    if (name === "palette" || name === "move" || name === "open" || name === "send" || name === "marks") return [];
    if (act === "click" && !button) return [];
    if (["reply", "note", "forward", "answers"].includes(name) && !document.querySelector("form.composer")) return [];
    const own = button?.querySelector(".label")?.textContent ?? (button ? withoutKeys(button) : "");
    const words = own || (line.textContent ?? "");
    const run_ = () => void run({ act, name });
    const ofInquiry = "ofInquiry" in line.dataset && document.querySelector("form.composer") !== null;
    const group = (ofInquiry ? box.dataset["inquiry"] : box.dataset["do"]) ?? "";
    return [{ id: `${act}-${name}`, words: capital(words), group, ofInquiry, hint: keys.split("|")[0] ?? "", icon: button?.querySelector("svg") ?? null, go: run_ }];
  });
  const places = [...document.querySelectorAll<HTMLAnchorElement>("#folders a, .bar nav a.tab:not([data-key])")].map((link): Option => {
    const words = (link.querySelector(".cut, .name") ?? link).textContent?.trim() ?? "";
    const count = link.querySelector(".count")?.textContent ?? "";
    return { id: link.getAttribute("href") ?? words, words, group: box.dataset["folders"] ?? "", hint: count, icon: link.querySelector("svg, .avatar"), go: () => link.click() };
  });
  doable.sort((one, other) => Number(other.ofInquiry) - Number(one.ofInquiry));
  return [...doable, ...places];
}

const capital = (words: string) => words.charAt(0).toLocaleUpperCase() + words.slice(1);

function withoutKeys(button: HTMLElement): string {
  const copy = button.cloneNode(true) as HTMLElement;
  for (const part of copy.querySelectorAll("kbd, .short")) part.remove();
  return (copy.textContent ?? "").trim();
}

/** Asks the server once the typing rests; an answer to an older question is thrown away. */
async function search(text: string): Promise<void> {
  const question = ++asked;
  if (text.length < 2) {
    found = [];
    return;
  }
  await new Promise((rest) => setTimeout(rest, 120));
  if (question !== asked) return;
  const answer = await fetch(`/search/suggestions?q=${encodeURIComponent(text)}`).then((told) => (told.ok ? told.text() : ""), () => "");
  if (question !== asked) return;
  const page = new DOMParser().parseFromString(answer, "text/html");
  found = [...page.querySelectorAll<HTMLElement>("#suggestions > li")].map((line) => ({
    id: line.id,
    words: line.querySelector(".grow")?.textContent ?? "",
    group: dialog()?.dataset["found"] ?? "",
    hint: line.querySelector(".meta")?.textContent ?? "",
    icon: line.querySelector("svg, .avatar"),
    go: () => follow(line.dataset["href"] ?? "/"),
  }));
  show();
}

/** Follows an address as a link on the page does. */
export function follow(path: string): void {
  const link = document.createElement("a");
  link.href = path;
  document.getElementById("app")?.append(link);
  htmx.process(link);
  link.click();
  link.remove();
}

/** How well `words` fit `text`: 0 not at all. Words may be left out, letters not: a name does no act
    that only has its letters somewhere. */
function fits(words: string, text: string): number {
  const [have, want] = [words.toLocaleLowerCase(), text.toLocaleLowerCase()];
  if (have.startsWith(want)) return 4;
  if (have.includes(` ${want}`)) return 3;
  if (have.includes(want)) return 2;
  return want.split(/\s+/).every((word) => ` ${have}`.includes(` ${word}`)) ? 1 : 0;
}

let shown: Option[] = [];

function show(): void {
  const box = dialog();
  if (!box) return;
  const text = field().value.trim();
  const recent = JSON.parse(localStorage.getItem(RECENT) ?? "[]") as string[];
  const age = (option: Option) => (recent.includes(option.id) ? recent.length - recent.indexOf(option.id) : 0);
  const fitting = options.map((option) => ({ option, fit: fits(option.words, text) })).filter(({ fit }) => fit > 0);
  fitting.sort((one, other) => other.fit - one.fit || age(other.option) - age(one.option));
  const own = fitting.map(({ option }) => (text === "" && age(option) > 0 ? { ...option, group: box.dataset["recent"] ?? "" } : option));
  const all: Option = { id: "search", words: `${box.dataset["search"]} “${text}”`, group: box.dataset["found"] ?? "", go: () => follow(`/search?q=${encodeURIComponent(text)}`) };
  shown = text === "" ? own.slice(0, MOST) : [...own.slice(0, 8), ...found, all];
  draw();
}

function draw(): void {
  let group = "";
  const lines = shown.flatMap((option, place) => {
    const heading = option.group === group ? [] : [line("presentation", option.group)];
    group = option.group;
    const one = line("option", "");
    one.id = `palette-${place}`;
    const words = document.createElement("span");
    words.className = "grow cut";
    words.textContent = option.words;
    const hint = document.createElement("span");
    hint.className = "subtle meta cut";
    hint.textContent = option.hint ?? "";
    one.append(...(option.icon ? [option.icon.cloneNode(true)] : []), words, hint);
    return [...heading, one];
  });
  list().replaceChildren(...lines);
  const count = document.getElementById("palette-count");
  if (count) count.textContent = shown.length === 0 ? (dialog()?.dataset["none"] ?? "") : String(shown.length);
  choose(0);
}

function line(role: string, words: string): HTMLLIElement {
  const one = document.createElement("li");
  one.setAttribute("role", role);
  one.textContent = words;
  return one;
}

function choose(place: number): void {
  chosen = Math.max(0, Math.min(place, shown.length - 1));
  for (const [at, option] of [...list().querySelectorAll("[role=option]")].entries()) {
    option.setAttribute("aria-selected", String(at === chosen));
    if (at === chosen) option.scrollIntoView({ block: "nearest" });
  }
  field().setAttribute("aria-activedescendant", shown.length ? `palette-${chosen}` : "");
}

function take(place: number): void {
  const option = shown[place];
  if (!option) return;
  dialog()?.close();
  if (/^(click|run|\/)/.test(option.id)) {
    const recent = (JSON.parse(localStorage.getItem(RECENT) ?? "[]") as string[]).filter((id) => id !== option.id);
    localStorage.setItem(RECENT, JSON.stringify([option.id, ...recent].slice(0, 6)));
  }
  option.go();
}
