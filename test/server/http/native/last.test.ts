/** `/api/v1/last` on real logs: where each series stands, and how good it has been. */
import { tableFromIPC } from "@uwdata/flechette";
import { expect, test } from "vitest";
import type { Catalog, LastJson, SeriesJson } from "../../../../server/api/types.ts";
import { serveWhileTesting } from "../../../tools/native-api.ts";
import { corpusLogs } from "../../../tools/stock-answers.ts";

const api = serveWhileTesting(() => corpusLogs);

test("has every series of scalars, with its last, smallest and largest point", async () => {
  const { series } = await api.getJson<LastJson>("last");
  const { tags, runs } = await api.getJson<Catalog>("catalog");
  const expected = tags
    .filter(({ data_class }) => data_class === "scalar")
    .flatMap(({ tag, runs: having }) =>
      having.map((id) => `${tag} ${runs.find((run) => run.id === id)?.name}`),
    );
  expect(series.map(({ tag, run }) => `${tag} ${run}`).sort()).toEqual(expected.sort());

  for (const { tag, run, points, last, min, max, first: oldest } of series) {
    const parameters = new URLSearchParams({ tag, run });
    const all = (await api.getJson<SeriesJson>(`series?${parameters}`)).series[0]!;
    const pointAt = (i: number) => ({ step: all.step[i], wall_time: all.wall_time[i], value: all.value[i] });
    expect([points, last, oldest]).toEqual([all.total, pointAt(all.total - 1), pointAt(0)]);
    const numbers = all.value.map(Number);
    const present = numbers.filter((value) => !Number.isNaN(value));
    const first = (value: number) => (present.length > 0 ? pointAt(numbers.indexOf(value)) : null);
    expect([min, max]).toEqual([first(Math.min(...present)), first(Math.max(...present))]);
  }
});

test("keeps to the tags and runs asked for", async () => {
  const asked = { tags: ["accuracy", "loss", "weights/conv1"], runs: ["tf2/eval", "unknown"] };
  const { series } = (await (await api.post("last", asked)).json()) as LastJson;
  expect(series.map(({ tag, run }) => [tag, run])).toEqual([["loss", "tf2/eval"]]);
});

test.each(["step", "wall_time", "relative"] as const)("has the same of a range by %s", async (axis) => {
  const question = new URLSearchParams({ tag: "loss", run: "awkward/long" });
  const all = (await api.getJson<SeriesJson>(`series?${question}`)).series[0]!;
  const places =
    axis === "step" ? all.step : all.wall_time.map((at) => at - (axis === "relative" ? all.origin : 0));
  const [from, to] = [places[700]!, places[1500]!];
  const range = new URLSearchParams({ axis, from: String(from), to: String(to) });
  const { series } = await api.getJson<LastJson>(`last?${question}&${range}`);
  const rows = all.value.map((value, i) => ({ value: Number(value), step: all.step[i]! })).slice(700, 1501);
  const least = rows.reduce((a, b) => (b.value < a.value ? b : a));
  const most = rows.reduce((a, b) => (b.value > a.value ? b : a));
  const short = ({ step, value }: { step: number; value: number | string }) => ({ step, value });
  expect(series).toHaveLength(1);
  const { points, first, last, min, max } = series[0]!;
  expect(points).toBe(801);
  expect([first, last, min!, max!].map(short)).toEqual(
    [rows[0], rows.at(-1), least, most].map((row) => short(row!)),
  );
  const empty = new URLSearchParams({ axis, from: "-20", to: "-10" });
  expect(await api.getJson(`last?${question}&${empty}`)).toEqual({ series: [] });
});

test("comes as Arrow and CSV, for picking the best run", async () => {
  const response = await api.get("last?tag=loss&format=arrow");
  const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()), { useBigInt: true });
  const { series } = await api.getJson<LastJson>("last?tag=loss");
  expect([...table.getChild("run")]).toEqual(series.map(({ run }) => run));
  expect([...table.getChild("min")]).toEqual(series.map(({ min }) => min?.value));
  // One of the runs has steps beyond 2^53: the column is of 64-bit integers, and exact.
  const row = series.findIndex(({ run }) => run === "awkward/big_step");
  expect(table.getChild("max_step").at(row)).toBe(2n ** 53n + 6n);

  const [header, ...lines] = (await (await api.get("last?tag=loss&format=csv")).text())
    .trimEnd()
    .split("\r\n");
  expect(header!.split(",")).toEqual(table.names);
  expect(lines.find((line) => line.includes("awkward/long"))).toBe(
    "loss,awkward/long,3000,89.0,2999,1000002999.0,0.0,0,1000000000.0,96.0,96,1000000096.0,0.0,0,1000000000.0",
  );
});
