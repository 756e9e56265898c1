/** Much to read goes to threads, in the built package: what they give is what one thread gives. */
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { makeLogs } from "../../bench/make-logs.ts";
import type { SeriesJson, Status } from "../../server/api/types.ts";
import type { startServer } from "../../server/index.ts";
import { temporaryDirectory } from "../tools/records.ts";

const built = pathToFileURL(fileURLToPath(new URL("../../dist/server/index.js", import.meta.url))).href;
const RUNS = 12;
const TAGS = 4;
const STEPS = 6000;

async function serve(logdir: string, threads: number) {
  const server = (await import(built)) as { startServer: typeof startServer };
  const running = await server.startServer({ logdir, port: 0, threads });
  onTestFinished(() => running.close());
  await running.loaded;
  const get = async <T>(path: string): Promise<T> =>
    (await (await fetch(new URL(`api/v1/${path}`, running.url))).json()) as T;
  return {
    status: () => get<Status>("status"),
    series: (tag: string) => get<SeriesJson>(`series?tag=${tag}`),
  };
}

test("several threads read the same as one", { timeout: 60_000 }, async () => {
  const logdir = temporaryDirectory();
  expect(makeLogs(logdir, { runs: RUNS, tags: TAGS, steps: STEPS })).toBeGreaterThan(16e6);
  const [many, one] = [await serve(logdir, 3), await serve(logdir, 0)];
  const { loading, problems } = await many.status();
  expect(problems).toEqual([]);
  expect(loading).toMatchObject({
    loading: false,
    files: RUNS,
    files_read: RUNS,
    points: RUNS * TAGS * STEPS,
  });
  expect(loading.bytes_read).toBe(loading.bytes);
  const tag = "group3/metric_03";
  const series = await many.series(tag);
  expect(series.series.map(({ total }) => total)).toEqual(Array(RUNS).fill(STEPS));
  expect(series).toEqual(await one.series(tag));
});
