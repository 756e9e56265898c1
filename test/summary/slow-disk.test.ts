/** A disk slower than the training: memory stays bounded, and the caller chooses between waiting and leaving out. */
import { expect, test, vi } from "vitest";
import { createWriter, type EventFileError, MemorySink, type Sink } from "../../summary/index.ts";
import { decodeEvents, scalarsOf } from "./event-files.ts";

const FLUSH_BYTES = 16_384;
/** From here on the steps' encodings are of one length, and so are the events. */
const FIRST_STEP = 1 << 20;
const STEPS = 40_000;

/** Takes so many bytes a millisecond, while the caller waits or not; as a disk it can do both. */
class SlowDisk implements Sink {
  readonly name = "slow disk";
  readonly taken = new MemorySink();
  takenBytes = 0;
  private readonly bytesPerMilli: number;
  private underWay: Uint8Array | undefined;

  constructor(bytesPerMilli: number) {
    this.bytesPerMilli = bytesPerMilli;
  }

  async write(records: Uint8Array): Promise<void> {
    this.underWay = records;
    await new Promise((resolve) => setTimeout(resolve, records.length / this.bytesPerMilli));
    if (this.underWay === records) this.take(records);
  }

  writeSync(records: Uint8Array): void {
    const all = this.underWay === undefined ? [records] : [this.underWay, records];
    for (const part of all) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, part.length / this.bytesPerMilli);
      this.take(part);
    }
  }

  async close(): Promise<void> {}

  private take(records: Uint8Array): void {
    this.underWay = undefined;
    this.takenBytes += records.length;
    this.taken.writeSync(records);
  }
}

/** Logs as fast as it can; gives the steps kept, and the most bytes that were kept and not yet taken. */
async function train(disk: SlowDisk, whenFull: "block" | "drop", onError: (error: EventFileError) => void) {
  const eventBytes = await sizeOfEvent();
  const writer = createWriter(disk, { whenFull, flushBytes: FLUSH_BYTES, onError, clock: () => 0 });
  const kept: number[] = [];
  let mostHeld = 0;
  for (let step = FIRST_STEP; step < FIRST_STEP + STEPS; step++) {
    if (writer.scalar("loss", step, { step })) kept.push(step);
    mostHeld = Math.max(mostHeld, kept.length * eventBytes - disk.takenBytes);
    // Training that awaits now and then.
    if (step % 1000 === 0) await new Promise(setImmediate);
  }
  await writer.close();
  const written = scalarsOf(decodeEvents(disk.taken.bytes()).slice(1)).map((scalar) => scalar.step);
  return { kept, written, mostHeld };
}

/** Bytes of an event of the loop above after the first, framed. */
async function sizeOfEvent(): Promise<number> {
  const sink = new MemorySink();
  const writer = createWriter(sink);
  writer.scalar("loss", 0, { step: FIRST_STEP });
  await writer.flush();
  const before = sink.bytes().length;
  writer.scalar("loss", 0, { step: FIRST_STEP });
  await writer.close();
  return sink.bytes().length - before;
}

test("block: the training waits, nothing is lost, and two buffers are all that is held", async () => {
  const onError = vi.fn();
  const { kept, written, mostHeld } = await train(new SlowDisk(10_000), "block", onError);
  expect(kept).toHaveLength(STEPS);
  expect(written).toEqual(kept);
  expect(mostHeld).toBeLessThan(3 * FLUSH_BYTES);
  expect(onError).not.toHaveBeenCalled();
});

test("drop: the training goes on, what is left out is counted and told, and two buffers are held", async () => {
  const onError = vi.fn<(error: EventFileError) => void>();
  // So slow that waiting for it would take 40 s.
  const start = performance.now();
  const { kept, written, mostHeld } = await train(new SlowDisk(50), "drop", onError);
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(written).toEqual(kept);
  expect(kept.length).toBeLessThan(STEPS / 10);
  expect(mostHeld).toBeLessThan(3 * FLUSH_BYTES);
  const { lost, message } = onError.mock.lastCall![0];
  expect(lost).toBe(STEPS - kept.length);
  expect(message).toMatch(/^slow disk did not take events as fast as they came .*lost: \d+\)/);
});
