/** docs/examples.md: every example is there, its code is the program's own, its picture is small, its links lead somewhere. */
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (file: string) => readFileSync(path.join(root, file), "utf8");
const docs = read("docs/examples.md");
const matches = (pattern: RegExp) => Array.from(docs.matchAll(pattern), ([, first]) => first!);

/** Lines without their indentation, as one text. */
const flat = (text: string) => text.split("\n").map((line) => line.trim());

test("every example has a section with its command", () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read("package.json"));
  const commands = Object.keys(scripts).filter((name) => name === "demo" || name.startsWith("example:"));
  expect(commands.length).toBeGreaterThan(5);
  expect(matches(/```sh\nnpm run (\S+)/g).sort()).toEqual(commands.sort());
});

const excerpts = Array.from(docs.matchAll(/```ts\n\/\/ (\S+)\n(.*?)\n```/gs), ([, file, code]) => ({
  file: file!,
  code: code!,
}));

test("all code names its file", () => {
  expect(excerpts).toHaveLength(matches(/(```ts)/g).length);
});

test.each(excerpts)("the code of $file is in it", ({ file, code }) => {
  const program = flat(read(file)).join("\n");
  let from = 0;
  for (const part of code.split(/^\s*\/\/ …\n/m)) {
    const at = program.indexOf(flat(part).join("\n").trim(), from);
    expect(at, part).toBeGreaterThanOrEqual(0);
    from = at;
  }
});

test.each(matches(/!\[[^\]]+\]\((\S+)\)/g))("the picture %s is under 150 kB", (picture) => {
  expect(statSync(path.join(root, "docs", picture)).size).toBeLessThan(150_000);
});

test("links within the page lead to its sections", () => {
  const sections = matches(/^## (.+)$/gm).map((title) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w -]/g, "")
      .replaceAll(" ", "-"),
  );
  expect(matches(/\]\(#(\S+)\)/g)).toEqual(sections);
});
