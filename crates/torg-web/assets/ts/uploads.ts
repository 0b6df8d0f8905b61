// Files by button, by drag and drop and by paste, each with its progress. What was cut off says so
// and is tried again by a button; the file stays in this page until then.
import { insert, say } from "./composer";
import { saved, showParts } from "./drafts";

const composer = (element: EventTarget | null) => (element instanceof Element ? element.closest<HTMLFormElement>("form.composer") : null);
const what = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>("[name=what]:checked")?.value ?? "reply";
let queue: Promise<void> = Promise.resolve();

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

function done(form: HTMLFormElement, row: HTMLElement): void {
  row.remove();
  if (!form.querySelector(".uploading")) form.querySelector(".said.waits")?.remove();
}

function settle(): void {
  for (const button of document.querySelectorAll<HTMLElement>(".composer .upload")) button.hidden = true;
  // What is chosen is uploaded at once, and is no field of the letter's form.
  for (const file of document.querySelectorAll(".composer .file")) file.removeAttribute("name");
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
    queue = queue.then(() => send(form, file, row, pasted && file.type.startsWith("image/")));
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

async function send(form: HTMLFormElement, file: File, row: HTMLElement, inline: boolean): Promise<void> {
  if (!row.isConnected) return;
  const kind = what(form);
  // The draft the file belongs to is there first.
  await saved();
  const data = new FormData();
  data.set("what", kind);
  if (inline) data.set("inline", "1");
  data.set("upload", file, file.name);
  const { status, text } = await posted(form, data, row);
  if (status === 200) {
    // The letter may go once the file is a field of its form.
    if (form.isConnected) await showParts(form, text);
    done(form, row);
    if (!form.isConnected) return;
    if (inline) show(form, file);
  } else if (status === 413 || status === 422) {
    done(form, row);
    say(form, text);
  } else {
    failed(form, file, row, inline);
  }
}

function posted(form: HTMLFormElement, data: FormData, row: HTMLElement): Promise<{ status: number; text: string }> {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const end = () => done({ status: request.status, text: request.responseText });
    request.open("POST", `/inquiries/${form.dataset["inquiry"]}/drafts/files`);
    request.setRequestHeader("Torg-Quiet", "1");
    request.upload.onprogress = ({ loaded, total }) => {
      const bar = row.querySelector("progress");
      if (bar && total > 0) bar.value = loaded / total;
    };
    request.onloadend = end;
    request.send(data);
  });
}

function failed(form: HTMLFormElement, file: File, row: HTMLElement, inline: boolean): void {
  const words = chooser(form)?.dataset ?? {};
  row.querySelector("progress")?.remove();
  row.setAttribute("role", "alert");
  const said = document.createElement("b");
  said.textContent = words["failed"] ?? "";
  const again = button(words["retry"] ?? "", () => {
    row.remove();
    const next = waitingRow(form, file);
    queue = queue.then(() => send(form, file, next, inline));
  });
  row.append(said, again, button(words["drop"] ?? "", () => done(form, row)));
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
