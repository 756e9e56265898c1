/**
 * Values that are not scalars, for cards. {@link useRecords} lists every run's records (steps, wall times, keys), which
 * costs the server no reading; {@link useTensors} brings the tensors of those that are looked at, and keeps them, since a
 * record's key never stands for anything else. Blobs (images, clips, meshes) are at `blobUrl(key, index)` of app/api.ts.
 */
import { computed, type ReadonlySignal, signal, useComputed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { ApiError } from "../../client/api-error.ts";
import type { RunRecords, Tensor } from "../../client/records-table.ts";
import type { RecordsQuery, TagInfo } from "../../server/api/types.ts";
import { describeError, fetchRecords } from "../app/api.ts";
import { useCard } from "./card-scope.ts";
import { growing } from "./grown-records.ts";
import { LiveFeed } from "./live-feed.ts";
import { indexAt } from "./moments.ts";
import { heldRange, recordsInRange } from "./range.ts";
import { type CardStep, useCardStep } from "./steps.ts";
import { TagFeeds } from "./tag-feeds.ts";
import { TensorLoader, type WantedTensor } from "./tensor-loader.ts";

/** A records query without what the card knows itself. */
export type RecordsShape = Pick<RecordsQuery, "from" | "to" | "limit" | "values" | "overtaken">;

type FullShape = RecordsShape & { readonly tag: string; readonly plugin: string };

export type RecordsFeed = LiveFeed<FullShape, RunRecords>;

const EVERYTHING = signal<RecordsShape>({});

/**
 * The records of `tag` in `runs`, for as long as the card lives: all steps and keys, or what `shape` says (with
 * `values: true` the tensors too: only for tags whose values are small); null for nothing yet. Live, and given up out of
 * view.
 */
export function useRecords(
  tag: ReadonlySignal<TagInfo>,
  runs: ReadonlySignal<readonly string[]>,
  shape: ReadonlySignal<RecordsShape | null> = EVERYTHING,
): RecordsFeed {
  const { visible } = useCard();
  const feed = useMemo(
    () =>
      new LiveFeed<FullShape, RunRecords>(
        { tag, runs, visible },
        {
          shape: computed(
            () => shape.value && { ...shape.value, tag: tag.value.tag, plugin: tag.value.plugin },
          ),
          fetch: growing(fetchRecords),
        },
      ),
    [tag, runs, shape, visible],
  );
  useEffect(() => () => feed.dispose(), [feed]);
  return feed;
}

/** {@link useRecords} for several tags: the records of each, in all runs that are on and have it. */
export function useRecordsOfTags(tags: ReadonlySignal<readonly TagInfo[]>): TagFeeds<FullShape, RunRecords> {
  const { visible } = useCard();
  const feeds = useMemo(
    () =>
      new TagFeeds<FullShape, RunRecords>({ tags, visible }, (tag) => ({
        shape: computed(() => ({ tag: tag.value.tag, plugin: tag.value.plugin })),
        fetch: growing(fetchRecords),
      })),
    [tags, visible],
  );
  useEffect(() => () => feeds.dispose(), [feeds]);
  return feeds;
}

/** What {@link useTensors} has by key: a tensor, or null where it cannot be read (any more). */
export interface TensorFeed {
  readonly tensors: ReadonlySignal<ReadonlyMap<string, Tensor | null>>;
  readonly error: ReadonlySignal<string | null>;
}

/**
 * The tensors of the records wanted, most wanted (the newest, or those at the chosen step) first. What is no longer
 * wanted is not asked for; what came once stays while it is wanted, and a while after.
 */
export function useTensors(
  tag: ReadonlySignal<Pick<TagInfo, "tag" | "plugin">>,
  wanted: ReadonlySignal<readonly WantedTensor[]>,
): TensorFeed {
  const feed = useMemo(() => {
    const tensors = signal<ReadonlyMap<string, Tensor | null>>(new Map());
    const error = signal<string | null>(null);
    const loader = new TensorLoader({
      fetch: ({ tag: own = tag.peek().tag, ...query }, abort) =>
        fetchRecords({ ...query, tag: own, plugin: tag.peek().plugin, values: true }, abort),
      describeError,
      // Too large, or gone: it stays so.
      isFinal: (reason) => reason instanceof ApiError && [404, 413].includes(reason.status),
      onChange: () => {
        tensors.value = loader.tensors;
        error.value = loader.error;
      },
    });
    return { tensors, error, loader };
  }, [tag]);
  useEffect(() => wanted.subscribe((items) => feed.loader.want(items)), [feed, wanted]);
  useEffect(() => () => feed.loader.dispose(), [feed]);
  return feed;
}

/** What each run has in the stretch that the page looks at, in the order of `runs`; runs without any are left out. */
export function useShownRecords(
  feed: RecordsFeed,
  runs: ReadonlySignal<readonly string[]>,
): ReadonlySignal<readonly RunRecords[]> {
  return useComputed(() =>
    runs.value.flatMap((run) => {
      const records = feed.data.value.get(run);
      const shown = records && recordsInRange(records, heldRange.value);
      return shown && shown.keys.length > 0 ? [shown] : [];
    }),
  );
}

/** A record that is wanted, and its tensor. */
export interface StepRecord extends WantedTensor {
  readonly tensor: Tensor | null | undefined;
}

/** What {@link useTensorsAtStep} has: every run's tensor at the step that the card is at. */
export interface StepFeed {
  /** Index of each run that has anything, in the order of `runs`. */
  readonly series: ReadonlySignal<readonly RunRecords[]>;
  readonly step: CardStep;
  /**
   * The record of each run at the step, with its tensor: null where it cannot be read. Until it has come, the record that was
   * there before; of none, undefined.
   */
  readonly at: ReadonlySignal<readonly StepRecord[]>;
  readonly error: ReadonlySignal<string | null>;
  readonly waiting: ReadonlySignal<boolean>;
}

/** For cards that show each run's value at one step: their records, their step, and the tensors there. */
export function useTensorsAtStep(
  tag: ReadonlySignal<TagInfo>,
  runs: ReadonlySignal<readonly string[]>,
): StepFeed {
  const feed = useRecords(tag, runs);
  const series = useShownRecords(feed, runs);
  const step = useCardStep(series);
  const wanted = useComputed(() =>
    series.value.flatMap((records) => {
      const at = indexAt(records, step.moment.value);
      return at < 0 ? [] : [{ run: records.run, step: records.step[at]!, key: records.keys[at]! }];
    }),
  );
  const { tensors, error } = useTensors(tag, wanted);
  const before = useMemo(() => new Map<string, StepRecord>(), [tag]);
  const at = useComputed(() =>
    wanted.value.map((one): StepRecord => {
      const tensor = tensors.value.get(one.key);
      if (tensor === undefined) return before.get(one.run) ?? { ...one, tensor };
      const came = { ...one, tensor };
      before.set(one.run, came);
      return came;
    }),
  );
  return {
    series,
    step,
    at,
    error: useComputed(() => feed.error.value ?? error.value),
    waiting: feed.waiting,
  };
}

/** The records of one run as what {@link useTensors} takes, newest first. */
export function newestFirst(records: RunRecords): WantedTensor[] {
  const { run, step, bytes } = records;
  return records.keys.map((key, i) => ({ run, step: step[i]!, key, bytes: bytes[i]! })).reverse();
}
