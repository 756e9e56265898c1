/** Much to read goes to threads, in the built command: what they give is what one thread gives. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { makeLogs } from "../../bench/make-logs.ts";
import type { SeriesJson, Status } from "../../server/api/types.ts";
import { temporaryDirectory } from "../tools/records.ts";

const bin = fileURLToPath(new URL("../../dist/command/bin.js", import.meta.url));
const RUNS = 12;
const TAGS = 4;
const STEPS = 6000;

/** Starts the command and waits until it has read all; gives how to ask it. */
async function serve(logdir: string, threads: number): Promise<<T>(path: string) => Promise<T>> {
  const flags = ["--port", "0", "--index_cache", "off", "--threads", String(threads)];
  const child = spawn(process.execPath, [bin, "--logdir", logdir, ...flags], { stdio: "pipe" });
  onTestFinished(() => {
    child.kill();
  });
  const url = await new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      const match = /at (http:\S+)/.exec(chunk.toString());
      if (match) resolve(match[1]!);
    });
  });
  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(new URL(`api/v1/${path}`, url))).json()) as T;
  while ((await get<Status>("status")).loading.loading)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return get;
}

test("several threads read the same as one", { timeout: 60_000 }, async () => {
  const logdir = temporaryDirectory();
  expect(makeLogs(logdir, { runs: RUNS, tags: TAGS, steps: STEPS })).toBeGreaterThan(16e6);
  const [many, one] = [await serve(logdir, 3), await serve(logdir, 0)];
  const { loading, problems } = await many<Status>("status");
  expect(problems).toEqual([]);
  expect(loading).toMatchObject({ files: RUNS, files_read: RUNS, points: RUNS * TAGS * STEPS });
  expect(loading.bytes_read).toBe(loading.bytes);
  const tag = "group3/metric_03";
  const series = await many<SeriesJson>(`series?tag=${tag}`);
  expect(series.series.map(({ total }) => total)).toEqual(Array(RUNS).fill(STEPS));
  expect(series).toEqual(await one<SeriesJson>(`series?tag=${tag}`));
});
