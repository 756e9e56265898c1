/** `/api/v1/series` of runs that were restarted: what was given up can be seen, branch by branch. */
import { tableFromIPC } from "@uwdata/flechette";
import { expect, test } from "vitest";
import type { SeriesJson } from "../../../../server/api/types.ts";
import { serveWhileTesting } from "../../../tools/native-api.ts";
import { corpusLogs } from "../../../tools/stock-answers.ts";

const api = serveWhileTesting(() => corpusLogs);
const restart = "series?tag=loss&run=awkward/restart";

test("what a restart overtook is a branch of the run", async () => {
  const { series } = await api.getJson<SeriesJson>(restart);
  const { series: branches } = await api.getJson<SeriesJson>(`${restart}&overtaken=1`);
  // The run wrote steps 0 to 49, each as its own value, and then 30 to 39 once more.
  expect(series[0]).toMatchObject({ total: 40 });
  expect(series[0]).not.toHaveProperty("branch");
  expect(branches).toHaveLength(1);
  expect(branches[0]).toMatchObject({ run: "awkward/restart", branch: 0, origin: series[0]!.origin });
  expect(branches[0]!.step).toEqual(Array.from({ length: 20 }, (_, i) => 30 + i));
  expect(branches[0]!.value).toEqual(branches[0]!.step);
});

test("branches are reduced, smoothed and cut as every series", async () => {
  const cut = await api.getJson<SeriesJson>(`${restart}&overtaken&axis=relative&from=35&to=36&smoothing=0.5`);
  expect(cut.series[0]).toMatchObject({ in_range: 2 });
  expect(cut.series[0]!.smoothed).toHaveLength(cut.series[0]!.step.length);
  for (const [i, wall] of cut.series[0]!.wall_time.entries())
    expect(wall - cut.series[0]!.origin).toBeCloseTo(34 + i);
  const reduced = await api.getJson<SeriesJson>(`${restart}&overtaken=true&pixels=1`);
  expect(reduced.series[0]!.step.length).toBeLessThan(6);
});

test("each is told from the others in Arrow and CSV", async () => {
  const response = await api.get("series?tag=loss&overtaken=1&format=arrow");
  const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
  expect(table.names).toEqual(["run", "branch", "step", "wall_time", "value"]);
  const pairs = [
    ...new Set([...table.getChild("run")].map((run, i) => `${run} ${table.getChild("branch").at(i)}`)),
  ];
  expect(pairs).toContain("awkward/same_step 0");
  const { series } = JSON.parse(table.schema.metadata?.get("tsboard") ?? "{}");
  expect(series.map(({ run, branch }: { run: string; branch: number }) => `${run} ${branch}`)).toEqual(pairs);
  const [header] = (await (await api.get("series?tag=loss&overtaken=1&format=csv")).text()).split("\r\n");
  expect(header).toBe("Run,Branch,Wall time,Step,Value");
});

test("Arrow names the runs of its rows", async () => {
  const response = await api.get("series?tag=loss&run=tf2/eval&run=tf2/train&format=arrow");
  const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
  expect([...table.getChild("run")]).toEqual([...Array(60).fill("tf2/eval"), ...Array(60).fill("tf2/train")]);
});

test("an answer without points is a table all the same", async () => {
  const response = await api.get("series?tag=no such tag&format=arrow");
  const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
  expect([table.numRows, table.names]).toEqual([0, ["run", "step", "wall_time", "value"]]);
});
