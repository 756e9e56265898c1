/**
 * The store as stock's plugins see it: time series by plugin, data class, run and tag, sampled as stock samples.
 * The compatible routes ask nothing but this.
 */
import type { pb, TensorValue } from "../../proto/index.ts";
import type { ServerContext } from "../http/context.ts";
import { Budget, checkBytesToRead } from "../http/limits.ts";
import { readValues } from "../ingest/read-record.ts";
import { DataClass, type SeriesMetadata } from "../ingest/series-metadata.ts";
import { UNFIT } from "../ingest/tag-kind.ts";
import { projectorOf } from "../projector/logs.ts";
import type { Projector } from "../projector/projector.ts";
import type { RecordRef } from "../store/record-series.ts";
import type { Run, Series } from "../store/run.ts";
import type { ScalarSeries } from "../store/scalar-series.ts";
import { getOrInsert } from "../util/get-or-insert.ts";
import { type BlobAddress, parseBlobKey } from "./blob-key.ts";
import { blobsOf, tensorOf } from "./event-value.ts";
import { downsample } from "./sampling/downsample.ts";
import { Reservoir } from "./sampling/reservoir.ts";

/** One point of a series. */
export interface Datum<T> {
  readonly step: number | bigint;
  readonly wallTime: number;
  readonly value: T;
}

/** A series of some plugin and run. */
export interface Listed {
  readonly run: Run;
  readonly tag: string;
  readonly series: Series;
  readonly metadata: SeriesMetadata;
}

/** What else to ask for where this face has no way to ask for less. */
const LESS = "fewer runs, or for the same in parts from /api/v1/records";

/** Points that stock keeps of a series, by data class. */
const CAPACITY: Partial<Record<DataClass, number>> = {
  [DataClass.DATA_CLASS_SCALAR]: 1000,
  [DataClass.DATA_CLASS_TENSOR]: 100,
  [DataClass.DATA_CLASS_BLOB_SEQUENCE]: 10,
};

export class DataProvider {
  readonly #context: ServerContext;
  readonly #reservoirs = new WeakMap<Series, Reservoir>();
  constructor(context: ServerContext) {
    this.#context = context;
  }

  runs(): readonly Run[] {
    return this.#context.store.runs();
  }

  /** Whether there is a run of that name with an event. */
  hasRun(name: string): boolean {
    return this.#context.store.run(name)?.startTime != null;
  }

  /** Embeddings, which stand in files beside the events. */
  projector(): Promise<Projector> {
    return projectorOf(this.#context);
  }

  /** Every series of a plugin that has the given data class, and a value of it. */
  *list(plugin: string, dataClass: DataClass): Generator<Listed> {
    for (const run of this.#context.store.runs())
      for (const series of run.series.values()) {
        const { metadata } = series;
        if (metadata.plugin === plugin && metadata.dataClass === dataClass && hasValues(series))
          yield { run, tag: series.tag, series, metadata };
      }
  }

  find(plugin: string, dataClass: DataClass, runName: string, tag: string): Series | undefined {
    const run = this.#context.store.run(runName);
    const series = run?.startTime != null ? run.find(plugin, tag) : undefined;
    return series?.metadata.dataClass === dataClass ? series : undefined;
  }

  /** Scalars of a series; undefined when there is no such series of the plugin. */
  scalars(runName: string, tag: string, plugin = "scalars"): Datum<number>[] | undefined {
    const series = this.find(plugin, DataClass.DATA_CLASS_SCALAR, runName, tag);
    if (series?.kind !== "scalars") return undefined;
    const { data } = series;
    const kept = this.#kept(series).map((row) => datumAt(data, row));
    return data.hasDoubles ? kept.filter((datum) => isShown(data, datum)) : kept;
  }

  /** How many points {@link scalars} would give; 0 where there is no such series. */
  countScalars(runName: string, tag: string): number {
    const series = this.find("scalars", DataClass.DATA_CLASS_SCALAR, runName, tag);
    if (series?.kind !== "scalars") return 0;
    return Math.min(series.data.length, this.#capacityOf(series));
  }

  /** How many points of a plugin's series the user asked to be kept; undefined when nothing was said. */
  samplesAsked(plugin: string): number | undefined {
    return this.#context.options.samplesPerPlugin[plugin];
  }

  /** Newest scalar of a series. */
  lastScalar(runName: string, tag: string): Datum<number> | undefined {
    const series = this.find("scalars", DataClass.DATA_CLASS_SCALAR, runName, tag);
    return series?.kind === "scalars" ? lastShown(series.data) : undefined;
  }

  /**
   * Tensors of a series, read from disk; undefined when there is no such series of the plugin.
   *
   * @param most most tensors that the answer shows, whatever is kept
   * @param budget of the answer, where there are several series in it
   * @throws HttpError 413 when they are more than an answer holds
   */
  async tensors(
    plugin: string,
    runName: string,
    tag: string,
    most = Number.POSITIVE_INFINITY,
    budget = new Budget(LESS),
  ): Promise<Datum<TensorValue>[] | undefined> {
    const series = this.find(plugin, DataClass.DATA_CLASS_TENSOR, runName, tag);
    if (series?.kind !== "records") return undefined;
    return this.#read(downsample(this.#shown(series), most), (event, ref) => {
      const value = event.summary?.value?.[ref.index];
      const tensor = value ? tensorOf(value) : null;
      if (tensor) budget.takeTensor(tensor);
      return tensor;
    });
  }

  /** Blob sequences of a series, read from disk; undefined when there is no such series of the plugin. */
  async blobSequences(
    plugin: string,
    runName: string,
    tag: string,
    most = Number.POSITIVE_INFINITY,
  ): Promise<Datum<Uint8Array[]>[] | undefined> {
    const series = this.find(plugin, DataClass.DATA_CLASS_BLOB_SEQUENCE, runName, tag);
    if (series?.kind !== "records") return undefined;
    return this.#read(downsample(this.#shown(series), most), (event, ref) =>
      blobsOf(event, ref.index, series.metadata),
    );
  }

  /**
   * How many blobs each shown value of a series holds, from what is known without reading them; undefined when
   * there is no such series of the plugin.
   */
  blobCounts(plugin: string, runName: string, tag: string): Datum<number>[] | undefined {
    const series = this.find(plugin, DataClass.DATA_CLASS_BLOB_SEQUENCE, runName, tag);
    if (series?.kind !== "records") return undefined;
    return this.#shown(series).map(({ step, wall, blobs }) => ({ step, wallTime: wall, value: blobs }));
  }

  /** The most blobs that any shown value of a series holds. */
  maxBlobs({ series }: Listed): number {
    if (series.kind !== "records") return 0;
    return this.#shown(series).reduce((max, { blobs }) => Math.max(max, blobs), 0);
  }

  /** The blob that a key stands for; undefined when it is not there (any more). */
  async blob(key: string | BlobAddress): Promise<Uint8Array | undefined> {
    const address = typeof key === "string" ? parseBlobKey(key) : key;
    if (!address) return undefined;
    const series = this.find(address.plugin, DataClass.DATA_CLASS_BLOB_SEQUENCE, address.run, address.tag);
    if (series?.kind !== "records") return undefined;
    const refs = series.data.refs.filter(({ step, blobs }) => step === address.step && blobs !== UNFIT);
    const [found] = await this.#read(refs, (event, ref) => blobsOf(event, ref.index, series.metadata));
    return found?.value[address.index];
  }

  async #read<T>(
    refs: readonly RecordRef[],
    decode: (event: pb.Event, ref: RecordRef) => T | null,
  ): Promise<Datum<T>[]> {
    checkBytesToRead(
      refs.map(({ length }) => length),
      LESS,
    );
    const values = await readValues(refs, (file) => this.#context.loader.fileOf(file), decode);
    return refs.flatMap((ref, i) => {
      const value = values[i] ?? null;
      return value === null ? [] : [{ step: ref.step, wallTime: ref.wall, value }];
    });
  }

  /** The values of its kind that stock keeps of a series. */
  #shown(series: Series & { readonly kind: "records" }): readonly RecordRef[] {
    const kept = this.#kept(series).map((row) => series.data.at(row));
    return kept.filter(({ blobs }) => blobs !== UNFIT);
  }

  #capacityOf({ metadata }: Series): number {
    return this.samplesAsked(metadata.plugin) ?? CAPACITY[metadata.dataClass] ?? 0;
  }

  /** The rows that stock keeps of a series. */
  #kept(series: Series): readonly number[] {
    const { data } = series;
    const capacity = this.#capacityOf(series);
    if (capacity === 0) return [];
    if (capacity === Number.POSITIVE_INFINITY) return Array.from({ length: data.length }, (_, row) => row);
    return getOrInsert(this.#reservoirs, series, () => new Reservoir(capacity)).rowsOf(data);
  }
}

function datumAt(data: ScalarSeries, row: number): Datum<number> {
  const { start, rows } = data.stretchAt(row);
  const at = row - start;
  return { step: rows.stepAt(at), wallTime: rows.wallAt(at), value: rows.valueAt(at) };
}

/** Stock has no scalars but 32-bit floats. */
function isShown(data: ScalarSeries, { step, wallTime }: Datum<number>): boolean {
  return !data.isDouble(step, wallTime);
}

function lastShown(data: ScalarSeries): Datum<number> | undefined {
  for (let row = data.length - 1; row >= 0; row--) {
    const datum = datumAt(data, row);
    if (isShown(data, datum)) return datum;
  }
  return undefined;
}

function hasValues({ kind, data }: Series): boolean {
  return kind === "scalars" ? lastShown(data) !== undefined : data.hasValues;
}
