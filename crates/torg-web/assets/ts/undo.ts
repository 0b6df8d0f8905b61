// Counts down how long a letter can still be taken back. The server said how many seconds are left,
// so a clock of the browser that is wrong does no harm.

const ends = new WeakMap<Element, number>();

export function startUndo(): void {
  setInterval(tick, 250);
}

function tick(): void {
  for (const form of document.querySelectorAll<HTMLElement>("form.taking-back")) {
    const end = ends.get(form) ?? performance.now() + Number(form.dataset["left"]) * 1_000;
    ends.set(form, end);
    const left = Math.ceil((end - performance.now()) / 1_000);
    const words = form.querySelector(".left");
    if (words) words.textContent = `${Math.max(left, 0)} s`;
    if (left <= 0) form.hidden = true;
  }
}
