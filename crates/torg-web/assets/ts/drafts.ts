// A half-written text survives a reload, another inquiry, and an ended session. It is kept in this
// tab only (sessionStorage), under the writer's own id, and forgotten when it was sent.

type Draft = { text: string; what: string; key: string };

const composer = () => document.querySelector<HTMLFormElement>("form.composer");
const viewer = () => document.querySelector<HTMLElement>("main.workspace")?.dataset["viewer"] ?? "";
const place = (form: HTMLElement) => `torg-draft-${viewer()}-${form.dataset["inquiry"]}`;
const field = (form: HTMLFormElement) => form.querySelector("textarea")!;
const key = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>("[name=key]")!;
const seen = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>("[name=seen]")!;
const what = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>("[name=what]:checked")?.value ?? "reply";

export function startDrafts(): void {
  document.addEventListener("input", ({ target }) => {
    const form = target instanceof Element ? target.closest<HTMLFormElement>("form.composer") : null;
    if (form) keep(form);
    if (form && target instanceof HTMLInputElement && target.name === "what") showWhat(form);
  });
  document.addEventListener("htmx:finally:swap", settle);
  document.addEventListener("torg:thread", noteNewer);
  settle();
}

/** After every page: forget what was sent, bring back what was not. */
function settle(): void {
  const sent = document.querySelector<HTMLElement>("#told [data-sent]")?.dataset["sent"];
  if (sent) forget(sent);
  const form = composer();
  if (!form) return;
  if (form.dataset["settled"] !== key(form).value) {
    form.dataset["settled"] = key(form).value;
    restore(form);
  }
  showWhat(form);
}

function keep(form: HTMLFormElement): void {
  const text = field(form).value;
  const status = form.querySelector<HTMLElement>(".kept");
  if (text.trim()) {
    const draft: Draft = { text, what: what(form), key: key(form).value };
    sessionStorage.setItem(place(form), JSON.stringify(draft));
  } else {
    sessionStorage.removeItem(place(form));
  }
  if (status) status.textContent = text.trim() ? (status.dataset["kept"] ?? "") : "";
}

function restore(form: HTMLFormElement): void {
  const kept = sessionStorage.getItem(place(form));
  if (!kept || field(form).value.trim()) return;
  const draft = JSON.parse(kept) as Draft;
  field(form).value = draft.text;
  // The same key again: if it was sent after all, it is not sent twice.
  key(form).value = draft.key;
  form.dataset["settled"] = draft.key;
  const choice = form.querySelector<HTMLInputElement>(`[name=what][value=${draft.what === "note" ? "note" : "reply"}]`);
  if (choice) choice.checked = true;
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
  field(form).value = "";
  form.querySelector<HTMLInputElement>("[name=what][value=reply]")!.checked = true;
  const close = form.querySelector<HTMLInputElement>("[name=close]");
  if (close) close.checked = false;
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
  area.placeholder = (what(form) === "note" ? area.dataset["note"] : area.dataset["reply"]) ?? "";
}

export function choose(value: "reply" | "note"): void {
  const form = composer();
  const choice = form?.querySelector<HTMLInputElement>(`[name=what][value=${value}]`);
  if (!form || !choice) return;
  choice.checked = true;
  choice.dispatchEvent(new Event("input", { bubbles: true }));
  field(form).focus();
}

export function send(): void {
  const form = composer();
  const button = form && [...form.querySelectorAll<HTMLButtonElement>("footer button")].find((one) => one.offsetParent !== null);
  if (form && button) form.requestSubmit(button);
}
