// Where in the workspace the page stands. Every request says which list it shows, so that only what
// differs is answered (src/workspace/part.rs); the page's address says the rest.

type Asked = CustomEvent<{ ctx: { request: { headers: Record<string, string> } } }>;

/** The folder that is listed and how it is narrowed, as the server writes it; nothing outside the workspace. */
export function listed(): string | undefined {
  const list = document.querySelector<HTMLElement>("main.workspace > #list");
  return list ? `${list.dataset["folder"]}${list.dataset["query"]}` : undefined;
}

/** The inquiry that is open, or nothing. */
export const opened = (): string => document.getElementById("reading")?.dataset["inquiry"] ?? "";

/** Whether a link or form was followed, and not only a part of the page refreshed. */
export const isFollowed = (event: Event): boolean =>
  (event as CustomEvent<{ ctx?: { target?: Element } } | null>).detail?.ctx?.target?.id === "app";

export function startPlace(): void {
  document.addEventListener("htmx:config:request", (event) => {
    const list = listed();
    if (list !== undefined) (event as Asked).detail.ctx.request.headers["Torg-List"] = list;
  });
  // Of the workspace itself only what stands in it is answered.
  document.addEventListener("htmx:finally:swap", () => {
    document.querySelector("main.workspace")?.toggleAttribute("data-open", opened() !== "");
  });
}
