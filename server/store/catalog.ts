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

/** An entry that runs are added to. */
export class CatalogEntry implements CatalogTag {
  readonly id: number;
  readonly tag: string;
  readonly plugin: string;
  readonly #runs = new Set<Run>();
  /** Runs that were added since somebody asked for them: there are many, and few ask. */
  #fresh: Run[] = [];
  /** How many runs say the same of it. Few differ, and most are one object. */
  readonly #said = new Map<SeriesMetadata, { count: number }>();

  constructor(id: number, plugin: string, tag: string) {
    this.id = id;
    this.plugin = plugin;
    this.tag = tag;
  }

  add(run: Run, metadata: SeriesMetadata): void {
    this.#fresh.push(run);
    getOrInsert(this.#said, metadata, () => ({ count: 0 })).count++;
  }

  get runs(): ReadonlySet<Run> {
    return this.#added();
  }

  /** Whether no run has it. */
  get isEmpty(): boolean {
    return this.#said.size === 0;
  }

  #added(): Set<Run> {
    if (this.#fresh.length > 0) {
      for (const run of this.#fresh) this.#runs.add(run);
      this.#fresh = [];
    }
    return this.#runs;
  }

  remove(run: Run, metadata: SeriesMetadata): void {
    if (!this.#added().delete(run)) return;
    const said = this.#said.get(metadata)!;
    if (--said.count === 0) this.#said.delete(metadata);
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
      if ((first === undefined || run.name < first.name) && fits(run.metadataOf(this.tag)!)) first = run;
    return first?.metadataOf(this.tag);
  }
}

export class TagCatalog {
  /** All tags that there ever were, by plugin and tag: one that comes back has the id it had. */
  readonly #plugins = new Map<string, Map<string, CatalogEntry>>();
  readonly #entries: CatalogEntry[] = [];

  /** Tags that some run has. */
  *tags(): Generator<CatalogTag> {
    for (const entry of this.#entries) if (!entry.isEmpty) yield entry;
  }

  /** The tag that has an id. */
  tagOf(id: number): string | undefined {
    return this.#entries[id]?.tag;
  }

  /** What is known of a tag of a plugin. */
  of(plugin: string, tag: string): CatalogEntry {
    const tags = getOrInsert(this.#plugins, plugin, () => new Map<string, CatalogEntry>());
    return getOrInsert(tags, tag, () => {
      const entry = new CatalogEntry(this.#entries.length, plugin, tag);
      this.#entries.push(entry);
      return entry;
    });
  }

  add(run: Run, { tagId, metadata }: Series): void {
    this.#entries[tagId]!.add(run, metadata);
  }

  remove(run: Run, { tagId, metadata }: Series): void {
    this.#entries[tagId]!.remove(run, metadata);
  }
}
