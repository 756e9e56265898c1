/** What callers may set: for a writer, and for one summary. */
import type { EventFileError } from "./errors.ts";

/**
 * When an event happened.
 *
 * @example
 * const when: EventOptions = { step: 10, wallTime: Date.now() / 1000 };
 * writer.sessionLog("checkpoint", when);
 */
export interface EventOptions {
  /**
   * Training step, an integer from 0 to 2^63 - 1 (beyond 2^53 as a bigint).
   * Default: the writer's `step`, else the one of `summary.setStep`.
   */
  readonly step?: number | bigint | undefined;
  /** Seconds since the epoch, with fractions. Default: now, by the writer's clock. */
  readonly wallTime?: number | undefined;
}

/**
 * Options that every kind of summary takes. Only those of a tag's first summary in a file count.
 *
 * @example
 * const options: SummaryOptions = { step: 0, displayName: "Loss", description: "Cross *entropy*" };
 * writer.scalar("train/loss", 0.5, options);
 */
export interface SummaryOptions extends EventOptions {
  /** Markdown, shown with the tag's charts. Default: none. */
  readonly description?: string | undefined;
  /** Title in place of the tag. Default: the tag. */
  readonly displayName?: string | undefined;
}

/**
 * Options of any writer.
 *
 * @example
 * const options: WriterOptions = { flushMillis: 1000, whenFull: "drop" };
 * const careless = createWriter(new MemorySink(), options);
 * await careless.close();
 */
export interface WriterOptions {
  /** Longest time in milliseconds that an event waits in memory. Default 2000; Infinity: until the buffer is full. */
  readonly flushMillis?: number | undefined;
  /** Bytes that are buffered before they are written out; at most twice as many are held. Default 1 MiB. */
  readonly flushBytes?: number | undefined;
  /**
   * What happens when events come faster than they can be written: `block` (default) writes before it returns, so
   * that the training waits; `drop` leaves new events out, counts them and tells `onError`. A sink that cannot be
   * waited for, such as one over a network, always drops.
   */
  readonly whenFull?: "block" | "drop" | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly clock?: (() => number) | undefined;
  /**
   * Told once when writing starts to fail, and once more when events were lost.
   * Default: one line of `console.error`.
   */
  readonly onError?: ((error: EventFileError) => void) | undefined;
  /** Whether a failing file stops the training: calls then throw, `flush` and `close` reject. Default false. */
  readonly throwOnError?: boolean | undefined;
}
