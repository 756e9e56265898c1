/** docs/native-api.md: every example in it runs, and prints what stands below it. */
import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { isInstalled, python } from "../../bench/tools/servers.ts";
import { serveWhileTesting } from "../tools/native-api.ts";
import { temporaryDirectory, writeFile } from "../tools/records.ts";
import { corpusLogs } from "../tools/stock-answers.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const guide = readFileSync(path.join(root, "docs/native-api.md"), "utf8");
const api = serveWhileTesting(() => corpusLogs);
const run = promisify(execFile);

interface Example {
  readonly language: string;
  readonly program: string;
  /** What it prints; undefined where the guide does not say. */
  readonly prints: string | undefined;
}

function examplesIn(markdown: string): Example[] {
  const blocks = markdown.matchAll(/^```(\w+)\n(.*?)^```\n(?:\n```text\n(.*?)^```$)?/gms);
  return [...blocks]
    .map(([, language = "", program = "", prints]) => ({ language, program, prints }))
    .filter(({ language }) => language !== "text");
}

const examples = examplesIn(guide);
const inLanguage = (wanted: string) =>
  examples.filter(({ language }) => language === wanted).map((one) => [firstLine(one), one] as const);

/** The line that tells examples apart. */
function firstLine({ program }: Example): string {
  return program.split("\n").find((line) => line.includes("api/v1") || line.includes("board.")) ?? program;
}

/** The program, asking the server of this test. */
const aimed = ({ program }: Example) => program.replaceAll("http://localhost:6006/", api.url);

async function check({ prints }: Example, command: string, ...args: readonly string[]): Promise<void> {
  const { stdout } = await run(command, args, { cwd: root });
  if (prints !== undefined) expect(stdout.replaceAll("\r\n", "\n").trimEnd()).toBe(prints.trimEnd());
}

test("there are examples in every language", () => {
  for (const language of ["sh", "python", "ts"])
    expect(inLanguage(language).length, language).toBeGreaterThan(0);
});

function hasCommand(name: string): boolean {
  try {
    execFileSync(name, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasCommand("curl"))("curl", () => {
  test.each(inLanguage("sh"))("%s", async (_line, example) => {
    await check(example, "sh", "-c", aimed(example));
  });
});

describe("Python", () => {
  for (const [line, example] of inLanguage("python")) {
    const modules = [...example.program.matchAll(/^import (\w+)/gm)].map(([, name]) => name!);
    const missing = python === null || !modules.every(isInstalled);
    test.skipIf(missing)(line, async () => check(example, python!, "-c", aimed(example)));
  }
});

describe("JavaScript", () => {
  test.each(inLanguage("ts"))("%s", async (_line, example) => {
    // As in a project that has installed the package, here from its sources.
    const directory = temporaryDirectory();
    mkdirSync(path.join(directory, "node_modules"));
    symlinkSync(root, path.join(directory, "node_modules/tsboard"));
    writeFile(directory, "package.json", Buffer.from('{ "type": "module" }'));
    const file = writeFile(directory, "example.ts", Buffer.from(aimed(example)));
    await check(example, process.execPath, "--conditions=tsboard-source", "--import", "tsx", file);
  });
});
