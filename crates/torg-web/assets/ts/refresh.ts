// Fetches what is so now and morphs it in. The composer is never among it.
import htmx, { isSame } from "./htmx";
import { announceArrivals } from "./news";
import { sessionEnded } from "./connection";
import { listed, opened } from "./place";
import { arrange, firstSeen, isAsSent, lookUp, tell } from "./still";

/** Which list and letter the page shows. What comes is morphed into the same elements, so these
    tell two places apart, not the elements. */
const place = () => `${listed()} ${opened()}`;
const list = () => document.querySelector<HTMLElement>("main.workspace > #list");

/** Folders and list, as they are now, with as many rows as there are, or `rows` if that is more. What
    is seen of it stands still, but after an act of her own. */
export async function refreshList(rows = 0, isOwn = false): Promise<void> {
  const shown = list();
  if (!shown) return;
  const asked = place();
  const query = new URLSearchParams(shown.dataset["query"]);
  if (opened()) query.set("open", opened());
  query.set("rows", String(Math.max(rows, document.querySelectorAll(".item").length)));
  const before = rowIds();
  const isAsked = isOwn && !isAsSent();
  const text = await fetchText(`${shown.dataset["folder"]}/list?${query}`, isAsked ? {} : { "Torg-Shown": shown.dataset["shown"] ?? "" });
  if (text === null) return;
  // Meanwhile she went on to another folder: what came belongs to the one before.
  if (place() !== asked) return refreshList(rows, isOwn);
  await showList(text, isOwn);
  if (rows === 0) markArrived(before);
}

async function showList(text: string, isOwn: boolean): Promise<void> {
  const page = read(text);
  const fresh = page.getElementById("list");
  if (fresh) arrange(fresh, isOwn);
  // What she is about to click stays under her pointer, and what she reads where it is.
  const held = document.querySelector("#rows .item:hover, #rows .item:focus-within") ?? firstSeen();
  const top = held?.getBoundingClientRect().top ?? 0;
  await morph(page, ["folders", "list"]);
  tell();
  if (held?.isConnected) document.getElementById("rows")?.scrollBy({ top: held.getBoundingClientRect().top - top, behavior: "instant" });
  lookUp();
}

/** The open inquiry: verbs, head, thread and person. */
export async function refreshThread(): Promise<void> {
  const [shown, id] = [list(), opened()];
  if (!shown || !id) return;
  const asked = place();
  const query = new URLSearchParams(shown.dataset["query"]);
  if (document.querySelector(".thread[data-earlier]")) query.set("earlier", "1");
  const text = await fetchText(`${shown.dataset["folder"]}/inquiries/${id}/thread?${query}`);
  if (text === null) return;
  if (place() !== asked) return refreshThread();
  const scroller = document.querySelector<HTMLElement>(".scroller");
  const top = scroller?.getBoundingClientRect().top ?? 0;
  const said = document.querySelector("#head > .notice");
  await morph(read(text), ["tools", "head", `thread-${id}`, "person"]);
  // Why something was refused stands until she does the next thing.
  if (said && !said.isConnected) document.getElementById("head")?.append(said);
  // What is being read stays where it is, though the head above it grew.
  if (scroller && scroller.scrollTop !== 0) scroller.scrollBy(0, scroller.getBoundingClientRect().top - top);
  document.dispatchEvent(new CustomEvent("torg:thread"));
}

/** What lies in quarantine, where that list is the page. */
export async function refreshQuarantine(): Promise<void> {
  if (!document.getElementById("quarantined")) return;
  const text = await fetchText("/quarantine");
  if (text !== null) await morph(read(text), ["quarantined"]);
}

/** What is there now, or null if that is what is shown. */
async function fetchText(path: string, headers: Record<string, string> = {}): Promise<string | null> {
  try {
    const response = await fetch(path, { headers: { "HX-Request": "true", ...headers } });
    if (response.status === 401) sessionEnded();
    return response.ok && response.status !== 204 ? await response.text() : null;
  } catch {
    return null; // not connected; the status bar says so, and the next event brings it
  }
}

const read = (text: string): Document => new DOMParser().parseFromString(text, "text/html");

/** Puts those parts of what came in that differ. */
async function morph(page: Document, ids: string[]): Promise<void> {
  for (const id of ids) {
    const [target, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (!target || !fresh || isSame(target, fresh)) continue;
    await htmx.swap({ text: fresh.outerHTML, target, swap: "outerMorph", sourceElement: target });
  }
}

function rowIds(): Set<string> {
  return new Set([...document.querySelectorAll(".item")].map((row) => row.id));
}

function markArrived(before: Set<string>): void {
  if (before.size === 0) return;
  const arrived = [...document.querySelectorAll<HTMLElement>(".item")].filter((row) => !before.has(row.id));
  // Rows that moved up because others left are not news.
  const news = arrived.filter((row) => row.classList.contains("unread"));
  for (const row of news) row.classList.add("arrived");
  if (news[0]) announceArrivals(news[0], news.length);
}
