/** Imports point one way: ui -> client -> (types of) server -> proto <- summary, records; and never in a circle. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

interface Import {
  readonly from: string;
  /** A file of ours, relative to the root; or a package. */
  readonly to: string;
  readonly typesOnly: boolean;
  /** Loaded when it is needed: `import(…)`. */
  readonly lazy: boolean;
}

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => path.posix.join(folder, file.replaceAll(path.sep, "/")))
    .filter((file) => /\.tsx?$/.test(file) && !/\/generated\/|\/wasm\/|\/assembly\/|\.d\.ts$/.test(file));
}

function importsOf(file: string): Import[] {
  // Without docstrings, whose examples import nothing.
  const text = readFileSync(path.join(root, file), "utf8").replace(/^\s*\/\*\*.*?\*\//gms, "");
  const statements = text.matchAll(
    /^\s*(?:import|export)\s+(type\s)?[^;"']*?from\s*["']([^"']+)["']|\bimport\s*\(?\s*["']([^"']+)["']/gm,
  );
  return [...statements].map(([statement, type, from, bare]) => {
    const target = from ?? bare!;
    const to = target.startsWith(".") ? path.posix.join(path.posix.dirname(file), target) : target;
    return { from: file, to, typesOnly: type !== undefined, lazy: /^import\s*\(/.test(statement) };
  });
}

const folders = [
  "proto",
  "files",
  "values",
  "graph",
  "summary",
  "records",
  "tfjs",
  "client",
  "server",
  "ui",
  "examples",
];
const files = folders.flatMap(sources);
const imports = files.flatMap(importsOf);

const offences = (from: RegExp, to: RegExp, allowed: (i: Import) => boolean = () => false) =>
  imports.filter((i) => from.test(i.from) && to.test(i.to) && !allowed(i)).map((i) => `${i.from} -> ${i.to}`);

test("the files are found", () => {
  expect(files.length).toBeGreaterThan(60);
  expect(imports.length).toBeGreaterThan(files.length);
});

test("proto stands alone, without files and network", () => {
  // Node's way to load the native checksum is neither.
  const others = /^(graph|summary|records|client|server|ui|examples|node:(?!module$))/;
  expect(offences(/^proto\//, others)).toEqual([]);
});

test("files stands alone, and is for Node only", () => {
  expect(offences(/^files\//, /^(?!node:|files\/)/)).toEqual([]);
  const nodes = /^(server|summary\/node|records\/node|examples)\//;
  expect(offences(/^/, /^files\//, ({ from }) => nodes.test(from))).toEqual([]);
});

test("values stands alone, and runs in pages", () => {
  expect(offences(/^values\//, /^(proto|graph|summary|records|client|server|ui|examples|node:)/)).toEqual([]);
});

test("graph needs proto only, and runs in pages", () => {
  expect(offences(/^graph\//, /^(summary|records|client|server|ui|examples|node:)/)).toEqual([]);
});

test("summary needs proto only, and Node in its own folder only", () => {
  expect(offences(/^summary\//, /^(graph|records|client|server|ui|examples)\//)).toEqual([]);
  expect(offences(/^summary\/(?!node\/)/, /^node:/)).toEqual([]);
});

test("records needs proto only, and Node in its own folder only", () => {
  expect(offences(/^records\//, /^(graph|summary|client|server|ui|examples)\//)).toEqual([]);
  expect(offences(/^records\/(?!node\/)/, /^node:/)).toEqual([]);
});

test("tfjs stands alone, and runs in pages", () => {
  expect(offences(/^tfjs\//, /^(?!\.|tfjs\/)/)).toEqual([]);
});

test("server needs proto and graph only", () => {
  expect(offences(/^server\//, /^(summary|records|client|ui|examples)\//)).toEqual([]);
});

/** What the server and those who ask it have in common. */
const isApi = (i: Import) => i.to === "server/api/types.ts" && i.typesOnly;

test("client knows nothing but types of the server's API, and runs in pages", () => {
  expect(offences(/^client\//, /^(proto|summary|records|server|ui|examples|node:)/, isApi)).toEqual([]);
});

test("ui knows nothing but the client, and types of the server's API", () => {
  expect(offences(/^ui\//, /^(proto|summary|records|server|examples|node:)/, isApi)).toEqual(
    offences(/^ui\/vite\.config\.ts$/, /^node:/),
  );
});

test("reading and storing know nothing of HTTP", () => {
  expect(offences(/^server\/(store|ingest|logdir|receive)\//, /^server\/(http|plugins)\//)).toEqual([]);
});

test("a server loads nothing that only other commands need", () => {
  const loaded = new Set(["server/bin.ts", "server/commands/serve.ts"]);
  // A set grows while it is gone through.
  for (const file of loaded)
    for (const { from, to, typesOnly, lazy } of imports)
      if (from === file && !typesOnly && !lazy) loaded.add(to);
  expect(loaded).toContain("server/ingest/loader.ts");
  expect([...loaded].filter((to) => /^server\/commands\/(export|inspect)\/|^hyparquet/.test(to))).toEqual([]);
});

test("what is published needs no TensorFlow.js", () => {
  expect(offences(/^(proto|graph|summary|records|tfjs|client|server|ui)\//, /^@tensorflow\//)).toEqual([]);
});

test("nothing imports in a circle", () => {
  const graph = new Map<string, string[]>();
  for (const { from, to, typesOnly } of imports)
    if (!typesOnly) graph.set(from, [...(graph.get(from) ?? []), to]);
  const state = new Map<string, "open" | "done">();
  const visit = (file: string, trail: readonly string[]): string[] => {
    if (state.get(file) === "done") return [];
    if (state.get(file) === "open") return [[...trail.slice(trail.indexOf(file)), file].join(" -> ")];
    state.set(file, "open");
    const circles = (graph.get(file) ?? []).flatMap((to) => visit(to, [...trail, file]));
    state.set(file, "done");
    return circles;
  };
  expect(files.flatMap((file) => visit(file, []))).toEqual([]);
});
