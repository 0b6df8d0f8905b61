// Mail as the world outside sends and takes it: a citizen's mail program, and the relay that
// carries the municipality's answers away.
import { connect, createServer } from "node:net";
import { once } from "node:events";
import { waitFor } from "./wait.mjs";

/** Delivers `mail` ({ from, to, raw }) to the SMTP door at `port`; rejects with what the door said. */
export async function deliver(port, mail) {
  const socket = connect(port, "127.0.0.1");
  const answers = answerReader(socket);
  const say = async (line, expected) => {
    if (line !== null) socket.write(`${line}\r\n`);
    const answer = await answers();
    if (!answer.startsWith(expected)) throw new Error(`${line ?? "greeting"}: ${answer}`);
  };
  try {
    await say(null, "220");
    await say("EHLO citizen.example", "250");
    await say(`MAIL FROM:<${mail.from}>`, "250");
    await say(`RCPT TO:<${mail.to}>`, "250");
    await say("DATA", "354");
    await say(`${mail.raw.replace(/^\./gm, "..")}\r\n.`, "250");
    await say("QUIT", "221");
  } finally {
    socket.destroy();
  }
}

/** A letter as text; `answers` is the mail of ours that it answers, `type` what its
 *  text is. */
export function letter({ from, name, to, cc, subject, text, answers, type = "text/plain; charset=utf-8" }) {
  const id = `${Date.now()}.${Math.random().toString(36).slice(2)}@citizen.example`;
  const headers = [
    `From: ${name} <${from}>`,
    `To: <${to}>`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${id}>`,
    "MIME-Version: 1.0",
    `Content-Type: ${type}`,
    "Content-Transfer-Encoding: 8bit",
  ];
  if (cc) headers.push(`Cc: ${cc}`);
  if (answers) headers.push(`In-Reply-To: ${answers}`, `References: ${answers}`);
  return { from, to, raw: [...headers, "", ...text.split("\n")].join("\r\n") };
}

/** A relay that takes every mail and keeps it: `{ port, refused, mailTo(address), close() }`. Whom
 *  `refused` holds it does not know. */
export async function openRelay() {
  const taken = [];
  const refused = new Set();
  const server = createServer((socket) => take(socket, taken, refused));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: server.address().port,
    refused,
    /** The newest mail to `address` of which `wanted` holds, waited for. */
    mailTo: (address, wanted = () => true) =>
      waitFor(`a mail to ${address}`, () => taken.findLast((mail) => mail.to.includes(address) && wanted(mail))),
    close: () => server.close(),
  };
}

function take(socket, taken, refused) {
  let mail = { to: [] };
  let data = null;
  let rest = "";
  const say = (line) => socket.write(`${line}\r\n`);
  const hear = (line) => {
    if (data !== null) {
      if (line !== ".") return data.push(line.replace(/^\./, ""));
      taken.push({ ...mail, ...read(data.join("\r\n")) });
      [mail, data] = [{ to: [] }, null];
      return say("250 kept");
    }
    const [verb] = line.toUpperCase().split(/[ :]/);
    const address = line.match(/<(.*?)>/)?.[1];
    if (verb === "RCPT" && refused.has(address)) return say("550 nobody here by that name");
    if (verb === "RCPT") mail.to.push(address);
    if (verb === "DATA") data = [];
    if (verb === "QUIT") return socket.end("221 bye\r\n");
    say(verb === "DATA" ? "354 go on" : "250 well");
  };
  socket.on("error", () => {});
  socket.on("data", (bytes) => {
    rest += bytes.toString("latin1");
    const lines = rest.split("\r\n");
    rest = lines.pop();
    lines.forEach(hear);
  });
  say("220 relay.example");
}

/** The headers that stories ask about, and the text with quoted-printable undone. */
function read(raw) {
  const head = raw.slice(0, raw.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");
  const header = (name) => head.match(new RegExp(`^${name}: *(.*)$`, "im"))?.[1] ?? "";
  const address = (value) => value.match(/<(.*?)>/)?.[1] ?? value;
  const text = Buffer.from(
    raw.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");
  return {
    id: header("Message-ID"),
    subject: header("Subject"),
    replyTo: address(header("Reply-To") || header("From")),
    isAutomatic: header("Auto-Submitted") !== "" && header("Auto-Submitted") !== "no",
    text,
  };
}

/** Reads one answer after the other, of one line or several ("250-…", then "250 …"). */
function answerReader(socket) {
  let heard = "";
  let failed = null;
  socket.on("data", (bytes) => (heard += bytes));
  socket.on("error", (error) => (failed = error));
  return () =>
    waitFor("an answer of the mail door", () => {
      if (failed) throw failed;
      const answer = heard.match(/^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/);
      if (!answer) return null;
      heard = heard.slice(answer[0].length);
      return answer[0].trim();
    });
}
