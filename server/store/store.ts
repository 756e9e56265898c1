/**
 * The store: runs, their tags and their points. One interface for every route: what appends and what asks need not
 * know how columns are kept.
 */
import { randomUUID } from "node:crypto";
import type { BlockList, FileBatch, PointColumns, RecordColumns, SeriesHead } from "../ingest/batch.ts";
import { MetadataPool } from "../ingest/series-metadata.ts";
import { UNFIT } from "../ingest/tag-kind.ts";
import type { FolderAlias } from "../logdir/aliases.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import { ListPool } from "../util/list-pool.ts";
import { Arena } from "./arena.ts";
import { Block } from "./block.ts";
import { type CatalogEntry, type CatalogTag, TagCatalog } from "./catalog.ts";
import { createSeries, isScalar, Run, type Series, type SeriesStart } from "./run.ts";
import type { ScalarSeries } from "./scalar-series.ts";
import type { Slab } from "./slab.ts";
import { SlabMemory } from "./slab-memory.ts";
import { SpillFile } from "./spill-file.ts";

export type { CatalogTag } from "./catalog.ts";

/** Told of every change, as it happens. */
export interface StoreListener {
  /** Runs or tags came or went. */
  catalogChanged(version: number): void;
  /** A series has new points. */
  seriesChanged(run: number, tag: number): void;
}

export interface StoreOptions {
  /** Bytes of points to keep in memory; the others go to disk. Default: no limit. */
  readonly memory?: number;
  /** Told when something goes wrong with that. */
  readonly onProblem?: (message: string) => void;
}

/** How a series begins, with the entry that its run is to be added to. */
interface Start extends SeriesStart {
  readonly entry: CatalogEntry;
}

const NO_STARTS: readonly Start[] = [];

export class Store {
  /** Ids are stable within one instance of the store. */
  readonly instance = randomUUID();
  readonly #runs = new Map<string, Run>();
  /** Ids of all runs that there ever were: one that comes back is the same to whoever looks at it. */
  readonly #runIds = new Map<string, number>();
  readonly #runNames: string[] = [];
  readonly #catalog = new TagCatalog();
  readonly #listeners = new Set<StoreListener>();
  readonly #spill = new SpillFile();
  readonly #memory: SlabMemory;
  readonly #arena: Arena;
  readonly #metadata = new MetadataPool();
  readonly #starts = new WeakMap<readonly SeriesHead[], readonly Start[]>();
  readonly #startLists = new ListPool<Start>((a, b) => a.entry === b.entry && a.metadata === b.metadata);
  /** Runs in order, until one comes, goes or turns out to have started earlier. */
  #started: readonly Run[] | null = null;
  #aliases: readonly FolderAlias[] = [];
  #version = 0;
  #points = 0;

  constructor({ memory = Number.POSITIVE_INFINITY, onProblem }: StoreOptions = {}) {
    this.#memory = new SlabMemory(memory, this.#spill, onProblem);
    this.#arena = new Arena((slab) => this.#memory.add(slab));
  }

  /** Lets go of what is on disk. */
  close(): void {
    this.#spill.close();
  }

  /** Takes charge of a slab whose blocks are about to be appended. */
  adopt(slab: Slab): void {
    this.#memory.add(slab);
  }

  /** Bytes of points in memory, and on disk for want of it. */
  get memory(): { readonly resident: number; readonly spilled: number } {
    return { resident: this.#memory.resident + this.#arena.bytes, spilled: this.#spill.bytes };
  }

  /** Grows with every change of runs or tags. */
  get version(): number {
    return this.#version;
  }

  /** Points and other values that there are, those that restarts overtook included. */
  get points(): number {
    return this.#points;
  }

  subscribe(listener: StoreListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  run(name: string): Run | undefined {
    return this.#runs.get(name);
  }

  /** The series of a run and a tag by their ids. */
  seriesOf(runId: number, tagId: number): { readonly run: Run; readonly series: Series } | undefined {
    const run = this.#runs.get(this.#runNames[runId] ?? "");
    const series = run?.series.get(this.#catalog.tagOf(tagId) ?? "");
    return run?.id === runId && series?.tagId === tagId ? { run, series } : undefined;
  }

  /** Runs with at least one event, by the time of their first event, then by name. */
  runs(): readonly Run[] {
    this.#started ??= [...this.#runs.values()]
      .filter((run) => run.startTime !== null)
      .sort((a, b) => a.startTime! - b.startTime! || compareText(a.name, b.name));
    return this.#started;
  }

  tags(): Iterable<CatalogTag> {
    return this.#catalog.tags();
  }

  /** Links to folders of runs. */
  get aliases(): readonly FolderAlias[] {
    return this.#aliases;
  }

  setAliases(aliases: readonly FolderAlias[]): void {
    const before = this.#aliases;
    const same = ({ link, target }: FolderAlias, i: number): boolean =>
      before[i]?.link === link && before[i].target === target;
    if (aliases.length === before.length && aliases.every(same)) return;
    this.#aliases = aliases;
    this.#catalogChanged();
  }

  /** Makes a run known; it shows once it has an event. */
  addRun(name: string): Run {
    return getOrInsert(this.#runs, name, () => this.newRun(name));
  }

  /** A run that nobody sees until it takes the place of the one of its name, see {@link replaceRun}. */
  newRun(name: string): Run {
    return new Run(
      getOrInsert(this.#runIds, name, () => this.#runNames.push(name) - 1),
      name,
    );
  }

  removeRun(name: string): void {
    if (this.#take(name)) this.#catalogChanged();
  }

  /** Puts a run in the place of the one that has its name. */
  replaceRun(run: Run): void {
    this.#take(run.name);
    this.#runs.set(run.name, run);
    this.#points += run.points;
    for (const series of run.series.values()) this.#catalog.add(run, series);
    this.#catalogChanged();
    for (const { tagId } of run.series.values()) this.#seriesChanged(run, tagId, 0);
  }

  /** Takes a run out; gives whether there was one. */
  #take(name: string): boolean {
    const run = this.#runs.get(name);
    if (!run) return false;
    this.#runs.delete(name);
    this.#points -= run.points;
    this.#started = null;
    for (const series of run.series.values()) this.#catalog.remove(run, series);
    return true;
  }

  #shows(run: Run): boolean {
    return this.#runs.get(run.name) === run;
  }

  /**
   * Takes what was read of a run.
   *
   * @param file the number under which its bytes can be read again
   * @param slab where the batch's blocks are
   */
  append(run: Run, batch: FileBatch, file: number, slab: Slab | null): void {
    const started = run.startTime;
    if (batch.earliest < (started ?? Number.POSITIVE_INFINITY)) {
      run.startTime = batch.earliest;
      this.#started = null;
    }
    const heads = batch.heads.length > 0 ? this.#startsOf(batch.heads) : NO_STARTS;
    const begun = heads.length > 0 && slab !== null && this.#begin(run, heads, batch, slab);
    const added = begun || heads.filter((head) => this.#addSeries(run, head)).length > 0;
    const changed = added || (started === null && run.startTime !== null);
    if (changed && this.#shows(run)) this.#catalogChanged();
    // A tag's points of one batch are in the one or the other.
    if (begun) this.#tellBegun(run, heads, batch.blocks!, slab);
    else if (batch.blocks && slab) this.#appendBlocks(run, batch.blocks, slab);
    if (batch.points) this.#appendPoints(run, batch.points);
    if (batch.records) this.#appendRecords(run, batch.records, file);
  }

  /** What the catalog has of heads; the same lists come again and again. */
  #startsOf(heads: readonly SeriesHead[]): readonly Start[] {
    return getOrInsert(this.#starts, heads, () =>
      this.#startLists.of(
        heads.map(({ tag, metadata: given }) => {
          const metadata = this.#metadata.intern(given);
          // The catalog's own text: each message from a thread brings its tags anew.
          return { entry: this.#catalog.of(metadata.plugin, tag), metadata };
        }),
      ),
    );
  }

  /** Begins a run all of whose series have a block, in the same order. False where that is not so. */
  #begin(run: Run, heads: readonly Start[], { blocks, points, records }: FileBatch, slab: Slab): boolean {
    if (!blocks || points || records || !run.isEmpty || blocks.tags.length !== heads.length) return false;
    if (!heads.every(({ entry, metadata }, i) => entry.tag === blocks.tags[i] && isScalar(metadata)))
      return false;
    run.begin(heads, slab, blocks.first, this.#arena);
    if (this.#shows(run)) for (const { entry, metadata } of heads) entry.add(run, metadata);
    return true;
  }

  #tellBegun(run: Run, heads: readonly Start[], { first }: BlockList, slab: Slab): void {
    let points = 0;
    for (let i = 0; i < heads.length; i++) points += slab.countOf(first + i);
    if (!this.#count(run, points)) return;
    for (const listener of this.#listeners)
      for (const { entry } of heads) listener.seriesChanged(run.id, entry.id);
  }

  #addSeries(run: Run, { entry, metadata }: Start): boolean {
    if (run.series.has(entry.tag)) return false;
    run.series.set(entry.tag, createSeries(entry.tag, metadata, entry.id, this.#arena));
    if (this.#shows(run)) entry.add(run, metadata);
    return true;
  }

  #appendBlocks(run: Run, { tags, first }: BlockList, slab: Slab): void {
    for (const [i, tag] of tags.entries()) {
      const series = run.series.get(tag);
      if (series?.kind !== "scalars") continue;
      const block = new Block(slab, first + i);
      series.data.appendBlock(block);
      this.#seriesChanged(run, series.tagId, block.count);
    }
  }

  #appendPoints(run: Run, points: PointColumns): void {
    let from = 0;
    for (const [i, tag] of points.tags.entries()) {
      const to = from + points.counts[i]!;
      const series = run.series.get(tag);
      if (series?.kind === "scalars") {
        series.data.append(points, from, to);
        this.#seriesChanged(run, series.tagId, to - from);
      }
      from = to;
    }
  }

  #appendRecords(run: Run, records: RecordColumns, file: number): void {
    for (let row = 0; row < records.tag.length; row++) {
      const series = run.series.get(records.tags[records.tag[row]!]!);
      if (series?.kind === "scalars") appendToScalars(series.data, records, row);
      if (series?.kind !== "records") continue;
      series.data.append({
        step: stepOf(records, row),
        wall: records.walls[row]!,
        file,
        offset: records.offsets[row]!,
        length: records.lengths[row]!,
        index: records.indices[row]!,
        blobs: records.blobs[row]!,
      });
      this.#seriesChanged(run, series.tagId, 1);
    }
  }

  #seriesChanged(run: Run, tag: number, points: number): void {
    if (!this.#count(run, points)) return;
    for (const listener of this.#listeners) listener.seriesChanged(run.id, tag);
  }

  /** Counts points that came to a run; gives whether it is shown. */
  #count(run: Run, points: number): boolean {
    run.points += points;
    const shows = this.#shows(run);
    if (shows) this.#points += points;
    return shows;
  }

  #catalogChanged(): void {
    this.#version++;
    for (const listener of this.#listeners) listener.catalogChanged(this.#version);
  }
}

/** A row's step: a number where that is exact, whatever the column is. */
function stepOf({ steps }: RecordColumns, row: number): number | bigint {
  const number = Number(steps[row]!);
  return Number.isSafeInteger(number) ? number : steps[row]!;
}

/** A value of a tag of scalars that is not in columns is no scalar; one that is there as well is a double. */
function appendToScalars(series: ScalarSeries, records: RecordColumns, row: number): void {
  const step = stepOf(records, row);
  if (records.blobs[row] === UNFIT) series.preempt(step);
  else series.markDouble(step, records.walls[row]!);
}

/** Order of code units, as stock sorts names. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
