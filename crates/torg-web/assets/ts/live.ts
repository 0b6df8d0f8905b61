// Keeps the page as things are: told what changed, it fetches what is so now.
import { isArriving, whenArrived } from "./arriving";
import { sessionEnded, showConnection } from "./connection";
import { ask } from "./notices";
import { opened } from "./place";
import { refreshList, refreshQuarantine, refreshThread } from "./refresh";
import { listen, type Said } from "./stream";

let listIsOld = false;
let threadIsOld = false;
let quarantineIsOld = false;
let running = false;
/** Whether the list is old by an act of her own. */
let isOwn = false;
// A page is a little older than its line: something may have come between the two.
let wasLost = true;

export function startLive(): void {
  const worker = document.querySelector<HTMLScriptElement>("script[data-worker]")?.dataset["worker"];
  if (!document.querySelector("#connection") || document.querySelector(".bar .me") === null) return;
  if (worker && "SharedWorker" in window) {
    const { port } = new SharedWorker(worker);
    port.onmessage = ({ data }) => hear(data as Said);
    addEventListener("pagehide", () => port.postMessage("gone"));
    addEventListener("pageshow", (event) => event.persisted && location.reload());
  } else {
    listen(hear);
  }
  document.addEventListener("visibilitychange", () => void catchUp());
  // What she opened or did came without the list beside it.
  document.addEventListener("torg:old-list", () => {
    listIsOld = isOwn = true;
    void catchUp();
  });
  // The line itself may have held while this page was cut off.
  addEventListener("online", () => {
    if (wasLost) return;
    showConnection("live");
    listIsOld = threadIsOld = quarantineIsOld = true;
    void catchUp();
  });
}

function hear(said: Said): void {
  if (said.name !== "lost" && said.name !== "ended") showConnection("live");
  switch (said.name) {
    case "open":
      // What was missed meanwhile is not asked for: what is so now is.
      if (wasLost) {
        listIsOld = threadIsOld = quarantineIsOld = true;
        void ask();
      }
      wasLost = false;
      break;
    case "lost":
      wasLost = true;
      showConnection("lost");
      return;
    case "ended":
      sessionEnded();
      return;
    case "changed":
      listIsOld = true;
      threadIsOld ||= said.data.split(" ").includes(opened());
      break;
    case "presence":
      if (said.data.split(" ").includes(opened())) document.dispatchEvent(new CustomEvent("torg:presence"));
      return;
    case "quarantine":
      listIsOld = quarantineIsOld = true;
      break;
    case "notices":
      void ask();
      return;
    case "all":
      listIsOld = threadIsOld = quarantineIsOld = true;
      void ask();
  }
  void catchUp();
}

/** One fetch at a time, and another if something changed meanwhile, and none in the way of what she
    asked for herself. A hidden tab keeps its list and title true, but reads no letter: nobody is
    looking. */
async function catchUp(): Promise<void> {
  if (running) return;
  if (isArriving()) return whenArrived(() => void catchUp());
  running = true;
  try {
    while (listIsOld || quarantineIsOld || (threadIsOld && !document.hidden)) {
      if (quarantineIsOld) {
        quarantineIsOld = false;
        await refreshQuarantine();
      }
      if (listIsOld) {
        listIsOld = false;
        const wasOwn = isOwn;
        isOwn = false;
        await refreshList(0, wasOwn);
        document.dispatchEvent(new CustomEvent("torg:list"));
      }
      if (threadIsOld && !document.hidden) {
        threadIsOld = false;
        await refreshThread();
      }
    }
  } finally {
    running = false;
  }
}
