// Who else has the inquiry open. This page says every fifteen seconds that it is there, while
// somebody looks at it; what it does not say any more lapses on the server.
import htmx from "./htmx";
import { opened } from "./place";

const EVERY = 15_000;
let typedAt = -Infinity;
let here = "";
let busy = false;
let again = false;

export function startPresence(): void {
  document.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLTextAreaElement) || !target.closest("form.composer")) return;
    const isNews = performance.now() - typedAt > EVERY;
    typedAt = performance.now();
    if (isNews) void beat();
  });
  document.addEventListener("torg:presence", () => void beat());
  document.addEventListener("htmx:finally:swap", arrive);
  document.addEventListener("visibilitychange", () => document.hidden || void beat());
  setInterval(() => void beat(), EVERY);
  arrive();
}

/** Another inquiry is open now. */
function arrive(): void {
  const id = opened();
  if (id === here) return;
  here = id;
  typedAt = -Infinity;
  void beat();
}

/** One at a time, and another if something was said meanwhile. */
async function beat(): Promise<void> {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  do {
    again = false;
    await say();
  } while (again);
  busy = false;
}

async function say(): Promise<void> {
  const id = opened();
  if (!id || document.hidden) return;
  const writing = performance.now() - typedAt < EVERY ? "1" : "0";
  try {
    const answer = await fetch(`/inquiries/${id}/presence`, { method: "POST", body: new URLSearchParams({ writing }), headers: { "Torg-Quiet": "1" } });
    const target = document.getElementById(`presence-${id}`);
    if (answer.ok && target) await htmx.swap({ text: await answer.text(), target, select: `#presence-${id}`, swap: "outerMorph", sourceElement: target });
  } catch {
    // not connected; the status bar says so
  }
}
