/**
 * A card's data as signals: of the runs it draws, kept fresh by the server's news while the card is on the screen, given
 * up when the card goes. News of a card that is only near the screen waits until it is seen.
 */
import { batch, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { TagInfo } from "../../server/api/types.ts";
import { describeError } from "../app/api.ts";
import { epoch, isCatchingUp, onPoints } from "../app/session.ts";
import { Together, Waves } from "./pace.ts";
import { type LoaderOptions, type OfRun, RunLoader } from "./run-loader.ts";

const LIVE_INTERVAL_MS = 30;
/** While the server reads what is on disk, news comes in floods and the machine has better to do. */
const CATCHING_UP_INTERVAL_MS = 500;

/** Share of the page's time that drawing what is new may take: a page that is busy answers no hand. */
const SHARE = 0.085;
const SLOWEST_MS = 1000;
/** What is new waits so long for what other cards asked for at the same time, unless drawing it all would hold the page. */
const TOGETHER_MS = 40;
const MOST_TOGETHER_MS = 80;
/** What a redraw takes of the cards on the screen, each its own; together they take turns. */
const costs = new Set<() => number>();

function totalCost(): number {
  let total = 0;
  for (const cost of costs) total += cost();
  return total;
}

/** Least time between two questions for what is new. What comes after a pause is asked for at once, whatever this is. */
function liveInterval(): number {
  if (isCatchingUp.peek()) return CATCHING_UP_INTERVAL_MS;
  return Math.min(SLOWEST_MS, Math.max(LIVE_INTERVAL_MS, totalCost() / SHARE));
}

const waves = new Waves(liveInterval);
const together = new Together(batch, TOGETHER_MS);

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
  /** How long the card last took to draw, ms; 0 when left out. */
  readonly cost?: () => number;
  readonly isWorthWaiting?: LoaderOptions<Shape, Part>["isWorthWaiting"];
}

export class LiveFeed<Shape extends object, Part extends OfRun> {
  /** By run; a new map at every change. */
  readonly data = signal<ReadonlyMap<string, Part>>(new Map());
  /** Why the last request failed, in words; it is tried again by itself. */
  readonly error = signal<string | null>(null);
  /** Nothing has been answered yet for what is wanted. */
  readonly waiting = signal(true);
  /** Runs of which the server has nothing to give; a new list at every change. */
  readonly absent = signal<readonly string[]>([]);
  readonly #loader: RunLoader<Shape, Part>;
  readonly #stops: (() => void)[] = [];

  constructor(
    { tag, runs, visible }: FeedSource,
    { shape, fetch, isWorthWaiting, cost = () => 0 }: FeedOptions<Shape, Part>,
  ) {
    const show = (): void =>
      batch(() => {
        this.data.value = loader.data;
        this.error.value = loader.error;
        this.waiting.value = loader.waiting;
        const { absent } = loader;
        if (absent.join("\n") !== this.absent.peek().join("\n")) this.absent.value = absent;
      });
    const loader = new RunLoader<Shape, Part>({
      fetch: (query, stop) => together.ask(() => fetch(query, stop)),
      ...(isWorthWaiting && { isWorthWaiting }),
      wait: (askedAt) => waves.wait(askedAt),
      describeError,
      onChange: () => {
        if (this.waiting.peek() || totalCost() > MOST_TOGETHER_MS) show();
        else together.change(show);
      },
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
        if (!visible.value) return;
        costs.add(cost);
        return () => costs.delete(cost);
      }),
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
