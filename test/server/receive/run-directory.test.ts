/** Run names from outside: they lead to folders below the log directory, or nowhere. */
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isInside } from "../../../server/logdir/inside.ts";
import { makeRunDirectory, RunNameError, segmentsOf } from "../../../server/receive/run-directory.ts";
import { temporaryDirectory } from "../../tools/records.ts";

const sources = (directory: string) => [{ name: "", directory }];

test.each([
  [".", []],
  ["run", ["run"]],
  ["mnist/lr=0.1, batch 20/π", ["mnist", "lr=0.1, batch 20", "π"]],
  ["..a/b..", ["..a", "b.."]],
])("%j stands for %j", (name, segments) => {
  expect(segmentsOf(name)).toEqual(segments);
});

test.each([
  ["", "has an empty part"],
  ["/etc", 'has an empty part (it may start with "/")'],
  ["a//b", "has an empty part"],
  ["a/", "has an empty part"],
  ["..", 'has the part ".."'],
  ["a/../../b", 'has the part ".."'],
  ["./a", 'has the part "."'],
  ["a\\..\\b", "backslash"],
  ["C:", "colon"],
  ["a\0b", "control character"],
  ["a\nb", "control character"],
  ["\ud800", "control character"],
  ["a\ufffd", "not UTF-8"],
  ["x".repeat(256), "more than 255 bytes"],
  ["π".repeat(128), "more than 255 bytes"],
  ["x/".repeat(600), "1024 are allowed"],
])("%j is refused: %s", (name, words) => {
  expect(() => segmentsOf(name)).toThrow(RunNameError);
  expect(() => segmentsOf(name)).toThrow(words);
});

test("no name leads out of the log directory", async () => {
  const directory = realpathSync(temporaryDirectory());
  const part = fc.oneof(
    fc.constantFrom("..", ".", "", "a", "\\", "~", "%2e%2e"),
    fc.string({ maxLength: 5 }),
  );
  const name = fc.array(part, { maxLength: 5 }).map((parts) => parts.join("/"));
  await fc.assert(
    fc.asyncProperty(name, async (run) => {
      try {
        expect(isInside(directory, await makeRunDirectory(sources(directory), run))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(RunNameError);
      }
    }),
  );
});

describe("what is in the way", () => {
  test("folders are made, and a log directory that is not there yet", async () => {
    const directory = path.join(realpathSync(temporaryDirectory()), "later");
    const made = await makeRunDirectory(sources(directory), "a/b");
    expect(made).toBe(path.join(directory, "a", "b"));
    expect(await makeRunDirectory(sources(directory), "a/b")).toBe(made);
    expect(await makeRunDirectory(sources(directory), ".")).toBe(directory);
  });

  test("links that stay inside are followed, those that lead out are not", async () => {
    const [directory, outside] = [realpathSync(temporaryDirectory()), temporaryDirectory()];
    mkdirSync(path.join(directory, "real"));
    symlinkSync(path.join(directory, "real"), path.join(directory, "inside"));
    symlinkSync(outside, path.join(directory, "out"));
    symlinkSync(path.join(directory, "nowhere"), path.join(directory, "dead"));
    expect(await makeRunDirectory(sources(directory), "inside/run")).toBe(
      path.join(directory, "real", "run"),
    );
    await expect(makeRunDirectory(sources(directory), "out/run")).rejects.toThrow(/"out" is a link out of/);
    await expect(makeRunDirectory(sources(directory), "out")).rejects.toThrow(RunNameError);
    await expect(makeRunDirectory(sources(directory), "dead/run")).rejects.toThrow(/a link to nowhere/);
  });

  test("a file is no folder", async () => {
    const directory = temporaryDirectory();
    writeFileSync(path.join(directory, "file"), "");
    await expect(makeRunDirectory(sources(directory), "file/run")).rejects.toThrow(/"file" is a file/);
  });
});

test("with several log directories the first part says which", async () => {
  const [one, two] = [realpathSync(temporaryDirectory()), realpathSync(temporaryDirectory())];
  const both = [
    { name: "one", directory: one },
    { name: "two", directory: two },
  ];
  expect(await makeRunDirectory(both, "two/run")).toBe(path.join(two, "run"));
  await expect(makeRunDirectory(both, "run")).rejects.toThrow(/none of the log directories' names: one, two/);
});
