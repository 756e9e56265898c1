/** What people install: the packed package in an empty folder, with nothing but its dependencies. */
import { execFileSync, type SpawnSyncReturns, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { npm, pack } from "../tools/installed-package.ts";
import { temporaryDirectory } from "../tools/records.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

function run(cwd: string, command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { cwd, encoding: "utf8", stdio: "pipe" });
}

function bytesBelow(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files.reduce((sum, file) => {
    const info = statSync(path.join(folder, file));
    return info.isFile() ? sum + info.size : sum;
  }, 0);
}

test("publint finds nothing to complain of", { timeout: 60_000 }, async () => {
  const { messages } = await publint({ pkgDir: root, level: "suggestion", pack: "npm" });
  expect(messages).toEqual([]);
});

test.skipIf(npm === undefined)(
  "the README's links lead to what is in the package, and its pictures to the repository",
  { timeout: 60_000 },
  () => {
    // npm's page leads what is relative to the repository.
    expect(manifest.repository.url).toMatch(/^git\+https:\/\/github\.com\/[\w-]+\/[\w-]+\.git$/);
    const { files } = pack(temporaryDirectory());
    const readme = readFileSync(path.join(root, "README.md"), "utf8");
    const targets = [...readme.matchAll(/\]\(([^)#\s]+)/g)].map(([, target]) => target!);
    expect(targets.length).toBeGreaterThan(20);
    const missing = targets.filter((target) => {
      if (/^https?:/.test(target)) return false;
      return target.endsWith(".png") ? !existsSync(path.join(root, target)) : !files.includes(target);
    });
    expect(missing).toEqual([]);
  },
);

test.skipIf(npm === undefined)(
  "packed and installed elsewhere, it serves, writes, exports and inspects",
  { timeout: 240_000 },
  async ({ skip }) => {
    const folder = temporaryDirectory();
    const node = process.execPath;
    const { tarball } = pack(folder);
    const home = path.join(folder, "home");
    mkdirSync(home);
    writeFileSync(path.join(home, "package.json"), '{ "type": "module" }');
    try {
      run(home, node, npm!, "install", "--no-audit", "--no-fund", tarball);
    } catch (error) {
      const { stderr } = error as SpawnSyncReturns<string>;
      skip(/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN/.test(stderr), "no package registry can be reached");
      throw error;
    }

    const modules = path.join(home, "node_modules");
    // Nothing of ours runs while it is installed: npm warns people of what would.
    const { scripts } = JSON.parse(
      readFileSync(path.join(modules, "tsboard/package.json"), "utf8"),
    ) as typeof manifest;
    expect(Object.keys(scripts)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(pre|post)?(install|prepare)$/)]),
    );
    expect(bytesBelow(modules)).toBeLessThan(25e6);
    for (const developers of ["@tensorflow", "echarts", "preact", "vite"])
      expect(readdirSync(modules)).not.toContain(developers);

    const program = `
      import { createFileWriter } from "tsboard";
      const writer = createFileWriter("logs/run");
      writer.scalar("loss", 0.5, { step: 1 });
      await writer.close();`;
    writeFileSync(path.join(home, "train.js"), program);
    run(home, node, "train.js");

    const bin = path.join(modules, ".bin", "tsboard");
    expect(run(home, bin, "--version").trim()).toBe(manifest.version);
    for (const file of ["points.csv", "points.arrow", "points.parquet"]) {
      run(home, bin, "export", "logs", "--index_cache", "off", "--out", file);
      expect(statSync(path.join(home, file)).size).toBeGreaterThan(20);
    }
    expect(run(home, bin, "inspect", "logs")).toContain("run: 1 value of 1 tag");
    const server = spawn(bin, ["--logdir", "logs", "--port", "0"], { cwd: home, stdio: "pipe" });
    try {
      const url = await new Promise<string>((resolve) => {
        server.stdout.on("data", (chunk: Buffer) => {
          const match = /at (http:\S+)/.exec(chunk.toString());
          if (match) resolve(match[1]!);
        });
      });
      const answer = await fetch(new URL("data/plugin/scalars/scalars?run=run&tag=loss", url));
      expect(await answer.json()).toEqual([[expect.any(Number), 1, 0.5]]);
      expect(await (await fetch(url)).text()).toContain('<div id="app">');
    } finally {
      server.kill();
    }
  },
);
