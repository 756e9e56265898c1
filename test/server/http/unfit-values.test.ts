/** Values that are not of their tag's kind: in no answer of the compatible face, though they overtake others. */
import { expect, onTestFinished, test } from "vitest";
import { DataType } from "../../../proto/index.ts";
import { startServer } from "../../../server/index.ts";
import { type EventProperties, eventFile, temporaryDirectory, writeFile } from "../../tools/records.ts";

const plugin = (pluginName: string) => ({ pluginData: { pluginName } });
type Value = NonNullable<NonNullable<NonNullable<EventProperties["summary"]>["value"]>[number]>;
type Tensor = NonNullable<Value["tensor"]>;

function event(step: number, value: Value): EventProperties {
  return { wallTime: 1e9 + step, step, summary: { value: [value] } };
}

const number = (value: number): Tensor => ({ dtype: DataType.DT_FLOAT, floatVal: [value] });
const double = (value: number): Tensor => ({ dtype: DataType.DT_DOUBLE, doubleVal: [value] });
const text = (...shape: number[]): Tensor => ({
  dtype: DataType.DT_STRING,
  tensorShape: { dim: shape.map((size) => ({ size })) },
  stringVal: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Buffer.from("x")),
});

/** Serves one run with these events; gives what a path of it answers. */
async function serve(...events: EventProperties[]): Promise<(path: string) => Promise<unknown>> {
  const logdir = temporaryDirectory();
  writeFile(logdir, "run/events.out.tfevents.1", eventFile(...events));
  const server = await startServer({ logdir, port: 0, threads: 0 });
  onTestFinished(() => server.close());
  await server.loaded;
  return async (path) => (await fetch(new URL(path, server.url))).json();
}

const scalars = (tag: string) => `data/plugin/scalars/scalars?run=run&tag=${tag}`;
const steps = (answer: unknown) => (answer as [number, number][]).map(([, step]) => step);

test("a scalar that is text is not shown, and overtakes the points from its step on", async () => {
  const metadata = plugin("scalars");
  const ask = await serve(
    event(0, { tag: "loss", metadata, tensor: number(1) }),
    event(1, { tag: "loss", tensor: number(2) }),
    event(2, { tag: "loss", tensor: number(3) }),
    event(1, { tag: "loss", tensor: text() }),
    event(4, { tag: "loss", tensor: number(5) }),
  );
  expect(steps(await ask(scalars("loss")))).toEqual([0, 4]);
});

test("a scalar that is a double is shown to people, and not to stock's front end, which has never seen one", async () => {
  const ask = await serve(
    event(0, { tag: "loss", metadata: plugin("scalars"), tensor: number(1) }),
    event(1, { tag: "loss", tensor: double(2) }),
    event(2, { tag: "loss", tensor: number(3) }),
    event(0, { tag: "doubles", metadata: plugin("scalars"), tensor: double(2) }),
  );
  expect(steps(await ask(scalars("loss")))).toEqual([0, 2]);
  expect(await ask(scalars("doubles"))).toEqual([]);
  expect(Object.keys(((await ask("data/plugin/scalars/tags")) as { run: object }).run)).toEqual(["loss"]);
  expect(await ask("api/v1/series?tag=loss")).toMatchObject({ series: [{ value: [1, 2, 3] }] });
});

test("a tag without a value of its kind is not listed", async () => {
  const mismatched = { min: 0, max: 1, bucketLimit: [1, 2], bucket: [1] };
  const ask = await serve(
    event(0, { tag: "only metadata", metadata: plugin("scalars") }),
    event(0, { tag: "lists that do not match", histo: mismatched }),
    event(0, { tag: "no list of images", metadata: plugin("images"), tensor: text() }),
    event(0, { tag: "fine", simpleValue: 1 }),
  );
  expect(await ask("data/plugin/scalars/tags")).toEqual({ run: { fine: expect.anything() } });
  expect(await ask("data/plugin/histograms/tags")).toEqual({});
  expect(await ask("data/plugin/images/tags")).toEqual({});
});

test("clips with labels and without are counted each as they are", async () => {
  const ask = await serve(
    event(0, { tag: "sound", metadata: plugin("audio"), tensor: text(2, 2) }),
    event(1, { tag: "sound", tensor: text(3) }),
  );
  expect(await ask("data/plugin/audio/tags")).toMatchObject({ run: { sound: { samples: 3 } } });
  const clips = async (sample: number) =>
    ((await ask(`data/plugin/audio/audio?run=run&tag=sound&sample=${sample}`)) as unknown[]).length;
  expect([await clips(1), await clips(2), await clips(3)]).toEqual([2, 1, 0]);
});

test("an event at no time at all is passed over and named", async () => {
  const at = (wallTime: number): EventProperties => ({
    ...event(1, { tag: "loss", simpleValue: 1 }),
    wallTime,
  });
  const ask = await serve(
    event(0, { tag: "loss", simpleValue: 0 }),
    at(Number.POSITIVE_INFINITY),
    at(Number.NaN),
  );
  expect(steps(await ask(scalars("loss")))).toEqual([0]);
  expect(await ask("api/v1/status")).toMatchObject({
    problems: [
      { message: expect.stringContaining("no wall time (Infinity)") },
      { message: expect.stringContaining("no wall time (NaN)") },
    ],
  });
});
