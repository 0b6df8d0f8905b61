// htmx follows links and forms and morphs the new #app into the old one. Two things it must leave
// alone while it morphs: whether a <details> stands open, and rows that are just fading in.
import htmx from "htmx.org";

htmx.registerExtension("torg-keep-open", {
  "htmx_before_morph_attr": (element: Element, detail: { attrName: string; newValue: string | null }) =>
    !(element instanceof HTMLDetailsElement && detail.attrName === "open" && (detail.newValue === null || element.dataset["fold"])),
});

export default htmx;
