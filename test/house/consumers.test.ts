/**
 * What strangers do with the packed package: TypeScript without `skipLibCheck`, `require`, bundlers, a Web Worker, Bun and
 * Deno. Those two are taken from PATH or from `.cache/runtimes`, where `.ci/run` installs them; without them their tests
 * are skipped.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build as esbuild } from "esbuild";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { installPackage, npm } from "../tools/installed-package.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const tsc = path.join(root, "node_modules/typescript/bin/tsc");
const folder = mkdtempSync(path.join(tmpdir(), "tsboard-consumer-"));
const entries = Object.keys(packageJson.exports)
  .filter((entry) => entry !== "./package.json")
  .map((entry) => entry.replace(".", "tsboard"));
/** What test/consumers/program.ts prints, wherever it runs. */
const printed = {
  wrong: "function",
  tfjs: "function",
  events: ["brain.Event:2", "loss", String(2n ** 60n)],
  labels: ["7"],
  points: [["run", 100, 99, Math.fround(0.01)]],
  problems: 0,
  data: [1, 2],
};

function copy(...files: readonly string[]): void {
  for (const file of files)
    copyFileSync(path.join(root, "test", file), path.join(folder, path.basename(file)));
}

/** Runs a program in the project; gives what it says, wherever it says it. */
function said(program: string, ...args: readonly string[]): string {
  const { stdout, stderr, error } = spawnSync(program, args, { cwd: folder, encoding: "utf8" });
  return error === undefined ? stdout + stderr : String(error);
}

/** The compiler's complaints of files, in a project with these options. */
function complaints(files: readonly string[], options: object): string {
  const compilerOptions = { strict: true, noEmit: true, skipLibCheck: false, target: "es2022", ...options };
  writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  return said(process.execPath, tsc, "-p", ".");
}

describe.skipIf(npm === undefined)("the packed package", { timeout: 120_000 }, () => {
  beforeAll(() => {
    installPackage(folder, "@types/node", "undici-types");
    copy("consumers/program.ts");
    for (const page of ["scalar-page", "scalar-worker", "worker-page", "client-page", "training-page"])
      copy(`browser/${page}.ts`);
    mkdirSync(path.join(folder, "out"));
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("every entry is tried", () => {
    const program = readFileSync(path.join(folder, "program.ts"), "utf8");
    expect(entries.filter((entry) => !program.includes(`from "${entry}"`))).toEqual([]);
  });

  test.each([
    ["node16", { module: "node16" }],
    ["nodenext", { module: "nodenext" }],
    ["bundler", { module: "preserve", moduleResolution: "bundler" }],
  ])("its types compile under %s", (name, options) => {
    const emitted = { noEmit: false, outDir: `out/${name}` };
    expect(complaints(["program.ts"], { lib: ["es2022"], types: ["node"], ...emitted, ...options })).toBe("");
  });

  test.each([
    ["nodenext", { module: "nodenext" }],
    ["bundler", { module: "preserve", moduleResolution: "bundler" }],
    [
      "bundler, as browsers have it",
      { module: "preserve", moduleResolution: "bundler", customConditions: ["browser"] },
    ],
  ])("its types compile in pages, which know nothing of Node, under %s", (_name, options) => {
    const pages = ["scalar-page.ts", "client-page.ts", "training-page.ts", "scalar-worker.ts"];
    expect(complaints(pages, { lib: ["es2022", "dom"], types: [], ...options })).toBe("");
  });

  test("runs in Node as it was compiled", () => {
    expect(JSON.parse(said(process.execPath, "out/nodenext/program.js"))).toEqual(printed);
  });

  test.each(entries)("require(%j) gives what import does", (entry) => {
    const file = path.join(folder, "required.cjs");
    const names = `Object.keys(required).sort().join()`;
    writeFileSync(
      file,
      `const required = require("${entry}");
       import("${entry}").then((imported) => {
         if (Object.keys(imported).sort().join() !== ${names}) throw new Error("they differ");
         console.log(Object.keys(required).length > 0);
       });`,
    );
    const warning = "--disable-warning=ExperimentalWarning";
    expect(said(process.execPath, warning, file).trim()).toBe("true");
  });

  test("esbuild bundles it for Node, but for the native module", async () => {
    const outfile = path.join(folder, "out/bundled.mjs");
    const contents = `
      import { createFileWriter, summary } from "tsboard";
      import { readRecords } from "tsboard/records";
      const writer = createFileWriter("out/logs");
      writer.asDefault(() => summary.histogram("weights", [1, 2, 3], { step: 0 }));
      await writer.close();
      for await (const record of readRecords(writer.path)) console.log(record.length > 10);`;
    await esbuild({
      absWorkingDir: folder,
      stdin: { contents, resolveDir: folder },
      bundle: true,
      platform: "node",
      format: "esm",
      external: ["@node-rs/crc32"],
      outfile,
      logLevel: "silent",
    });
    expect(said(process.execPath, outfile).trim()).toBe("true\ntrue");
  });

  describeInBrowser("in pages", () => {
    test("Vite bundles a page and its worker, and both run", async () => {
      writeFileSync(
        path.join(folder, "index.html"),
        '<!doctype html><title>waiting</title><script type="module" src="./worker-page.ts"></script>',
      );
      const outDir = path.join(folder, "out/page");
      await build({
        root: folder,
        configFile: false,
        logLevel: "error",
        build: { outDir, emptyOutDir: true },
      });
      const server = createServer((request, response) => {
        const name = new URL(request.url!, "http://page").pathname;
        const file = path.join(outDir, name === "/" ? "index.html" : name);
        if (name === "/favicon.ico") return void response.writeHead(404).end();
        const type = file.endsWith(".html") ? "text/html" : "text/javascript";
        response.writeHead(200, { "Content-Type": type }).end(readFileSync(file));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const browser = await launch();
      try {
        const { page } = await openPage(browser);
        await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        await expect.poll(() => page.title(), { timeout: 10_000 }).toMatch(/^\d{3} bytes$/);
      } finally {
        await browser.close();
        server.close();
      }
    });
  });

  /** Where a runtime is: on PATH, or where `.ci/run` puts it; null where it does not start. */
  const runtime = (name: string): string | null => {
    const places = [name, path.join(root, ".cache/runtimes/node_modules/.bin", name)];
    return places.find((place) => spawnSync(place, ["--version"]).status === 0) ?? null;
  };
  const [bun, deno] = [runtime("bun"), runtime("deno")];

  test.skipIf(bun === null)("runs in Bun", () => {
    expect(JSON.parse(said(bun!, "program.ts"))).toEqual(printed);
  });

  test.skipIf(deno === null)("runs in Deno", () => {
    expect(JSON.parse(said(deno!, "run", "--allow-all", "--node-modules-dir=manual", "program.ts"))).toEqual(
      printed,
    );
  });
});
