/** Reads event files as the server does, on the test's own thread, into one store. */

import type { FileBatch, FileEnd } from "../../server/ingest/batch.ts";
import { EventFile } from "../../server/ingest/event-file.ts";
import type { KnownTags } from "../../server/ingest/file-scan.ts";
import { PointPacker } from "../../server/ingest/point-packer.ts";
import { Scanner, type ScannerOptions } from "../../server/ingest/scanner.ts";
import { MetadataPool } from "../../server/ingest/series-metadata.ts";
import type { Run } from "../../server/store/run.ts";
import { Slab } from "../../server/store/slab.ts";
import { Store } from "../../server/store/store.ts";

/** What reads; made once for many runs. */
export interface ReadingMachinery {
  readonly scanner: Scanner;
  readonly packer: PointPacker;
}

/** One run whose files are read step by step. */
export class RunUnderTest {
  readonly run: Run;
  readonly #store = new Store();
  readonly #known: KnownTags = new Map();
  readonly #ends = new Map<string, FileEnd>();
  readonly #scanner: Scanner;
  readonly #packer: PointPacker;
  readonly #checksum: boolean;

  /** @param machinery to read with, where very many runs are read */
  constructor(
    options: ScannerOptions & { readonly checksum?: boolean } = {},
    machinery: ReadingMachinery = { scanner: new Scanner(options), packer: new PointPacker() },
  ) {
    this.#scanner = machinery.scanner;
    this.#packer = machinery.packer;
    this.#checksum = options.checksum ?? true;
    this.run = this.#store.addRun("run");
  }

  /** Reads on in a file; gives how the read ended. */
  read(path: string): FileEnd {
    const from = this.#ends.get(path) ?? null;
    const file = new EventFile({ id: 0, path, root: null, known: this.#known, from });
    let waiting: FileBatch[] = [];
    let end: FileEnd | null = null;
    const post = () => {
      const parts = this.#packer.take();
      const slab = parts && new Slab(parts.directory, parts.data);
      for (const batch of waiting) this.#store.append(this.run, batch, batch.file, slab);
      end = waiting.at(-1)?.end ?? end;
      waiting = [];
    };
    const emit = (batch: FileBatch) => waiting.push(batch);
    const [scanner, checksum, packer] = [this.#scanner, this.#checksum, this.#packer];
    file.read({ scanner, checksum, pool: new MetadataPool(), packer, post, emit });
    post();
    if (!end) throw new Error("the read did not end");
    this.#ends.set(path, end);
    return end;
  }

  /** [step, value] of a scalar tag. */
  points(tag: string): [number | bigint, number][] {
    const series = this.run.scalars(tag);
    if (!series) return [];
    return Array.from({ length: series.length }, (_, row) => {
      const { start, rows } = series.stretchAt(row);
      return [rows.stepAt(row - start), rows.valueAt(row - start)];
    });
  }

  /** Everything that was read, in a form that can be compared. */
  contents(): unknown {
    return [...this.run.series.values()].map(({ tag, metadata, kind, data }) => ({
      tag,
      plugin: metadata.plugin,
      points:
        kind === "scalars"
          ? this.points(tag)
          : data.refs.map(({ step, offset, length }) => [step, offset, length]),
    }));
  }
}
