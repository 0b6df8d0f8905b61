// "New: water leak in Nedre gate": a toast over the list, and the same words for screen readers.

const area = () => document.getElementById("news");

export function announceArrivals(row: HTMLElement, count: number): void {
  const place = area();
  const link = row.querySelector("a");
  if (!place || !link) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  const words = document.createElement("span");
  words.className = "grow cut";
  words.append(`${place.dataset["new"]} `);
  const subject = document.createElement("b");
  subject.textContent = row.dataset["subject"] ?? "";
  words.append(subject, count > 1 ? ` +${count - 1}` : "");
  const show = document.createElement("a");
  show.href = link.href;
  show.textContent = place.dataset["show"] ?? "";
  toast.append(words, show, closing(toast, place.dataset["close"] ?? ""));
  place.replaceChildren(toast);
  window.setTimeout(() => toast.remove(), 12_000);
}

/** The button that closes a toast. */
export function closing(toast: HTMLElement, label: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.ariaLabel = label;
  button.textContent = "×";
  button.addEventListener("click", () => toast.remove());
  return button;
}
