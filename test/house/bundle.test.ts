/** The built package in a web page's bundle: small, and without anything of Node. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import * as browser from "../../summary/browser.ts";
import * as node from "../../summary/index.ts";
import { bundlePage } from "../tools/bundle-page.ts";

const entry = fileURLToPath(new URL("../browser/training-page.ts", import.meta.url));

test("no module of Node is in it", { timeout: 60_000 }, async () => {
  const { code, modules, warnings } = await bundlePage(entry, "package");
  expect(modules.some((id) => id.endsWith("dist/summary/browser.js"))).toBe(true);
  expect(modules.some((id) => id.endsWith("dist/records/web/platform.js"))).toBe(true);
  const foreign = modules.filter((id) =>
    /^node:|dist\/\w+\/node\/|__vite-browser-external|@node-rs/.test(id),
  );
  expect(foreign).toEqual([]);
  expect(/from\s*["']node:/.test(code)).toBe(false);
  expect(warnings).toEqual([]);
  expect(gzipSync(code).length).toBeLessThan(75_000);
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
