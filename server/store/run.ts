/** One run: its series by tag, and when it started. */
import { DataClass, type SeriesMetadata } from "../ingest/series-metadata.ts";
import type { Arena } from "./arena.ts";
import { Block } from "./block.ts";
import type { CatalogTag } from "./catalog.ts";
import { RecordSeries } from "./record-series.ts";
import { ScalarSeries } from "./scalar-series.ts";
import type { Slab } from "./slab.ts";

interface SeriesBase {
  readonly tag: string;
  readonly metadata: SeriesMetadata;
  /** The catalog's number of the tag. */
  readonly tagId: number;
}

/** A tag of a run with its data, of the kind that its data class says. */
export type Series =
  | (SeriesBase & { readonly kind: "scalars"; readonly data: ScalarSeries })
  | (SeriesBase & { readonly kind: "records"; readonly data: RecordSeries });

/** How a series begins: the catalog's entry of its tag, and its metadata. */
export interface SeriesStart {
  readonly entry: Pick<CatalogTag, "id" | "tag">;
  readonly metadata: SeriesMetadata;
}

/** All that a run has after one read, where that is a block of scalars a tag: most runs of many are never asked for. */
interface RunStart {
  readonly series: readonly SeriesStart[];
  readonly slab: Slab;
  /** Number in the slab of the first series' block; those of the others follow. */
  readonly first: number;
  readonly arena: Arena;
}

export class Run {
  readonly id: number;
  readonly name: string;
  #series: Map<string, Series> | null = null;
  #start: RunStart | null = null;
  /** Wall time of the earliest event, seconds since the epoch; null until there is one. */
  startTime: number | null = null;
  /** Points and other values in its series, those that restarts overtook included. */
  points = 0;

  constructor(id: number, name: string) {
    this.id = id;
    this.name = name;
  }

  /** By tag; made when they are first asked for. */
  get series(): Map<string, Series> {
    this.#series ??= new Map();
    const start = this.#start;
    this.#start = null;
    if (start) this.#make(start);
    return this.#series;
  }

  get isEmpty(): boolean {
    return this.#start === null && (this.#series === null || this.#series.size === 0);
  }

  /** Gives a run that is empty its series, each with a block; they are made when they are asked for. */
  begin(series: readonly SeriesStart[], slab: Slab, first: number, arena: Arena): void {
    this.#start = { series, slab, first, arena };
  }

  #make({ series, slab, first, arena }: RunStart): void {
    for (const [i, { entry, metadata }] of series.entries()) {
      const made = createSeries(entry.tag, metadata, entry.id, arena);
      if (made.kind === "scalars") made.data.appendBlock(new Block(slab, first + i));
      this.series.set(entry.tag, made);
    }
  }

  /** Metadata of a tag. */
  metadataOf(tag: string): SeriesMetadata | undefined {
    if (this.#start === null) return this.#series?.get(tag)?.metadata;
    return this.#start.series.find(({ entry }) => entry.tag === tag)?.metadata;
  }

  /** The series of a tag that `plugin` has. */
  find(plugin: string, tag: string): Series | undefined {
    const series = this.series.get(tag);
    return series?.metadata.plugin === plugin ? series : undefined;
  }

  scalars(tag: string): ScalarSeries | undefined {
    const series = this.series.get(tag);
    return series?.kind === "scalars" ? series.data : undefined;
  }
}

/** Whether a series' values are kept as scalars. */
export function isScalar({ dataClass }: SeriesMetadata): boolean {
  return dataClass === DataClass.DATA_CLASS_SCALAR;
}

/** @param arena where scalars are sealed into blocks */
export function createSeries(tag: string, metadata: SeriesMetadata, tagId: number, arena: Arena): Series {
  return isScalar(metadata)
    ? { tag, metadata, tagId, kind: "scalars", data: new ScalarSeries(arena) }
    : { tag, metadata, tagId, kind: "records", data: new RecordSeries() };
}
