/**
 * What `tsboard inspect --json` prints: `{ "runs": [...], "left_out": [...] }`. Wall times are seconds since the epoch;
 * steps beyond 2^53 are written digit by digit; null stands where there is nothing.
 */

export interface RunReport {
  /** Directory relative to the log directory, as in the page; the path of a file that was given by itself. */
  readonly run: string;
  /** In the order in which they are read. */
  readonly files: readonly FileReport[];
  /** Over all files of the run. */
  readonly tags: readonly TagReport[];
}

export interface FileReport {
  readonly path: string;
  readonly bytes: number;
  /** Events that could be read. */
  readonly records: number;
  /** `whole`; `torn`: ends inside a record; `damaged`: records were passed over; `dead`: nothing can be read from some byte on. */
  readonly state: "whole" | "torn" | "damaged" | "dead" | "unreadable";
  readonly damage: readonly Damage[];
  /** Further damage, beyond what is listed. */
  readonly more_damage: number;
  /** Bytes after the last whole record, which wait for the rest of theirs. */
  readonly torn_bytes: number;
  /** As the first event says: `brain.Event:2`. */
  readonly file_version: string | null;
  /** What wrote it, as the first event says. */
  readonly writer: string | null;
  /** Earliest and latest of all events. */
  readonly first_wall_time: number | null;
  readonly last_wall_time: number | null;
  readonly tags: readonly TagReport[];
}

export interface Damage {
  /** Of the record in question; null where the whole file is meant. */
  readonly offset: number | null;
  /** What is wrong, and what was kept. */
  readonly message: string;
}

/** The values of a tag, or events of a kind that have no tag. */
export interface TagReport {
  /** The plugin that shows it; `tensors` for values of none; `session_log`, `log_message` or `meta_graph`. */
  readonly kind: string;
  /** Of session logs their status: `start`, `stop` or `checkpoint`. */
  readonly tag: string;
  readonly values: number;
  /** In the order of the file. */
  readonly first_step: number | bigint;
  readonly last_step: number | bigint;
  readonly min_step: number | bigint;
  readonly max_step: number | bigint;
  /** Different steps. */
  readonly steps: number;
  /** Values whose step another value of the tag has had before. */
  readonly duplicate_steps: number;
  /** How often a step is smaller than the one before it. */
  readonly steps_back: number;
  /** The first of those: the step before, and the smaller one after it. */
  readonly out_of_order: readonly (readonly [before: number | bigint, after: number | bigint])[];
  /** Values that a later one with the same or a smaller step overtook: charts leave them out. */
  readonly overtaken: number;
  readonly first_wall_time: number;
  readonly last_wall_time: number;
  /** Scalars that are NaN, and that are infinite. */
  readonly nan: number;
  readonly infinite: number;
  /** Values that are not of the kind that the tag's first one has: dashboards leave them out. */
  readonly misfits: number;
}

/** A file or directory that was not looked into, and why. */
export interface LeftOut {
  readonly path: string;
  readonly message: string;
}
