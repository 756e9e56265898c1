/** Errors of the writer: each names what was given and what would fit. */

/**
 * A step that is not an integer from 0 to 2^63 - 1, or no step at all.
 *
 * @example
 * try {
 *   writer.scalar("loss", 0.5, { step: -1 });
 * } catch (error) {
 *   console.log(error instanceof StepError); // true
 * }
 */
export class StepError extends RangeError {
  override name = "StepError";
}

/**
 * A tag that is empty, not a string, or that holds summaries of another kind already.
 *
 * @example
 * writer.scalar("loss", 0.5, { step: 0 });
 * try {
 *   writer.text("loss", "rises", { step: 0 });
 * } catch (error) {
 *   console.log(error instanceof TagError); // true
 * }
 */
export class TagError extends TypeError {
  override name = "TagError";
}

/**
 * A shape that does not fit the data, or that the kind of summary does not take.
 *
 * @example
 * try {
 *   writer.image("digit", new Uint8Array(10), { step: 0, shape: [28, 28, 1] });
 * } catch (error) {
 *   console.log(error instanceof ShapeError); // true
 * }
 */
export class ShapeError extends RangeError {
  override name = "ShapeError";
}

/**
 * A value of a type that the kind of summary does not take.
 *
 * @example
 * try {
 *   writer.hparams({ optimizer: { name: "adam" } as never });
 * } catch (error) {
 *   console.log(error instanceof ValueError); // true
 * }
 */
export class ValueError extends TypeError {
  override name = "ValueError";
}

/**
 * A step that cannot be traced, because one is traced already.
 *
 * @example
 * import * as tf from "@tensorflow/tfjs-core";
 * import "@tensorflow/tfjs-backend-cpu";
 *
 * const first = trace(tf, async () => tf.scalar(1));
 * const second = trace(tf, () => tf.scalar(2)).catch((error) => error instanceof TraceError);
 * console.log(await second); // true
 * await first;
 */
export class TraceError extends Error {
  override name = "TraceError";
}

/**
 * A call on a writer that was closed.
 *
 * @example
 * await writer.close();
 * try {
 *   writer.scalar("loss", 0.5, { step: 0 });
 * } catch (error) {
 *   console.log(error instanceof WriterClosedError); // true
 * }
 */
export class WriterClosedError extends Error {
  override name = "WriterClosedError";

  /** @param path the file's, or another sink's name */
  constructor(path: string) {
    super(`the writer of ${path} is closed`);
  }
}

/**
 * A graph that cannot be built: an illegal name or device, a tensor of another graph or type, an unknown gradient.
 *
 * @example
 * try {
 *   v1.noOp({ name: "two words" });
 * } catch (error) {
 *   console.log(error instanceof GraphError); // true
 * }
 */
export class GraphError extends Error {
  override name = "GraphError";
}

/**
 * A variable that exists already, does not exist, or has another shape or type than asked for.
 *
 * @example
 * v1.getVariable("weights", { shape: [2] });
 * try {
 *   v1.getVariable("weights", { shape: [2] });
 * } catch (error) {
 *   console.log(error instanceof VariableError); // true
 * }
 */
export class VariableError extends Error {
  override name = "VariableError";
}

/**
 * What an {@link EventFileError} counts.
 *
 * @example
 * const report = ({ waiting, lost }: EventCounts) => `${lost} lost, ${waiting} to come`;
 * console.log(report({ waiting: 3, lost: 0 })); // 0 lost, 3 to come
 */
export interface EventCounts {
  /** Events that stay in memory and are tried again. */
  readonly waiting: number;
  /** Events that could not be kept, since the writer was made. */
  readonly lost: number;
}

/**
 * The event file, or one beside it, cannot be written. What was written before stays readable; `cause` is the
 * system's error.
 *
 * @example
 * const onError = (error: EventFileError) => console.warn(error.code, error.path, error.lost);
 * const careful = createFileWriter("runs/careful", { onError });
 * await careful.close();
 */
export class EventFileError extends Error implements EventCounts {
  override name = "EventFileError";
  /** The file, or another sink's name. */
  readonly path: string;
  /** The system's code, such as `ENOSPC`; undefined where it has none. */
  readonly code: string | undefined;
  readonly waiting: number;
  readonly lost: number;

  /**
   * @param cause undefined when nothing failed but events came faster than they could be written
   * @param counts undefined for a file that holds no events
   */
  constructor(path: string, cause: unknown, counts: EventCounts | undefined, outlook: string) {
    const problem =
      cause === undefined
        ? `${path} did not take events as fast as they came`
        : `cannot write ${path}: ${cause instanceof Error ? cause.message : String(cause)}`;
    const events = counts && ` (events in memory: ${counts.waiting}, lost: ${counts.lost})`;
    super(`${problem}${events ?? ""}; ${outlook}`, { cause });
    this.path = path;
    this.code = codeOf(cause);
    this.waiting = counts?.waiting ?? 0;
    this.lost = counts?.lost ?? 0;
  }
}

function codeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !("code" in cause)) return undefined;
  return typeof cause.code === "string" ? cause.code : undefined;
}
