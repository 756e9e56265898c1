/** Knows the graph that is shown: asks for scopes as they open, keeps them, and makes a scene of what is open. */
import { signal } from "@preact/signals";
import { ApiError } from "../../../client/api-error.ts";
import type { GraphQuery, GraphScope } from "../../../graph/views.ts";
import { describeError } from "../../app/api.ts";
import { LayoutClient } from "./layout/layout-client.ts";
import type { Direction } from "./layout/layout-graph.ts";
import { arrange } from "./picture/arrange.ts";
import { buildFrames, type Frame, type PictureOptions } from "./picture/frame.ts";
import { type Item, isOpenable, shortName } from "./picture/items.ts";
import type { Measurer } from "./picture/measure.ts";
import { EMPTY_SCENE, type Scene } from "./picture/scene.ts";
import { type GraphSource, withoutStep } from "./source/graph-source.ts";

/** "Open to level" stops here: more boxes than this help nobody. */
const MOST_BOXES = 1_500;
/** No more scopes in scopes are opened at once: each holds all that are in it, so that far more would take minutes. */
export const MOST_LEVELS = 64;

export interface Shown {
  readonly scene: Scene;
  readonly frames: Frame | null;
  /** Box that stays where it is on the screen. */
  readonly anchor: string | null;
  /** Whether this is another graph than before, to be shown whole. */
  readonly fresh: boolean;
}

export type LoadState =
  | { readonly kind: "loading" }
  | { readonly kind: "shown" }
  | { readonly kind: "failed"; readonly message: string; readonly missing: boolean };

export class GraphModel {
  readonly shown = signal<Shown>({ scene: EMPTY_SCENE, frames: null, anchor: null, fresh: true });
  readonly state = signal<LoadState>({ kind: "loading" });
  readonly root = signal<GraphScope | null>(null);
  /** Scopes that are being asked for. */
  readonly busy = signal(0);
  /** What could not be opened, in words. */
  readonly problem = signal<string | null>(null);
  readonly #layouts = new LayoutClient();
  readonly #measurer: Measurer;
  #source: GraphSource | null = null;
  #query: GraphQuery | null = null;
  #scopes = new Map<string, GraphScope>();
  #failed = new Set<string>();
  #options: PictureOptions | null = null;
  #direction: Direction = "up";
  #version = 0;
  #anchor: string | null = null;
  #fresh = true;
  #abort = new AbortController();

  constructor(measurer: Measurer) {
    this.#measurer = measurer;
  }

  /** Shows another graph, or the same with another step's statistics. */
  async show(source: GraphSource, query: GraphQuery, sameGraph: boolean): Promise<void> {
    this.#abort.abort();
    this.#abort = new AbortController();
    // What is being laid out belongs to the graph before.
    this.#version++;
    this.#source = source;
    this.#query = query;
    this.#scopes = new Map();
    this.#failed = new Set();
    this.problem.value = null;
    this.#fresh = !sameGraph;
    if (!sameGraph) {
      this.state.value = { kind: "loading" };
      this.shown.value = { scene: EMPTY_SCENE, frames: null, anchor: null, fresh: true };
    }
    const { signal: aborted } = this.#abort;
    try {
      const root = await this.#rootOf(source, query, aborted);
      if (aborted.aborted) return;
      this.#scopes.set("", root);
      this.root.value = root;
      await this.#rebuild();
    } catch (error) {
      if (aborted.aborted) return;
      const missing = error instanceof ApiError && error.status === 404;
      this.state.value = { kind: "failed", message: describeError(error), missing };
    }
  }

  /** Where a step cannot be read, the graph is there all the same, and it is said why. */
  async #rootOf(source: GraphSource, query: GraphQuery, aborted: AbortSignal): Promise<GraphScope> {
    try {
      return await source.scope(query, "", aborted);
    } catch (error) {
      if (aborted.aborted || query.step_tag === undefined) throw error;
      const plain = withoutStep(query);
      const root = await source.scope(plain, "", aborted);
      this.#query = plain;
      this.problem.value = `What ${shortName(query.step_tag)} took cannot be shown: ${describeError(error)}`;
      return root;
    }
  }

  /** What is open, hidden, put aside. `anchor` stays where it is. */
  setOptions(options: PictureOptions, direction: Direction, anchor: string | null): void {
    this.#options = options;
    this.#direction = direction;
    this.#anchor = anchor;
    if (this.#scopes.has("")) void this.#rebuild();
  }

  /** The scope as it is loaded already. */
  loaded(name: string): GraphScope | undefined {
    return this.#scopes.get(name);
  }

  /** Loads all that is open, then lays it out; a later call overtakes an earlier one. */
  async #rebuild(): Promise<void> {
    const version = ++this.#version;
    const options = this.#options;
    const root = this.#scopes.get("");
    if (!options || !root) return;
    try {
      const frames = await this.#loadedFrames(root, options, () => version === this.#version);
      if (!frames) return;
      const scene = await arrange(frames, this.#direction, this.#measurer, (graph) =>
        this.#layouts.layout(graph),
      );
      if (version !== this.#version) return;
      this.shown.value = { scene, frames, anchor: this.#anchor, fresh: this.#fresh };
      this.#fresh = false;
      this.#anchor = null;
      this.state.value = { kind: "shown" };
    } catch (error) {
      if (version === this.#version)
        this.state.value = { kind: "failed", message: describeError(error), missing: false };
    }
  }

  async #loadedFrames(
    root: GraphScope,
    options: PictureOptions,
    isCurrent: () => boolean,
  ): Promise<Frame | null> {
    for (;;) {
      const missing = new Set<string>();
      const lookUp = (name: string): GraphScope | undefined => {
        const scope = this.#scopes.get(name);
        if (!scope && !this.#failed.has(name)) missing.add(name);
        return scope;
      };
      const frames = buildFrames(root, lookUp, options);
      if (missing.size === 0) return frames;
      await Promise.all([...missing].map((name) => this.#load(name)));
      if (!isCurrent()) return null;
    }
  }

  /** Loads a scope once; a failure is told, and the scope stays closed. */
  async #load(name: string): Promise<void> {
    if (!this.#source || !this.#query || this.#scopes.has(name)) return;
    const { signal: aborted } = this.#abort;
    this.busy.value++;
    try {
      const scope = await this.#source.scope(this.#query, name, aborted);
      if (!aborted.aborted) this.#scopes.set(name, scope);
    } catch (error) {
      this.#failed.add(name);
      if (!aborted.aborted) this.problem.value = `${name} could not be opened: ${describeError(error)}`;
    } finally {
      this.busy.value--;
    }
  }

  /** Tries again what failed. */
  retry(): void {
    this.#failed.clear();
    this.problem.value = null;
    if (this.#source && this.#query && !this.#scopes.has(""))
      void this.show(this.#source, this.#query, false);
    else void this.#rebuild();
  }

  /**
   * Ids to open so that `levels` levels of scopes show; stops before there are too many boxes.
   *
   * @returns the ids, and whether it stopped early
   */
  async idsToLevel(levels: number): Promise<{ readonly ids: string[]; readonly stopped: boolean }> {
    const root = this.#scopes.get("");
    const options = this.#options;
    if (!root || !options) return { ids: [], stopped: false };
    const opened = new Set<string>();
    for (let level = 1; level < levels; level++) {
      if (level > MOST_LEVELS) return { ids: [...opened], stopped: true };
      const frames = await this.#loadedFrames(root, { ...options, opened }, () => true);
      if (!frames) break;
      const closed = closedScopes(frames, level - 1);
      if (closed.items.length === 0) break;
      if (closed.boxes > MOST_BOXES) return { ids: [...opened], stopped: true };
      for (const item of closed.items) opened.add(item.id);
    }
    const frames = await this.#loadedFrames(root, { ...options, opened }, () => true);
    const stopped = frames !== null && closedScopes(frames, Infinity).boxes > 2 * MOST_BOXES;
    return { ids: [...opened], stopped };
  }

  /**
   * What must be open for a node of the graph to be seen: ids to open, and the id of the box that shows it, which for a
   * constant is the box of who uses it.
   */
  async reveal(name: string): Promise<{ readonly open: readonly string[]; readonly id: string } | null> {
    const root = this.#scopes.get("");
    const options = this.#options;
    if (!root || !options) return null;
    const opened = new Set(options.opened);
    for (let turn = 0; turn <= MOST_LEVELS; turn++) {
      const frames = await this.#loadedFrames(root, { ...options, opened }, () => true);
      if (!frames) return null;
      const step = await this.#nextTowards(frames, name);
      if (step === null) return null;
      if (step.done) return { open: [...opened], id: step.id };
      if (opened.has(step.id)) return null;
      opened.add(step.id);
    }
    return null;
  }

  async #nextTowards(
    root: Frame,
    name: string,
  ): Promise<{ readonly done: boolean; readonly id: string } | null> {
    let frame = root;
    for (;;) {
      const items = [...frame.main, ...frame.inputs, ...frame.outputs, ...frame.functions];
      const here = frame.place.get(name);
      const exact = items.find((item) => item.name === name && item.kind !== "section");
      if (exact) return { done: true, id: exact.id };
      const user = items.find(
        ({ child }) => child?.constants.includes(name) || child?.summaries.includes(name),
      );
      if (user && user.kind !== "scope") return { done: true, id: user.id };
      const around =
        items.find((item) => item.id === here) ??
        items.find(
          (item) => item.opens !== null && item.kind !== "series" && name.startsWith(`${item.opens}/`),
        ) ??
        (await this.#sectionOrSeries(frame, items, name));
      if (!around || !isOpenable(around)) return user ? { done: true, id: user.id } : null;
      const inner = frame.frames.get(around.id);
      if (!inner) return { done: false, id: around.id };
      frame = inner;
    }
  }

  /** A name may be in a section, by the child that holds it, or be a member of a series. */
  async #sectionOrSeries(frame: Frame, items: readonly Item[], name: string): Promise<Item | null> {
    for (let end = name.lastIndexOf("/"); end > 0; end = name.lastIndexOf("/", end - 1)) {
      const id = frame.place.get(name.slice(0, end));
      const item = id === undefined ? undefined : items.find((candidate) => candidate.id === id);
      if (item) return item;
    }
    for (const item of items) {
      if (item.kind !== "series" || item.opens === null) continue;
      await this.#load(item.opens);
      const members = this.#scopes.get(item.opens)?.children ?? [];
      if (members.some((member) => member.name === name || member.constants.includes(name))) return item;
    }
    return null;
  }

  dispose(): void {
    this.#abort.abort();
    this.#version++;
    this.#layouts.dispose();
  }
}

/** Scopes that are closed at a depth, and how many boxes there would be if they were open. */
function closedScopes(frame: Frame, deepest: number): { readonly items: Item[]; readonly boxes: number } {
  const items: Item[] = [];
  let boxes = 0;
  const walk = (at: Frame, depth: number): void => {
    for (const item of [...at.main, ...at.inputs, ...at.outputs]) {
      boxes++;
      const inner = at.frames.get(item.id);
      if (inner) walk(inner, depth + 1);
      else if (item.kind === "scope" && depth <= deepest) {
        items.push(item);
        boxes += Math.min(item.cardinality, 40);
      }
    }
  };
  walk(frame, 0);
  return { items, boxes };
}
