// `@` in a note opens the colleagues who may read it; whoever is chosen is named in full, and is told.
import { insert } from "./composer";
import { offer, type Field } from "./offers";

const isNote = (field: Field): field is HTMLTextAreaElement =>
  field.matches("form.composer textarea[name=text]") && field.form!.querySelector<HTMLInputElement>("[name=what]:checked")?.value === "note";

export function startMentions(): void {
  offer({
    popup: ".offers[data-of=colleagues]",
    isEager: true,
    typed(field, caret) {
      // As the house reads it (torg-core/src/mention.rs): not within a mail address.
      const found = isNote(field) ? /(?:^|[^\p{L}\p{N}])@((?![\s@])[^\n@]{0,60})?$/u.exec(field.value.slice(0, caret)) : null;
      const words = found?.[1] ?? "";
      return found && { start: caret - words.length - 1, end: caret, words };
    },
    path: (field, words) => `/inquiries/${field.form!.dataset["inquiry"]}/colleagues?q=${encodeURIComponent(words)}`,
    take(field, option, { start, end }) {
      const text = field as HTMLTextAreaElement;
      text.setSelectionRange(start, end);
      insert(text, `@${option.dataset["name"]} `);
    },
  });
}
