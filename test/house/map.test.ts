/**
 * ARCHITECTURE.md and CONTRIBUTING.md name files and folders that are there, and commands that package.json has; what
 * any document says is tested by a test, is tested by one that is there.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** What is installed and what is built is not ours to name. */
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !/^\.|^(node_modules|dist|logs|runs)$/.test(entry.name))
  .map(({ name }) => name);
/** Each with a slash in front, so that the end of a path is whole names. */
const files = [
  ...readdirSync(root),
  ...folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map(
      (file) => `${folder}/${file.replaceAll(path.sep, "/")}`,
    ),
  ),
].map((file) => `/${file}`);

/** What stands in backquotes and is a file or folder: `folder/`, `file.ts`, `folder/file.ts`. */
function namedFiles(text: string): string[] {
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map(([, name]) => name!);
  return quoted.filter(
    (name) => /^[\w./-]+(\/|\.(tsx?|css|json|md|gz|js))$/.test(name) && !/NAME/.test(name),
  );
}

const isThere = (name: string): boolean => {
  const end = `/${name.replace(/\/$/, "")}`;
  return files.some((file) => file.endsWith(end));
};

test.each(["ARCHITECTURE.md", "CONTRIBUTING.md"])("%s names what there is", (page) => {
  const names = namedFiles(read(page));
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !isThere(name))).toEqual([]);
});

/** What stands in `test/output` is made by tests. */
const documents = [
  ...readdirSync(root),
  ...readdirSync(path.join(root, "docs")).map((name) => `docs/${name}`),
];

test("every test that a document names is there", () => {
  const named = documents
    .filter((name) => name.endsWith(".md"))
    .flatMap((page) =>
      [...read(page).matchAll(/(?<![\w./-])test\/(?!output\b)[\w./-]*\w/g)].map(([name]) => ({ page, name })),
    );
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter(({ name }) => !existsSync(path.join(root, name)))).toEqual([]);
});

test("the map has every folder of the project, and of the server and the page", () => {
  const map = /^```\n([\s\S]*?)^```/m.exec(read("ARCHITECTURE.md"))![1]!;
  const inside = (folder: string): string[] =>
    readdirSync(path.join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  const missing = [...folders, ...inside("server"), ...inside("ui")].filter(
    (name) => !map.includes(`${name}/`),
  );
  expect(missing).toEqual([]);
});

test("every command of CONTRIBUTING.md is there", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const text = read("CONTRIBUTING.md");
  const named = [...text.matchAll(/npm (?:run )?([a-z:]+)\b|`(bench:[a-z]+)`/g)].map(([, a, b]) => a ?? b!);
  const commands = named.filter((name) => !["ci", "install", "run"].includes(name));
  expect(commands.length).toBeGreaterThan(10);
  expect(commands.filter((name) => scripts[name] === undefined)).toEqual([]);
  const tests = [...text.matchAll(/`npx vitest run ([\w./-]+)/g)].map(([, name]) => name!);
  expect(tests.length).toBeGreaterThan(0);
  expect(tests.filter((name) => !isThere(name))).toEqual([]);
});
