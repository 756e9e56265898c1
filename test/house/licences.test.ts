/** The notices of what is bundled stand beside it: of every package that our sources import there, and those within. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Packages that sources below these folders import, but for their types. */
function imported(...folders: readonly string[]): string[] {
  const found = new Set<string>();
  for (const folder of folders)
    for (const name of readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })) {
      if (!/(?<!\.d)\.tsx?$/.test(name) || name.endsWith("vite.config.ts")) continue;
      const text = readFileSync(path.join(root, folder, name), "utf8").replace(/^\s*\/\*\*.*?\*\//gms, "");
      for (const [, type, from] of text.matchAll(
        /^(?:import|export)\s+(type\s)?[^;"']*?from\s*"([^".#][^"]*)"/gm,
      ))
        if (!type && !from!.startsWith("node:")) found.add(/^(?:@[^/]+\/)?[^/]+/.exec(from!)![0]);
    }
  return [...found].sort();
}

/** Packages that a file of notices names, each with what it says of it. */
function notices(bundle: string): Map<string, string> {
  const text = readFileSync(path.join(root, "dist", bundle, "THIRD-PARTY-LICENCES.txt"), "utf8");
  return new Map(
    text
      .split(/^== /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf(" ")), part]),
  );
}

test("the page has those of all that it is made of", () => {
  const given = notices("ui");
  // Its workers import of their own, such as umap-js; and ECharts has NOTICE, and D3's licence.
  expect(imported("ui")).toContain("umap-js");
  expect(imported("ui").filter((name) => !given.has(name))).toEqual([]);
  for (const within of ["zrender", "tslib"]) expect([...given.keys()]).toContain(within);
  expect(given.get("echarts")).toMatch(/Apache License.*The Apache Software Foundation \(https.*Bostock/s);
  for (const [name, text] of given) expect(text.length, name).toBeGreaterThan(500);
});

test("the command has those of all that it is made of", () => {
  const given = notices("command");
  const folder = path.join(root, "dist/command");
  const scripts = readdirSync(folder).filter((name) => name.endsWith(".js"));
  const code = scripts.map((name) => readFileSync(path.join(folder, name), "utf8")).join("\n");
  // Native code stays outside of the bundle, and what is loaded by `require` when it is needed.
  const outside = (name: string) => new RegExp(`(?:from|require\\() ?["\\x60]${name}["\\x60]`).test(code);
  const bundled = imported("server", "graph", "values", "files", "proto").filter((name) => !outside(name));
  expect(bundled.length).toBeGreaterThan(8);
  expect(bundled.filter((name) => !given.has(name))).toEqual([]);
  for (const [name, text] of given) expect(text.length, name).toBeGreaterThan(500);
});
