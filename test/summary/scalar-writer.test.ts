/** The writer of scalars only: byte for byte what the writer of all kinds writes. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { pb, toWire } from "../../proto/index.ts";
import {
  createScalarWriter,
  createWriter,
  MemorySink,
  type ScalarWriter,
  StepError,
  type SummaryOptions,
  TagError,
  ValueError,
  WriterClosedError,
} from "../../summary/index.ts";
import { firstScalarEvent } from "../../summary/scalar-event.ts";

const clock = (): number => 1_700_000_000_500;

async function bytesOf(create: typeof createScalarWriter, log: (writer: ScalarWriter) => void) {
  const sink = new MemorySink();
  const writer = create(sink, { clock });
  log(writer);
  await writer.close();
  return Buffer.from(sink.bytes()).toString("hex");
}

test("writes the same file", async () => {
  const log = (writer: ScalarWriter) => {
    writer.scalar("loss", 0.5, { step: 0, displayName: "Loss", description: "Cross *entropy*, größer" });
    writer.step = 2n ** 60n;
    for (const value of [Number.NaN, -1, 1e-30]) writer.scalar("loss", value);
    writer.scalar("größe/λ", 3, { step: 300, wallTime: -0.25 });
    writer.recordIf = false;
    writer.scalar("not", 1);
  };
  const bytes = await bytesOf(createScalarWriter, log);
  expect(bytes.length).toBeGreaterThan(400);
  expect(await bytesOf(createWriter, log)).toBe(bytes);
});

test("a tag's first event is the codec's", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 });
  const steps = fc.oneof(fc.constant(0), fc.maxSafeNat(), fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }));
  fc.assert(
    fc.property(
      text,
      text,
      text,
      steps,
      fc.float(),
      fc.double({ noDefaultInfinity: true, noNaN: true }).filter((seconds) => seconds !== 0),
      (tag, displayName, description, step, value, wallTime) => {
        const options: SummaryOptions = { displayName, description };
        const content = new Uint8Array(Float32Array.of(value).buffer);
        const tensor = { dtype: pb.DataType.DT_FLOAT, tensorShape: {}, tensorContent: content };
        const metadata = {
          pluginData: { pluginName: "scalars" },
          displayName,
          summaryDescription: description,
        };
        const summary = { value: [{ tag, tensor, metadata }] };
        const codecs = pb.Event.encode({ wallTime, ...(step && { step: toWire(step) }), summary }).finish();
        const ours = firstScalarEvent(tag, "scalars", value, step, wallTime, options);
        expect([...ours]).toEqual([...codecs]);
      },
    ),
  );
});

test("refuses what the other refuses", async () => {
  const writer = createScalarWriter(new MemorySink());
  expect(() => writer.scalar("", 1, { step: 0 })).toThrow(TagError);
  expect(() => writer.scalar("loss", 1)).toThrow(StepError);
  expect(() => writer.scalar("loss", "1" as unknown as number, { step: 0 })).toThrow(ValueError);
  expect(() => createScalarWriter(new MemorySink(), { flushMilis: 1 } as object)).toThrow("flushMillis");
  await writer.close();
  expect(() => writer.scalar("loss", 1, { step: 0 })).toThrow(WriterClosedError);
});
