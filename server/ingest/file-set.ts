/** The event files that one thread reads, by the loader's numbers; files of a run share what is known of tags. */

import { getOrInsert } from "../util/get-or-insert.ts";
import { EventFile, type KnownTags, type ReadContext } from "./event-file.ts";
import { SLOT_ROWS } from "./point-slots.ts";
import { Scanner } from "./scanner.ts";

/** Read a file from where its last read ended, or forget it. */
export interface ReadRequest {
  readonly file: number;
  readonly run: number;
  readonly path: string;
  /** The file is gone: forget it, and its run's tags when `lastOfRun`. */
  readonly forget?: "file" | "run";
}

export class FileSet {
  readonly #context: ReadContext;
  readonly #files = new Map<number, EventFile>();
  readonly #known = new Map<number, KnownTags>();

  constructor(context: Omit<ReadContext, "scanner">) {
    this.#context = { ...context, scanner: new Scanner({ points: SLOT_ROWS }) };
  }

  serve({ file, run, path, forget }: ReadRequest): void {
    if (forget) {
      this.#files.delete(file);
      if (forget === "run") this.#known.delete(run);
      return;
    }
    const known = getOrInsert(this.#known, run, () => new Map());
    getOrInsert(this.#files, file, () => new EventFile(file, path, known)).read(this.#context);
  }
}
