/** `/api/v1/blobs`: bytes of several values in one answer, and what is said in the place of those that are not given. */
import { rmSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { decodeBlobs } from "../../../../client/blobs.ts";
import { encodeTensor } from "../../../../proto/index.ts";
import type { BlobPlace, BlobsHead, RecordsJson } from "../../../../server/api/types.ts";
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

const keysOf = async (tag: string) => {
  const { series } = await api.getJson<RecordsJson>(
    `records?${new URLSearchParams({ tag, run: "tf2/train" })}`,
  );
  return series[0]!.key;
};
const ask = async (blobs: readonly BlobPlace[]) =>
  decodeBlobs(await (await api.post("blobs", { blobs })).arrayBuffer());

describe("several", () => {
  test("are the bytes and types of each alone, in the order in which they are named", async () => {
    const digits = await keysOf("examples/digits");
    const [clip] = await keysOf("audio/tone");
    const [numbers] = await keysOf("weights/conv1");
    const [strings] = await keysOf("notes/table");
    const places = [
      { key: digits[3]!, index: 1 },
      { key: strings!, index: 2 },
      { key: digits[0]!, index: 2 },
      { key: clip!, index: 1 },
      { key: numbers!, index: 0 },
      // The same again is given again.
      { key: digits[3]!, index: 1 },
      { key: digits[3]!, index: 0 },
    ];
    const given = await ask(places);
    expect(given).toHaveLength(places.length);
    for (const [i, { key, index }] of places.entries()) {
      const alone = await api.get(`blob/${key}/${index}`);
      const { headers } = alone;
      const dtype = headers.get("tensor-dtype");
      expect(given[i]).toEqual({
        type: headers.get("content-type"),
        bytes: new Uint8Array(await alone.arrayBuffer()),
        ...(dtype !== null && { dtype, shape: headers.get("tensor-shape")?.split(",").map(Number) }),
      });
    }
    expect(await ask([{ key: digits[0]! }])).toEqual(await ask([{ key: digits[0]!, index: 0 }]));
  });

  test("begin with the length of what tells of them", async () => {
    const [key] = await keysOf("notes/table");
    const response = await api.post("blobs", { blobs: [{ key, index: 1 }, { key: "x" }] });
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    const answer = Buffer.from(await response.arrayBuffer());
    const end = 4 + answer.readUInt32LE(0);
    const head = JSON.parse(answer.toString("utf8", 4, end)) as BlobsHead;
    expect(head).toEqual([
      { type: "application/octet-stream", bytes: 1 },
      { problem: expect.stringContaining("its run is gone"), status: 404 },
    ]);
    expect(answer.toString("utf8", end)).toBe("b");
  });

  test("may be none", async () => {
    expect(await ask([])).toEqual([]);
  });

  test("that are not there are told in their places, and the others given", async () => {
    const [key = ""] = await keysOf("examples/digits");
    const [numbers = ""] = await keysOf("weights/conv1");
    const given = await ask([
      { key: key.replace(/^.{8}/, "00000000") },
      { key, index: 3 },
      { key, index: 1 },
      { key: `${key}1` },
      { key: "" },
      { key: numbers, index: 1 },
    ]);
    expect(given.map((one) => ("problem" in one ? one.status : one.type))).toEqual([
      404,
      404,
      "image/png",
      404,
      404,
      404,
    ]);
    expect(given[1]).toMatchObject({
      problem: 'no blob 3 at step 0 of tag "examples/digits", or its event file is gone',
    });
  });
});

test.each([
  ["[]", "the query is not an object"],
  ["{", "not JSON"],
  ["{}", '"blobs" is missing'],
  ['{"blobs":{}}', '"blobs" must be a list of objects'],
  ['{"blobs":[[]]}', '"blobs[0]" must be an object'],
  ['{"blobs":[{"key":"k"},null]}', '"blobs[1]" must be an object'],
  ['{"blobs":[{"index":0}]}', '"blobs[0].key" is missing'],
  ['{"blobs":[{"key":1}]}', '"blobs[0].key" must be a string'],
  ['{"blobs":[{"key":"k","index":-1}]}', '"blobs[0].index" must be between 0 and'],
  ['{"blobs":[{"key":"k","index":1.5}]}', '"blobs[0].index" must be a whole number'],
  ['{"blobs":[{"key":"k","index":"0"}]}', '"blobs[0].index" must be a number'],
  ['{"blobs":[{"key":"k","step":0}]}', '"blobs[0].step" is not known here, only key, index'],
  ['{"blobs":[],"tag":"t"}', '"tag" is not known here, only blobs'],
  [JSON.stringify({ blobs: Array(257).fill({ key: "k" }) }), "256 objects at most"],
])("%.60s is refused in words", async (body, words) => {
  const response = await fetch(new URL("api/v1/blobs", api.url), { method: "POST", body });
  expect(response.status).toBe(400);
  expect(await response.text()).toContain(words);
});

test("by GET there are none", async () => {
  const response = await api.get("blobs");
  expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
});

/** A server on some files, until the test ends. */
async function serve(files: Readonly<Record<string, readonly EventProperties[]>>) {
  const directory = temporaryDirectory();
  for (const [run, events] of Object.entries(files))
    writeFile(directory, `${run}/events.out.tfevents.1`, eventFile(versionEvent, ...events));
  const server = await startServer({ logdir: directory, port: 0, threads: 0, indexCache: null });
  await server.loaded;
  const keys = async (run: string, tag = "t") => {
    const asked = new URL(`api/v1/records?${new URLSearchParams({ tag, run })}`, server.url);
    return ((await (await fetch(asked)).json()) as RecordsJson).series[0]!.key;
  };
  const blobs = async (places: readonly BlobPlace[]) => {
    const body = JSON.stringify({ blobs: places });
    const response = await fetch(new URL("api/v1/blobs", server.url), { method: "POST", body });
    return decodeBlobs(await response.arrayBuffer());
  };
  const get = (asked: string) => fetch(new URL(asked, server.url));
  return { directory, keys, blobs, get, [Symbol.asyncDispose]: () => server.close() };
}

function imageValue(tag: string, bytes: Uint8Array | string) {
  const metadata = { pluginData: { pluginName: "images" }, dataClass: 3 };
  return { tag, metadata, tensor: encodeTensor(["1", "1", bytes]) };
}

const imageEvent = (step: number, bytes: Uint8Array | string): EventProperties => ({
  wallTime: 1e9 + step,
  step,
  summary: { value: [imageValue("t", bytes)] },
});

describe("what one answer has no room for", () => {
  test("is told in its place, may be had alone, and smaller ones after it are given", async () => {
    const megabytes = (count: number) => new Uint8Array(count << 20);
    await using one = await serve({
      a: [megabytes(6), megabytes(7), megabytes(5), megabytes(17), "small"].map((bytes, i) =>
        imageEvent(i, bytes),
      ),
    });
    const keys = await one.keys("a");
    const given = await one.blobs(keys.map((key) => ({ key })));
    expect(given.map((it) => ("problem" in it ? it.status : it.bytes.length))).toEqual([
      6 << 20,
      7 << 20,
      413,
      413,
      5,
    ]);
    const problem = given[3]!;
    const address = /ask for \/(\S+)$/.exec("problem" in problem ? problem.problem : "")?.[1];
    expect((await (await one.get(address!)).arrayBuffer()).byteLength).toBe(17 << 20);
  });

  test("is also what would have too much read for it", { timeout: 60_000 }, async () => {
    // A small image, whose record is as large as the others in it make it.
    const tags = Array.from({ length: 40 }, (_, i) => `t${i}`);
    const value = [imageValue("large", new Uint8Array(8 << 20)), ...tags.map((tag) => imageValue(tag, tag))];
    await using one = await serve({ a: [{ wallTime: 1e9, step: 0, summary: { value } }] });
    const keys = await Promise.all(tags.map(async (tag) => (await one.keys("a", tag))[0]!));
    const given = await one.blobs(keys.map((key) => ({ key })));
    const statuses = given.map((it) => ("problem" in it ? it.status : String(Buffer.from(it.bytes))));
    expect(statuses).toEqual([...tags.slice(0, 31), ...Array(9).fill(413)]);
  });
});

test("of files that went or were replaced since, it is told, and the others are given", async () => {
  await using one = await serve({
    gone: [imageEvent(0, "gone")],
    other: [imageEvent(0, "before")],
    there: [imageEvent(0, "there")],
  });
  const places = [];
  for (const run of ["gone", "other", "there"]) places.push({ key: (await one.keys(run))[0]! });
  rmSync(path.join(one.directory, "gone"), { recursive: true });
  writeFile(one.directory, "other/events.out.tfevents.1", eventFile(versionEvent, imageEvent(7, "behind")));
  const [gone, other, there] = await one.blobs(places);
  expect(gone).toMatchObject({ status: 404, problem: expect.stringContaining("gone") });
  expect(other).toMatchObject({ status: 404 });
  expect(there).toMatchObject({ bytes: new Uint8Array(Buffer.from("there")) });
});
