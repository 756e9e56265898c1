/** The queue against scripted sinks: slow ones, failing ones, ones that recover. */
import { expect, test, vi } from "vitest";
import {
  createWriter,
  type EventFileError,
  MemorySink,
  type Sink,
  WriteFailure,
} from "../../summary/index.ts";
import { wholeRecords } from "../../summary/record-buffer.ts";
import { decodeEvents, scalarsOf } from "./event-files.ts";

/** Takes what it is told to, then fails; can be mended. */
class FlakySink implements Sink {
  readonly name = "flaky";
  readonly taken = new MemorySink();
  /** Bytes taken before writes fail. */
  room: number;

  constructor(room: number) {
    this.room = room;
  }

  async write(records: Uint8Array): Promise<void> {
    this.writeSync(records);
  }

  writeSync(records: Uint8Array): void {
    const bytes = this.room >= records.length ? records.length : wholeRecords(records, this.room).bytes;
    this.room -= bytes;
    this.taken.writeSync(records.subarray(0, bytes));
    if (bytes === records.length) return;
    throw new WriteFailure(Object.assign(new Error("disk full"), { code: "ENOSPC" }), bytes);
  }

  async close(): Promise<void> {}

  values(): number[] {
    return scalarsOf(decodeEvents(this.taken.bytes()).slice(1)).map((scalar) => scalar.value);
  }
}

/** Writes that end when they are let to; no synchronous ones. */
class SlowSink implements Sink {
  readonly name = "slow";
  readonly taken = new MemorySink();
  private readonly waiting: (() => void)[] = [];

  async write(records: Uint8Array): Promise<void> {
    await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.taken.writeSync(records);
  }

  /** Lets every write end, those still to come too. */
  async letGo<T>(until: Promise<T>): Promise<T> {
    const timer = setInterval(() => this.waiting.shift()?.(), 1);
    return until.finally(() => clearInterval(timer));
  }

  async close(): Promise<void> {}
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

test("what fails is reported once, kept, tried again and complete in the end", async () => {
  const sink = new FlakySink(200);
  const errors: EventFileError[] = [];
  const writer = createWriter(sink, { flushMillis: 10, onError: (error) => errors.push(error) });
  for (const step of range(0, 100)) writer.scalar("loss", step, { step });
  await writer.flush();
  const before = sink.values().length;
  expect(before).toBeGreaterThan(0);
  for (const step of range(100, 200)) writer.scalar("loss", step, { step });
  await writer.flush();
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ path: "flaky", code: "ENOSPC", lost: 0, waiting: 100 - before });
  expect(errors[0]?.message).toMatch(/^cannot write flaky: disk full .*the training goes on/);
  sink.room = Number.POSITIVE_INFINITY;
  await expect.poll(() => sink.values().length).toBe(200);
  expect(sink.values()).toEqual(range(0, 200));
  await writer.close();
  expect(errors).toHaveLength(1);
});

test("what still fails at the end is counted as lost, and said", async () => {
  const sink = new FlakySink(200);
  const onError = vi.fn<(error: EventFileError) => void>();
  const writer = createWriter(sink, { onError });
  for (const step of range(0, 100)) writer.scalar("loss", step, { step });
  await writer.close();
  const kept = sink.values().length;
  expect(onError).toHaveBeenCalledTimes(2);
  expect(onError.mock.lastCall?.[0]).toMatchObject({ lost: 100 - kept, waiting: 0, code: "ENOSPC" });
  expect(onError.mock.lastCall?.[0].message).toMatch(/the writer is closed/);
});

test("while it fails, memory stays bounded: new events are lost and counted", async () => {
  const sink = new FlakySink(0);
  const onError = vi.fn<(error: EventFileError) => void>();
  const writer = createWriter(sink, { flushBytes: 1000, onError });
  const kept = range(0, 1000).map((step) => writer.scalar("loss", step, { step }));
  expect(kept.filter(Boolean).length).toBeLessThan(40);
  await writer.close();
  // The version record is lost too.
  expect(onError.mock.lastCall?.[0].lost).toBe(1001);
});

test("a full disk that takes a last small piece has not recovered: it is told once", async () => {
  const sink = new FlakySink(200);
  const onError = vi.fn<(error: EventFileError) => void>();
  const writer = createWriter(sink, { flushBytes: 1000, flushMillis: 60_000, onError });
  const log = (count: number) => range(0, count).map((step) => writer.scalar("loss", step, { step }));
  log(10);
  await writer.flush();
  // What waits from the first flush fits now; what came since does not.
  log(15);
  sink.room = 600;
  await writer.flush();
  expect(onError).toHaveBeenCalledOnce();
  await writer.close();
  expect(onError).toHaveBeenCalledTimes(2);
});

test("an older write that ends after a newer one was refused is no recovery: it is told once", async () => {
  const sink = new (class extends SlowSink {
    writeSync(): void {
      throw new WriteFailure(Object.assign(new Error("disk full"), { code: "ENOSPC" }), 0);
    }
  })();
  const onError = vi.fn<(error: EventFileError) => void>();
  const writer = createWriter(sink, { flushBytes: 1000, flushMillis: 60_000, onError });
  const older = writer.flush();
  for (const step of range(0, 100)) writer.scalar("loss", step, { step });
  await sink.letGo(older);
  expect(onError).toHaveBeenCalledOnce();
  expect(onError.mock.lastCall?.[0].message).toMatch(/the training goes on/);
  await sink.letGo(writer.close());
});

test("losses are told with their cause once the disk takes events again", async () => {
  const sink = new FlakySink(0);
  const onError = vi.fn<(error: EventFileError) => void>();
  const writer = createWriter(sink, { flushBytes: 1000, flushMillis: 60_000, onError });
  for (const step of range(0, 1000)) writer.scalar("loss", step, { step });
  sink.room = Number.POSITIVE_INFINITY;
  await writer.flush();
  const error = onError.mock.lastCall?.[0];
  expect(error?.message).toMatch(/^cannot write flaky: disk full .*by now it is written again$/);
  expect(error?.lost).toBe(1000 - sink.values().length);
  await writer.close();
});

test("throwOnError stops the training with the next event", async () => {
  const writer = createWriter(new FlakySink(0), { throwOnError: true });
  writer.scalar("loss", 1, { step: 0 });
  await expect(writer.flush()).rejects.toMatchObject({ name: "EventFileError", code: "ENOSPC" });
  expect(() => writer.scalar("loss", 1, { step: 1 })).toThrow("disk full");
  await expect(writer.close()).rejects.toThrow("disk full");
});

test("by default one line on the console says it", async () => {
  const console_ = vi.spyOn(console, "error").mockImplementation(() => {});
  const writer = createWriter(new FlakySink(0));
  await writer.flush();
  expect(console_.mock.calls).toEqual([[expect.stringMatching(/^tsboard: cannot write flaky: disk full/)]]);
  await writer.close();
  console_.mockRestore();
});

test("a tag whose first value was lost says what it is with the next", async () => {
  const sink = new FlakySink(Number.POSITIVE_INFINITY);
  const writer = createWriter(sink, { flushBytes: 1000, onError: () => {} });
  await writer.flush();
  sink.room = 0;
  for (const step of range(0, 100)) writer.scalar("other", step, { step });
  await writer.flush();
  while (writer.scalar("other", 0, { step: 100 }));
  expect(writer.scalar("loss", 1, { step: 100 })).toBe(false);
  sink.room = Number.POSITIVE_INFINITY;
  await writer.flush();
  expect(writer.scalar("loss", 2, { step: 101 })).toBe(true);
  await writer.close();
  const loss = decodeEvents(sink.taken.bytes()).flatMap((event) =>
    (event.summary?.value ?? []).filter((value) => value.tag === "loss"),
  );
  expect(loss.map((value) => value.metadata?.pluginData?.pluginName)).toEqual(["scalars"]);
});

test("a slow sink without synchronous writes: drops are counted and announced, the rest is in order", async () => {
  const sink = new SlowSink();
  const onError = vi.fn<(error: EventFileError) => void>();
  const writer = createWriter(sink, { flushBytes: 1000, whenFull: "drop", onError });
  const kept = range(0, 200).filter((step) => writer.scalar("loss", step, { step }));
  expect(kept.length).toBeLessThan(60);
  await sink.letGo(writer.close());
  const values = scalarsOf(decodeEvents(sink.taken.bytes()).slice(1)).map((scalar) => scalar.value);
  expect(values).toEqual(kept);
  expect(onError.mock.lastCall?.[0]).toMatchObject({ lost: 200 - kept.length, code: undefined });
  expect(onError.mock.lastCall?.[0].message).toMatch(/did not take events as fast as they came/);
});

test("flush waits for what was logged before it, also while another is under way", async () => {
  const sink = new SlowSink();
  const writer = createWriter(sink);
  void writer.flush();
  writer.scalar("loss", 1, { step: 0 });
  const [first, second] = [writer.flush(), writer.flush()];
  await sink.letGo(Promise.all([first, second]));
  expect(decodeEvents(sink.taken.bytes())).toHaveLength(2);
  await sink.letGo(writer.close());
});
