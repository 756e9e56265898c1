/** SIGINT and SIGTERM end every command: how, and how soon. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { start } from "../../tools/command.ts";
import { eventFile, scalarEvent, writeFile } from "../../tools/records.ts";

/** What is promised, and what a busy machine may take. */
const SECOND = 1000;
const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const sleep = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis));

interface End {
  readonly code: number | null;
  readonly signal: string | null;
  /** Since the signal. */
  readonly millis: number;
}

async function endOf(child: ReturnType<typeof spawn>, ...signals: readonly NodeJS.Signals[]): Promise<End> {
  const ended = once(child, "exit");
  for (const [i, signal] of signals.entries()) {
    if (i > 0) await sleep(100);
    child.kill(signal);
  }
  const sent = performance.now();
  const [code, signal] = await ended;
  return { code, signal, millis: performance.now() - sent };
}

/** Logs that are read for seconds. */
let logdir: string;
beforeAll(() => {
  logdir = mkdtempSync(path.join(tmpdir(), "tsboard-test-"));
  const piece = Buffer.concat(
    Array.from({ length: 20_000 }, (_, i) => eventFile(scalarEvent(`tag${i % 100}`, i, i))),
  );
  const file = writeFile(logdir, "run/events.out.tfevents.1", piece);
  for (let i = 0; i < 100; i++) appendFileSync(file, piece);
});
afterAll(() => rmSync(logdir, { recursive: true, force: true }));

describe.each(SIGNALS)("%s", (signal) => {
  test.each([
    ["inspect", ["--json"]],
    ["export", []],
  ])("ends %s at once while it works", async (command, flags) => {
    const { child } = start(command, logdir, ...flags);
    await sleep(600);
    expect([child.exitCode, child.signalCode]).toEqual([null, null]);
    const { code, signal: by, millis } = await endOf(child, signal);
    expect({ code, by }).toEqual({ code: null, by: signal });
    expect(millis).toBeLessThan(SECOND);
  });

  test("ends a server in order, within a second", async () => {
    const { child } = start("--logdir", logdir, "--port", "0", "--index_cache", "off");
    await once(child.stdout!, "data");
    const { code, millis } = await endOf(child, signal);
    expect(code).toBe(0);
    expect(millis).toBeLessThan(SECOND);
  });
});

describe("what does not close", () => {
  /** Calls `endOnSignals` with what never ends, and says when it has. */
  async function stuck() {
    const source = fileURLToPath(new URL("../../../server/commands/end-on-signals.ts", import.meta.url));
    const program = `import { endOnSignals } from ${JSON.stringify(source)};
      endOnSignals(() => new Promise(() => {}));
      setInterval(() => {}, 1000);
      console.log("ready");`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program]);
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    await once(child.stdout, "data");
    return child;
  }

  test.each(SIGNALS)("ends by %s all the same, within a second", async (signal) => {
    const { code, signal: by, millis } = await endOf(await stuck(), signal);
    expect({ code, by }).toEqual({ code: null, by: signal });
    expect(millis).toBeLessThan(SECOND);
  });

  test.each(SIGNALS)("ends at a second %s at once", async (signal) => {
    const { code, signal: by, millis } = await endOf(await stuck(), signal, signal);
    expect({ code, by }).toEqual({ code: null, by: signal });
    // Long before it would end by itself.
    expect(millis).toBeLessThan(250);
  });
});
