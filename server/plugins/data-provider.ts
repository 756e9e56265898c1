/**
 * The store as stock's plugins see it: time series by plugin, data class, run and tag, sampled as stock samples.
 * The compatible routes ask nothing but this.
 */
import type { pb, TensorValue } from "../../proto/index.ts";
import type { ServerContext } from "../http/context.ts";
import { readEvents } from "../ingest/read-record.ts";
import { DataClass, type SeriesMetadata } from "../ingest/series-metadata.ts";
import type { RecordRef } from "../store/record-series.ts";
import type { Run, Series } from "../store/run.ts";
import { sampleRows } from "../store/sample.ts";
import { parseBlobKey } from "./blob-key.ts";
import { blobsOf, tensorOf } from "./event-value.ts";

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

/** Points that stock keeps of a series, by data class. */
const CAPACITY: Partial<Record<DataClass, number>> = {
  [DataClass.DATA_CLASS_SCALAR]: 1000,
  [DataClass.DATA_CLASS_TENSOR]: 100,
  [DataClass.DATA_CLASS_BLOB_SEQUENCE]: 10,
};

export class DataProvider {
  readonly #context: ServerContext;

  constructor(context: ServerContext) {
    this.#context = context;
  }

  runs(): Run[] {
    return this.#context.store.runs();
  }

  /** Every series of a plugin that has the given data class. */
  *list(plugin: string, dataClass: DataClass): Generator<Listed> {
    for (const run of this.#context.store.runs())
      for (const series of run.series.values())
        if (series.metadata.plugin === plugin && series.metadata.dataClass === dataClass)
          yield { run, tag: series.tag, series, metadata: series.metadata };
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
    const data = series.data;
    return sampleRows(data.length, this.#capacity(series, 1000)).map((row) => {
      const { start, rows } = data.stretchAt(row);
      const at = row - start;
      return { step: rows.stepAt(at), wallTime: rows.wallAt(at), value: rows.valueAt(at) };
    });
  }

  /** Tensors of a series, read from disk; undefined when there is no such series of the plugin. */
  async tensors(
    plugin: string,
    runName: string,
    tag: string,
    downsample: number,
  ): Promise<Datum<TensorValue>[] | undefined> {
    const series = this.find(plugin, DataClass.DATA_CLASS_TENSOR, runName, tag);
    if (series?.kind !== "records") return undefined;
    return this.#read(series, series.data.refs, downsample, (event, ref) => {
      const value = event.summary?.value?.[ref.index];
      return value ? tensorOf(value) : null;
    });
  }

  /** Blob sequences of a series, read from disk; undefined when there is no such series of the plugin. */
  async blobSequences(
    plugin: string,
    runName: string,
    tag: string,
    downsample: number,
  ): Promise<Datum<Uint8Array[]>[] | undefined> {
    const series = this.find(plugin, DataClass.DATA_CLASS_BLOB_SEQUENCE, runName, tag);
    if (series?.kind !== "records") return undefined;
    return this.#read(series, series.data.refs, downsample, (event, ref) =>
      blobsOf(event, ref.index, series.metadata),
    );
  }

  /** The blob that a key stands for; undefined when it is not there (any more). */
  async blob(key: string): Promise<Uint8Array | undefined> {
    const address = parseBlobKey(key);
    if (!address) return undefined;
    const series = this.find(address.plugin, DataClass.DATA_CLASS_BLOB_SEQUENCE, address.run, address.tag);
    if (series?.kind !== "records") return undefined;
    const refs = series.data.refs.filter((ref) => ref.step === address.step);
    const [found] = await this.#read(series, refs, 1, (event, ref) =>
      blobsOf(event, ref.index, series.metadata),
    );
    return found?.value[address.index];
  }

  async #read<T>(
    series: Series,
    refs: readonly RecordRef[],
    downsample: number,
    decode: (event: pb.Event, ref: RecordRef) => T | null,
  ): Promise<Datum<T>[]> {
    const sampled = sampleRows(refs.length, this.#capacity(series, downsample)).map((row) => refs[row]!);
    const events = await readEvents(sampled, (file) => this.#context.loader.pathOf(file));
    return sampled.flatMap((ref, i) => {
      const event = events[i];
      const value = event ? decode(event, ref) : null;
      return value === null ? [] : [{ step: ref.step, wallTime: ref.wall, value }];
    });
  }

  /** How many points are shown: stock's reservoir, then what the plugin asks for. */
  #capacity({ metadata }: Series, downsample: number): number {
    const asked = this.#context.options.samplesPerPlugin[metadata.plugin];
    return asked ?? Math.min(CAPACITY[metadata.dataClass] ?? 0, downsample);
  }
}
