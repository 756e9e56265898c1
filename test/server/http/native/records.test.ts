/** `/api/v1/records` on real logs: every value that is no scalar, at full resolution. */
import { tableFromIPC } from "@uwdata/flechette";
import { describe, expect, test } from "vitest";
import type { Catalog, RecordColumnsJson, RecordsJson } from "../../../../server/api/types.ts";
import { serveWhileTesting } from "../../../tools/native-api.ts";
import { corpusLogs } from "../../../tools/stock-answers.ts";

const api = serveWhileTesting(() => corpusLogs);
const records = async (parameters: Record<string, string>) =>
  (await api.getJson<RecordsJson>(`records?${new URLSearchParams(parameters)}`)).series;

/** [wall time, step, value] of each, as the compatible face has them. */
const compatible = async (route: string, run: string, tag: string) =>
  (await fetch(new URL(`data/plugin/${route}?${new URLSearchParams({ run, tag })}`, api.url))).json();

test("lists what is known without reading, and where the bytes are", async () => {
  const [one] = await records({ tag: "examples/digits", run: "tf2/train" });
  expect(one).toMatchObject({
    run: "tf2/train",
    plugin: "images",
    data_class: "blob_sequence",
    total: 10,
    in_range: 10,
  });
  expect(one!.step).toEqual([0, 6, 12, 18, 24, 30, 36, 42, 48, 54]);
  expect(one!.blobs).toEqual(Array(10).fill(3));
  expect(one!.bytes.every((bytes) => bytes > 500)).toBe(true);
  expect(new Set(one!.key).size).toBe(10);
  expect(one).not.toHaveProperty("tensor");
});

test("has every series that is not of scalars", async () => {
  const { tags, runs } = await api.getJson<Catalog>("catalog");
  const others = tags.filter(({ data_class }) => data_class !== "scalar");
  expect(new Set(others.map(({ plugin }) => plugin)).size).toBeGreaterThan(8);
  for (const { tag, plugin, data_class, runs: having } of others) {
    const series = await records({ tag, plugin });
    const names = having.map((id) => runs.find((run) => run.id === id)?.name);
    expect(series.map(({ run }) => run)).toEqual(names);
    for (const one of series) {
      expect(one).toMatchObject({ plugin, data_class });
      expect(one.total).toBeGreaterThan(0);
      expect([one.step.length, one.key.length, one.blobs.length]).toEqual(Array(3).fill(one.total));
    }
  }
});

describe("tensors", () => {
  test("of histograms are stock's buckets", async () => {
    const [one] = await records({ tag: "weights/conv1", run: "tf2/eval", values: "1" });
    const stock = await compatible("histograms/histograms", "tf2/eval", "weights/conv1");
    const rows = one!.tensor!.map((tensor, i) => {
      expect(tensor).toMatchObject({ dtype: "float64", shape: [30, 3] });
      const bucket = (b: number) => tensor!.data.slice(3 * b, 3 * b + 3);
      return [one!.wall_time[i], one!.step[i], Array.from({ length: 30 }, (_, b) => bucket(b))];
    });
    expect(rows).toEqual(stock);
  });

  test("of TensorFlow 1's histograms are in today's form", async () => {
    const [one] = await records({ tag: "layer1/weights_1", values: "1", limit: "1" });
    expect(one!.tensor![0]).toMatchObject({ dtype: "float64", shape: [expect.any(Number), 3] });
  });

  test("of text are strings", async () => {
    const [one] = await records({ tag: "notes/table", run: "tf2/train", values: "1" });
    expect(one!.tensor).toEqual([{ dtype: "string", shape: [2, 2], data: ["a", "b", "c", "d"] }]);
  });

  test("come as Arrow with the same numbers, in their own type", async () => {
    const json = await records({ tag: "pr", values: "1" });
    const response = await api.post("records?format=arrow", { tag: "pr", values: true });
    const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
    expect(table.names).toEqual([
      "run",
      "step",
      "wall_time",
      "bytes",
      "blobs",
      "key",
      "dtype",
      "shape",
      "data",
      "text",
    ]);
    const tensors = json.flatMap(({ tensor }) => tensor ?? []);
    expect([...table.getChild("dtype")]).toEqual(tensors.map((tensor) => tensor?.dtype));
    expect([...table.getChild("data")].map((data) => [...data])).toEqual(
      tensors.map((tensor) => tensor?.data),
    );
    expect([...table.getChild("shape")].map((shape) => [...shape])).toEqual(
      tensors.map((tensor) => tensor?.shape),
    );
    expect(table.getChild("text").nullCount).toBe(tensors.length);
    const { series } = JSON.parse(table.schema.metadata?.get("tsboard") ?? "{}");
    expect(series).toEqual(json.map(heads));
  });

  test("are in no answer on blobs", async () => {
    const [one] = await records({ tag: "audio/tone", values: "1" });
    expect(one).toMatchObject({ data_class: "blob_sequence", blobs: [2] });
    expect(one).not.toHaveProperty("tensor");
    const response = await api.get("records?tag=audio/tone&values=1&format=arrow");
    const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
    expect([...table.getChild("dtype")]).toEqual([null, null]);
  });
});

/** What Arrow's metadata says of a series. */
function heads({ run, plugin, data_class, plugin_content, total, in_range, step }: RecordColumnsJson) {
  return { run, plugin, data_class, plugin_content, total, in_range, rows: step.length };
}

describe("a query", () => {
  test("takes a range of steps, and evenly so many of it", async () => {
    const asked = { tag: "weights/conv1", run: "tf2/eval", from: "6", to: "48" };
    const [all] = await records(asked);
    expect(all).toMatchObject({ total: 10, in_range: 8, step: [6, 12, 18, 24, 30, 36, 42, 48] });
    const [some] = await records({ ...asked, limit: "3" });
    expect(some).toMatchObject({ in_range: 8, step: [6, 30, 48] });
    const [one] = await records({ ...asked, limit: "1" });
    expect(one!.step).toEqual([48]);
  });

  test("leaves out what is a scalar, or of another plugin, or unknown", async () => {
    expect(await records({ tag: "loss" })).toEqual([]);
    expect(await records({ tag: "pr", plugin: "histograms" })).toEqual([]);
    expect(await records({ tag: "pr", run: "unknown" })).toEqual([]);
    expect((await api.get("records?tag=loss&values=1&format=arrow")).status).toBe(200);
  });

  test.each([
    ["records", '"tag"'],
    ["records?tag=pr&limit=0", '"limit"'],
    ["records?tag=pr&values=perhaps", '"values"'],
    ["records?tag=pr&format=csv", '"format"'],
  ])("%s is refused in words", async (path, words) => {
    const response = await api.get(path);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(words);
  });
});
