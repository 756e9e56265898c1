/** Small files and small questions that ask for much: what is over the limits is named, and the rest goes on. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { DataType, encodeRecord, pb } from "../../../proto/index.ts";
import type { RecordsJson, SeriesJson, Status } from "../../../server/api/types.ts";
import { type RunningServer, startServer } from "../../../server/index.ts";
import {
  type EventProperties,
  eventFile,
  scalarEvent,
  versionEvent,
  writeFile,
} from "../../tools/records.ts";

let server: RunningServer;
let logdir: string;

const tensorEvent = (
  tag: string,
  plugin: string,
  tensor: pb.TensorProto.$Properties,
  step = 1,
): EventProperties => ({
  wallTime: 1e9 + step,
  step,
  summary: {
    value: [
      {
        tag,
        tensor,
        metadata: { dataClass: pb.DataClass.DATA_CLASS_TENSOR, pluginData: { pluginName: plugin } },
      },
    ],
  },
});
const shape = (...sizes: readonly number[]) => ({ dim: sizes.map((size) => ({ size })) });

/** An event of so many values of which each has two bytes. */
function manyValues(count: number): Buffer {
  const values = Buffer.alloc(2 * count, Buffer.from([0x0a, 0x00]));
  const head = pb.Event.encode({ wallTime: 1e9, step: 1 }).finish();
  const length: number[] = [];
  for (let left = values.length; length.at(-1)! >= 0x80 || length.length === 0; left >>>= 7)
    length.push(left > 0x7f ? (left & 0x7f) | 0x80 : left);
  return encodeRecord(Buffer.concat([head, Buffer.from([0x2a, ...length]), values])) as Buffer;
}

beforeAll(async () => {
  logdir = mkdtempSync(path.join(tmpdir(), "tsboard-test-"));
  const files: Record<string, readonly Uint8Array[]> = {
    // 173 bytes that ask for half a gigabyte.
    shape: [
      eventFile(
        tensorEvent("t", "histograms", {
          dtype: DataType.DT_FLOAT,
          tensorShape: shape(2 ** 27),
          floatVal: [1],
        }),
      ),
    ],
    text: [
      eventFile(
        tensorEvent("t", "text", {
          dtype: DataType.DT_STRING,
          tensorShape: shape(2 ** 27),
          stringVal: [Buffer.from("x")],
        }),
      ),
    ],
    // Strings never come as raw bytes, so these give none of what the shape asks for.
    content: [
      eventFile(
        tensorEvent("t", "text", {
          dtype: DataType.DT_STRING,
          tensorShape: shape(1e9, 3),
          tensorContent: Buffer.from("abc"),
        }),
      ),
    ],
    // No value, and a million million lists of none.
    nothing: [
      eventFile(
        tensorEvent("t", "histograms", { dtype: DataType.DT_FLOAT, tensorShape: shape(1e6, 1e6, 0) }),
      ),
    ],
    // Within the limit of a tensor, not of an answer.
    lists: [
      eventFile(tensorEvent("t", "histograms", { dtype: DataType.DT_FLOAT, tensorShape: shape(1e6, 0) })),
    ],
    dimensions: [
      eventFile(
        tensorEvent("t", "histograms", {
          dtype: DataType.DT_FLOAT,
          tensorShape: shape(...Array(20_000).fill(1)),
          floatVal: [1],
        }),
      ),
    ],
    values: [manyValues(10_000_000)],
    tags: [
      eventFile({
        wallTime: 1e9,
        step: 1,
        summary: { value: Array.from({ length: 300_000 }, (_, i) => ({ tag: `t/${i}`, simpleValue: i })) },
      }),
    ],
    // Each a megabyte of zeros from a few bytes: within the limits one by one, not all together.
    steps: Array.from({ length: 20 }, (_, step) =>
      eventFile(
        tensorEvent("t", "histograms", { dtype: DataType.DT_FLOAT, tensorShape: shape(2 ** 18) }, step),
      ),
    ),
  };
  for (const [run, records] of Object.entries(files))
    writeFile(
      logdir,
      `${run}/events.out.tfevents.1`,
      Buffer.concat([eventFile(versionEvent), ...records, eventFile(scalarEvent("after", 2, 0.5))]),
    );
  const long = Array.from({ length: 5 }, (_, i) => scalarEvent("loss", i, i));
  writeFile(logdir, "loss/events.out.tfevents.1", eventFile(versionEvent, ...long));
  server = await startServer({ logdir, port: 0, threads: 0, indexCache: null });
  await server.loaded;
});
afterAll(async () => {
  await server.close();
  rmSync(logdir, { recursive: true });
});

const ask = (path: string, init?: RequestInit) => fetch(new URL(path, server.url), init);
const json = async <T>(path: string): Promise<T> => (await ask(path)).json() as Promise<T>;

describe("what a file makes too large", () => {
  test.each([
    ["shape", "asks for 134217728 values by its shape"],
    ["text", "asks for 134217728 values by its shape"],
    ["content", "asks for 3000000000 values by its shape"],
    ["nothing", "asks for 1000000000000 values by its shape"],
    ["dimensions", "has 20000 dimensions"],
    ["values", "has 10000000 values"],
    ["tags", "has 300000 values"],
  ])("%s is named with its size, and the rest of the file is there", async (run, message) => {
    const { problems } = await json<Status>("api/v1/status");
    const found = problems.filter(({ file }) => file.includes(`${path.sep}${run}${path.sep}`));
    expect(found).toHaveLength(1);
    expect(found[0]!.message).toContain(message);
    const { series } = await json<SeriesJson>(`api/v1/series?tag=after&run=${run}`);
    expect(series[0]!.value).toEqual([0.5]);
  });

  test.each(["shape", "text", "content", "nothing", "dimensions"])("%s stands in no answer", async (run) => {
    const { series } = await json<RecordsJson>(`api/v1/records?tag=t&run=${run}&values=1`);
    expect(series[0]!.tensor).toEqual([null]);
    expect((await ask(`data/plugin/histograms/histograms?tag=t&run=${run}`)).status).toBe(
      run === "text" || run === "content" ? 404 : 200,
    );
    expect(await json(`data/plugin/text/text?tag=t&run=${run}`)).toEqual([]);
  });

  test("lists without values count in an answer", async () => {
    const answer = await ask("data/plugin/histograms/histograms?tag=t&run=lists");
    expect([answer.status, await answer.text()]).toEqual([413, expect.stringContaining("numbers")]);
  });
});

describe("an answer that would be too large", () => {
  test("is refused with a way to ask for less, which works", async () => {
    const refused = await ask("api/v1/records?tag=t&run=steps&values=1");
    expect(refused.status).toBe(413);
    expect(await refused.text()).toContain('fewer with "limit"');
    const { series } = await json<RecordsJson>("api/v1/records?tag=t&run=steps&values=1&limit=2");
    expect(series[0]!.tensor!.map((tensor) => tensor?.data.length)).toEqual([2 ** 18, 2 ** 18]);
    expect((await ask("data/plugin/histograms/histograms?tag=t&run=steps")).status).toBe(413);
  });

  test("has each run once, however often it is asked for", async () => {
    const runs = Array.from({ length: 1000 }, () => "loss");
    const query = { method: "POST", body: JSON.stringify({ tag: "loss", runs }) };
    expect(((await (await ask("api/v1/series", query)).json()) as SeriesJson).series).toHaveLength(1);
    const form = new URLSearchParams([
      ["tag", "loss"],
      ...runs.map((run): [string, string] => ["runs", run]),
    ]);
    const multirun = await ask("data/plugin/scalars/scalars_multirun", { method: "POST", body: form });
    expect((await multirun.text()).length).toBeLessThan(500);
  });

  test("says so where the question itself is too long", async () => {
    const answer = await ask("api/v1/series", { method: "POST", body: " ".repeat(5 << 20) });
    expect(answer.status).toBe(413);
    expect(await answer.text()).toContain("longer than");
  });

  test("and hears all of it, so that a client that writes first and reads then is not cut off", async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const length = 24 << 20;
    socket.write(`POST /api/v1/series HTTP/1.1\r\nHost: ${hostname}\r\nContent-Length: ${length}\r\n\r\n`);
    // Written whole before anything is read: a closed connection would be an error here.
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.write(Buffer.alloc(length, " "), () => resolve());
    });
    const [head] = (await once(socket, "data")) as [Buffer];
    expect(head.toString("latin1")).toMatch(/^HTTP\/1.1 413 /);
    // The connection still serves.
    socket.write(`GET /api/v1/status HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
    const [next] = (await once(socket, "data")) as [Buffer];
    expect(next.toString("latin1")).toMatch(/^HTTP\/1.1 200 /);
    socket.destroy();
  });

  test("counts what is asked for again and again", async () => {
    const requests = JSON.stringify(
      Array.from({ length: 60_000 }, () => ({ plugin: "scalars", tag: "loss" })),
    );
    const answer = await ask("data/plugin/timeseries/timeSeries", {
      method: "POST",
      body: new URLSearchParams({ requests }),
    });
    expect(answer.status).toBe(413);
    const few = JSON.stringify(
      Array.from({ length: 3 }, () => ({ plugin: "scalars", tag: "loss", run: "loss" })),
    );
    const three = await ask("data/plugin/timeseries/timeSeries", {
      method: "POST",
      body: new URLSearchParams({ requests: few }),
    });
    const [first, ...others] = (await three.json()) as unknown[];
    expect(others).toEqual([first, first]);
  });
});

test("who asks for the head of the stream of events has it, and no stream", async () => {
  const answer = await ask("api/v1/events", { method: "HEAD" });
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/event-stream"]);
});

test("uploads that are given up leave no trace in the log", async () => {
  const errors = vi.spyOn(console, "error").mockImplementation(() => {});
  const giveUp = new AbortController();
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode("{"));
      setTimeout(() => giveUp.abort(), 100);
    },
  });
  const init = { method: "POST", body, duplex: "half" as const, signal: giveUp.signal };
  await ask("api/v1/series", init).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(errors).not.toHaveBeenCalled();
  expect((await ask("api/v1/status")).status).toBe(200);
  errors.mockRestore();
});
