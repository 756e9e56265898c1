/** The tags of all runs: which there are, what each is, and which runs have it. */
import type { DataClass, SeriesMetadata } from "../ingest/series-metadata.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import type { Run, Series } from "./run.ts";

/** A tag of one plugin, over all runs. */
export interface CatalogTag {
  readonly id: number;
  readonly tag: string;
  readonly plugin: string;
  /** That of the first run. */
  readonly dataClass: DataClass;
  readonly displayName: string;
  /** Markdown of the first run that gives one. */
  readonly description: string;
  readonly runs: ReadonlySet<Run>;
}

class Entry implements CatalogTag {
  readonly id: number;
  readonly tag: string;
  readonly plugin: string;
  readonly runs = new Set<Run>();
  /** How many runs say the same of it. Few differ, and most are one object. */
  readonly #said = new Map<SeriesMetadata, number>();

  constructor(id: number, plugin: string, tag: string) {
    this.id = id;
    this.plugin = plugin;
    this.tag = tag;
  }

  add(run: Run, { metadata }: Series): void {
    this.runs.add(run);
    this.#said.set(metadata, (this.#said.get(metadata) ?? 0) + 1);
  }

  remove(run: Run, { metadata }: Series): void {
    if (!this.runs.delete(run)) return;
    const left = this.#said.get(metadata)! - 1;
    if (left > 0) this.#said.set(metadata, left);
    else this.#said.delete(metadata);
  }

  get dataClass(): DataClass {
    return this.#first(() => true)!.dataClass;
  }

  get displayName(): string {
    return this.#first(({ displayName }) => displayName !== "")?.displayName ?? "";
  }

  get description(): string {
    return this.#first(({ description }) => description !== "")?.description ?? "";
  }

  /** What the first run says of those that say such a thing: by name, whichever was read first. */
  #first(fits: (metadata: SeriesMetadata) => boolean): SeriesMetadata | undefined {
    const fitting = [...this.#said.keys()].filter(fits);
    if (fitting.length <= 1) return fitting[0];
    let first: Run | undefined;
    for (const run of this.runs)
      if ((first === undefined || run.name < first.name) && fits(run.series.get(this.tag)!.metadata))
        first = run;
    return first?.series.get(this.tag)?.metadata;
  }
}

export class TagCatalog {
  /** All tags that there ever were: one that comes back has the id it had. */
  readonly #entries = new Map<string, Entry>();

  /** Tags that some run has. */
  *tags(): Generator<CatalogTag> {
    for (const entry of this.#entries.values()) if (entry.runs.size > 0) yield entry;
  }

  idOf(plugin: string, tag: string): number {
    return this.#entry(plugin, tag).id;
  }

  add(run: Run, series: Series): void {
    this.#entry(series.metadata.plugin, series.tag).add(run, series);
  }

  remove(run: Run, series: Series): void {
    this.#entry(series.metadata.plugin, series.tag).remove(run, series);
  }

  #entry(plugin: string, tag: string): Entry {
    return getOrInsert(this.#entries, `${plugin}\0${tag}`, () => new Entry(this.#entries.size, plugin, tag));
  }
}
