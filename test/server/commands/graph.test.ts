/** `tsboard graph FILE…`: each file is a run, and what is none is named. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { connect } from "../../../client/index.ts";
import { runToEnd, start, untilServing } from "../../tools/command.ts";
import { temporaryDirectory, writeFile } from "../../tools/records.ts";

const fixture = (name: string): string => path.join(import.meta.dirname, "../../graph/files", name);

async function shown(...files: readonly string[]) {
  const { url, started } = await untilServing(start("graph", "--port", "0", ...files));
  const { graphs } = connect(url);
  const listed = async () => (await graphs.listing()).runs;
  await expect.poll(async () => (await listed()).length, { timeout: 20_000 }).toBe(files.length);
  return { graphs, runs: await listed(), started };
}

test("files are runs by their names, which are made unique; gzipped ones, too", async () => {
  const folder = temporaryDirectory();
  const packed = writeFile(folder, "graph.pb", gzipSync(readFileSync(fixture("graph.pb"))));
  const { graphs, runs, started } = await shown(fixture("graph.pb"), packed, fixture("keras.json"));
  expect(runs.map(({ run }) => run).sort()).toEqual(["graph.pb", "graph.pb (2)", "keras.json"]);
  const names = async (run: string) =>
    (await graphs.scope({ run, name: "layer" })).children.map(({ name }) => name);
  expect(await names("graph.pb")).toEqual(["layer/product", "layer/activation"]);
  expect(await names("graph.pb (2)")).toEqual(await names("graph.pb"));
  expect((await graphs.scope({ run: "keras.json", name: "small" })).children).toHaveLength(4);
  started.child.kill("SIGTERM");
  expect((await started.ended).code).toBe(0);
});

test("a profiler's trace is a step without a graph", async () => {
  const trace = fixture("step.pt.trace.json.gz");
  const plain = writeFile(temporaryDirectory(), "plain.json", gunzipSync(readFileSync(trace)));
  const { graphs, runs } = await shown(trace, plain);
  expect(runs.map(({ steps }) => steps.map(({ tag }) => tag))).toEqual([["trace"], ["trace"]]);
  for (const { run } of runs) {
    const timeline = await graphs.timeline({ run, step_tag: "trace" });
    expect(timeline.name).toHaveLength(60);
    expect(timeline.lanes.map(({ device }) => device).sort()).toEqual(["process 0", "process 7: python"]);
  }
});

test.each([
  ["is not there", "absent.pb", null, /absent\.pb cannot be shown: .*no such file/i],
  ["is no graph", "notes.txt", "just words", /notes\.txt cannot be shown: /],
  ["is empty", "empty.pb", "", /empty\.pb cannot be shown: /],
])("a file that %s is named, and nothing is served", async (_what, name, content, message) => {
  const folder = temporaryDirectory();
  const file = content === null ? path.join(folder, name) : writeFile(folder, name, Buffer.from(content));
  const { code, err, out } = await runToEnd("graph", "--port", "0", fixture("graph.pb"), file);
  expect(code).not.toBe(0);
  expect(err).toMatch(message);
  expect(out).not.toMatch(/at http/);
});
