/** Reads the files of a run with the server's own scan, and reports what they hold instead of storing it. */
import { pb } from "../../../proto/index.ts";
import type { FileBatch, FileEnd } from "../../ingest/batch.ts";
import { EventFile } from "../../ingest/event-file.ts";
import type { DecodedEvent } from "../../ingest/event-values.ts";
import type { KnownTags, ReadContext } from "../../ingest/file-scan.ts";
import type { ScannedPoints, Scanner } from "../../ingest/scanner.ts";
import { MetadataPool, type SeriesMetadata } from "../../ingest/series-metadata.ts";
import { UNFIT } from "../../ingest/tag-kind.ts";
import type { FileReport, RunReport } from "./report.ts";
import { type TagTally, Tally } from "./tally.ts";

export interface InspectRunOptions {
  /** May be used for many runs, one after the other. */
  readonly scanner: Scanner;
  readonly checksum: boolean;
  /** Only this tag; null for all, and for what has no tag. */
  readonly tag: string | null;
}

/** @param files paths, in the order in which they are read */
export function inspectRun(run: string, files: readonly string[], options: InspectRunOptions): RunReport {
  const inspector = new RunInspector(options);
  const reports = files.map((file) => inspector.inspect(file));
  return { run, files: reports, tags: inspector.tags };
}

/** Values that no plugin has asked for. */
const NO_PLUGIN = "tensors";

class RunInspector {
  readonly #tag: string | null;
  readonly #context: ReadContext;
  readonly #scanner: Scanner;
  /** What the first value of each tag in the run says it is. */
  readonly #known: KnownTags = new Map();
  readonly #metadata = new Map<string, SeriesMetadata>();
  readonly #runTally = new Tally();
  #file = new FileNotes();

  constructor({ scanner, checksum, tag }: InspectRunOptions) {
    this.#tag = tag;
    this.#scanner = scanner;
    this.#context = {
      checksum,
      scanner,
      pool: new MetadataPool(),
      packer: {
        fits: () => true,
        pack: (points, names) => {
          this.#takePoints(points, names);
          return { points: null, blocks: null };
        },
      },
      post: () => {},
      emit: (batch) => this.#take(batch),
      observe: (event) => this.#observe(event),
    };
  }

  get tags() {
    return this.#runTally.report((tag) => this.#kindOf(tag));
  }

  inspect(path: string): FileReport {
    this.#file = new FileNotes();
    let end: FileEnd | null = null;
    do {
      new EventFile({ id: 0, path, root: null, known: this.#known, from: end }).read(this.#context);
      end = this.#file.end;
    } while (end?.state === "more");
    return this.#file.report(path, (tag) => this.#kindOf(tag));
  }

  #kindOf(tag: string): string {
    return this.#metadata.get(tag)?.plugin || NO_PLUGIN;
  }

  /** Null for a tag that is not asked for. */
  #talliesOf(tag: string): readonly TagTally[] | null {
    if (this.#tag !== null && tag !== this.#tag) return null;
    return [this.#runTally.of(tag), this.#file.tally.of(tag)];
  }

  /** Points as the scan gives them, in the order of the file. */
  #takePoints({ count, tags, steps, walls, values }: ScannedPoints, names: readonly string[]): void {
    this.#file.records += this.#scanner.records;
    const byId = new Map<number, readonly TagTally[] | null>();
    for (let i = 0; i < count; i++) {
      const id = tags[i]!;
      let tallies = byId.get(id);
      if (tallies === undefined) {
        tallies = this.#talliesOf(names[id]!);
        byId.set(id, tallies);
      }
      const wall = walls[i]!;
      this.#file.sawWallTime(wall);
      if (tallies) for (const tally of tallies) tally.addScalar(steps[i]!, wall, values[i]!);
    }
  }

  /** What the scan left to others. */
  #take({ heads, points, records, end }: FileBatch): void {
    for (const { tag, metadata } of heads) this.#metadata.set(tag, metadata);
    // A point by itself, whose step is beyond 2^53.
    if (points)
      for (const [i, tag] of points.tags.entries())
        for (const tally of this.#talliesOf(tag) ?? [])
          tally.addScalar(points.steps[i]!, points.walls[i]!, points.values[i]!);
    if (records)
      for (const [row, place] of records.tag.entries()) {
        const tag = records.tags[place]!;
        const unfit = records.blobs[row] === UNFIT;
        // A double among scalars: it came with the points.
        if (!unfit && this.#known.get(tag) === "scalar") continue;
        for (const tally of this.#talliesOf(tag) ?? []) {
          tally.add(exact(records.steps[row]!), records.walls[row]!);
          if (unfit) tally.misfits++;
        }
      }
    if (end) this.#file.end = end;
  }

  #observe({ step, wall, event }: DecodedEvent): void {
    this.#file.observe(event, wall);
    const [kind, tag] = eventKind(event) ?? [];
    if (kind === undefined || tag === undefined || this.#tag !== null) return;
    for (const tally of [this.#runTally, this.#file.tally]) tally.ofEvents(kind, tag).add(step, wall);
  }
}

/** Where one step of a batch is beyond 2^53, all come as bigints. */
function exact(step: number | bigint): number | bigint {
  const number = Number(step);
  return Number.isSafeInteger(number) ? number : step;
}

const { SessionStatus } = pb.SessionLog;
const STATUS: Readonly<Record<number, string>> = {
  [SessionStatus.START]: "start",
  [SessionStatus.STOP]: "stop",
  [SessionStatus.CHECKPOINT]: "checkpoint",
};

/** Kind and name of an event whose content has no tag; null for others. */
function eventKind({ sessionLog, logMessage, metaGraphDef }: pb.Event): [kind: string, tag: string] | null {
  if (sessionLog) return ["session_log", STATUS[sessionLog.status ?? 0] ?? "unspecified"];
  if (logMessage) return ["log_message", ""];
  return metaGraphDef ? ["meta_graph", ""] : null;
}

/** What is known of one file while it is read. */
class FileNotes {
  records = 0;
  end: FileEnd | null = null;
  readonly tally = new Tally();
  #version: string | null = null;
  #writer: string | null = null;
  #firstWall: number | null = null;
  #lastWall: number | null = null;

  sawWallTime(wall: number): void {
    if (this.#firstWall === null || wall < this.#firstWall) this.#firstWall = wall;
    if (this.#lastWall === null || wall > this.#lastWall) this.#lastWall = wall;
  }

  observe({ fileVersion, sourceMetadata }: pb.Event, wall: number): void {
    this.records++;
    this.sawWallTime(wall);
    this.#version ??= fileVersion ?? null;
    this.#writer ??= sourceMetadata?.writer || null;
  }

  report(path: string, kindOf: (tag: string) => string): FileReport {
    const { offset = 0, size = 0, problems } = this.end ?? {};
    return {
      path,
      bytes: size,
      records: this.records,
      state: stateOf(this.end),
      damage: problems?.found ?? [],
      more_damage: problems?.more ?? 0,
      torn_bytes: this.end?.state === "reading" ? size - offset : 0,
      file_version: this.#version,
      writer: this.#writer,
      first_wall_time: this.#firstWall,
      last_wall_time: this.#lastWall,
      tags: this.tally.report(kindOf),
    };
  }
}

function stateOf(end: FileEnd | null): FileReport["state"] {
  if (end === null || end.state === "gone" || end.state === "unreadable") return "unreadable";
  if (end.state === "dead") return "dead";
  if (end.problems.found.length > 0) return "damaged";
  return end.offset < end.size ? "torn" : "whole";
}
