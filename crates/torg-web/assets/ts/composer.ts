// Marks by button and by key, what is pasted from a word processor, and texts that are too long.

const area = (element: Element | null) => element?.closest("form.composer")?.querySelector("textarea") ?? null;

export function startComposer(): void {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-mark]") : null;
    const text = area(button);
    if (button && text) mark(text, button.dataset["mark"] ?? "");
    if (target instanceof Element && target.closest("[data-print]")) print();
  });
  document.addEventListener("keydown", (event) => {
    const text = event.target instanceof HTMLTextAreaElement ? area(event.target) : null;
    if (!text || event.target !== text || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    const name = { b: "bold", k: "link" }[event.key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    mark(text, name);
  });
  document.addEventListener("focusin", open);
  document.addEventListener("paste", paste);
  document.addEventListener("submit", hold, true);
  document.addEventListener("htmx:finally:swap", settle);
  settle();
}

function settle(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-mark], [data-print]")) button.hidden = false;
}

/** It opens where she writes and stays open. No button opens it: it would go from under the pointer. */
function open({ target }: FocusEvent): void {
  if (!(target instanceof Element) || !target.matches("textarea, select, input:not([type=radio])")) return;
  target.closest("form.composer")?.setAttribute("data-open", "");
}

/** Puts `words` in place of what is selected, as if typed: the browser's own undo takes it back. */
export function insert(text: HTMLTextAreaElement, words: string): void {
  text.focus();
  // No other way keeps the browser's undo; where it is gone, the text is set.
  if (!document.execCommand("insertText", false, words)) text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function mark(text: HTMLTextAreaElement, name: string): void {
  const { selectionStart: start, selectionEnd: end } = text;
  const chosen = text.value.slice(start, end);
  if (name === "bold") {
    insert(text, `**${chosen}**`);
    if (!chosen) text.setSelectionRange(start + 2, start + 2);
  } else if (name === "link") {
    const address = /^https?:\/\/\S+$/.test(chosen) ? chosen : "https://";
    insert(text, `[${address === chosen ? "" : chosen}](${address})`);
    const caret = chosen && address !== chosen ? text.selectionStart - 1 : start + 1;
    text.setSelectionRange(caret, caret);
  } else {
    const begin = text.value.lastIndexOf("\n", start - 1) + 1;
    text.setSelectionRange(begin, end);
    const lines = text.value.slice(begin, end).split("\n");
    insert(text, lines.map((line) => (line.startsWith("- ") ? line : `- ${line}`)).join("\n"));
  }
}

function paste(event: ClipboardEvent): void {
  const text = event.target instanceof HTMLTextAreaElement ? area(event.target) : null;
  const data = event.clipboardData;
  if (!text || !data || event.target !== text || data.files.length > 0) return;
  const plain = data.getData("text/plain");
  const form = text.closest("form")!;
  const most = Number(form.dataset["most"]);
  if (plain.length + text.value.length > most) {
    event.preventDefault();
    say(form, form.dataset["tooLong"] ?? "");
    return;
  }
  const html = data.getData("text/html");
  if (!html || !/<(b|strong|ul|ol|a)[\s>]/i.test(html)) return;
  const marked = fromHtml(html).trim();
  // Whatever is not understood is pasted as the browser would.
  if (!marked || marked.length > most) return;
  event.preventDefault();
  insert(text, marked);
}

/** What a word processor put on the clipboard, with the few marks we have. */
function fromHtml(html: string): string {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const odd of body.querySelectorAll("style, script, head, title")) odd.remove();
  return written(body).replace(/[ \t]+\n/g, "\n").replace(/\n{3,}/g, "\n\n");
}

function written(node: Node): string {
  if (node instanceof Text) return node.data.replace(/\s+/g, " ");
  if (!(node instanceof HTMLElement)) return [...node.childNodes].map(written).join("");
  const inside = () => [...node.childNodes].map(written).join("");
  switch (node.localName) {
    case "b":
    case "strong": {
      const words = inside();
      // Some programs wrap everything in a <b> that is not bold.
      return words.trim() && node.style.fontWeight !== "normal" && !words.includes("\n") ? `**${words.trim()}**` : words;
    }
    case "a": {
      const address = node.getAttribute("href") ?? "";
      const words = inside().trim();
      return /^(https?|mailto|tel):/.test(address) && words !== address && words ? `[${words}](${address.replace(/[()\s]/g, encodeURIComponent)})` : words;
    }
    case "br":
      return "\n";
    case "li": {
      const place = [...(node.parentElement?.children ?? [])].indexOf(node) + 1;
      return `${node.parentElement?.localName === "ol" ? `${place}. ` : "- "}${inside().trim()}\n`;
    }
    case "p":
    case "div":
    case "ul":
    case "ol":
    case "tr":
    case "h1":
    case "h2":
    case "h3":
      return `\n${inside().trim()}\n`;
    default:
      return inside();
  }
}

/** A text that is too long is not sent at all: said before, without asking the server. */
function hold(event: SubmitEvent): void {
  const form = event.target instanceof HTMLFormElement && event.target.matches("form.composer") ? event.target : null;
  const text = form?.querySelector("textarea");
  if (!form || !text || text.value.length <= Number(form.dataset["most"])) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say(form, form.dataset["tooLong"] ?? "");
}

export function say(form: HTMLFormElement, words: string): void {
  form.querySelector(".said")?.remove();
  const said = document.createElement("p");
  said.className = "said notice warning";
  said.setAttribute("role", "alert");
  said.textContent = words;
  form.querySelector(".draft-parts")?.before(said);
}
