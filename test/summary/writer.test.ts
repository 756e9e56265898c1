import path from "node:path";
import { describe, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import { fromWire, pb } from "../../proto/index.ts";
import {
  createFileWriter,
  createWriter,
  MemorySink,
  ShapeError,
  StepError,
  type SummaryWriter,
  summary,
  TagError,
  ValueError,
  WriterClosedError,
} from "../../summary/index.ts";
import {
  decodeEvents,
  FIXED_SECONDS,
  onlyValue,
  readEvents,
  scalarsOf,
  temporaryDirectory,
  written,
  writtenBytes,
} from "./event-files.ts";

const fixed = { clock: () => FIXED_SECONDS * 1000, host: "host", pid: 42 };

describe("the file", () => {
  test("is named as TensorFlow names it, and shows at once", () => {
    const directory = path.join(temporaryDirectory(), "runs", "train");
    const writer = createFileWriter(directory, fixed);
    expect(writer.path).toBe(path.join(directory, "events.out.tfevents.1700000000.host.42.0.v2"));
    expect(readEvents(directory)).toMatchObject([{ wallTime: FIXED_SECONDS, fileVersion: "brain.Event:2" }]);
    return writer.close();
  });

  test("says who wrote it", () => {
    const directory = temporaryDirectory();
    createFileWriter(directory, fixed);
    const [first] = readEvents(directory);
    expect(first?.sourceMetadata?.writer).toBe(`tsboard/${packageJson.version}`);
  });

  test("never shares its name with another of the same second and process", async () => {
    const directory = temporaryDirectory();
    const writers = [0, 1, 2].map(() => createFileWriter(directory, fixed));
    expect(writers.map((writer) => path.basename(writer.path))).toEqual([
      "events.out.tfevents.1700000000.host.42.0.v2",
      "events.out.tfevents.1700000000.host.42.1.v2",
      "events.out.tfevents.1700000000.host.42.2.v2",
    ]);
    await Promise.all(writers.map((writer) => writer.close()));
  });

  test("ends with the suffix asked for", () => {
    const writer = createFileWriter(temporaryDirectory(), { ...fixed, filenameSuffix: ".sweep" });
    expect(writer.path.endsWith(".host.42.0.sweep")).toBe(true);
  });

  test("holds everything after flush, flushSync and close", async () => {
    const directory = temporaryDirectory();
    const writer = createFileWriter(directory);
    const steps = () =>
      readEvents(directory)
        .slice(1)
        .map((event) => Number(event.step));
    writer.scalar("loss", 1, { step: 1 });
    await writer.flush();
    expect(steps()).toEqual([1]);
    writer.scalar("loss", 1, { step: 2 });
    writer.flushSync();
    expect(steps()).toEqual([1, 2]);
    writer.scalar("loss", 1, { step: 3 });
    await writer.close();
    expect(steps()).toEqual([1, 2, 3]);
  });

  test("is written by itself after flushMillis", async () => {
    const directory = temporaryDirectory();
    const writer = createFileWriter(directory, { flushMillis: 20 });
    writer.scalar("loss", 1, { step: 1 });
    await expect.poll(() => readEvents(directory).length).toBe(2);
    await writer.close();
  });

  test("is written in a loop that never lets the event loop turn", async () => {
    const directory = temporaryDirectory();
    let now = 0;
    const writer = createFileWriter(directory, { clock: () => now });
    for (let step = 0; step < 100; step++) {
      now += 100;
      writer.scalar("loss", 1, { step });
    }
    expect(readEvents(directory).length).toBeGreaterThan(40);
    await writer.close();
  });

  test("takes an event of any size", async () => {
    const directory = temporaryDirectory();
    const writer = createFileWriter(directory, { flushBytes: 1000 });
    const long = "x".repeat(5000);
    for (let step = 0; step < 5; step++) {
      writer.scalar("before", step, { step });
      writer.text("long", long, { step });
      writer.scalar("after", step, { step });
    }
    await writer.close();
    const tags = readEvents(directory)
      .slice(1)
      .map((event) => onlyValue(event).tag);
    expect(tags).toEqual(Array.from({ length: 5 }, () => ["before", "long", "after"]).flat());
  });

  test("keeps the order of events over many buffers, written meanwhile or not", async () => {
    const directory = temporaryDirectory();
    const writer = createFileWriter(directory, { flushBytes: 500 });
    for (let step = 0; step < 5000; step++) {
      writer.scalar("loss", step, { step });
      if (step % 40 === 0) await new Promise(setImmediate);
      if (step % 1000 === 0) void writer.flush();
    }
    await writer.close();
    const scalars = scalarsOf(readEvents(directory).slice(1));
    expect(scalars).toEqual(Array.from({ length: 5000 }, (_, step) => ({ tag: "loss", step, value: step })));
  });
});

describe("metadata", () => {
  test("comes with the first value of a tag only", async () => {
    const events = await written((writer) => {
      writer.scalar("loss", 1, { step: 0, description: "first" });
      writer.scalar("loss", 1, { step: 1, description: "second" });
      writer.text("note", "a", { step: 0 });
      writer.text("note", "b", { step: 1 });
    });
    expect(events.map((event) => onlyValue(event).metadata?.pluginData?.pluginName)).toEqual([
      "scalars",
      undefined,
      "text",
      undefined,
    ]);
    expect(onlyValue(events[0]).metadata?.summaryDescription).toBe("first");
  });

  test("a tag belongs to one kind", async () => {
    await written((writer) => {
      writer.scalar("x", 1, { step: 0 });
      expect(() => writer.text("x", "a", { step: 0 })).toThrow(TagError);
      expect(() => writer.text("x", "a", { step: 0 })).toThrow(/"x" holds scalars already/);
    });
  });
});

describe("steps", () => {
  test.each([0, 1, 127, 128, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER])("%d is exact", async (step) => {
    const events = await written((writer) => {
      writer.scalar("loss", 1, { step });
      writer.scalar("loss", 1, { step });
      writer.scalar("loss", 1, { step: BigInt(step) });
    });
    expect(scalarsOf(events).map((scalar) => scalar.step)).toEqual([step, step, step]);
  });

  test("beyond 2^53 are bigints", async () => {
    const step = 2n ** 60n + 1n;
    const events = await written((writer) => {
      writer.text("note", "a", { step });
      writer.text("note", "a", { step });
      writer.scalar("loss", 1, { step });
      writer.scalar("loss", 1, { step });
    });
    expect(events.map((event) => fromWire(event.step))).toEqual([step, step, step, step]);
  });

  test.each([Number.NaN, -1, 0.5, Number.POSITIVE_INFINITY, 2 ** 53, -1n, 2n ** 63n])(
    "%s is refused",
    async (step) => {
      await written((writer) => {
        writer.scalar("known", 1, { step: 0 });
        expect(() => writer.scalar("known", 1, { step })).toThrow(StepError);
        expect(() => writer.scalar("new", 1, { step })).toThrow(StepError);
        expect(() => {
          writer.step = step;
        }).toThrow(StepError);
      });
    },
  );

  test("default to the writer's, then to the one set for all", async () => {
    const events = await written((writer) => {
      expect(() => writer.scalar("loss", 1)).toThrow(/no step/);
      summary.setStep(7);
      writer.scalar("loss", 1);
      writer.step = 8;
      writer.scalar("loss", 1);
      writer.scalar("loss", 1, { step: 9 });
      summary.setStep(undefined);
    });
    expect(scalarsOf(events).map((scalar) => scalar.step)).toEqual([7, 8, 9]);
  });
});

describe("what does not fit is refused with a word on what would", () => {
  const cases: [string, (writer: SummaryWriter) => unknown, new (message: string) => Error][] = [
    ["an empty tag", (w) => w.scalar("", 1, { step: 0 }), TagError],
    ["a text as scalar", (w) => w.scalar("x", "1" as never, { step: 0 }), ValueError],
    ["no scalar", (w) => w.scalar("x", undefined as never, { step: 0 }), ValueError],
    ["a vector as scalar", (w) => w.scalar("x", tensor([2], [1, 2]), { step: 0 }), ShapeError],
    ["strings in a histogram", (w) => w.histogram("x", ["1"] as never, { step: 0 }), ValueError],
    ["-1 buckets", (w) => w.histogram("x", [1], { step: 0, buckets: -1 }), ValueError],
    [
      "counts without their last edge",
      (w) => w.histogram("x", { counts: [1, 2], edges: [0, 1] }, { step: 0 }),
      ShapeError,
    ],
    ["edges that descend", (w) => w.histogram("x", { counts: [1], edges: [1, 0] }, { step: 0 }), ValueError],
    [
      "an edge at infinity",
      (w) => w.histogram("x", { counts: [1], edges: [0, Number.POSITIVE_INFINITY] }, { step: 0 }),
      ValueError,
    ],
    ["a negative count", (w) => w.histogram("x", { counts: [-1], edges: [0, 1] }, { step: 0 }), ValueError],
    [
      "a bucket count beside ready buckets",
      (w) => w.histogram("x", { counts: [1], edges: [0, 1] }, { step: 0, buckets: 1 }),
      ValueError,
    ],
    ["a summary without values", (w) => w.rawSummary({}, { step: 0 }), ValueError],
    ["bytes that are no summary", (w) => w.rawSummary(Uint8Array.of(10, 200), { step: 0 }), ValueError],
    ["a summary without a step", (w) => w.rawSummary({ value: [] }), StepError],
    ["numbers as text", (w) => w.text("x", 1 as never, { step: 0 }), ValueError],
    ["rows of different length", (w) => w.text("x", [["a"], ["b", "c"]], { step: 0 }), ShapeError],
    ["pixels without a shape", (w) => w.image("x", new Uint8Array(4), { step: 0 }), ShapeError],
    [
      "a shape of other size",
      (w) => w.image("x", new Uint8Array(4), { step: 0, shape: [2, 3, 1] }),
      ShapeError,
    ],
    ["5 channels", (w) => w.image("x", new Uint8Array(5), { step: 0, shape: [1, 1, 5] }), ShapeError],
    ["no channels", (w) => w.image("x", new Uint8Array(0), { step: 0, shape: [1, 1, 0] }), ShapeError],
    ["no pixels", (w) => w.image("x", new Uint8Array(0), { step: 0, shape: [0, 1, 1] }), ShapeError],
    [
      "16-bit pixels",
      (w) => w.image("x", new Uint16Array(1) as never, { step: 0, shape: [1, 1, 1] }),
      ValueError,
    ],
    ["a shape with -1", (w) => w.image("x", new Uint8Array(1), { step: 0, shape: [-1, -1, 1] }), ShapeError],
    ["a graph as text", (w) => w.graph("x" as never), ValueError],
    [
      "audio without a rate",
      (w) => w.audio("x", new Float32Array(1), { step: 0, sampleRate: 0 }),
      ValueError,
    ],
    ["audio of text", (w) => w.audio("x", ["a"] as never, { step: 0, sampleRate: 1 }), ValueError],
    [
      "audio of 4 dimensions",
      (w) => w.audio("x", new Float32Array(1), { step: 0, sampleRate: 1, shape: [1, 1, 1, 1] }),
      ShapeError,
    ],
    ["a tensor of ragged arrays", (w) => w.tensor("x", [[1, 2], [3]], { step: 0 }), ShapeError],
    ["a tensor of other size", (w) => w.tensor("x", Int8Array.of(1), { step: 0, shape: [2] }), ShapeError],
    [
      "more labels than predictions",
      (w) => w.prCurve("x", { labels: [1, 0], predictions: [1] }, { step: 0 }),
      ShapeError,
    ],
    [
      "one threshold",
      (w) => w.prCurve("x", { labels: [1], predictions: [1] }, { step: 0, thresholds: 1 }),
      ValueError,
    ],
    [
      "a prediction of NaN",
      (w) => w.prCurve("x", { labels: [1], predictions: [Number.NaN] }, { step: 0 }),
      ValueError,
    ],
    ["half a vertex", (w) => w.mesh("x", { vertices: [1, 2] }, { step: 0 }), ShapeError],
    [
      "a negative index",
      (w) => w.mesh("x", { vertices: [1, 2, 3], faces: [0, 0, -1] }, { step: 0 }),
      ValueError,
    ],
    ["an hparam that is an object", (w) => w.hparams({ rate: {} as never }), ValueError],
    [
      "a domain of mixed types",
      (w) => w.hparamsConfig({ hparams: [{ name: "x", domain: [1, "a"] }], metrics: [] }),
      ValueError,
    ],
    ["a sweep without metrics", (w) => w.hparamsConfig({ hparams: [] } as never), ValueError],
    [
      "a domain that ends before it begins",
      (w) => w.hparamsConfig({ hparams: [{ name: "x", domain: { min: 1, max: 0 } }], metrics: [] }),
      ValueError,
    ],
    ["hyperparameters in an array", (w) => w.hparams([1] as never), ValueError],
    [
      "a chart of nothing",
      (w) => w.customScalars([{ title: "x", charts: [{ title: "y" } as never] }]),
      ValueError,
    ],
    ["a category without charts", (w) => w.customScalars([{ title: "x" } as never]), ValueError],
    ["a model without a configuration", (w) => w.kerasModel("keras", { class_name: "Model" }), ValueError],
    ["an unknown end", (w) => w.hparamsEnd("toString" as never), ValueError],
    ["a model that is no JSON", (w) => w.kerasModel("keras", "model"), ValueError],
    ["run metadata as text", (w) => w.runMetadata("x", "y" as never, { step: 0 }), ValueError],
    ["an unknown status", (w) => w.sessionLog("begin" as never, { step: 0 }), ValueError],
    ["a wall time of NaN", (w) => w.scalar("x", 1, { step: 0, wallTime: Number.NaN }), ValueError],
  ];
  test.each(cases)("%s", async (_name, call, error) => {
    const events = await written((writer) => expect(() => call(writer)).toThrow(error));
    expect(events).toEqual([]);
  });

  test("a closed writer", async () => {
    const writer = createWriter(new MemorySink());
    await writer.close();
    await writer.close();
    await writer.flush();
    expect(() => writer.scalar("x", 1, { step: 0 })).toThrow(WriterClosedError);
  });

  test("a negative buffer", () => {
    expect(() => createWriter(new MemorySink(), { flushBytes: -1 })).toThrow(ValueError);
  });
});

test("scalars keep 32 bits, NaN and infinities", async () => {
  const values = [0.1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -0];
  const events = await written((writer) => {
    for (const value of values) writer.scalar("loss", value, { step: 0 });
  });
  expect(scalarsOf(events).map((scalar) => scalar.value)).toEqual(values.map(Math.fround));
});

test("tags may be any text", async () => {
  const tags = ["π/weights", "a".repeat(10_000), "with space", "emoji 🙂"];
  const events = await written((writer) => {
    for (const tag of [...tags, ...tags]) writer.scalar(tag, 1, { step: 0 });
  });
  expect(scalarsOf(events).map((scalar) => scalar.tag)).toEqual([...tags, ...tags]);
});

test("wall time is the clock's unless given", async () => {
  const events = await written((writer) => {
    for (const wallTime of [undefined, 12.5]) {
      writer.scalar("loss", 1, { step: 0, wallTime });
      writer.text("note", "a", { step: 0, wallTime });
    }
  });
  expect(events.map((event) => event.wallTime)).toEqual([FIXED_SECONDS, FIXED_SECONDS, 12.5, 12.5]);
});

test("`await using` closes", async () => {
  const sink = new MemorySink();
  {
    await using writer = createWriter(sink);
    writer.scalar("loss", 1, { step: 0 });
  }
  expect(decodeEvents(sink.bytes())).toHaveLength(2);
});

test("a graph may come as bytes, which are kept as they are", async () => {
  const graph = pb.GraphDef.encode({ node: [{ name: "x", op: "Placeholder" }] }).finish();
  const unknownField = Uint8Array.of(0x78, 1); // field 15, varint 1
  const bytes = Buffer.concat([graph, unknownField]);
  const events = await written((writer) => writer.graph(bytes, { step: 3 }));
  expect(events).toMatchObject([{ graphDef: new Uint8Array(bytes) }]);
});

test("an encoded summary is kept byte for byte, fields unknown here too", async () => {
  const known = pb.Summary.encode({ value: [{ tag: "loss", simpleValue: 1 }] }).finish();
  const unknownField = Uint8Array.of(0x78, 1); // field 15, varint 1
  const bytes = Buffer.concat([known, unknownField]);
  const file = await writtenBytes((writer) => writer.rawSummary(bytes, { step: 1 }));
  expect(Buffer.from(file).includes(bytes)).toBe(true);
  expect(decodeEvents(file)[1]).toMatchObject({ summary: { value: [{ tag: "loss", simpleValue: 1 }] } });
});

function tensor(shape: number[], data: number[]) {
  return { shape, dtype: "float32", dataSync: () => Float32Array.from(data) };
}
