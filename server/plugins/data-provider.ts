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
import { type BlobAddress, parseBlobKey } from "./blob-key.ts";
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
  readonly #labelled = new WeakMap<Series, 1 | 2>();

  constructor(context: ServerContext) {
    this.#context = context;
  }

  runs(): readonly Run[] {
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
    return sampleRows(data.length, this.#capacity(series, Number.POSITIVE_INFINITY)).map((row) => {
      const { start, rows } = data.stretchAt(row);
      const at = row - start;
      return { step: rows.stepAt(at), wallTime: rows.wallAt(at), value: rows.valueAt(at) };
    });
  }

  /** How many points of a plugin's series the user asked to be kept; undefined when nothing was said. */
  samplesAsked(plugin: string): number | undefined {
    return this.#context.options.samplesPerPlugin[plugin];
  }

  /** Newest scalar of a series. */
  lastScalar(runName: string, tag: string): Datum<number> | undefined {
    const series = this.find("scalars", DataClass.DATA_CLASS_SCALAR, runName, tag);
    if (series?.kind !== "scalars" || series.data.length === 0) return undefined;
    const row = series.data.length - 1;
    const { start, rows } = series.data.stretchAt(row);
    const at = row - start;
    return { step: rows.stepAt(at), wallTime: rows.wallAt(at), value: rows.valueAt(at) };
  }

  /**
   * Tensors of a series, read from disk; undefined when there is no such series of the plugin.
   *
   * @param downsample most tensors that the answer shows, whatever is kept
   */
  async tensors(
    plugin: string,
    runName: string,
    tag: string,
    downsample = Number.POSITIVE_INFINITY,
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
    downsample = Number.POSITIVE_INFINITY,
  ): Promise<Datum<Uint8Array[]>[] | undefined> {
    const series = this.find(plugin, DataClass.DATA_CLASS_BLOB_SEQUENCE, runName, tag);
    if (series?.kind !== "records") return undefined;
    return this.#read(series, series.data.refs, downsample, (event, ref) =>
      blobsOf(event, ref.index, series.metadata),
    );
  }

  /**
   * How many blobs each shown value of a series holds, from what is known without reading them; undefined when
   * there is no such series of the plugin.
   */
  async blobCounts(plugin: string, runName: string, tag: string): Promise<Datum<number>[] | undefined> {
    const series = this.find(plugin, DataClass.DATA_CLASS_BLOB_SEQUENCE, runName, tag);
    if (series?.kind !== "records") return undefined;
    const each = await this.#stringsPerBlob(series);
    return this.#shown(series, series.data.refs).map(({ step, wall, blobs }) => ({
      step,
      wallTime: wall,
      value: Math.floor(blobs / each),
    }));
  }

  /** The most blobs that any shown value of a series holds. */
  async maxBlobs({ series }: Listed): Promise<number> {
    if (series.kind !== "records") return 0;
    const most = this.#shown(series, series.data.refs).reduce((max, { blobs }) => Math.max(max, blobs), 0);
    return Math.floor(most / (await this.#stringsPerBlob(series)));
  }

  /** The blob that a key stands for; undefined when it is not there (any more). */
  async blob(key: string | BlobAddress): Promise<Uint8Array | undefined> {
    const address = typeof key === "string" ? parseBlobKey(key) : key;
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
    const sampled = this.#shown(series, refs, downsample);
    const events = await readEvents(sampled, (file) => this.#context.loader.pathOf(file));
    return sampled.flatMap((ref, i) => {
      const event = events[i];
      const value = event ? decode(event, ref) : null;
      return value === null ? [] : [{ step: ref.step, wallTime: ref.wall, value }];
    });
  }

  /**
   * Strings that stand for one blob: 2 where audio clips have labels (a tensor of shape [clips, 2], as
   * `tf.summary.audio` writes). Only the value itself tells, so the last one is read, once a series.
   */
  async #stringsPerBlob(series: Series): Promise<1 | 2> {
    if (series.metadata.plugin !== "audio" || series.kind !== "records") return 1;
    const known = this.#labelled.get(series);
    if (known !== undefined) return known;
    const last = series.data.refs.slice(-1);
    const [shape] = await this.#read(series, last, 1, (event, { index }) => {
      const tensor = event.summary?.value?.[index]?.tensor;
      return tensor?.tensorShape?.dim?.length ?? 0;
    });
    const each = shape?.value === 2 ? 2 : 1;
    if (shape) this.#labelled.set(series, each);
    return each;
  }

  /** The values shown of a series: what stock's reservoir keeps, then what the plugin asks for. */
  #shown(
    series: Series,
    refs: readonly RecordRef[],
    downsample = Number.POSITIVE_INFINITY,
  ): readonly RecordRef[] {
    return sampleRows(refs.length, this.#capacity(series, downsample)).map((row) => refs[row]!);
  }

  #capacity({ metadata }: Series, downsample: number): number {
    const kept = this.samplesAsked(metadata.plugin) ?? CAPACITY[metadata.dataClass] ?? 0;
    return Math.min(kept, downsample);
  }
}
