/** `/api/v1/blob`: bytes by run, tag and step, and by keys that never stand for anything else. */
import { rmSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { DataType, encodeTensor, type pb } from "../../../../proto/index.ts";
import type { RecordsJson } from "../../../../server/api/types.ts";
import { startServer } from "../../../../server/index.ts";
import { serveWhileTesting } from "../../../tools/native-api.ts";
import {
  type EventProperties,
  eventFile,
  temporaryDirectory,
  versionEvent,
  writeFile,
} from "../../../tools/records.ts";
import { corpusLogs } from "../../../tools/stock-answers.ts";

const api = serveWhileTesting(() => corpusLogs);

const keysOf = async (tag: string, run: string) => {
  const { series } = await api.getJson<RecordsJson>(`records?${new URLSearchParams({ tag, run })}`);
  return series[0]!.key;
};

describe("by key", () => {
  test("an image is the image, and may be kept for good", async () => {
    const [key] = await keysOf("examples/digits", "tf2/train");
    const response = await api.get(`blob/${key}/1`);
    expect(response.headers.get("content-type")).toBe("image/png");
    expect(response.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    const bytes = Buffer.from(await response.arrayBuffer());
    const query = new URLSearchParams({ run: "tf2/train", tag: "examples/digits", sample: "1" });
    const listed = await fetch(new URL(`data/plugin/images/images?${query}`, api.url));
    const [stock] = (await listed.json()) as { query: string }[];
    const image = await fetch(new URL(`data/plugin/images/individualImage?${stock?.query}`, api.url));
    expect(bytes.equals(Buffer.from(await image.arrayBuffer()))).toBe(true);
  });

  test("a clip is a WAV file", async () => {
    const [key] = await keysOf("audio/tone", "tf2/train");
    const response = await api.get(`blob/${key}/1`);
    expect(response.headers.get("content-type")).toBe("audio/wav");
    expect(Buffer.from(await response.arrayBuffer()).toString("latin1", 0, 4)).toBe("RIFF");
    expect((await api.get(`blob/${key}/2`)).status).toBe(404);
  });

  test("a numeric tensor is its numbers", async () => {
    const [key] = await keysOf("weights/conv1", "tf2/train");
    const response = await api.get(`blob/${key}/0`);
    expect(response.headers.get("tensor-dtype")).toBe("float64");
    expect(response.headers.get("tensor-shape")).toBe("30,3");
    const { series } = await api.getJson<RecordsJson>("records?tag=weights/conv1&run=tf2/train&values=1");
    expect([...new Float64Array(await response.arrayBuffer())]).toEqual(series[0]!.tensor![0]!.data);
    expect((await api.get(`blob/${key}/1`)).status).toBe(404);
  });

  test("a string of a tensor is its bytes", async () => {
    const [key] = await keysOf("notes/table", "tf2/train");
    const response = await api.get(`blob/${key}/2`);
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(await response.text()).toBe("c");
  });

  test("a key that is none, or of another server, is not there", async () => {
    const [key = ""] = await keysOf("notes/table", "tf2/train");
    const others = [
      key.replace(/^.{8}/, "00000000"),
      `${key}1`,
      key.replace(/-[^-]*$/, ""),
      "x",
      "-",
      key.toUpperCase(),
    ];
    for (const other of others)
      expect((await api.get(`blob/${encodeURIComponent(other)}/0`)).status).toBe(404);
    expect((await api.get(`blob/${key}/first`)).status).toBe(400);
  });
});

describe("by run, tag and step", () => {
  test("is the same, and told when it has not changed", async () => {
    const path_ = "blob?run=tf2/train&tag=examples/digits&step=12&index=2";
    const response = await api.get(path_);
    const key = (await keysOf("examples/digits", "tf2/train"))[2];
    expect(response.headers.get("cache-control")).toBe("no-cache");
    expect(response.headers.get("etag")).toBe(`"${key}-2"`);
    const byKey = await api.get(`blob/${key}/2`);
    expect(await response.arrayBuffer()).toEqual(await byKey.arrayBuffer());
    const again = await api.get(path_, { "If-None-Match": `"${key}-2"` });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("is the newest where no step is named", async () => {
    const newest = await api.get("blob?run=tf2/train&tag=weights/conv1");
    const last = await api.get("blob?run=tf2/train&tag=weights/conv1&step=54");
    expect(newest.headers.get("etag")).toBe(last.headers.get("etag"));
  });

  test.each([
    ["blob?tag=pr", 400],
    ["blob?run=tf2/train&tag=weights/conv1&step=soon", 400],
    ["blob?run=tf2/train&tag=weights/conv1&index=-1", 400],
    ["blob?run=tf2/train&tag=weights/conv1&step=1", 404],
    ["blob?run=tf2/train&tag=loss", 404],
    ["blob?run=unknown&tag=loss", 404],
  ])("%s: %i", async (asked, status) => {
    expect((await api.get(asked)).status).toBe(status);
  });
});

/** An event with one tensor. */
function tensorEvent(
  tag: string,
  step: number | bigint,
  plugin: string,
  tensor: pb.TensorProto.$Properties,
  dataClass = 2,
): EventProperties {
  const metadata = { pluginData: { pluginName: plugin }, dataClass };
  return {
    wallTime: 1e9 + Number(step),
    step: Number(step),
    summary: { value: [{ tag, metadata, tensor }] },
  };
}

/** A server on some files, until the test ends. */
async function serve(files: Readonly<Record<string, readonly EventProperties[]>>) {
  const directory = temporaryDirectory();
  for (const [run, events] of Object.entries(files))
    writeFile(directory, `${run}/events.out.tfevents.1`, eventFile(versionEvent, ...events));
  const server = await startServer({ logdir: directory, port: 0, threads: 0, indexCache: null });
  await server.loaded;
  const get = (asked: string) => fetch(new URL(`api/v1/${asked}`, server.url));
  const getRecords = async (asked: string) =>
    ((await (await get(`records?${asked}`)).json()) as RecordsJson).series[0]!;
  return { directory, server, get, getRecords, [Symbol.asyncDispose]: () => server.close() };
}

describe("logs that are not to be trusted", () => {
  const image = (bytes: string) => encodeTensor(["1", "1", bytes]);

  test("SVG and HTML are bytes, and no document", async () => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;
    await using one = await serve({
      a: [
        tensorEvent("svg", 1, "images", image(svg), 3),
        tensorEvent("html", 1, "images", image("<!doctype html><script>alert(1)</script>"), 3),
        tensorEvent("short", 1, "images", encodeTensor(["1"]), 3),
      ],
    });
    for (const tag of ["svg", "html"]) {
      const response = await one.get(`blob?run=a&tag=${tag}`);
      expect(response.headers.get("content-type")).toBe("application/octet-stream");
      expect(response.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    }
    expect((await one.getRecords("tag=short")).blobs).toEqual([0]);
    expect((await one.get("blob?run=a&tag=short")).status).toBe(404);
  });

  test("tensors of several types, and one that is none, come in one table", async () => {
    await using one = await serve({
      a: [
        tensorEvent("t", 1, "mine", encodeTensor(Float32Array.of(0.5, Number.NaN))),
        tensorEvent("t", 2, "mine", encodeTensor(BigInt64Array.of(2n ** 60n), [])),
        tensorEvent("t", 3, "mine", encodeTensor(["ü"])),
        tensorEvent("t", 4, "mine", {
          dtype: DataType.DT_FLOAT,
          tensorShape: { dim: [{ size: 3 }] },
          tensorContent: Buffer.from("x"),
        }),
        tensorEvent("t", 5, "mine", encodeTensor(Float32Array.of(1, 2), [2], DataType.DT_BFLOAT16)),
      ],
    });
    const { tensor, total } = await one.getRecords("tag=t&values=1");
    expect(total).toBe(5);
    expect(tensor).toEqual([
      { dtype: "float32", shape: [2], data: [0.5, "NaN"] },
      { dtype: "int64", shape: [], data: [2 ** 60] },
      { dtype: "string", shape: [1], data: ["ü"] },
      null,
      { dtype: "bfloat16", shape: [2], data: [1, 2] },
    ]);
    expect((await one.get("blob?run=a&tag=t&step=4")).status).toBe(404);
    expect(new BigInt64Array(await (await one.get("blob?run=a&tag=t&step=2")).arrayBuffer())).toEqual(
      BigInt64Array.of(2n ** 60n),
    );
  });
});

describe("what changes under our hands", () => {
  const value = (step: number, number: number) =>
    tensorEvent("t", step, "mine", encodeTensor(Float32Array.of(number)));
  const numberAt = async (response: Response) => [...new Float32Array(await response.arrayBuffer())];

  test("a restart brings other values, and the old ones keep their keys", async () => {
    await using one = await serve({
      a: [value(1, 1), value(2, 2), value(3, 3), { ...value(2, 20), wallTime: 2e9 }],
    });
    expect((await one.getRecords("tag=t")).step).toEqual([1, 2]);
    const overtaken = await one.getRecords("tag=t&overtaken=1&values=1");
    expect(overtaken).toMatchObject({ step: [2, 3], total: 2, tensor: [{ data: [2] }, { data: [3] }] });
    expect(await numberAt(await one.get("blob?run=a&tag=t&step=2"))).toEqual([20]);
    expect(await numberAt(await one.get(`blob/${overtaken.key[0]}/0`))).toEqual([2]);
    expect((await one.getRecords("tag=t&overtaken=1&from=3")).step).toEqual([3]);
  });

  test("another file in the place of the first is not taken for it", async () => {
    await using one = await serve({ a: [value(1, 1)] });
    const { key } = await one.getRecords("tag=t");
    // The same bytes but for the wall time, at the same offset.
    const other = { ...value(1, 5), wallTime: 1e9 + 7 };
    writeFile(one.directory, "a/events.out.tfevents.1", eventFile(versionEvent, other));
    const response = await one.get(`blob/${key[0]}/0`);
    expect(response.status).toBe(404);
    expect(response.headers.get("cache-control")).not.toContain("immutable");
  });

  test("a file that is gone is said in words", async () => {
    await using one = await serve({ a: [value(1, 1)] });
    const { key } = await one.getRecords("tag=t");
    rmSync(path.join(one.directory, "a"), { recursive: true });
    const response = await one.get(`blob/${key[0]}/0`);
    expect(response.status).toBe(404);
    expect(await response.text()).toMatch(/gone/);
  });
});

describe("rendered", () => {
  test("a text is the HTML that people see, and may be kept for good", async () => {
    const [key] = await keysOf("notes/table", "tf2/train");
    const response = await api.get(`rendered/${key}`);
    expect(response.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    const { html } = (await response.json()) as { html: string };
    const listed = await fetch(new URL("data/plugin/text/text?run=tf2/train&tag=notes/table", api.url));
    const [stock] = (await listed.json()) as { text: string }[];
    expect(html).toBe(stock!.text);
    expect(html).toContain("<table>");
  });

  test("what is no text, or not there any more, is said", async () => {
    const [image] = await keysOf("examples/digits", "tf2/train");
    expect((await api.get(`rendered/${image}`)).status).toBe(404);
    expect((await api.get("rendered/nothing")).status).toBe(404);
  });
});
