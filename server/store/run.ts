/** One run: its series by tag, and when it started. */
import { DataClass, type SeriesMetadata } from "../ingest/series-metadata.ts";
import type { Arena } from "./arena.ts";
import { RecordSeries } from "./record-series.ts";
import { ScalarSeries } from "./scalar-series.ts";

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

export class Run {
  readonly id: number;
  readonly name: string;
  readonly series = new Map<string, Series>();
  /** Wall time of the earliest event, seconds since the epoch; null until there is one. */
  startTime: number | null = null;
  /** Points and other values in its series, those that restarts overtook included. */
  points = 0;

  constructor(id: number, name: string) {
    this.id = id;
    this.name = name;
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

/** @param arena where scalars are sealed into blocks */
export function createSeries(tag: string, metadata: SeriesMetadata, tagId: number, arena: Arena): Series {
  return metadata.dataClass === DataClass.DATA_CLASS_SCALAR
    ? { tag, metadata, tagId, kind: "scalars", data: new ScalarSeries(arena) }
    : { tag, metadata, tagId, kind: "records", data: new RecordSeries() };
}
