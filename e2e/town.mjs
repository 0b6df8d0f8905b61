// A small municipality for one file of stories: the real program, on ports of its own.
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { deliver, letter, openRelay } from "./smtp.mjs";
import { waitFor } from "./wait.mjs";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const program = process.env.TORG_PROGRAM ?? join(root, "target/debug/torg");

/** All colleagues of the small town have the password that the demo's sign-in page offers. */
export const PASSWORD = "fjordby-demo";
export const POST = "post@fjordby.example";
export const WELFARE = "barnevern@fjordby.example";

/** Who works here. Ingrid is the one whom the demo's sign-in page offers too. */
export const INGRID = colleague("ingrid.solheim", "Ingrid Solheim", "staff", ["Service"]);
export const BO = colleague("bo.lindqvist", "Bo Lindqvist", "lead", ["Service", "Roads"]);
export const DAGNY = colleague("dagny.moe", "Dagny Moe", "staff", ["Service", "Child welfare"]);
export const ADA = colleague("ada.vik", "Ada Vik", "administrator", ["Service"]);

/** Who writes to the town. */
export const AINO = { name: "Aino Berg", from: "aino.berg@citizen.example" };
export const EINAR = { name: "Einar Holm", from: "einar.holm@citizen.example" };

function colleague(local, name, role, departments) {
  return { email: `${local}@fjordby.example`, name, role, departments };
}

/** Opens the town on `engine`; with `demo` as a newcomer starts it, with `year` with all its letters,
    with `bare` as nothing but a program that runs. */
export async function openTown(engine, { demo = false, year = false, bare = false } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "torg-story-"));
  const [database, relay, [http, smtp]] = await Promise.all([engine.create(), openRelay(), freePorts(2)]);
  const settings = join(folder, "torg.toml");
  await writeFile(settings, settingsText({ folder, database, relay, http, smtp, bare }));
  const torg = (...words) => run(program, ["--settings", settings, ...words], { cwd: folder });
  const serve = ["--settings", settings, "serve", ...(demo ? ["--demo"] : [])];
  if (!year && !bare) await settle(torg, serve, folder, `http://127.0.0.1:${http}`, demo);
  const server = await start(serve, folder, `http://127.0.0.1:${http}`, year ? 300 : 30);
  return {
    url: `http://127.0.0.1:${http}`,
    relay,
    torg,
    /** What the set-up asks for, as the program says where it was started. */
    setupCode: () => waitFor("the set-up's code", () => /The code is:\s+(\S+)/.exec(server.said())?.[1]),
    /** A letter of `citizen`; it is in the house when this returns, and filed soon after. */
    receives: (citizen, words) => deliver(smtp, letter({ to: POST, ...citizen, ...words })),
    /** A file of an archive, brought in with `torg import`; it need not be a letter. */
    imports: async (raw) => {
      const archive = await mkdtemp(join(folder, "archive-"));
      await Promise.all(["cur", "new", "tmp"].map((part) => mkdir(join(archive, part))));
      await writeFile(join(archive, "new", "1"), raw);
      await torg("import", "--address", POST, archive);
    },
    /** Changes rows behind everybody's back, as nothing in Torg would. */
    tampers: (sql) => database.tamper(folder, sql),
    async close() {
      await server.stop();
      relay.close();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Departments, addresses and colleagues, told to the running server as an administrator would. */
async function settle(torg, serve, folder, url, demo) {
  // A demo that is empty plays its year; so this town is settled before it becomes one.
  const server = await start(demo ? serve.filter((word) => word !== "--demo") : serve, folder, url, 30);
  const signature = "Kind regards\nFjordby";
  await torg("department", "add", "Service", "--signature", signature);
  await torg("department", "add", "Roads", "--signature", signature);
  await torg("department", "add", "Child welfare", "--restricted", "--signature", signature);
  await torg("address", "add", POST, "--department", "Service");
  await torg("address", "add", "roads@fjordby.example", "--department", "Roads");
  await torg("address", "add", WELFARE, "--department", "Child welfare");
  for (const one of [INGRID, BO, DAGNY, ADA]) {
    const departments = one.departments.flatMap((name) => ["--department", name]);
    await torg("user", "add", one.email, "--name", one.name, "--role", one.role, "--password", PASSWORD, ...departments);
  }
  await server.stop();
}

function settingsText({ folder, database, relay, http, smtp, bare }) {
  const lines = [
    "[server]",
    `http = "127.0.0.1:${http}"`,
    `smtp = "127.0.0.1:${smtp}"`,
    `data = ${JSON.stringify(join(folder, "data"))}`,
    database.connection ? `database = ${JSON.stringify(database.connection)}` : "",
    bare ? "" : '[municipality]\nname = "Fjordby"\nlanguage = "en"\ntime_zone = "Europe/Oslo"',
    bare ? "" : '[mail]\nhost_name = "fjordby.example"\nreceipts = false',
    bare ? "" : `[relay]\nhost = "127.0.0.1"\nport = ${relay.port}\ntls = "none"`,
    '[log]\nlevel = "warn"',
  ];
  return `${lines.join("\n")}\n`;
}

/** Starts the program and waits until it serves; `stop` ends it as an operator would. */
async function start(words, folder, url, seconds) {
  const child = spawn(program, words, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "exit");
  let said = "";
  child.stderr.on("data", (bytes) => (said += bytes));
  await waitFor(`${url}/health`, async () => {
    if (child.exitCode !== null) throw new Error(`torg ended: ${said}`);
    return fetch(`${url}/health`).then((answer) => answer.ok, () => false);
  }, seconds);
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    if (child.exitCode !== 0) throw new Error(`torg ended with ${child.exitCode}: ${said}`);
  };
  return { stop, said: () => said };
}

async function freePorts(count) {
  const servers = await Promise.all(Array.from({ length: count }, async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return server;
  }));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
  return ports;
}
