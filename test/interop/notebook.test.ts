/** Notebooks: TensorBoard's own `%tensorboard` starts tsboard, finds it again, shows its errors, and can frame it. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { isInstalled, python } from "../../bench/tools/servers.ts";
import { cacheKey } from "../../server/commands/info-file.ts";
import { startServer } from "../../server/index.ts";
import { describeInBrowser, launch, openPage } from "../tools/chromium.ts";
import { bin } from "../tools/command.ts";
import { eventFile, scalarEvent, temporaryDirectory, writeFile } from "../tools/records.ts";

function logs(): string {
  const logdir = temporaryDirectory();
  writeFile(logdir, "rün 1/events.out.tfevents.1", eventFile(scalarEvent("loss", 1, 0.5, 1.7e9)));
  return logdir;
}

describe.skipIf(python === null || !isInstalled("tensorboard"))("%tensorboard", () => {
  /** A folder for temporary files of its own, so that nobody else's servers are found. */
  function notebook() {
    const folder = temporaryDirectory();
    const binary = writeFile(
      folder,
      "tsboard",
      Buffer.from(`#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`),
    );
    chmodSync(binary, 0o755);
    const env = { ...process.env, TMPDIR: folder, TENSORBOARD_BINARY: binary };
    const oracle = fileURLToPath(new URL("./oracle/notebook.py", import.meta.url));
    return {
      start: (...args: readonly string[]) =>
        JSON.parse(execFileSync(python!, [oracle, ...args], { env, encoding: "utf8" })),
      infos: () => {
        const infos = path.join(folder, ".tensorboard-info");
        return existsSync(infos) ? readdirSync(infos) : [];
      },
    };
  }

  test("launches it, finds it again, and is told when it has gone", { timeout: 60_000 }, async () => {
    const { start, infos } = notebook();
    const logdir = logs();
    const first = start("--logdir", logdir, "--port", "0", "--index_cache", "off");
    const { pid, port } = first.info;
    onTestFinished(() => {
      if (infos().length > 0) process.kill(pid, "SIGKILL");
    });
    expect(first).toMatchObject({ outcome: "StartLaunched", info: { logdir, path_prefix: "", db: "" } });
    expect(await (await fetch(`http://localhost:${port}/data/runs`)).json()).toEqual(["rün 1"]);
    expect(start("--logdir", logdir, "--port", "0", "--index_cache", "off")).toEqual({
      outcome: "StartReused",
      info: first.info,
    });
    expect(infos()).toEqual([`pid-${pid}.info`]);
    process.kill(pid, "SIGTERM");
    await expect.poll(infos, { timeout: 10_000 }).toEqual([]);
  });

  test("shows why it did not start", { timeout: 60_000 }, () => {
    const failed = notebook().start("--logdir", "gs://bucket/logs");
    expect(failed).toMatchObject({ outcome: "StartFailed", exit_code: 1 });
    expect(failed.stderr).toContain("gs:// is not read");
  });

  test("makes the same key of a call", () => {
    const args = ["--logdir", 'a "b"\\ü\t\u007f😀', "--port", "0"];
    const program =
      "import json, sys; from tensorboard.manager import cache_key; print(cache_key('/x/ä', json.loads(sys.argv[1]), {}))";
    const stock = execFileSync(python!, ["-c", program, JSON.stringify(args)], { encoding: "utf8" });
    expect(cacheKey("/x/ä", args)).toBe(stock.trim());
  });
});

describeInBrowser("a page with the board in a frame", () => {
  /** A page of another origin, as a notebook's cell has it. */
  async function framing(src: string): Promise<string> {
    const server = createServer((_request, response) =>
      response
        .setHeader("Content-Type", "text/html")
        .end(`<!doctype html><title>notebook</title><iframe src="${src}" width="900" height="600"></iframe>`),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    return `:${(server.address() as AddressInfo).port}/`;
  }

  test.each([
    ["this machine at another port", "http://127.0.0.1", {}, true],
    ["another name of this machine", "http://localhost", {}, true],
    ["another site", "http://hub.example", {}, false],
    [
      "another site that was allowed",
      "http://hub.example",
      { frameAncestors: ["http://hub.example:*"] },
      true,
    ],
  ] as const)("%s", { timeout: 60_000 }, async (_name, site, options, shown) => {
    const server = await startServer({ logdir: logs(), port: 0, threads: 0, ...options });
    onTestFinished(() => server.close());
    const port = await framing(server.url);
    const browser = await launch(["--host-resolver-rules=MAP hub.example 127.0.0.1"]);
    onTestFinished(() => browser.close());
    const { page } = await openPage(browser);
    await page.goto(site + port);
    const card = page.frameLocator("iframe").locator('[data-tag="loss"]');
    if (shown) await card.waitFor();
    else {
      await expect.poll(() => page.frames()[1]?.url(), { timeout: 10_000 }).toMatch(/^chrome-error:/);
      expect(await card.count()).toBe(0);
    }
  });
});
