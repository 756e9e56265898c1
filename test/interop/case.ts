/** What both TensorFlow and we write, and what is asked of stock TensorBoard about it. */
import type { FileSummaryWriter } from "../../summary/index.ts";
import type { Numeric } from "./data.ts";
import type { Route } from "./routes.ts";

/** One summary, as oracle/write.py takes it, and how ours is written. */
export interface Case {
  /** What oracle/write.py does with it: a function of tf.summary, or one of its own. */
  readonly kind: string;
  readonly tag: string;
  /** Below the kind's run, such as `validation`; default: the kind's own. */
  readonly run?: string | undefined;
  readonly data?: unknown;
  readonly dtype?: Numeric;
  readonly shape?: readonly number[];
  /** As tf.summary names them. */
  readonly options: {
    readonly step: number;
    readonly description?: string;
    readonly [name: string]: unknown;
  };
  readonly [more: string]: unknown;
  /** @param made what TensorFlow made itself in this run, in order */
  readonly log: (writer: FileSummaryWriter, made: readonly Uint8Array[]) => unknown;
}

/** A kind of summary: a run of its own, and a row of docs/interop.md. */
export interface InteropKind {
  /** The run. */
  readonly name: string;
  /** Ours, as Markdown. */
  readonly ours: string;
  /** How TensorFlow writes the same, as Markdown. */
  readonly theirs: string;
  readonly cases: readonly Case[];
  /** What stock answers about it, and that is compared. */
  readonly routes: readonly Route[];
}

/** A scalar that stands last in every run: once it is answered, the run has been read. */
export const LAST_TAG = "last";

export const lastScalar: Case = {
  kind: "scalar",
  tag: LAST_TAG,
  data: 1,
  options: { step: 0 },
  log: (writer) => writer.scalar(LAST_TAG, 1, { step: 0 }),
};
