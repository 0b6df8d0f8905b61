// Groups of folders stay folded as one left them, in this browser.
const KEY = "torg-folded";
const folded = () => new Set(JSON.parse(localStorage.getItem(KEY) ?? "[]") as string[]);

export function startFolds(): void {
  document.addEventListener("click", ({ target }) => {
    const group = target instanceof Element ? target.closest("summary")?.parentElement : null;
    if (!(group instanceof HTMLDetailsElement) || !group.dataset["fold"]) return;
    const all = folded();
    // The click is about to change it.
    if (group.open) all.add(group.dataset["fold"]);
    else all.delete(group.dataset["fold"]);
    localStorage.setItem(KEY, JSON.stringify([...all]));
  });
  document.addEventListener("htmx:finally:swap", settle);
  settle();
}

function settle(): void {
  const all = folded();
  for (const group of document.querySelectorAll<HTMLDetailsElement>("details[data-fold]")) {
    group.open = !all.has(group.dataset["fold"] ?? "");
  }
}
