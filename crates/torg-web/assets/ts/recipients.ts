// An answer to everybody the letter was for: their addresses come into the copies, and she writes on.
// Without a script the same button leads through a page.
import { choose } from "./drafts";

const composer = () => document.querySelector<HTMLFormElement>("form.composer");

export function startRecipients(): void {
  document.addEventListener("submit", (event) => {
    const { target, submitter } = event;
    if (target !== composer() || !(submitter instanceof HTMLButtonElement) || submitter.name !== "all") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    answerAll();
  }, true);
}

/** Where the letter was for her alone, it is a reply like any other. */
export function answerAll(): boolean {
  const form = composer();
  if (!form) return false;
  choose("reply");
  const others = form.querySelector(".others")?.textContent ?? "";
  const copies = form.querySelector<HTMLInputElement>("[name=cc]");
  if (others && copies && !copies.value.includes(others)) {
    copies.value = [copies.value.replace(/[\s,]+$/, ""), others].filter(Boolean).join(", ");
    copies.dispatchEvent(new Event("input", { bubbles: true }));
  }
  form.querySelector<HTMLDetailsElement>("details.copies")?.toggleAttribute("open", others !== "");
  const button = form.querySelector<HTMLButtonElement>("button[name=all]");
  if (button) button.hidden = true;
  return true;
}
