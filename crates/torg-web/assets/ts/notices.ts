// The bell as it is now, and what no window has told yet: a toast, a sound where one is wanted, and
// on the desktop while nobody looks at the page.
import htmx from "./htmx";
import { chime } from "./chime";
import { sessionEnded } from "./connection";
import { closing } from "./news";
import { opened } from "./place";

const DESKTOP = "torg-desktop-notices";
/** A hidden window asks a little later, so that one that is looked at is the one to tell. */
const AFTER_YOU = 600;
const SHOWN_FOR = 12_000;
let asking = false;
let again = false;
let afterQuiet = 0;

const bell = () => document.getElementById("bell");
const area = () => document.getElementById("notified");

export function startNotices(): void {
  document.addEventListener("htmx:finally:swap", settle);
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    if (target.closest("[data-try-sound]")) void chime();
    if (target.closest("[data-desktop]")) void switchDesktop();
  });
  settle();
}

/** Something came, or was seen: asked once for many words of it. */
export async function ask(): Promise<void> {
  if (!bell()) return;
  again = true;
  if (asking) return;
  asking = true;
  try {
    if (document.hidden) await new Promise((rest) => setTimeout(rest, AFTER_YOU));
    while (again) {
      again = false;
      await fetchTellings();
    }
  } finally {
    asking = false;
  }
}

async function fetchTellings(): Promise<void> {
  const answer = await fetch("/notices/telling", { method: "POST", headers: { "HX-Request": "true" } }).catch(() => null);
  if (answer?.status === 401) sessionEnded();
  if (!answer?.ok) return; // not connected; what is missed is asked for again after that
  const text = await answer.text();
  const page = new DOMParser().parseFromString(text, "text/html");
  const before = Number(bell()?.dataset["count"] ?? "0");
  showBell(page.getElementById("bell"));
  if (Number(bell()?.dataset["count"] ?? "0") > before) ring();
  const told = page.getElementById("tellings");
  if (told) tell(told);
  const noticed = document.getElementById("noticed");
  if (noticed) await refreshList(noticed);
}

/** Only what changes, so that the focus stays where it is. */
function showBell(now: HTMLElement | null): void {
  const here = bell();
  if (!here || !now) return;
  here.dataset["count"] = now.dataset["count"] ?? "0";
  here.replaceChildren(...now.childNodes);
  settle();
}

function ring(): void {
  const here = bell();
  if (!here) return;
  here.dataset["rang"] = "";
  window.setTimeout(() => delete here.dataset["rang"], 700);
}

function tell(told: HTMLElement): void {
  const quiet = Number(told.dataset["quiet"] ?? "0");
  window.clearTimeout(afterQuiet);
  // What came while it was quiet is told when it ends; a timer holds no more than 24 days.
  if (quiet > 0) afterQuiet = window.setTimeout(() => void ask(), Math.min(quiet + 500, 2 ** 31 - 1));
  const open = document.hidden ? "" : opened();
  const toasts = [...told.querySelectorAll<HTMLElement>(".toast")].filter((toast) => !open || toast.dataset["inquiry"] !== open);
  if (toasts.length === 0) return;
  for (const toast of toasts) show(toast);
  if (told.dataset["sound"] !== undefined) void chime();
  if (document.hidden) for (const toast of toasts) showOnDesktop(toast);
}

function show(toast: HTMLElement): void {
  const place = area();
  if (!place) return;
  toast.append(closing(toast, document.getElementById("news")?.dataset["close"] ?? ""));
  place.append(toast);
  htmx.process(toast);
  while (place.children.length > 3) place.firstElementChild?.remove();
  whenLookedAt(() => fade(toast));
}

/** Goes after a while, unless it is pointed at or has the focus. */
function fade(toast: HTMLElement): void {
  const go = () => (toast.matches(":hover, :focus-within") ? fade(toast) : toast.remove());
  window.setTimeout(go, SHOWN_FOR);
}

function whenLookedAt(act: () => void): void {
  if (!document.hidden) return act();
  document.addEventListener("visibilitychange", act, { once: true });
}

const maySpeak = () => "Notification" in window && Notification.permission === "granted" && localStorage.getItem(DESKTOP) !== null;

function showOnDesktop(toast: HTMLElement): void {
  if (!maySpeak()) return;
  const title = toast.querySelector("b")?.textContent ?? "";
  const body = toast.querySelector(".cut")?.textContent ?? "";
  const shown = new Notification(title, { body, tag: toast.dataset["href"] ?? "torg" });
  shown.addEventListener("click", () => {
    window.focus();
    toast.querySelector("a")?.click();
    shown.close();
  });
}

async function refreshList(noticed: HTMLElement): Promise<void> {
  if (location.search.includes("after=")) return;
  const path = noticed.dataset["path"] ?? "/notices";
  const answer = await fetch(path, { headers: { "HX-Request": "true" } }).catch(() => null);
  const target = document.getElementById("noticed");
  if (!answer?.ok || target?.dataset["path"] !== path) return;
  await htmx.swap({ text: await answer.text(), target, select: "#noticed", swap: "outerMorph", sourceElement: target });
}

/** What the page itself shows now needs no toast. */
function clearToasts(): void {
  const open = opened();
  for (const toast of document.querySelectorAll<HTMLElement>("#notified .toast")) {
    const { inquiry } = toast.dataset;
    if (inquiry ? inquiry === open : document.getElementById("noticed")) toast.remove();
  }
}

/** The number on the program's icon, and the buttons of this browser where they are. */
function settle(): void {
  const count = Number(bell()?.dataset["count"] ?? "0");
  if ("setAppBadge" in navigator) void (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined);
  document.dispatchEvent(new CustomEvent("torg:bell"));
  clearToasts();
  const device = document.getElementById("device");
  if (!device) return;
  device.hidden = false;
  const button = device.querySelector<HTMLElement>("[data-desktop]");
  if (button) button.hidden = !("Notification" in window);
  sayDesktop(device);
}

function sayDesktop(device: HTMLElement): void {
  const words = device.querySelector("[data-desktop] span");
  const said = device.querySelector("[data-desktop-said]");
  const isDenied = "Notification" in window && Notification.permission === "denied";
  if (words) words.textContent = device.dataset[maySpeak() ? "off" : "on"] ?? "";
  if (said) said.textContent = isDenied ? (device.dataset["denied"] ?? "") : "";
}

/** Asks the browser, which asks her; or says no more. Only ever by this button. */
async function switchDesktop(): Promise<void> {
  const device = document.getElementById("device");
  if (!device || !("Notification" in window)) return;
  if (maySpeak()) {
    localStorage.removeItem(DESKTOP);
  } else if ((await Notification.requestPermission()) === "granted") {
    localStorage.setItem(DESKTOP, "1");
    new Notification(device.dataset["trial"] ?? "");
  }
  sayDesktop(device);
}
