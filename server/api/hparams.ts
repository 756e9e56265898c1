/** Shapes of `/api/v1/hparams`: what sessions were given, and how they ended. */

/**
 * Every session with its hyperparameters and metrics, as a table: those of all experiments in the log directories.
 *
 * @example
 * const { hparams, metrics, sessions }: HParamsJson = await client.hparams();
 * console.log(hparams.length, metrics.length, sessions.length); // 0 0 0
 */
export interface HParamsJson {
  /** Those that differ between sessions first, then by name. */
  readonly hparams: readonly HParamColumn[];
  readonly metrics: readonly MetricColumn[];
  readonly sessions: readonly HParamsSession[];
}

export interface HParamColumn {
  readonly name: string;
  readonly display_name: string;
  /** Sanitised HTML of the Markdown that was written; empty when none was. */
  readonly description: string;
}

export interface MetricColumn {
  /** Tag of the scalar, and its run below the session's; empty for the session's own. */
  readonly tag: string;
  readonly group: string;
  readonly display_name: string;
  readonly description: string;
}

export interface HParamsSession {
  /** Name of its run. */
  readonly run: string;
  /** Sessions of one trial have the same hyperparameters. */
  readonly trial: string;
  readonly status: "unknown" | "success" | "failure" | "running";
  /** Seconds since the epoch; null where it never said. */
  readonly start_time: number | null;
  readonly end_time: number | null;
  /** In the order of `hparams`; null where the session was not given it, or it is no text, number or truth value. */
  readonly values: readonly (string | number | boolean | null)[];
  /** In the order of `metrics`; null where the session has none. */
  readonly metrics: readonly (SessionMetric | null)[];
}

/** A scalar's newest value, and its smallest and largest; each null where it is NaN or infinite. */
export interface SessionMetric {
  readonly last: number | null;
  readonly step: number;
  readonly min: number | null;
  readonly max: number | null;
}
