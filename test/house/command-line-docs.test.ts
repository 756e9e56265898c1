/** docs/command-line.md says what the command does: its examples print what they show, and every flag is in it. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { bin } from "../tools/command.ts";
import { temporaryDirectory } from "../tools/records.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = readFileSync(path.join(root, "docs/command-line.md"), "utf8");

interface Example {
  readonly command: string;
  readonly printed: string;
}

/** Commands of the blocks that show a terminal, with what stands below each. */
const examples: Example[] = [...page.matchAll(/^```console\n(.*?)^```$/gms)].flatMap(([, block]) =>
  block!
    .split(/^\$ /m)
    .slice(1)
    .map((one) => ({ command: one.slice(0, one.indexOf("\n")), printed: one.slice(one.indexOf("\n") + 1) })),
);

test("examples are found", () => expect(examples.length).toBeGreaterThan(7));

describe("an example prints what it shows", () => {
  test.each(examples.map((one) => [one.command, one] as const))("%s", (_name, { command, printed }) => {
    const folder = temporaryDirectory();
    const cwd = path.join(root, "test/corpus");
    const script = `tsboard() { "${process.execPath}" "${bin}" "$@"; }\nexec 2>&1\n${command}\ntrue`;
    const env = { ...process.env, TMP: folder, XDG_CACHE_HOME: folder };
    const output = execFileSync("sh", ["-c", script], { cwd, encoding: "utf8", env });
    const found = output
      .replaceAll(folder, "$TMP")
      .replaceAll(cwd, "$PWD")
      .replaceAll(/\(\d[\d. minhs]*\)/g, "(…)");
    expect(found).toBe(printed);
  });
});

test.each([[], ["export"], ["inspect"]])("every flag of tsboard %s is explained", (...command) => {
  const help = execFileSync(process.execPath, [bin, ...command, "--help"], { encoding: "utf8" });
  const flags = [...help.matchAll(/^ {2}(?:-\w, )?(--\w+)/gm)].map((match) => match[1]!);
  expect(flags.length).toBeGreaterThan(5);
  expect(flags.filter((flag) => flag !== "--help" && !page.includes(`\`${flag}\``))).toEqual([]);
});
