/** What the scan learns of first values in one run, and takes at sight in others: nothing reads otherwise for it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { pb } from "../../../proto/index.ts";
import { PointPacker } from "../../../server/ingest/point-packer.ts";
import { Scanner, type ScannerOptions } from "../../../server/ingest/scanner.ts";
import { type ReadingMachinery, RunUnderTest } from "../../tools/read-file.ts";
import { type EventProperties, eventFile, temporaryDirectory, writeFile } from "../../tools/records.ts";

const packer = new PointPacker();
/** Small, since many are made. */
const machinery = (options: ScannerOptions = {}): ReadingMachinery => ({
  scanner: new Scanner({ inputBytes: 1 << 12, points: 64, ...options }),
  packer,
});

/** All that is known of a run once its file is read. */
function read(events: readonly EventProperties[], withWhat: ReadingMachinery): unknown {
  const run = new RunUnderTest({}, withWhat);
  const path = writeFile(temporaryDirectory(), "events.out.tfevents.1", eventFile(...events));
  const { state, offset, problems } = run.read(path);
  const metadata = [...run.run.series.values()].map((series) => ({
    ...series.metadata,
    content: [...series.metadata.content],
  }));
  return { state, offset, problems, start: run.run.startTime, contents: run.contents(), metadata };
}

const float = { dtype: 1, tensorShape: {} };

/** Values that may come first, of kinds that are told apart by their metadata or by none. */
const VALUES: Readonly<Record<string, (at: number) => pb.Summary.Value.$Properties>> = {
  simple: (at) => ({ simpleValue: at }),
  bare: (at) => ({ tensor: { ...float, floatVal: [at] } }),
  scalar: (at) => ({
    tensor: { ...float, floatVal: [at] },
    metadata: { pluginData: { pluginName: "scalars" } },
  }),
  described: (at) => ({
    tensor: { ...float, floatVal: [at] },
    metadata: { pluginData: { pluginName: "scalars" }, summaryDescription: "of some use" },
  }),
  simpleDescribed: (at) => ({ simpleValue: at, metadata: { summaryDescription: "of some use" } }),
  double: (at) => ({
    tensor: { dtype: 2, tensorShape: {}, doubleVal: [at] },
    metadata: { pluginData: { pluginName: "scalars" } },
  }),
  classed: (at) => ({ tensor: { ...float, floatVal: [at] }, metadata: { dataClass: 1 } }),
  tensor: (at) => ({
    tensor: { ...float, floatVal: [at] },
    metadata: { pluginData: { pluginName: "pr_curves" } },
  }),
  text: (at) => ({
    tensor: { dtype: 7, tensorShape: {}, stringVal: [Buffer.from(`${at}`)] },
    metadata: { pluginData: { pluginName: "text" } },
  }),
};

const event = fc.oneof(
  fc.record({
    values: fc.array(
      fc.record({
        tag: fc.constantFrom<string>("a", "b", "c"),
        kind: fc.constantFrom(...Object.keys(VALUES)),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  fc.record({ version: fc.constantFrom<string>("brain.Event:2", "brain.Event:3") }),
);
const files = fc.array(fc.array(event, { maxLength: 12 }), { minLength: 2, maxLength: 4 });
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

const toEvents = (file: readonly Event[]): EventProperties[] =>
  file.map((one, at) => {
    // Earlier events may have later times.
    const wallTime = 1e9 + ((at * 7) % 5);
    if ("version" in one) return { wallTime, fileVersion: one.version };
    const value = one.values.map(({ tag, kind }) => ({ tag, ...VALUES[kind]!(at) }));
    return { wallTime, step: at, summary: { value } };
  });

describe("a scanner that has read other runs", () => {
  // Columns of two points are full in the middle of events.
  test.each([{}, { points: 2 }])("reads a run as a new one does (%j)", (options) => {
    fc.assert(
      fc.property(files, (runs) => {
        const used = machinery(options);
        for (const run of runs.map(toEvents)) expect(read(run, used)).toEqual(read(run, machinery()));
      }),
      { numRuns: 60 },
    );
  });

  test("takes first values at sight that are like those it knows", () => {
    const used = machinery();
    const run = [
      { version: "brain.Event:2" },
      { values: [{ tag: "a", kind: "described" }] },
      { values: [{ tag: "b", kind: "simple" }] },
    ];
    read(toEvents(run), used);
    let decoded = 0;
    Object.defineProperty(used.scanner, "payload", {
      get() {
        decoded++;
        return new Uint8Array();
      },
    });
    expect(read(toEvents(run), used)).toMatchObject({ contents: [{ tag: "a" }, { tag: "b" }], start: 1e9 });
    expect(decoded).toBe(0);
  });
});
