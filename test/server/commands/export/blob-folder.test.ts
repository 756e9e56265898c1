/** Files of images and clips: below the export's folder whatever a log calls them, and each under a name of its own. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BlobFolder, safeName } from "../../../../server/commands/export/blob-folder.ts";
import { temporaryDirectory } from "../../../tools/records.ts";

test.each([
  ["loss", "loss"],
  ["layer1/weights 运行", "layer1%2Fweights 运行"],
  ["..", "%2E%2E"],
  [".", "%2E"],
  ["", "%"],
  ["%2F", "%252F"],
  ['a\\b:c*d?"<>|\n', "a%5Cb%3Ac%2Ad%3F%22%3C%3E%7C%0A"],
  ["ends with a dot.", "ends with a dot%2E"],
])("%j is one part of a path: %j", (name, safe) => {
  expect(safeName(name)).toBe(safe);
});

test("every name is one part of a path, and no two names share one", () => {
  const names = fc.oneof(
    fc.string(),
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("a/b", "a\\b", "..", "C:"),
  );
  fc.assert(
    fc.property(names, names, (a, b) => {
      const [first, second] = [safeName(a), safeName(b)];
      expect(path.basename(path.join("/root", first))).toBe(first);
      expect(path.win32.basename(path.win32.join("C:\\root", first))).toBe(first);
      expect(first === second).toBe(a === b);
    }),
  );
});

test("names of any length fit a file system, and differ where only their ends do", () => {
  const long = "損失".repeat(5_000_000);
  const [a, b] = [safeName(`${long}a`), safeName(`${long}b`)];
  expect(a).not.toBe(b);
  expect(Buffer.byteLength(a)).toBeLessThan(255);
});

test("steps that were written twice, and tags that differ in capitals only, overwrite nothing", () => {
  const root = temporaryDirectory();
  const folder = new BlobFolder(root);
  const place = { plugin: "images", run: "run", tag: "in", step: 3, index: 0, extension: "png" };
  const names = [
    place,
    place,
    { ...place, tag: "In" },
    { ...place, index: 1 },
    { ...place, step: 2n ** 60n },
  ].map((one, i) => folder.write(one, Uint8Array.of(i)));
  expect(names).toEqual([
    "images/run/in/3.png",
    "images/run/in/3~2.png",
    "images/run/In/3~3.png",
    "images/run/in/3_1.png",
    "images/run/in/1152921504606846976.png",
  ]);
  for (const [i, name] of names.entries()) expect(readFileSync(path.join(root, name))).toEqual(Buffer.of(i));
  expect(readdirSync(root)).toEqual(["images"]);
});
