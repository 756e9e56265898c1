/**
 * One set of points on the page: its data, the worker that computes on its vectors, and where the points are now. There is
 * one, and a second where two are compared.
 */
import { computed, signal } from "@preact/signals";
import { describeError } from "../../../app/api.ts";
import { AxisSigns } from "../../../projection/axis-signs.ts";
import { procrustes } from "../../../projection/procrustes.ts";
import type {
  Layout,
  LoadedVectors,
  LoadOptions,
  Pca,
  Positions,
  Progress,
  Stage,
  TakeOptions,
  Vectors,
} from "../../../projection/types.ts";
import type { LayoutJob, ProjectionClient } from "../../../workers/projection-client.ts";
import { startProjection } from "../../../workers/start-projection.ts";
import type { DataSet } from "../data/data-set.ts";
import { type Places, placesOf } from "../view/places.ts";
import type { Kind } from "./settings.ts";

/** Something that takes a while. */
export interface Task {
  readonly title: string;
  readonly done: number;
  /** 0 where that is not known. */
  readonly of: number;
  /** What a layout that runs can be told; null for other work. */
  readonly job: LayoutJob | null;
  readonly paused: boolean;
  cancel(): void;
}

/** Where the points are, and what brought them there. */
export interface Picture {
  readonly kind: Kind;
  /** The vectors that it is of: those of another step are others. */
  readonly of: LoadedVectors | null;
  /** In the projection's own units. */
  readonly positions: Positions;
  readonly places: Places;
  /** Of UMAP and t-SNE. */
  readonly layout: Layout | null;
  /** What the axes are, where they are something; an empty text where there is nothing along one. */
  readonly axes: readonly string[];
  /** Whether the points glide there, or it is one frame of many. */
  readonly glide: boolean;
}

/** How a picture is brought into line with what was there before: axes that mean something are never turned. */
export interface Alignment {
  /** Axes with names may point the other way. */
  readonly signs?: boolean;
  /** Turned and moved over this one, where axes mean nothing. */
  readonly onto?: Positions | undefined;
}

const STAGES: Readonly<Record<Stage, string>> = {
  load: "Preparing the vectors",
  covariance: "Covariance",
  eigenvectors: "Principal components",
  scores: "Places along the components",
  neighbours: "Finding neighbours",
  recall: "Measuring recall",
  graph: "Building the graph",
  layout: "Laying out",
  ranks: "Ranking neighbours",
  clusters: "Finding clusters",
};

/** Pictures that are kept, so that going back to one costs nothing. */
const MOST_KEPT = 24;

export class Pane {
  readonly data = signal<DataSet | null>(null);
  readonly loaded = signal<LoadedVectors | null>(null);
  readonly pca = signal<Pca | null>(null);
  readonly picture = signal<Picture | null>(null);
  readonly task = signal<Task | null>(null);
  readonly error = signal<string | null>(null);
  readonly rows = computed(() => this.data.value?.rows ?? 0);
  /** The worker, once there are vectors. */
  client: ProjectionClient | null = null;
  readonly #kept = new Map<string, Picture>();
  readonly #signs = new AxisSigns();
  #work: AbortController | null = null;

  /** Takes other points. The vectors move to the worker. */
  async open(data: DataSet, vectors: Vectors, options: TakeOptions): Promise<void> {
    const before = this.data.peek();
    this.client ??= startProjection();
    const loaded = await this.run("Preparing the vectors", (task) =>
      this.client!.load(vectors, options, task),
    );
    this.pca.value = null;
    if (before?.rows !== data.rows) this.picture.value = null;
    this.#forgetPictures();
    this.loaded.value = loaded;
    this.data.value = data;
  }

  /** Another normalisation or metric; pictures of the old one are none of it. */
  async prepare(options: LoadOptions): Promise<void> {
    if (!this.client) return;
    this.#forgetPictures();
    this.pca.value = null;
    this.loaded.value = await this.run("Preparing the vectors", (task) =>
      this.client!.prepare(options, task),
    );
  }

  /** A picture that was made before with the same settings. */
  kept(key: string): Picture | undefined {
    return this.#kept.get(key);
  }

  /** Shows a picture, with a short way for its points as far as the picture may be turned. */
  show(
    key: string,
    picture: Omit<Picture, "of" | "places" | "glide">,
    { signs, onto }: Alignment = {},
  ): void {
    const before = this.picture.peek();
    const shown = signs ? this.#signs.apply(picture, before) : aligned(picture.positions, onto);
    const whole: Picture = {
      ...picture,
      of: this.loaded.peek(),
      positions: shown,
      places: placesOf(shown),
      glide: true,
    };
    this.#kept.set(key, whole);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST_KEPT) break;
      this.#kept.delete(oldest);
    }
    this.picture.value = whole;
  }

  showKept(picture: Picture): void {
    this.picture.value = { ...picture, glide: true };
  }

  /** One frame of a layout that runs. */
  showFrame(kind: Kind, frame: Positions, { onto }: Alignment = {}): void {
    const positions = aligned(frame, onto);
    this.picture.value = {
      kind,
      of: this.picture.peek()?.of ?? null,
      positions,
      places: placesOf(positions),
      layout: null,
      axes: [],
      glide: false,
    };
  }

  /** Does work in sight of the person, who may cancel it. What was under way is given up. */
  async run<T>(
    title: string,
    work: (task: { signal: AbortSignal; onProgress: (progress: Progress) => void }) => Promise<T>,
  ): Promise<T> {
    this.cancel();
    const own = new AbortController();
    this.#work = own;
    this.error.value = null;
    const cancel = (): void => own.abort(new DOMException("cancelled", "AbortError"));
    this.task.value = { title, done: 0, of: 0, job: null, paused: false, cancel };
    const onProgress = ({ stage, done, of }: Progress): void => {
      const task = this.task.peek();
      if (this.#work === own && task) this.task.value = { ...task, title: STAGES[stage], done, of };
    };
    try {
      return await work({ signal: own.signal, onProgress });
    } finally {
      if (this.#work === own) {
        this.#work = null;
        this.task.value = null;
      }
    }
  }

  /** Tells the task of the layout that it is of. */
  attach(job: LayoutJob): void {
    const task = this.task.peek();
    if (task) this.task.value = { ...task, job };
  }

  /** Stops and goes on with the layout that runs. */
  togglePause(): void {
    const task = this.task.peek();
    if (!task?.job) return;
    if (task.paused) task.job.resume();
    else task.job.pause();
    this.task.value = { ...task, paused: !task.paused };
  }

  /** Progress of what the page itself does, bytes say. */
  progress(title: string, done: number, of: number): void {
    const task = this.task.peek();
    if (task) this.task.value = { ...task, title, done, of };
  }

  cancel(): void {
    this.#work?.abort(new DOMException("given up for something else", "AbortError"));
    this.#work = null;
    this.task.value = null;
  }

  fail(error: unknown): void {
    if (error instanceof DOMException && error.name === "AbortError") return;
    this.error.value = describeError(error);
  }

  close(): void {
    this.cancel();
    this.client?.close();
    this.client = null;
    this.data.value = null;
    this.loaded.value = null;
    this.pca.value = null;
    this.picture.value = null;
    this.error.value = null;
    this.#forgetPictures();
  }

  #forgetPictures(): void {
    this.#kept.clear();
    this.#signs.forget();
  }
}

function aligned(positions: Positions, onto: Positions | undefined): Positions {
  const fits = onto?.dims === positions.dims && onto.data.length === positions.data.length;
  return onto && fits ? procrustes(positions, onto) : positions;
}

/** The points that the page is about. */
export const main = new Pane();
/** Those beside them, where two are compared. */
export const beside = new Pane();
