/** The native API: catalog, series in all their forms, and errors in words. */
import { tableFromIPC } from "@uwdata/flechette";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Catalog, SeriesJson, Status } from "../../../server/api/types.ts";
import { type RunningServer, startServer } from "../../../server/index.ts";
import { corpusLogs } from "../../tools/stock-answers.ts";

let server: RunningServer;

beforeAll(async () => {
  server = await startServer({ logdir: corpusLogs, port: 0, threads: 0, windowTitle: "corpus" });
  await server.loaded;
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(`api/v1/${path}`, server.url), { headers });
const getJson = async <T>(path: string): Promise<T> => (await get(path)).json() as Promise<T>;

describe("status", () => {
  test("says what is read and what is wrong with it", async () => {
    const status = await getJson<Status>("status");
    expect(status).toMatchObject({ window_title: "corpus", logdir_readable: true, logdir_problem: null });
    expect(status.loading).toMatchObject({ loading: false, files: 35 });
    expect(status.problems).toHaveLength(1);
    expect(status.problems[0]).toMatchObject({ file: expect.stringContaining("bitflip"), offset: 836 });
  });
});

describe("catalog", () => {
  test("lists runs and tags, and is not sent twice", async () => {
    const response = await get("catalog");
    const catalog = (await response.json()) as Catalog;
    expect(catalog.runs).toHaveLength(33);
    const losses = catalog.tags.find(({ tag, plugin }) => tag === "loss" && plugin === "scalars");
    const names = losses?.runs.map((id) => catalog.runs.find((run) => run.id === id)?.name);
    expect(names).toContain("tf2/train");
    expect(losses?.description).toBe("<p>mean <em>cross entropy</em></p>");
    const again = await get("catalog", { "If-None-Match": response.headers.get("etag") ?? "" });
    expect(again.status).toBe(304);
  });
});

describe("series", () => {
  test("holds every point, where stock keeps a thousand", async () => {
    const { series } = await getJson<SeriesJson>("series?tag=loss&run=awkward/long");
    expect(series[0]).toMatchObject({ run: "awkward/long", total: 3000, in_range: 3000, origin: 1e9 });
    expect(series[0]?.step).toHaveLength(3000);
  });

  test("reduces to a pixel budget and keeps the extremes", async () => {
    const { series } = await getJson<SeriesJson>("series?tag=loss&run=awkward/long&pixels=20");
    expect(series[0]!.value.length).toBeLessThanOrEqual(62);
    expect(series[0]!.value).toContain(96);
  });

  test("comes as Arrow with the same numbers", async () => {
    const response = await get("series?tag=loss&run=tf2/train&run=awkward/big_step&smoothing=0.6", {
      Accept: "application/vnd.apache.arrow.stream",
    });
    const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()), { useBigInt: true });
    const metadata = JSON.parse(table.schema.metadata?.get("tsboard") ?? "{}");
    expect(metadata.series).toEqual([
      { run: "tf2/train", rows: 60, total: 60, in_range: 60, origin: expect.any(Number) },
      { run: "awkward/big_step", rows: 4, total: 4, in_range: 4, origin: 1e9 },
    ]);
    expect(table.names).toEqual(["run", "step", "wall_time", "value", "smoothed"]);
    expect(table.getChild("step")?.at(63)).toBe(2n ** 53n + 6n);
    const { series } = await getJson<SeriesJson>("series?tag=loss&run=tf2/train&smoothing=0.6");
    expect(table.getChild("value")?.toArray().slice(0, 60)).toEqual(
      Float32Array.from(series[0]!.value, Number),
    );
  });

  test("comes as CSV", async () => {
    const text = await (await get("series?tag=loss&run=awkward/same_step", { Accept: "text/csv" })).text();
    expect(text).toBe("Run,Wall time,Step,Value\r\nawkward/same_step,1000000004.0,3,4.0\r\n");
  });

  test("takes the same query as JSON, for very many runs", async () => {
    const response = await fetch(new URL("api/v1/series", server.url), {
      method: "POST",
      body: JSON.stringify({ tag: "loss", runs: ["tf2/eval", "no such run"], from: 10, to: 12 }),
    });
    const { series } = (await response.json()) as SeriesJson;
    expect(series.map(({ run, step }) => [run, step])).toEqual([["tf2/eval", [9, 10, 11, 12, 13]]]);
  });

  test("writes what JSON has no numbers for as strings", async () => {
    const { series } = await getJson<SeriesJson>("series?tag=odd/special&run=tf2/train");
    expect(series[0]!.value.slice(0, 3)).toEqual(["NaN", "Infinity", "-Infinity"]);
  });

  test.each([
    ["series", "tag"],
    ["series?tag=loss&axis=depth", "axis"],
    ["series?tag=loss&pixels=-1", "pixels"],
    ["series?tag=loss&from=x", "from"],
    ["series?tag=loss&smoothing=1", "smoothing"],
  ])("%s is refused in words", async (path, word) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(`"${word}"`);
  });
});
