/** Takes what writers send, and finds the file that it belongs to: one a writer and run. */
import path from "node:path";
import type { LogSource } from "../logdir/source.ts";
import { ReceivedFile } from "./event-file.ts";
import { makeRunDirectory, RunNameError } from "./run-directory.ts";
import { checkRecords } from "./whole-records.ts";

/** Whose file is meant. Together they name it, so that a writer finds it again after a server's restart. */
export interface WriterName {
  /** The run, as people see it. */
  readonly run: string;
  /** What only this writer has: 8 to 64 letters, digits, `-` or `_`. */
  readonly writer: string;
  /** Seconds since the epoch when it started, by which a run's files are in order. */
  readonly started: number;
}

/** Files whose end is remembered; of others it is found again. */
const MAX_KNOWN_FILES = 4096;

export class Receiver {
  readonly #sources: readonly LogSource[];
  readonly #files = new Map<string, ReceivedFile>();

  constructor(sources: readonly LogSource[]) {
    this.#sources = sources;
  }

  /**
   * Appends whole records that start at `offset` of what the writer wrote.
   *
   * @returns bytes that are there then
   * @throws RunNameError, RecordsError, OffsetError; the system's error, with nothing written
   */
  async append(name: WriterName, offset: number, records: Uint8Array): Promise<number> {
    checkRecords(records);
    return (await this.#fileOf(name)).append(offset, records);
  }

  async #fileOf({ run, writer, started }: WriterName): Promise<ReceivedFile> {
    if (!/^[\w-]{8,64}$/.test(writer))
      throw new RunNameError("a writer's name is 8 to 64 letters, digits, - or _");
    const directory = await makeRunDirectory(this.#sources, run);
    const stamp = String(started).padStart(10, "0");
    const file = path.join(directory, `events.out.tfevents.${stamp}.web.${writer}.v2`);
    let known = this.#files.get(file);
    if (known === undefined) {
      this.#forgetIdle();
      known = new ReceivedFile(file);
      this.#files.set(file, known);
    }
    return known;
  }

  /** Makes room: what is under way is waited for, so it stays. */
  #forgetIdle(): void {
    for (const [path, file] of this.#files) {
      if (this.#files.size < MAX_KNOWN_FILES) return;
      if (file.idle) this.#files.delete(path);
    }
  }
}
