// Files by button, by drag and drop and by paste, each in pieces and with its progress. What was cut
// off says so, and goes on where it was by a button or when the line is back; the file stays in this
// page until then, and what came of it on the server for a day. Another inquiry may be looked at
// meanwhile; who leaves the page itself is asked first.
import { insert, say } from "./composer";
import { saved, showParts } from "./drafts";

const composer = (element: EventTarget | null) => (element instanceof Element ? element.closest<HTMLFormElement>("form.composer") : null);
const what = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>("[name=what]:checked")?.value ?? "reply";
let queue: Promise<void> = Promise.resolve();

/** Bytes sent at a time: what is lost at most when the line breaks. */
const PIECE = 512 * 1024;
type Answer = { status: number; text: string };
type Come = { upload: string; received: number };
/** A file that has not arrived: whose draft it is for, and its line, which is shown there. */
type Going = { inquiry: string; kind: string; file: File; row: HTMLElement; inline: boolean; words: DOMStringMap };
const going = new Set<Going>();

const formOf = ({ inquiry }: Going) => document.querySelector<HTMLFormElement>(`form.composer[data-inquiry="${inquiry}"]`);
const lost = (inquiry: string) => `torg-files-lost-${inquiry}`;

export function startUploads(): void {
  document.addEventListener("change", ({ target }) => {
    const form = composer(target);
    if (!form || !(target instanceof HTMLInputElement) || !target.matches(".file")) return;
    take(form, [...(target.files ?? [])], false);
    target.value = "";
  });
  document.addEventListener("paste", (event) => {
    const form = composer(event.target);
    const files = [...(event.clipboardData?.files ?? [])];
    if (!form || files.length === 0 || what(form) === "note") return;
    event.preventDefault();
    take(form, files, true);
  });
  document.addEventListener("dragover", (event) => {
    const form = droppedOn(event);
    if (!form) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
  document.addEventListener("dragleave", ({ target }) => composer(target)?.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    const form = droppedOn(event);
    if (!form) return;
    event.preventDefault();
    form.classList.remove("dropping");
    take(form, [...(event.dataTransfer?.files ?? [])], false);
  });
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLButtonElement>("button[name=remove]") : null;
    const form = composer(button);
    if (!button || !form) return;
    event.preventDefault();
    event.stopPropagation();
    void remove(form, button);
  }, true);
  document.addEventListener("submit", holdForFiles, true);
  addEventListener("beforeunload", (event) => going.size > 0 && event.preventDefault());
  addEventListener("pagehide", () => {
    for (const { inquiry } of going) sessionStorage.setItem(lost(inquiry), String(Number(sessionStorage.getItem(lost(inquiry))) + 1));
  });
  document.addEventListener("htmx:finally:swap", settle);
  settle();
}

/** A letter does not leave while a file of it is on its way, or did not arrive. */
function holdForFiles(event: SubmitEvent): void {
  const form = composer(event.target);
  const pressed = event.submitter;
  const isSent = !pressed || pressed.matches(".primary, [name=anyway]");
  if (!form || !isSent || what(form) === "note" || !form.querySelector(".uploading")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say(form, form.dataset["stillUploading"] ?? "");
  form.querySelector(".said")?.classList.add("waits");
}

function done(one: Going): void {
  going.delete(one);
  one.row.remove();
  const form = formOf(one);
  if (!form?.querySelector(".uploading")) form?.querySelector(".said.waits")?.remove();
}

function settle(): void {
  for (const button of document.querySelectorAll<HTMLElement>(".composer .upload")) button.hidden = true;
  // What is chosen is uploaded at once, and is no field of the letter's form.
  for (const file of document.querySelectorAll(".composer .file")) file.removeAttribute("name");
  for (const one of going) {
    const form = formOf(one);
    if (form?.contains(one.row)) continue;
    one.row.remove();
    form?.querySelector(".marks")?.before(one.row);
  }
  tellLost();
}

/** She left the page while files were on their way, and is back. */
function tellLost(): void {
  const form = document.querySelector<HTMLFormElement>("form.composer");
  const count = form && sessionStorage.getItem(lost(form.dataset["inquiry"] ?? ""));
  if (!form || !count) return;
  sessionStorage.removeItem(lost(form.dataset["inquiry"] ?? ""));
  say(form, (form.dataset["lost"] ?? "").replace("#", count));
}

/** Anywhere in the reading pane is good enough. */
function droppedOn(event: DragEvent): HTMLFormElement | null {
  if (!event.dataTransfer?.types.includes("Files")) return null;
  const pane = event.target instanceof Element ? event.target.closest("#reading") : null;
  const form = pane?.querySelector<HTMLFormElement>("form.composer") ?? null;
  return form && what(form) !== "note" ? form : null;
}

function take(form: HTMLFormElement, files: File[], pasted: boolean): void {
  for (const file of files) {
    const row = waitingRow(form, file);
    const one = { inquiry: form.dataset["inquiry"] ?? "", kind: what(form), file, row, inline: pasted && file.type.startsWith("image/"), words: { ...chooser(form)?.dataset } };
    going.add(one);
    queue = queue.then(() => send(one));
  }
}

function waitingRow(form: HTMLFormElement, file: File): HTMLElement {
  const row = document.createElement("div");
  row.className = "uploading meta";
  const name = document.createElement("span");
  name.className = "cut";
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `${chooser(form)?.dataset["going"] ?? ""} ${file.name}`);
  row.append(name, bar);
  form.querySelector(".marks")?.before(row);
  return row;
}

const chooser = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>("input.file");

async function send(one: Going): Promise<void> {
  const { file, inline } = one;
  // The draft the file belongs to is there first.
  await saved();
  const before = formOf(one);
  const kind = before && what(before) !== "note" ? what(before) : one.kind;
  const { status, text } = await inPieces(one, { what: kind, ...(inline ? { inline: "1" } : {}) });
  const form = formOf(one);
  if (status === 200) {
    // The letter may go once the file is a field of its form.
    if (form) await showParts(form, text);
    done(one);
    if (form && inline && what(form) === kind) show(form, file);
  } else if (status === 413 || status === 422) {
    done(one);
    if (form) say(form, text);
  } else {
    failed(one);
  }
}

/** Begins the file, or goes on with what of it is there; the last answer are the draft's parts. */
async function inPieces({ inquiry, file, row }: Going, fields: Record<string, string>): Promise<Answer> {
  const path = `/inquiries/${inquiry}/drafts/uploads`;
  const key = `${fields["what"]} ${file.name} ${file.size} ${file.lastModified}`;
  let answer = await posted(path, new URLSearchParams({ name: file.name, type: file.type || "application/octet-stream", size: String(file.size), key }));
  for (;;) {
    if (answer.status !== 200) return answer;
    const { upload, received } = JSON.parse(answer.text) as Come;
    progress(row, received, file.size);
    if (received >= file.size) return posted(`${path}/${upload}/end`, new URLSearchParams(fields));
    const piece = file.slice(received, received + PIECE);
    answer = await posted(`${path}/${upload}?begins=${received}`, piece, (sent) => progress(row, received + sent, file.size));
  }
}

function progress(row: HTMLElement, sent: number, all: number): void {
  const bar = row.querySelector("progress");
  if (bar && all > 0) bar.value = Math.min(sent / all, 1);
}

function posted(path: string, body: URLSearchParams | Blob, onProgress?: (sent: number) => void): Promise<Answer> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Torg-Quiet", "1");
    request.upload.onprogress = ({ loaded }) => onProgress?.(loaded);
    request.onloadend = () => done({ status: request.status, text: request.responseText });
    request.send(body);
  });
}

function failed(one: Going): void {
  const { row, words } = one;
  row.setAttribute("role", "alert");
  const said = document.createElement("b");
  said.textContent = words["failed"] ?? "";
  const goOn = () => {
    removeEventListener("online", goOn);
    if (!going.has(one)) return;
    const next = { ...one, row: row.cloneNode() as HTMLElement };
    next.row.append(...[...row.children].filter((part) => part.matches(".cut, progress")));
    next.row.removeAttribute("role");
    row.replaceWith(next.row);
    going.delete(one);
    going.add(next);
    queue = queue.then(() => send(next));
  };
  addEventListener("online", goOn);
  const again = button(words["retry"] ?? "", goOn);
  row.append(said, again, button(words["drop"] ?? "", () => done(one)));
}

function button(words: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn small";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

/** A picture that was pasted stands where the caret is. */
function show(form: HTMLFormElement, file: File): void {
  const text = form.querySelector("textarea");
  const newest = [...form.querySelectorAll<HTMLElement>("[data-file][data-inline]")].at(-1);
  if (text && newest) insert(text, `![${file.name}](file:${newest.dataset["file"]})`);
}

async function remove(form: HTMLFormElement, pressed: HTMLButtonElement): Promise<void> {
  const id = pressed.value;
  const data = new URLSearchParams({ what: what(form), remove: id });
  const path = `/inquiries/${form.dataset["inquiry"]}/drafts/removal`;
  const answer = await fetch(path, { method: "POST", body: data, headers: { "Torg-Quiet": "1" } }).catch(() => null);
  if (!answer?.ok || !form.isConnected) return;
  await showParts(form, await answer.text());
  const text = form.querySelector("textarea");
  const mark = new RegExp(`!\\[[^\\]]*\\]\\(file:${id}\\)`, "g");
  if (text && mark.test(text.value)) {
    text.value = text.value.replace(mark, "");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  text?.focus();
}
