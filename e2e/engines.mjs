// The two databases every story is told on.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Each engine: its name, why it is skipped (if it is), and how a fresh database is made. */
export const engines = [
  {
    name: "SQLite",
    skip: false,
    create: async () => ({
      connection: null,
      drop: async () => {},
      // Beside the running program, which waits for a moment.
      tamper: (folder, sql) => run("sqlite3", ["-bail", join(folder, "data", "torg.db"), `pragma busy_timeout = 10000; ${sql}`]),
    }),
  },
  {
    name: "PostgreSQL",
    skip: process.env.TORG_TEST_POSTGRES ? false : "TORG_TEST_POSTGRES is not set: use script/with-postgres",
    create: createPostgres,
  },
];

async function createPostgres() {
  const server = process.env.TORG_TEST_POSTGRES;
  const name = `story_${process.pid}_${Date.now().toString(36)}`;
  await psql(server, `create database ${name}`);
  return {
    connection: `${server.replace(/\bdbname=\S+/, "")} dbname=${name}`,
    drop: () => psql(server, `drop database ${name} with (force)`),
    tamper: (_folder, sql) => psql(`${server.replace(/\bdbname=\S+/, "")} dbname=${name}`, sql),
  };
}

const psql = (server, sql) => run("psql", ["--no-psqlrc", "--quiet", `--dbname=${server}`, `--command=${sql}`]);
