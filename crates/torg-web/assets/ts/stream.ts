// What the server says, and what is passed on to the pages of one browser.

/** One thing that was said. `open` and `lost` are about the line itself. */
export type Said = { name: "open" | "lost" | "changed" | "presence" | "quarantine" | "notices" | "all" | "ended"; data: string };

/** Listens to the one stream, and keeps coming back after it breaks, a little later each time. */
export function listen(tell: (said: Said) => void): void {
  let waits = 1_000;
  const connect = () => {
    const source = new EventSource("/live");
    source.addEventListener("hello", () => {
      waits = 1_000;
      tell({ name: "open", data: "" });
    });
    for (const name of ["changed", "presence", "quarantine", "notices", "all"] as const) {
      source.addEventListener(name, (event) => tell({ name, data: event.data }));
    }
    source.addEventListener("ended", () => {
      source.close();
      tell({ name: "ended", data: "" });
    });
    source.addEventListener("error", () => {
      source.close();
      tell({ name: "lost", data: "" });
      // Not all pages at the same moment, when a server comes back.
      setTimeout(connect, waits * (0.5 + Math.random()));
      waits = Math.min(waits * 2, 30_000);
    });
  };
  connect();
}
