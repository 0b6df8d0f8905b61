// One event stream for all tabs of a browser, because HTTP/1.1 allows only six connections.
import { listen, type Said } from "./stream";

const ports = new Set<MessagePort>();
let last: Said | undefined;

function tell(said: Said): void {
  if (said.name === "open" || said.name === "lost" || said.name === "ended") last = said;
  for (const port of ports) port.postMessage(said);
}

(self as unknown as { onconnect: (event: MessageEvent) => void }).onconnect = (event) => {
  const port = event.ports[0];
  if (!port) return;
  ports.add(port);
  port.onmessage = ({ data }) => {
    if (data === "gone") ports.delete(port);
  };
  // Signed out before and in again since: the first tab that comes begins anew.
  if (!last || last.name === "ended") {
    last = { name: "lost", data: "" };
    listen(tell);
  } else {
    port.postMessage(last);
  }
};
