/**
 * The data of several tags for one card: a `LiveFeed` each, of the runs that are on, as long as the tag is wanted. For cards
 * that show more than a tag: meshes, whose parts are tags of their own, and charts that a layout puts together.
 */
import { batch, computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { TagInfo } from "../../server/api/types.ts";
import { type FeedOptions, LiveFeed } from "./live-feed.ts";
import type { OfRun } from "./run-loader.ts";
import { runsOf } from "./runs-of.ts";

/** What each tag has, by its name, and in it by run. */
export type ByTag<Part> = ReadonlyMap<string, ReadonlyMap<string, Part>>;

interface TagFeed<Shape extends object, Part extends OfRun> {
  readonly tag: Signal<TagInfo>;
  readonly feed: LiveFeed<Shape, Part>;
}

export interface TagFeedsSource {
  readonly tags: ReadonlySignal<readonly TagInfo[]>;
  /** Whether the card is on the screen. */
  readonly visible: ReadonlySignal<boolean>;
}

export class TagFeeds<Shape extends object, Part extends OfRun> {
  readonly data: ReadonlySignal<ByTag<Part>>;
  /** Why the last request failed, in words, of the first tag of which one did. */
  readonly error: ReadonlySignal<string | null>;
  /** Nothing has been answered yet for any tag. */
  readonly waiting: ReadonlySignal<boolean>;
  /** Runs that have a tag, of which the server has nothing to give. */
  readonly absent: ReadonlySignal<readonly { readonly tag: string; readonly run: string }[]>;
  readonly #feeds = signal<ReadonlyMap<number, TagFeed<Shape, Part>>>(new Map());
  readonly #stop: () => void;

  /** @param options of the feed of a tag */
  constructor(
    { tags, visible }: TagFeedsSource,
    options: (tag: ReadonlySignal<TagInfo>) => FeedOptions<Shape, Part>,
  ) {
    const feeds = computed(() => [...this.#feeds.value.values()]);
    this.data = computed(() => new Map(feeds.value.map(({ tag, feed }) => [tag.value.tag, feed.data.value])));
    this.error = computed(() => feeds.value.map(({ feed }) => feed.error.value).find(Boolean) ?? null);
    this.waiting = computed(
      () => feeds.value.length > 0 && feeds.value.every(({ feed }) => feed.waiting.value),
    );
    this.absent = computed(() =>
      feeds.value.flatMap(({ tag, feed }) => feed.absent.value.map((run) => ({ tag: tag.value.tag, run }))),
    );
    this.#stop = effect(() => {
      const wanted = new Map(tags.value.map((tag) => [tag.id, tag]));
      const known = this.#feeds.peek();
      batch(() => {
        const next = new Map<number, TagFeed<Shape, Part>>();
        for (const [id, info] of wanted) {
          const before = known.get(id);
          if (before) before.tag.value = info;
          next.set(id, before ?? makeFeed(info, visible, options));
        }
        for (const [id, { feed }] of known) if (!wanted.has(id)) feed.dispose();
        if (next.size !== known.size || [...next.keys()].some((id) => !known.has(id)))
          this.#feeds.value = next;
      });
    });
  }

  dispose(): void {
    this.#stop();
    for (const { feed } of this.#feeds.peek().values()) feed.dispose();
  }
}

function makeFeed<Shape extends object, Part extends OfRun>(
  info: TagInfo,
  visible: ReadonlySignal<boolean>,
  options: (tag: ReadonlySignal<TagInfo>) => FeedOptions<Shape, Part>,
): TagFeed<Shape, Part> {
  const tag = signal(info);
  return { tag, feed: new LiveFeed({ tag, runs: runsOf(tag), visible }, options(tag)) };
}
