// Bundles what the browser loads into dist/, each file named after its content, and writes
// manifest.json: the plain name of each file, and the name it is served under. Beside what can be
// made smaller lies the same as brotli makes it (RFC 7932), which is too slow to do for each visitor.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { icons } from "./icons.mjs";

const dist = new URL("dist/", import.meta.url);
await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

const { metafile } = await build({
  absWorkingDir: new URL(".", import.meta.url).pathname,
  entryPoints: ["css/app.css", "ts/app.ts", "ts/stream.worker.ts"],
  outdir: "dist",
  outbase: ".",
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "iife",
  legalComments: "none",
  metafile: true,
  loader: { ".woff2": "file" },
  logLevel: "warning",
});

const manifest = {};
for (const [path, output] of Object.entries(metafile.outputs)) {
  const source = output.entryPoint ?? Object.keys(output.inputs)[0];
  manifest[basename(source).replace(/\.ts$/, ".js")] = basename(path);
}
manifest["icons.svg"] = await keep("icons", await sprite());
manifest["mark.svg"] = await keep("mark", await readFile(new URL("img/mark.svg", import.meta.url), "utf8"));
for (const name of Object.values(manifest).filter((name) => /\.(css|js|svg)$/.test(name))) {
  await writeFile(new URL(`${name}.br`, dist), brotliCompressSync(await readFile(new URL(name, dist))));
}
await writeFile(new URL("manifest.json", dist), JSON.stringify(manifest, null, 2));

/** All icons as one file of symbols; `<use href="…#name">` takes colour and stroke from the page. */
async function sprite() {
  const symbols = await Promise.all(
    icons.map(async (name) => {
      const file = new URL(`node_modules/lucide-static/icons/${name}.svg`, import.meta.url);
      const svg = await readFile(file, "utf8");
      const shapes = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\s+/g, " ").trim();
      return `<symbol id="${name}" viewBox="0 0 24 24">${shapes}</symbol>`;
    }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

/** Writes a picture under a name that holds its content's hash, and gives the name. */
async function keep(plain, text) {
  const name = `${plain}-${createHash("sha256").update(text).digest("hex").slice(0, 8)}.svg`;
  await writeFile(new URL(name, dist), text);
  return name;
}
