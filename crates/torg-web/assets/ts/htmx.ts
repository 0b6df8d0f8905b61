// htmx follows links and forms and morphs what came into what is there. Three things it must leave
// alone while it morphs: whether a <details> stands open, rows that are just fading in, and what is
// the same.
import htmx from "htmx.org";

htmx.registerExtension("torg-keep-open", {
  "htmx_before_morph_attr": (element: Element, detail: { attrName: string; newValue: string | null }) =>
    !(element instanceof HTMLDetailsElement && detail.attrName === "open" && (detail.newValue === null || element.dataset["fold"])),
});

/** What htmx writes on each link and form it has wired: no two of them are equal to it for that. */
const WIRED = / data-htmx-powered="[^"]*"/g;

// Walking through a list of fifty rows to find that they are the same takes longer than reading them.
htmx.registerExtension("torg-skip-same", {
  "htmx_before_morph_node": (_: Element, { oldNode, newNode }: { oldNode: Node; newNode: Node }) =>
    !(oldNode instanceof Element && newNode instanceof Element && oldNode.id && oldNode.outerHTML.replace(WIRED, "") === newNode.outerHTML),
});

// A row's words take another width when they change: put anew, they move nothing that was seen.
htmx.registerExtension("torg-new-words", {
  "htmx_before_morph_node": (_: Element, { oldNode, newNode }: { oldNode: Node; newNode: Node }) => {
    const isRow = oldNode instanceof Element && newNode instanceof Element && oldNode.matches(".item > a");
    if (isRow && oldNode.innerHTML !== newNode.innerHTML) oldNode.replaceChildren(...newNode.cloneNode(true).childNodes);
    return true;
  },
});

export default htmx;
