/** Format, lint and types of the whole project: what `npm run check` runs, so that `npm test` is enough. */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const require = createRequire(import.meta.url);

/** Runs a development dependency's command; gives what it prints when it fails, else nothing. */
function complaints(tool: string, script: string, args: readonly string[]): Promise<string> {
  const command = path.join(path.dirname(require.resolve(`${tool}/package.json`)), script);
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { cwd: root }, (error, stdout, stderr) =>
      resolve(error ? stdout + stderr : ""),
    );
  });
}

test("format and lint", { timeout: 120_000 }, async () => {
  expect(await complaints("@biomejs/biome", "bin/biome", ["check", "--error-on-warnings", "."])).toBe("");
});

test.each([".", "ui", "test/browser"])("types of %s", { timeout: 120_000 }, async (project) => {
  expect(await complaints("typescript", "bin/tsc", ["-p", project])).toBe("");
});
