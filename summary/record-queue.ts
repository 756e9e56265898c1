/**
 * Between the training and the sink: records gather in one buffer while the one before is written.
 *
 * Events cost the training an append. A full buffer, a timer or `flush` hands the buffer to the sink, whose
 * write runs elsewhere. Only when both buffers are full, or when the event loop has not turned for so long
 * that the timer is overdue, is the caller made to wait for the disk. What the sink refuses stays and is tried
 * again with the next flush; new events are lost only when there is no room left.
 */
import { FRAME_BYTES } from "../proto/tfrecord.ts";
import type { EventCounts } from "./errors.ts";
import { RecordBuffer } from "./record-buffer.ts";
import { type Sink, WriteFailure } from "./sink.ts";

export interface QueueOptions {
  readonly flushBytes: number;
  readonly flushMillis: number;
  readonly whenFull: "block" | "drop";
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Writing starts to fail (`cause` given), or events were lost and none more will be for now. */
  readonly onTrouble: (cause: unknown) => void;
}

/** Longer delays make timers fire at once. */
const MAX_TIMER_MILLIS = 2 ** 31 - 1;

export class RecordQueue {
  private readonly sink: Sink;
  private readonly options: QueueOptions;
  /** Takes new records. */
  private active: RecordBuffer;
  /** Given to the sink and not yet taken: a write is under way, or the last one failed. */
  private held: RecordBuffer | undefined;
  private spare: RecordBuffer | undefined;
  private lost = 0;
  private lostAnnounced = 0;
  private failure: { readonly cause: unknown } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** When the oldest record in `active` should be written at the latest, by the clock. */
  private overdueAt = Number.POSITIVE_INFINITY;
  private pass: Promise<void> | undefined;
  private nextPass: Promise<void> | undefined;
  /** Set once the process is ending: nothing may wait for the event loop any more. */
  private unbuffered = false;

  constructor(sink: Sink, options: QueueOptions) {
    this.sink = sink;
    this.options = options;
    this.active = new RecordBuffer(options.flushBytes);
  }

  /** Why the last write failed, while none has succeeded since. */
  get failing(): { readonly cause: unknown } | undefined {
    return this.failure;
  }

  /** Whether nothing that fails now is tried again. */
  get ended(): boolean {
    return this.unbuffered;
  }

  get counts(): EventCounts {
    return { waiting: this.active.records + (this.held?.records ?? 0), lost: this.lost };
  }

  /**
   * A buffer with room for a record of `dataLength` bytes at its `dataStart`, to be followed by
   * {@link commit}; undefined when there is no room, and the event counts as lost.
   */
  reserve(dataLength: number): RecordBuffer | undefined {
    if (this.active.fits(dataLength)) return this.active;
    if (this.active.length > 0) this.makeRoom();
    if (this.active.length === 0 && !this.active.fits(dataLength)) {
      this.recycle(this.active);
      this.active = new RecordBuffer(dataLength + FRAME_BYTES);
    }
    if (this.active.fits(dataLength)) return this.active;
    this.lost++;
    return undefined;
  }

  /** Completes the record whose `dataLength` bytes were put into the reserved buffer at time `now`. */
  commit(dataLength: number, now: number): void {
    this.active.seal(dataLength);
    if (this.unbuffered) this.flushSync();
    else if (this.timer === undefined) this.startTimer(now);
    else if (now > this.overdueAt && this.failure === undefined) this.flushSync();
  }

  /** Hands everything so far to the sink; resolves when it is taken, or when that failed and was reported. */
  flush(): Promise<void> {
    if (this.pass === undefined) {
      this.pass = this.writeAll().finally(() => {
        this.pass = undefined;
      });
      return this.pass;
    }
    this.nextPass ??= this.pass.then(() => {
      this.nextPass = undefined;
      return this.flush();
    });
    return this.nextPass;
  }

  /** Writes everything before it returns, where the sink can. */
  flushSync(): void {
    if (this.sink.writeSync === undefined) return;
    this.stopTimer();
    try {
      if (this.held !== undefined && this.pass === undefined) {
        this.putSync(this.held);
        this.held = this.recycle(this.held);
      }
      this.putSync(this.active);
      if (this.active.bytes.length !== this.options.flushBytes) this.active = this.freshBuffer();
      this.succeeded();
    } catch (error) {
      this.failed(error);
    }
  }

  /** From now on every record is written at once: the process is ending. */
  endBuffering(): void {
    this.unbuffered = true;
    this.flushSync();
    if (this.failure !== undefined) this.giveUp();
  }

  /** Shows the sink all that it has not taken, as there may be no other moment. */
  sendAhead(): void {
    if (this.sink.sendAhead === undefined) return;
    const [held, active] = [this.held?.filled() ?? new Uint8Array(), this.active.filled()];
    const waiting = new Uint8Array(held.length + active.length);
    waiting.set(held);
    waiting.set(active, held.length);
    this.sink.sendAhead(waiting);
  }

  async close(): Promise<void> {
    await this.flush();
    this.unbuffered = true;
    this.giveUp();
    try {
      await this.sink.close();
    } catch (cause) {
      this.failure = { cause };
      this.trouble(cause);
    }
  }

  private giveUp(): void {
    this.stopTimer();
    this.lost += this.counts.waiting;
    this.active.clear();
    this.held = undefined;
    this.announceLoss(this.failure?.cause);
  }

  private makeRoom(): void {
    if (this.failure !== undefined) return;
    if (this.pass === undefined) void this.flush();
    else if (this.options.whenFull === "block") this.flushSync();
  }

  /**
   * Only when nothing is left of what waited has a failing sink recovered: on a full disk a last small piece may
   * still fit. Nor has one that began to refuse newer records, by {@link flushSync}, while older ones were written.
   */
  private async writeAll(): Promise<void> {
    this.stopTimer();
    const { failure } = this;
    const retried = this.held !== undefined;
    if (!retried) this.hold();
    if (!(await this.writeHeld())) return;
    if (retried) {
      this.hold();
      if (!(await this.writeHeld())) return;
    }
    if (this.failure === failure) this.succeeded();
  }

  private hold(): void {
    if (this.active.length === 0) return;
    this.held = this.active;
    this.active = this.freshBuffer();
  }

  private freshBuffer(): RecordBuffer {
    const buffer = this.spare ?? new RecordBuffer(this.options.flushBytes);
    this.spare = undefined;
    return buffer;
  }

  private async writeHeld(): Promise<boolean> {
    const { held } = this;
    if (held === undefined) return true;
    try {
      await this.sink.write(held.filled());
      this.held = this.recycle(held);
      return true;
    } catch (error) {
      held.discard(error instanceof WriteFailure ? error.taken : 0);
      this.failed(error);
      return false;
    }
  }

  private putSync(buffer: RecordBuffer): void {
    if (buffer.length === 0) return;
    try {
      this.sink.writeSync?.(buffer.filled());
      buffer.clear();
    } catch (error) {
      buffer.discard(error instanceof WriteFailure ? error.taken : 0);
      throw error;
    }
  }

  private recycle(buffer: RecordBuffer): undefined {
    buffer.clear();
    if (buffer.bytes.length === this.options.flushBytes) this.spare = buffer;
  }

  private succeeded(): void {
    const { failure } = this;
    this.failure = undefined;
    if (failure !== undefined || this.lostAnnounced === 0) this.announceLoss(failure?.cause);
  }

  private failed(error: unknown): void {
    const cause = error instanceof WriteFailure ? error.cause : error;
    const first = this.failure === undefined;
    this.failure = { cause };
    if (this.unbuffered) return;
    this.startTimer(this.options.clock());
    if (first) this.trouble(cause);
  }

  /** @param cause why events were lost; undefined when they came too fast */
  private announceLoss(cause: unknown): void {
    if (this.lost > this.lostAnnounced) this.trouble(cause);
  }

  private trouble(cause: unknown): void {
    this.lostAnnounced = this.lost;
    this.options.onTrouble(cause);
  }

  private startTimer(now: number): void {
    const { flushMillis } = this.options;
    if (this.timer !== undefined || flushMillis > MAX_TIMER_MILLIS) return;
    this.overdueAt = now + 2 * flushMillis + 100;
    const timer: unknown = setTimeout(() => void this.flush(), flushMillis);
    this.timer = timer as ReturnType<typeof setTimeout>;
    // In Node a waiting flush must not keep the process alive: leaving it flushes too.
    if (typeof timer === "object" && timer !== null && "unref" in timer) this.timer.unref();
  }

  private stopTimer(): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = undefined;
    this.overdueAt = Number.POSITIVE_INFINITY;
  }
}
