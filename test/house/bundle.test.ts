/** The built package in a web page's bundle: small, and without anything of Node. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import * as browser from "../../summary/browser.ts";
import * as node from "../../summary/index.ts";
import { bundlePage } from "../tools/bundle-page.ts";

const pageOf = (name: string) => fileURLToPath(new URL(`../browser/${name}`, import.meta.url));

test.each([
  ["a training", "training-page.ts", ["dist/summary/browser.js", "dist/records/web/platform.js"], 75_000],
  ["a page that logs scalars", "scalar-page.ts", ["dist/summary/browser.js"], 10_000],
  ["the client", "client-page.ts", ["dist/client/index.js"], 25_000],
])("no module of Node is in %s", { timeout: 60_000 }, async (_what, page, parts, bytes) => {
  const { code, modules, warnings } = await bundlePage(pageOf(page), "package");
  for (const part of parts) expect(modules.filter((id) => id.endsWith(part))).toHaveLength(1);
  const foreign = modules.filter((id) =>
    /^node:|dist\/\w+\/node\/|__vite-browser-external|@node-rs/.test(id),
  );
  expect(foreign).toEqual([]);
  expect(/from\s*["']node:/.test(code)).toBe(false);
  expect(warnings).toEqual([]);
  expect(gzipSync(code).length).toBeLessThan(bytes);
});

test.each([
  ["tsboard", browser, node],
  ["v1", browser.v1, node.v1],
  ["v1.summary", browser.v1.summary, node.v1.summary],
])("a page's %s has all but files", (_name, inPages, inNode) => {
  const files = ["createFileWriter", "projector", "FileWriter"];
  const others = Object.keys(inNode).filter((name) => !files.includes(name));
  expect(Object.keys(inPages).sort()).toEqual(others.sort());
});
