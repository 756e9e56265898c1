/** `/api/v1/aggregate` on real logs: the same numbers in every form, and as the series have them. */
import { tableFromIPC } from "@uwdata/flechette";
import { describe, expect, test } from "vitest";
import type { AggregateJson, SeriesJson } from "../../../../server/api/types.ts";
import { serveWhileTesting } from "../../../tools/native-api.ts";
import { corpusLogs } from "../../../tools/stock-answers.ts";

const api = serveWhileTesting(() => corpusLogs);
const both = "tag=loss&run=tf2/train&run=tf2/eval";

test("is what the series come to, step by step", async () => {
  const { series } = await api.getJson<SeriesJson>(`series?${both}`);
  const [train, evaluation] = series.map(({ value }) => value.map(Number));
  const answer = await api.getJson<AggregateJson>(`aggregate?${both}&quantile=0&quantile=0.5&quantile=1`);
  expect(answer).toMatchObject({ tag: "loss", axis: "step", match: "steps", total: 60 });
  expect(answer.runs).toEqual(["tf2/train", "tf2/eval"]);
  expect(answer.x).toEqual(series[0]!.step);
  expect(answer.count).toEqual(Array(60).fill(2));
  expect(answer.nans).toEqual(Array(60).fill(0));
  for (const [i, mean] of answer.mean.entries()) {
    const [a, b] = [train![i]!, evaluation![i]!];
    expect(mean).toBeCloseTo((a + b) / 2, 12);
    expect(answer.std[i]).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 12);
    expect([answer.min[i], answer.max[i]]).toEqual([Math.min(a, b), Math.max(a, b)]);
    expect(answer.quantiles.map(({ value }) => value[i])).toEqual([Math.min(a, b), mean, Math.max(a, b)]);
  }
  expect(answer.quantiles.map(({ share }) => share)).toEqual([0, 0.5, 1]);
});

test("comes as Arrow and as CSV with the same numbers", async () => {
  const query = {
    tag: "loss",
    runs: ["tf2/train", "tf2/eval", "unknown"],
    quantiles: [0.25],
    from: 3,
    to: 40,
  };
  const json = (await (await api.post("aggregate", query)).json()) as AggregateJson;
  const arrow = await api.post("aggregate", query, { Accept: "application/vnd.apache.arrow.stream" });
  const table = tableFromIPC(new Uint8Array(await arrow.arrayBuffer()));
  expect(table.names).toEqual(["x", "count", "nans", "mean", "std", "min", "max", "q0.25"]);
  for (const name of ["x", "count", "nans", "mean", "std", "min", "max"] as const)
    expect([...table.getChild(name).toArray()]).toEqual(json[name]);
  expect([...table.getChild("q0.25").toArray()]).toEqual(json.quantiles[0]!.value);
  const { x: _, count: __, nans: ___, mean, std, min, max, quantiles, ...head } = json;
  expect(JSON.parse(table.schema.metadata?.get("tsboard") ?? "")).toEqual(head);

  const csv = await (await api.post("aggregate?format=csv", query)).text();
  const [header, ...lines] = csv.trimEnd().split("\r\n");
  expect(header).toBe("x,count,nans,mean,std,min,max,q0.25");
  expect(lines.map((line) => line.split(",").map(Number))).toEqual(
    json.x.map((x, i) => [x, 2, 0, mean[i], std[i], min[i], max[i], quantiles[0]!.value[i]]),
  );
});

describe("on time axes", () => {
  test("runs are laid over each other from their first points on", async () => {
    const answer = await api.getJson<AggregateJson>(`aggregate?${both}&axis=relative&pixels=8`);
    expect(answer).toMatchObject({ axis: "relative", match: "buckets" });
    expect(answer.x.length).toBeLessThanOrEqual(8);
    expect(answer.x[0]).toBeGreaterThan(0);
    expect(answer.count[0]).toBe(2);
    const { series } = await api.getJson<SeriesJson>(`series?${both}`);
    const values = series.flatMap(({ value }) => value.map(Number));
    expect(Math.max(...answer.max.map(Number))).toBe(Math.max(...values));
    expect(Math.min(...answer.min.map(Number))).toBe(Math.min(...values));
  });

  test("have a thousand buckets where nobody says how many", async () => {
    const { x } = await api.getJson<AggregateJson>("aggregate?tag=loss&run=awkward/long&axis=wall_time");
    expect(x).toHaveLength(1000);
  });
});

test("reduces to a budget, and says of how many rows", async () => {
  const answer = await api.getJson<AggregateJson>("aggregate?tag=loss&run=awkward/long&pixels=20");
  expect(answer.total).toBe(3000);
  expect(answer.x.length).toBeLessThan(120);
  expect(answer.max).toContain(96);
});

test("leaves what restarts overtook out", async () => {
  const { series } = await api.getJson<SeriesJson>("series?tag=loss&run=awkward/restart");
  const answer = await api.getJson<AggregateJson>("aggregate?tag=loss&run=awkward/restart");
  expect(answer.mean).toEqual(series[0]!.value);
});

test("of no run has no rows", async () => {
  expect(await api.getJson<AggregateJson>("aggregate?tag=no such tag")).toMatchObject({
    runs: [],
    x: [],
    mean: [],
  });
  expect((await api.get("aggregate?tag=no such tag&format=arrow")).status).toBe(200);
});

test.each([
  ["aggregate", '"tag"'],
  ["aggregate?tag=loss&axis=relative&match=steps", '"match"'],
  ["aggregate?tag=loss&quantile=2", '"quantiles"'],
  ["aggregate?tag=loss&quantile=half", '"quantiles"'],
  ["aggregate?tag=loss&pixels=1.5", '"pixels"'],
  ["aggregate?tag=loss&runs=tf2/train", '"runs" is not known here, only tag, run'],
  ["aggregate?tag=loss&format=xml", '"format"'],
])("%s is refused in words", async (path, words) => {
  const response = await api.get(path);
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(words);
});

test("what no form will do for is refused as well", async () => {
  expect((await api.get("aggregate?tag=loss", { Accept: "image/png" })).status).toBe(406);
  expect((await api.post("aggregate", { tag: "loss", pixel: 5 })).status).toBe(400);
  expect((await api.post("aggregate", ["loss"])).status).toBe(400);
});
