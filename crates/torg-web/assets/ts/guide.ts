// The guide in the corner: one step after the other, each pointing at what it speaks of. It is
// never shown again once it is put away, and what it points at never moves.

const card = () => document.querySelector<HTMLElement>("#guide");
let at = 0;

export function startGuide(): void {
  const guide = card();
  if (!guide) return;
  guide.querySelector(".next")?.addEventListener("click", () => show(at + 1, true));
  guide.querySelector(".back")?.addEventListener("click", () => show(at - 1, true));
  for (const form of guide.querySelectorAll("form")) form.addEventListener("submit", putAway);
  guide.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    guide.querySelector("form")?.requestSubmit();
  });
  // A page that was followed to is another one, and what is pointed at is new.
  document.addEventListener("htmx:after:swap", point);
  show(0, false);
}

function show(step: number, focus: boolean): void {
  const guide = card();
  const steps = [...(guide?.querySelectorAll<HTMLElement>(".step") ?? [])];
  if (!guide || !steps[step]) return;
  at = step;
  steps.forEach((one, place) => (one.hidden = place !== step));
  const isLast = step === steps.length - 1;
  hide(guide, ".back", step === 0);
  hide(guide, ".next", isLast);
  hide(guide, ".done", !isLast);
  if (focus) steps[step].querySelector<HTMLElement>("h3")?.focus();
  point();
}

function hide(guide: HTMLElement, selector: string, hidden: boolean): void {
  const part = guide.querySelector<HTMLElement>(selector);
  if (part) part.hidden = hidden;
}

function point(): void {
  for (const old of document.querySelectorAll(".pointed")) old.classList.remove("pointed");
  const selector = card()?.querySelectorAll<HTMLElement>(".step")[at]?.dataset["at"];
  if (selector) document.querySelector(selector)?.classList.add("pointed");
}

/** The card goes at once; if the server could not be told, it comes back with the next page. */
function putAway(event: Event): void {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  void fetch(form.action, { method: "POST", redirect: "manual" });
  const held = card()?.contains(document.activeElement);
  card()?.remove();
  point();
  if (held) document.querySelector<HTMLElement>("#main")?.focus();
}
