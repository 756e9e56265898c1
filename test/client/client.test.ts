/** The client on a real server: everything that it asks for comes decoded, and as the server has it. */
import { type AddressInfo, createServer, type Server } from "node:net";
import { ApiError, connect } from "tsboard/client";
import { describe, expect, test } from "vitest";
import { serveWhileTesting } from "../tools/native-api.ts";
import { corpusLogs } from "../tools/stock-answers.ts";

const api = serveWhileTesting(() => corpusLogs);

describe("status and catalog", () => {
  test("are decoded", async () => {
    const client = connect(api.url);
    expect(await client.status()).toMatchObject({ logdir_readable: true, loading: { loading: false } });
    const { runs, tags } = await client.catalog();
    expect(runs).toHaveLength(33);
    expect(tags.find(({ tag }) => tag === "examples/digits")).toMatchObject({ data_class: "blob_sequence" });
  });

  test("a catalog that has not changed is the same object, and not sent again", async () => {
    const statuses: number[] = [];
    const client = connect(api.url, {
      fetch: async (...given) => {
        const response = await fetch(...given);
        statuses.push(response.status);
        return response;
      },
    });
    const first = await client.catalog();
    expect(await client.catalog()).toBe(first);
    expect(statuses).toEqual([200, 304]);
  });
});

describe("series", () => {
  test("are typed arrays, one object a run", async () => {
    const [train] = await connect(api.url).series({ tag: "loss", runs: ["tf2/train"], smoothing: 0.6 });
    expect(train).toMatchObject({ run: "tf2/train", total: 60, inRange: 60, exactStep: null });
    expect(train!.step).toEqual(Float64Array.from({ length: 60 }, (_, i) => i));
    expect(train!.value).toBeInstanceOf(Float32Array);
    expect(train!.smoothed).toHaveLength(60);
  });

  test("have exact steps beyond 2^53", async () => {
    const [series] = await connect(api.url).series({ tag: "loss", runs: ["awkward/big_step"] });
    expect(series!.exactStep?.at(-1)).toBe(2n ** 53n + 6n);
  });

  test("of branches say which", async () => {
    const branches = await connect(api.url).series({ tag: "loss", overtaken: true });
    expect(branches.find(({ run }) => run === "awkward/restart")).toMatchObject({ branch: 0, total: 20 });
  });

  test("of no run are none", async () => {
    expect(await connect(api.url).series({ tag: "no such tag" })).toEqual([]);
  });
});

test("aggregates have a column for each statistic and quantile", async () => {
  const client = connect(api.url);
  const runs = ["tf2/train", "tf2/eval"];
  const [train, evaluation] = await client.series({ tag: "loss", runs });
  const { x, count, mean, quantiles, ...head } = await client.aggregate({
    tag: "loss",
    runs,
    quantiles: [0.5, 0.125],
  });
  expect(head).toMatchObject({ tag: "loss", axis: "step", match: "steps", runs, total: 60, exactX: null });
  expect(x).toEqual(train!.step);
  expect(count).toEqual(new Int32Array(60).fill(2));
  expect(mean[7]).toBeCloseTo((train!.value[7]! + evaluation!.value[7]!) / 2, 12);
  expect(quantiles.map(({ share }) => share)).toEqual([0.5, 0.125]);
  expect(quantiles[0]!.value).toEqual(mean);
});

test("last values pick the best run", async () => {
  const last = await connect(api.url).last({
    tags: ["loss"],
    runs: ["tf2/train", "tf2/eval", "awkward/big_step"],
  });
  const best = last.toSorted((a, b) => (a.min?.value ?? 0) - (b.min?.value ?? 0))[1];
  expect(best).toMatchObject({ run: "tf2/train", points: 60, min: { step: 58 }, last: { step: 59 } });
  expect(last.find(({ run }) => run === "awkward/big_step")?.last.step).toBe(2n ** 53n + 6n);
  const odd = await connect(api.url).last({ tags: ["odd/special"] });
  expect(odd[0]).toMatchObject({
    min: { value: Number.NEGATIVE_INFINITY },
    max: { value: Number.POSITIVE_INFINITY },
  });
});

describe("records", () => {
  test("of tensors have them in their own type", async () => {
    const client = connect(api.url);
    const [weights] = await client.records({ tag: "weights/conv1", runs: ["tf2/eval"], values: true });
    expect(weights).toMatchObject({ plugin: "histograms", dataClass: "tensor", total: 10 });
    expect(weights!.tensors![0]).toMatchObject({
      dtype: "float64",
      shape: [30, 3],
      data: expect.any(Float64Array),
    });
    const [notes] = await client.records({ tag: "notes/table", runs: ["tf2/train"], values: true });
    expect(notes!.tensors).toEqual([{ dtype: "string", shape: [2, 2], data: ["a", "b", "c", "d"] }]);
    const [known] = await client.records({ tag: "weights/conv1" });
    expect(known!.tensors).toBeNull();
  });

  test("of blobs have addresses for them", async () => {
    const client = connect(api.url);
    const [digits] = await client.records({
      tag: "examples/digits",
      runs: ["tf2/train"],
      values: true,
      limit: 2,
    });
    expect(digits).toMatchObject({ dataClass: "blob_sequence", inRange: 10, tensors: [null, null] });
    expect([...digits!.blobs]).toEqual([3, 3]);
    const key = digits!.keys[1]!;
    const blob = await client.blob(key, 2);
    expect(blob.type).toBe("image/png");
    expect(await (await fetch(client.blobUrl(key, 2))).blob()).toEqual(blob);
  });

  test("come several at a time", async () => {
    const client = connect(api.url);
    const [digits] = await client.records({ tag: "examples/digits", runs: ["tf2/train"] });
    const [weights] = await client.records({ tag: "weights/conv1", runs: ["tf2/train"] });
    const [image, missing, numbers] = await client.blobs([
      { key: digits!.keys[1]!, index: 2 },
      { key: "no-key" },
      { key: weights!.keys[0]! },
    ]);
    const alone = await client.blob(digits!.keys[1]!, 2);
    expect(image).toEqual({ type: "image/png", bytes: new Uint8Array(await alone.arrayBuffer()) });
    expect(missing).toMatchObject({ status: 404, problem: expect.stringContaining("not there any more") });
    expect(numbers).toMatchObject({ dtype: "float64", shape: [30, 3] });
    expect(await client.blobs([])).toEqual([]);
    const sample = { key: digits!.keys[1]!, index: 2, title: "a sample" };
    expect(await client.blobs([sample])).toEqual([image]);
    await expect(client.blobs([{ key: "k", index: -1 }])).rejects.toMatchObject({ status: 400 });
  });

  test("that break off are refused", async () => {
    const head = '[{"type":"image/png","bytes":2}]';
    const cut = [head.length, 0, 0, 0, ...Buffer.from(`${head}1`)];
    const bodies = [[], [9, 0, 0, 0, 91], cut];
    for (const body of bodies) {
      const broken = connect("http://localhost/", { fetch: async () => new Response(Uint8Array.from(body)) });
      await expect(broken.blobs([{ key: "k" }])).rejects.toThrow("breaks off");
    }
  });

  test("carry what the plugin says", async () => {
    const [audio] = await connect(api.url).records({ tag: "audio/tone" });
    expect([...audio!.pluginContent]).toEqual([0x10, 0x0b]);
  });
});

describe("an address", () => {
  test.each(["", "?x=1", "#scalars"])("may end in %j", async (end) => {
    await connect(`${api.url}${end}`).status();
  });

  test("needs no slash at its end", () => {
    expect(connect("http://localhost:6006/prefix").blobUrl("key")).toBe(
      "http://localhost:6006/prefix/api/v1/blob/key/0",
    );
  });

  test("that is none is refused at once", () => {
    expect(() => connect("not an address")).toThrow(TypeError);
  });
});

describe("errors", () => {
  test("have the server's words", async () => {
    const asked = connect(api.url).aggregate({ tag: "loss", axis: "relative", match: "steps" });
    await expect(asked).rejects.toThrow(/"match" must be buckets/);
    await expect(asked).rejects.toBeInstanceOf(ApiError);
    await expect(connect(api.url).blob("no-key")).rejects.toMatchObject({ status: 404 });
  });

  test("a request can be given up", async () => {
    const asked = connect(api.url).series({ tag: "loss" }, { signal: AbortSignal.abort() });
    await expect(asked).rejects.toThrow(/abort/);
  });

  test("an answer of something else is not taken for ours", async () => {
    const other = (body: string) => connect(api.url, { fetch: async () => new Response(body) });
    await expect(other("{}").status()).rejects.toThrow(/no text at status.version/);
    await expect(other("[]").catalog()).rejects.toThrow(TypeError);
    await expect(other("<html>").series({ tag: "loss" })).rejects.toThrow();
  });

  test("a server that is not there is fetch's own error", async () => {
    const server: Server = createServer().listen(0);
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(connect(`http://localhost:${port}`).status()).rejects.toThrow(/fetch failed/);
  });
});

test("headers go with every request", async () => {
  const seen: (string | null)[] = [];
  const client = connect(api.url, {
    headers: { "X-Proxy": "me" },
    fetch: async (address, request) => {
      seen.push(new Headers(request?.headers).get("X-Proxy"));
      return fetch(address, request);
    },
  });
  await client.status();
  await client.catalog();
  await client.last();
  expect(seen).toEqual(["me", "me", "me"]);
});

test.each(["localhost:6006", "lab.example/board", "ftp://lab.example/", ""])(
  "%j is no address of a server",
  (given) => {
    expect(() => connect(given)).toThrow(`a server's address is like http://localhost:6006/, not "${given}"`);
  },
);
