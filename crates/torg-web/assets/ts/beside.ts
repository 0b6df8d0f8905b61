// One field holds two texts in turn: a letter's, and a note's for the house. Whichever she does not
// write just now waits here, with the version it was saved as, so that no text of one ever becomes
// one of the other by itself. Between reply and forward a text does go along.

export type Beside = { what: string; text: string; version: string };

const texts = new WeakMap<HTMLFormElement, Beside>();
const NOTE = "-note";

export const isNote = (what: string) => what === "note";

/** The text beside what is written in `form`; without any, an empty one. */
export const beside = (form: HTMLFormElement): Beside => texts.get(form) ?? { what: "", text: "", version: "0" };

export const setBeside = (form: HTMLFormElement, text: Beside) => void texts.set(form, text);

/** What the page says of it. */
export function readBeside(form: HTMLFormElement): void {
  const given = form.querySelector<HTMLInputElement>("input.beside");
  if (given) texts.set(form, { what: given.dataset["what"] ?? "", text: given.value, version: given.dataset["version"] ?? "0" });
  else texts.delete(form);
}

/** A note has a key of its own: what is told of the one is not true of the other. */
export const keyOf = (key: string, what: string) => key.replace(/-note$/, "") + (isNote(what) ? NOTE : "");
