/**
 * A card's data as signals: of the runs it draws, kept fresh by the server's news while the card is on the screen, given
 * up when the card goes. News of a card that is only near the screen waits until it is seen.
 */
import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { TagInfo } from "../../server/api/types.ts";
import { describeError } from "../app/api.ts";
import { epoch, isCatchingUp, onPoints } from "../app/session.ts";
import { type LoaderOptions, type OfRun, RunLoader } from "./run-loader.ts";

const LIVE_INTERVAL_MS = 30;
/** While the server reads what is on disk, news comes in floods and the machine has better to do. */
const CATCHING_UP_INTERVAL_MS = 500;

export interface FeedSource {
  readonly tag: ReadonlySignal<TagInfo>;
  /** The runs to ask for, as `runsOf` gives them. */
  readonly runs: ReadonlySignal<readonly string[]>;
  /** Whether the card is on the screen. */
  readonly visible: ReadonlySignal<boolean>;
}

export interface FeedOptions<Shape extends object, Part extends OfRun> {
  /** What to ask for, without the runs; null for nothing yet. */
  readonly shape: ReadonlySignal<Shape | null>;
  readonly fetch: LoaderOptions<Shape, Part>["fetch"];
  readonly isWorthWaiting?: LoaderOptions<Shape, Part>["isWorthWaiting"];
}

export class LiveFeed<Shape extends object, Part extends OfRun> {
  /** By run; a new map at every change. */
  readonly data = signal<ReadonlyMap<string, Part>>(new Map());
  /** Why the last request failed, in words; it is tried again by itself. */
  readonly error = signal<string | null>(null);
  /** Nothing has been answered yet for what is wanted. */
  readonly waiting = signal(true);
  readonly #loader: RunLoader<Shape, Part>;
  readonly #stops: (() => void)[] = [];

  constructor(
    { tag, runs, visible }: FeedSource,
    { shape, fetch, isWorthWaiting }: FeedOptions<Shape, Part>,
  ) {
    const loader = new RunLoader<Shape, Part>({
      fetch,
      ...(isWorthWaiting && { isWorthWaiting }),
      interval: () => (isCatchingUp.peek() ? CATCHING_UP_INTERVAL_MS : LIVE_INTERVAL_MS),
      describeError,
      onChange: () =>
        batch(() => {
          this.data.value = loader.data;
          this.error.value = loader.error;
          this.waiting.value = loader.waiting;
        }),
    });
    this.#loader = loader;
    const held = new Set<string>();
    let seenEpoch = epoch.peek();
    this.#stops.push(
      effect(() => {
        if (shape.value) loader.want(shape.value, runs.value, runs.value.length === tag.value.runs.length);
      }),
      effect(() => {
        if (epoch.value !== seenEpoch) loader.refresh();
        seenEpoch = epoch.value;
      }),
      effect(() =>
        onPoints(tag.value.id, (changed) => {
          if (visible.peek()) loader.invalidate(changed);
          else for (const run of changed) held.add(run);
        }),
      ),
      effect(() => {
        if (!visible.value || held.size === 0) return;
        loader.invalidate(held);
        held.clear();
      }),
    );
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#loader.dispose();
  }
}
