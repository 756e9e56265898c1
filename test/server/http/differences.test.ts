/** What docs/compatibility.md says of answers that differ from stock's on purpose: stock fails at most of these. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../../server/index.ts";
import { unpackLogs } from "../../odd-logs/saved.ts";
import { ask } from "../../tools/stock-answers.ts";

const directory = mkdtempSync(path.join(tmpdir(), "odd-logs-"));
let server: RunningServer;

beforeAll(async () => {
  unpackLogs(directory);
  server = await startServer({ logdir: path.join(directory, "kinds"), port: 0, threads: 0 });
  await server.loaded;
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});

const plugin = (url: string) => ask(server.url, { url: `data/plugin/${url}` });
const json = async (url: string): Promise<unknown> => JSON.parse((await plugin(url)).body.toString());

describe("a request at fault is told its fault", () => {
  test.each([
    ["scalars/scalars?tag=a", 'parameter "run" is missing'],
    ["text/text?run=a", 'parameter "tag" is missing'],
    ["pr_curves/pr_curves?tag=a", 'parameter "run" is missing'],
    ["mesh/meshes?run=a", 'parameter "tag" is missing'],
    ["images/images?run=a&tag=b&sample=-1", 'parameter "sample" is no whole number from 0'],
    ["images/images?run=a&tag=b&sample=1_0", 'parameter "sample" is no whole number from 0'],
    ["timeseries/timeSeries", 'Missing "requests" field'],
    ["timeseries/timeSeries?requests=x", 'Unable to parse "requests" as JSON'],
    ["timeseries/timeSeries?requests={}", '"requests" must be a list of objects'],
    ["hparams/session_groups", 'parameter "request" is missing'],
    ["hparams/session_groups?request=x", "the request is not JSON"],
    ["hparams/experiment?request=[]", "the request is no JSON object"],
  ])("%s: %s", async (url, message) => {
    const { status, type, body } = await plugin(url);
    expect([status, type, body.toString()]).toEqual([400, "text/plain", `${message}\n`]);
  });

  test("but for a field that stands twice: the last is taken", async () => {
    const { status } = await plugin('hparams/experiment?request={"experimentName":"a","experimentName":"b"}');
    expect(status).toBe(200);
  });
});

describe("data that can be read is answered", () => {
  test.each([
    ["uint32", [0, 1, 2 ** 32 - 1]],
    ["bfloat16", [1, 2, 3]],
  ])("tensors of %s", async (tag, bucket) => {
    const [[, step, buckets]] = (await json(
      `histograms/histograms?run=tensors/as_histograms&tag=${tag}`,
    )) as [[number, number, number[][]]];
    expect([step, buckets]).toEqual([0, [bucket]]);
  });

  test("text of numbers, as Python writes them", async () => {
    const answer = await json("text/text?run=tensors/as_text&tag=half");
    expect(JSON.stringify(answer).match(/(?<=<p>).*?(?=<\/p>)/g)).toEqual(["1.0", "inf", "nan"]);
  });

  test("text that repeats its last value", async () => {
    const answer = await json("text/text?run=text/shapes&tag=shape/repeated");
    expect(JSON.stringify(answer).match(/(?<=<p>).*?(?=<\/p>)/g)).toEqual(["one", "two", "two", "two"]);
  });

  test("distributions of integers", async () => {
    expect((await plugin("distributions/distributions?run=tensors/as_histograms&tag=int32")).status).toBe(
      200,
    );
  });

  test("a clip that only some steps have, at those steps", async () => {
    const clips = await json("audio/audio?run=audio/modern&tag=vector&sample=2");
    expect(clips).toMatchObject([{ step: 1 }, { step: 2 }]);
  });
});

test("data that cannot be read is said to be at fault, as the request is not", async () => {
  const run = "histograms/not_histograms";
  const { status, body } = await plugin(`distributions/distributions?run=${run}&tag=vector`);
  const message = `"vector" in run "${run}" has a value of shape [3] at step 0, not [buckets, 3]\n`;
  expect([status, body.toString()]).toEqual([500, message]);
});

test("a histogram that is none has empty bins among others", async () => {
  const requests = [{ plugin: "histograms", run: "histograms/not_histograms", tag: "vector" }];
  const [answer] = (await json(`timeseries/timeSeries?requests=${JSON.stringify(requests)}`)) as [object];
  expect(answer).toMatchObject({ runToSeries: { [requests[0]!.run]: [{ step: 0, bins: [] }] } });
});

describe("of HTTP", () => {
  test.each(["/data/runs;x", "//data/runs", "/audio", "/graphs"])("%s is no path", async (url) => {
    expect((await fetch(new URL(server.url).origin + url)).status).toBe(404);
  });
  test("OPTIONS names what may be asked", async () => {
    const answer = await fetch(`${server.url}data/runs`, { method: "OPTIONS" });
    expect(answer.headers.get("allow")).toBe("GET, HEAD");
  });
  test("Brotli is offered", async () => {
    const answer = await fetch(`${server.url}data/runs`, { headers: { "Accept-Encoding": "br, gzip" } });
    expect(answer.headers.get("content-encoding")).toBe("br");
  });
  test("feature flags are not looked at", async () => {
    expect((await ask(server.url, { url: "data/runs?tensorBoardFeatureFlags=x" })).status).toBe(200);
  });
  test("the environment has no details of the machine", async () => {
    const { body } = await ask(server.url, { url: "data/environment" });
    expect(JSON.parse(body.toString())).not.toHaveProperty("debug");
  });
});
