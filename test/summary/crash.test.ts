/**
 * `kill -9` at random moments: every record that was flushed is read, by us and (where everything is tested) by stock TensorBoard, and none half.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { decode as decodePng } from "fast-png";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isInstalled, python } from "../../bench/tools/servers.ts";
import { DataType, decodeTensor, type pb } from "../../proto/index.ts";
import { oracle } from "../interop/written.ts";
import { bundleProgram } from "../tools/bundle.ts";
import { isExhaustive } from "../tools/exhaustive.ts";
import { RunUnderTest } from "../tools/read-file.ts";
import { IMAGE_SIDE, kindAt } from "./crash-child.ts";
import { decodeEvents, onlyValue } from "./event-files.ts";

const ROUNDS = isExhaustive ? 200 : 40;
/** Rounds under way at once. */
const LANES = 4;
/** Killed so many milliseconds after the start, or after the first flush, at the latest. */
const LATEST = { start: 120, flush: 150 };
/** From buffers that every event overflows to one that holds most of a round. */
const BUFFERS = [0, 300, 4096, 65_536, 1 << 20];

interface Round {
  readonly directory: string;
  /** Steps that the program said were flushed. */
  readonly flushed: number;
}

const root = mkdtempSync(path.join(os.tmpdir(), "tsboard-crash-"));
const rounds: Round[] = [];
let program: string;

beforeAll(async () => {
  const entry = fileURLToPath(new URL("./crash-child.ts", import.meta.url));
  program = await bundleProgram(entry, path.join(root, "program"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test(`${ROUNDS} times: what was flushed is there, in order and whole`, { timeout: 120_000 }, async () => {
  const todo = Array.from({ length: ROUNDS }, (_, i) => i);
  const lane = async () => {
    for (let i = todo.pop(); i !== undefined; i = todo.pop()) rounds.push(await round(i));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  // Only now: while this reads, no program can be killed.
  for (const { directory, flushed } of rounds)
    expect(readWhole(directory), directory).toBeGreaterThanOrEqual(flushed);
  // Else this tests less than it says.
  expect(Math.max(...rounds.map(({ flushed }) => flushed))).toBeGreaterThan(100);
  expect(Math.min(...rounds.map(({ flushed }) => flushed))).toBe(0);
});

async function round(index: number): Promise<Round> {
  const directory = path.join(root, "logs", String(index));
  mkdirSync(directory, { recursive: true });
  const flushBytes = BUFFERS[index % BUFFERS.length]!;
  // A file and no pipe: what the program says there it has said, however full a pipe would be.
  const says = path.join(root, `said-${index}`);
  const output = openSync(says, "w");
  const child = spawn(process.execPath, [program, directory, String(flushBytes)], {
    stdio: ["ignore", output, "pipe"],
  });
  closeSync(output);
  const ended = once(child, "close");
  await killAtRandom(child, index % 8 === 0 ? "start" : "flush");
  expect((await ended)[1]).toBe("SIGKILL");
  const flushed = Number(readFileSync(says, "utf8").trimEnd().split("\n").at(-1));
  return { directory, flushed };
}

async function killAtRandom(child: ChildProcess, from: keyof typeof LATEST): Promise<void> {
  if (from === "flush" && child.stderr) await once(child.stderr, "data");
  await sleep(Math.random() * LATEST[from]);
  child.kill("SIGKILL");
}

/** How many steps stand in the only event file; each must hold what was logged. */
function readWhole(directory: string): number {
  const [name] = readdirSync(directory);
  if (name === undefined) return 0;
  const events = decodeEvents(readFileSync(path.join(directory, name))).slice(1);
  for (const [step, event] of events.entries()) expectWhole(event, step);
  expect(servedSteps(path.join(directory, name))).toBe(events.length);
  return events.length;
}

/** How many steps the server reads. */
function servedSteps(file: string): number {
  const run = new RunUnderTest();
  run.read(file);
  return [...run.run.series.values()].reduce((sum, { data }) => sum + data.length, 0);
}

function expectWhole(event: pb.Event, step: number): void {
  expect(Number(event.step)).toBe(step);
  const { tag, tensor } = onlyValue(event);
  const kind = kindAt(step);
  const { dtype, data } = decodeTensor(tensor ?? {});
  expect(tag).toBe(kind);
  if (kind === "scalar") expect(data[0]).toBe(step);
  else if (kind === "histogram") expect(Array.from(data as Float64Array).slice(-3)).toEqual([step, step, 2]);
  else {
    expect(dtype).toBe(DataType.DT_STRING);
    expect(decodePng(data[2] as Uint8Array)).toMatchObject({ width: IMAGE_SIDE, height: IMAGE_SIDE });
  }
}

// Half a minute for stock to read what was read by us above.
if (isExhaustive)
  describe.skipIf(python === null || !isInstalled("tensorboard"))("stock TensorBoard", () => {
    test("its event file loader reads as many, all in order", { timeout: 120_000 }, () => {
      const steps: Record<string, number | null> = JSON.parse(oracle("count.py", [path.join(root, "logs")]));
      for (const { directory } of rounds)
        expect(steps[path.basename(directory)], directory).toBe(readWhole(directory));
    });
  });
