// The status bar: live, not connected, or signed out. It always says that what is written is kept.

type State = "live" | "lost" | "ended";

export function showConnection(state: State): void {
  const bar = document.getElementById("connection");
  const words = bar?.querySelector(".words");
  if (!bar || !words || bar.dataset["state"] === "ended" || bar.dataset["state"] === state) return;
  bar.dataset["state"] = state;
  words.textContent = bar.dataset[state] ?? "";
}

export function sessionEnded(): void {
  showConnection("lost");
  showConnection("ended");
}
