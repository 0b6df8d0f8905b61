// A half-written text survives a reload, another inquiry, another device, and an ended session. It
// is saved on the server a moment after she stops typing. Until that has answered, it is kept in this
// tab (sessionStorage), under the writer's own id, and forgotten when it was saved or sent.
import { beside, isNote, keyOf, readBeside, setBeside } from "./beside";
import htmx from "./htmx";
import { refreshList } from "./refresh";

type Draft = { text: string; what: string; key: string; version: string };

/** How long she must pause before her text is saved, and how long at most it waits. */
const PAUSE = 1_000;
const LONGEST = 5_000;

const composer = () => document.querySelector<HTMLFormElement>("form.composer");
const viewer = () => document.querySelector<HTMLElement>("main.workspace")?.dataset["viewer"] ?? "";
const place = (form: HTMLElement, of: string) => keyOf(`torg-draft-${viewer()}-${form.dataset["inquiry"]}`, of);
const field = (form: HTMLFormElement) => form.querySelector("textarea")!;
const key = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>("[name=key]")!;
const seen = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>("[name=seen]")!;
const version = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>("[name=version]")!;
const what = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>("[name=what]:checked")?.value ?? "reply";

export function startDrafts(): void {
  document.addEventListener("input", ({ target }) => {
    const form = target instanceof Element ? target.closest<HTMLFormElement>("form.composer") : null;
    if (!form) return;
    if (target instanceof HTMLInputElement && target.name === "what") return turnTo(form, target.value);
    keep(form);
    saveSoon(form);
  });
  // What is on its way as a letter is not saved as a draft as well.
  document.addEventListener("submit", ({ target, submitter }) => {
    const isSent = submitter instanceof HTMLButtonElement && (submitter.classList.contains("primary") || submitter.name === "anyway");
    if (target instanceof HTMLFormElement && target.matches("form.composer") && isSent) forgetWaiting();
  });
  document.addEventListener("submit", discard, true);
  addEventListener("pagehide", () => saveNow(true));
  document.addEventListener("visibilitychange", () => document.hidden && saveNow(true));
  document.addEventListener("htmx:before:request", () => saveNow(true));
  document.addEventListener("htmx:finally:swap", settle);
  document.addEventListener("torg:thread", noteNewer);
  settle();
}

/** What is thrown away is not saved once more: it goes along, and is forgotten here when that is told. */
function discard({ target, submitter }: SubmitEvent): void {
  const isDiscarded = submitter instanceof HTMLButtonElement && submitter.name === "discard";
  if (!isDiscarded || !(target instanceof HTMLFormElement) || !target.matches("form.composer")) return;
  forgetWaiting();
}

function showDiscard(form: HTMLFormElement, shown: boolean): void {
  const button = form.querySelector<HTMLButtonElement>("[name=discard]");
  if (button) button.hidden = !shown;
}

/** What a composer was saved as last: the page may be made anew while she writes. */
const known = new WeakMap<HTMLFormElement, { key: string; version: string; what: string }>();
let turning = false;

/** After every page: forget what was sent, bring back what was not. */
function settle(): void {
  const sent = document.querySelector<HTMLElement>("#told [data-sent]")?.dataset["sent"];
  if (sent) forget(sent);
  const form = composer();
  if (!form) return;
  const before = known.get(form);
  // A text that was taken back comes with what it was: a note does not stand where letters are written.
  const isGivenBack = form.dataset["wished"] !== undefined && field(form).value === field(form).defaultValue;
  if (before && before.key !== key(form).value && !turning && !isGivenBack && field(form).value.trim()) {
    // The page is another, but she goes on with the same text.
    pick(form, before.what);
    key(form).value = before.key;
    version(form).value = before.version;
  } else if (!before || before.key !== key(form).value) {
    if (before) form.reset();
    readBeside(form);
    key(form).value = keyOf(key(form).value, what(form));
    restore(form);
    const isHers = before && !turning && form.dataset["wished"] === undefined;
    if (isHers && isNote(before.what) !== isNote(what(form))) swap(form, what(form), before.what);
  }
  turning = false;
  remember(form);
  showWhat(form);
}

function remember(form: HTMLFormElement): void {
  known.set(form, { key: key(form).value, version: version(form).value, what: what(form) });
}

function keep(form: HTMLFormElement): void {
  const text = field(form).value;
  const status = form.querySelector<HTMLElement>(".kept");
  const here = place(form, what(form));
  if (text.trim()) {
    const draft: Draft = { text, what: what(form), key: key(form).value, version: version(form).value };
    sessionStorage.setItem(here, JSON.stringify(draft));
  } else {
    sessionStorage.removeItem(here);
  }
  if (status) status.textContent = text.trim() ? (status.dataset["kept"] ?? "") : "";
}

let waiting: { form: HTMLFormElement; since: number; timer: number } | null = null;
let saving: Promise<void> = Promise.resolve();

function saveSoon(form: HTMLFormElement): void {
  const since = waiting?.form === form ? waiting.since : Date.now();
  if (waiting) clearTimeout(waiting.timer);
  const pause = Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now()));
  waiting = { form, since, timer: window.setTimeout(() => saveNow(false), pause) };
}

/** Saves what waits to be saved; when she leaves, in a request that outlives the page. */
function saveNow(leaving: boolean): void {
  if (!waiting) return;
  const { form, timer } = waiting;
  clearTimeout(timer);
  waiting = null;
  const data = fields(form);
  if (leaving) void post(form, data, true);
  else saving = saving.then(() => post(form, data, false));
}

function forgetWaiting(): void {
  if (waiting) clearTimeout(waiting.timer);
  waiting = null;
}

/** Waits until nothing is on its way to the server. */
export async function saved(): Promise<void> {
  saveNow(false);
  await saving;
}

function fields(form: HTMLFormElement): URLSearchParams {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") data.append(name, value);
  return data;
}

async function post(form: HTMLFormElement, data: URLSearchParams, leaving: boolean): Promise<void> {
  if ((data.get("text") ?? "").length > Number(form.dataset["most"])) return;
  const kind = data.get("what") ?? "reply";
  // She may have turned from the letter to the note meanwhile.
  const isBeside = () => isNote(kind) !== isNote(what(form));
  data.set("version", isBeside() ? beside(form).version : version(form).value);
  const text = data.get("text") ?? "";
  // A request that outlives the page may have 64 KiB; a longer text is kept in this tab.
  const keepalive = leaving && text.length < 15_000;
  try {
    const path = `/inquiries/${form.dataset["inquiry"]}/drafts`;
    const answer = await fetch(path, { method: "POST", body: data, headers: { "Torg-Quiet": "1" }, keepalive });
    if (!answer.ok) return;
    const kept = (await answer.json()) as { version: number; beside: boolean };
    if (!form.isConnected) return;
    if (kept.beside) return void showParts(form);
    // A draft more or less in her folder.
    if (kept.version < 2) void refreshList();
    if (!isNote(kind)) setMoved(form, kind);
    if (isBeside()) {
      setBeside(form, { ...beside(form), version: String(kept.version) });
      if (beside(form).text === text) sessionStorage.removeItem(place(form, kind));
      return;
    }
    version(form).value = String(kept.version);
    remember(form);
    showDiscard(form, kept.version > 0);
    if (field(form).value !== text) return;
    form.dispatchEvent(new Event("torg:saved", { bubbles: true }));
    sessionStorage.removeItem(place(form, kind));
    const status = form.querySelector<HTMLElement>(".kept");
    if (status) status.textContent = text.trim() ? (status.dataset["saved"] ?? "") : "";
  } catch {
    // Not connected: the text is kept in this tab, and saved with the next letter she types.
  }
}

/** Files and other windows' texts, as they are now. */
export async function showParts(form: HTMLFormElement, html?: string): Promise<void> {
  const id = form.dataset["inquiry"];
  const target = document.getElementById(`draft-parts-${id}`);
  const key = form.querySelector<HTMLInputElement>("[name=key]")?.value ?? "";
  const text = html ?? (await (await fetch(`/inquiries/${id}/drafts/${what(form)}?key=${encodeURIComponent(key)}`)).text());
  if (target?.isConnected) await htmx.swap({ text, target, select: `#draft-parts-${id}`, swap: "outerHTML", sourceElement: target });
}

function setMoved(form: HTMLFormElement, value: string): void {
  let moved = form.querySelector<HTMLInputElement>("[name=moved]");
  if (!moved) {
    moved = document.createElement("input");
    moved.type = "hidden";
    moved.name = "moved";
    form.append(moved);
  }
  moved.value = value;
}

/** Another kind of writing. A note and a letter have each their own text. Another kind of letter: her
    draft of that kind if she has one; else the text comes along. */
function turnTo(form: HTMLFormElement, value: string): void {
  const before = known.get(form)?.what ?? value;
  let now = before;
  if (isNote(before) !== isNote(value)) {
    now = beside(form).what || value;
    pick(form, before);
    saveNow(false);
    swap(form, before, value);
  }
  const begun = (form.dataset["begun"] ?? "").split(" ");
  const moved = form.querySelector<HTMLInputElement>("[name=moved]")?.value;
  if (!isNote(value) && now !== value && moved !== value && begun.includes(value)) {
    // Until her other letter is here, this one is what it was.
    pick(form, now);
    remember(form);
    const then = form.querySelector<HTMLInputElement>("[name=then]")?.value ?? "";
    return void saved().then(() => goTo(`${then}${then.includes("?") ? "&" : "?"}write=${value}`));
  }
  remember(form);
  showWhat(form);
  if (isNote(value) || now === value) return;
  if (value === "forward" || moved === "forward") void showParts(form);
  keep(form);
  saveSoon(form);
}

/** Puts the text that waits beside into the field, and the one of the field in its place. */
function swap(form: HTMLFormElement, from: string, to: string): void {
  const other = beside(form);
  setBeside(form, { what: from, text: field(form).value, version: version(form).value });
  pick(form, to);
  field(form).value = other.text;
  version(form).value = other.version;
  key(form).value = keyOf(key(form).value, to);
  remember(form);
  showDiscard(form, Number(other.version) > 0);
  const status = form.querySelector(".kept");
  if (status) status.textContent = "";
  form.dispatchEvent(new Event("torg:turned", { bubbles: true }));
  if (form.querySelector(".draft-parts .versions, input.beside[data-two]")) void showParts(form);
}

function pick(form: HTMLFormElement, value: string): void {
  const choice = form.querySelector<HTMLInputElement>(`[name=what][value="${value}"]`);
  if (choice) choice.checked = true;
}

/** As if a link were followed. */
function goTo(path: string): void {
  turning = true;
  const link = document.createElement("a");
  link.href = path;
  document.getElementById("app")?.append(link);
  htmx.process(link);
  link.click();
}

/** What was not saved of the text that is shown, and of the one beside it. */
function restore(form: HTMLFormElement): void {
  if (form.querySelector(":scope > .notice")) return;
  const other = isNote(what(form)) ? "reply" : "note";
  const kept = [what(form), other].map((of) => sessionStorage.getItem(place(form, of)));
  const [here, waiting] = kept.map((text) => (text === null ? null : (JSON.parse(text) as Draft)));
  if (waiting) setBeside(form, { what: waiting.what, text: waiting.text, version: waiting.version ?? "0" });
  if (here && here.text !== field(form).value) putBack(form, here);
  else if (waiting && !field(form).value.trim()) {
    swap(form, what(form), waiting.what);
    putBack(form, waiting);
  }
}

function putBack(form: HTMLFormElement, draft: Draft): void {
  // It was never saved: with the version it began from, so that another window's text is kept too.
  field(form).value = draft.text;
  version(form).value = draft.version ?? "0";
  // The same key again: if it was sent after all, it is not sent twice.
  key(form).value = draft.key;
  pick(form, draft.what);
  saveSoon(form);
}

/** `sent` is the key of the composer whose text has arrived. */
function forget(sent: string): void {
  for (const name of Object.keys(sessionStorage)) {
    if (!name.startsWith("torg-draft-")) continue;
    const draft = JSON.parse(sessionStorage.getItem(name) ?? "{}") as Partial<Draft>;
    if (draft.key === sent) sessionStorage.removeItem(name);
  }
  const form = composer();
  if (!form || form.dataset["emptied"] === sent) return;
  form.dataset["emptied"] = sent;
  forgetWaiting();
  form.reset();
  readBeside(form);
  // The letter is answered: keys are commands again, the one that takes it back too.
  if (document.activeElement instanceof HTMLElement && form.contains(document.activeElement)) document.activeElement.blur();
  form.removeAttribute("data-open");
  known.delete(form);
  showDiscard(form, Number(version(form).value) > 0);
  const status = form.querySelector(".kept");
  if (status) status.textContent = "";
}

/** Something newer stands in the thread. Who has not begun to write has seen it; who has is asked
    when she sends, because she may not have looked up. */
function noteNewer(): void {
  const form = composer();
  const newest = document.querySelector<HTMLElement>(".thread")?.dataset["newest"];
  if (form && newest && !field(form).value.trim()) seen(form).value = newest;
}

function showWhat(form: HTMLFormElement): void {
  const area = field(form);
  area.placeholder = area.dataset[what(form)] ?? "";
}

export function choose(value: "reply" | "note" | "forward"): void {
  const form = composer();
  const choice = form?.querySelector<HTMLInputElement>(`[name=what][value=${value}]`);
  if (!form || !choice) return;
  choice.checked = true;
  choice.dispatchEvent(new Event("input", { bubbles: true }));
  field(form).focus();
}

export function send(): void {
  const form = composer();
  const button = form && [...form.querySelectorAll<HTMLButtonElement>("footer button.primary")].find((one) => one.offsetParent !== null);
  if (form && button) form.requestSubmit(button);
}
