// htmx follows links and forms and morphs what came into what is there. Five things it must leave
// alone while it morphs: whether a <details> stands open, rows that are just fading in, what is the
// same, what is suggested for the letter that stays, and what can still be undone.
import htmx from "htmx.org";

htmx.registerExtension("torg-keep-open", {
  "htmx_before_morph_attr": (element: Element, detail: { attrName: string; newValue: string | null }) =>
    !(element instanceof HTMLDetailsElement && detail.attrName === "open" && (detail.newValue === null || element.dataset["fold"])),
});

/** What htmx writes on each link and form it has wired: no two of them are equal to it for that. */
const WIRED = / data-htmx-powered="[^"]*"/g;

/** Whether what is shown is what came. Most of what is not says so by its words, which are read sooner. */
export const isSame = (shown: Element, fresh: Element): boolean =>
  shown.textContent === fresh.textContent && shown.outerHTML.replace(WIRED, "") === fresh.outerHTML;

// Walking through a list of fifty rows to find that they are the same takes longer than reading them.
htmx.registerExtension("torg-skip-same", {
  "htmx_before_morph_node": (_: Element, { oldNode, newNode }: { oldNode: Node; newNode: Node }) =>
    !(oldNode instanceof Element && newNode instanceof Element && oldNode.id && isSame(oldNode, newNode)),
});

// A row's words take another width when they change: put anew, they move nothing that was seen.
htmx.registerExtension("torg-new-words", {
  "htmx_before_morph_node": (_: Element, { oldNode, newNode }: { oldNode: Node; newNode: Node }) => {
    const isRow = oldNode instanceof Element && newNode instanceof Element && oldNode.matches(".item > a");
    if (isRow && oldNode.innerHTML !== newNode.innerHTML) oldNode.replaceChildren(...newNode.cloneNode(true).childNodes);
    return true;
  },
});

// What fits a letter is asked for once; her own verbs on it, such as taking it, do not ask again, and
// it goes once the letter is answered.
htmx.registerExtension("torg-keep-suggested", {
  "htmx_before_morph_node": (_: Element, { oldNode, newNode }: { oldNode: Node; newNode: Node }) => {
    const isPlace = oldNode instanceof HTMLElement && newNode instanceof HTMLElement && oldNode.matches(".suggestions[data-of]");
    return !(isPlace && newNode.dataset["for"] === oldNode.dataset["of"]);
  },
});

// What can be undone is told until its time is over, whatever is shown meanwhile; what is told after
// it stands in its place.
htmx.registerExtension("torg-keep-told", {
  "htmx_before_morph_node": (_: Element, { oldNode, newNode }: { oldNode: Node; newNode: Node }) => {
    if (!(oldNode instanceof Element && newNode instanceof Element && oldNode.id === "told")) return true;
    const toast = oldNode.querySelector<HTMLElement>(".toast");
    if (newNode.childElementCount > 0) oldNode.replaceChildren();
    // The text that was sent is forgotten once: what is written since is another.
    else toast?.removeAttribute("data-sent");
    return newNode.childElementCount > 0 || !toast?.querySelector("[data-key=z], .taking-back:not([hidden])");
  },
});

export default htmx;
