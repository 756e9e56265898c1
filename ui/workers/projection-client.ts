/**
 * The page's side of the projection worker: one set of vectors, which the worker holds, and questions about them. Any
 * number may be open at once; each can be cancelled and tells how far it is.
 */
import type {
  ClusterName,
  ClusterNameOptions,
  ClusterOptions,
  Clusters,
  CustomOptions,
  Layout,
  LayoutChange,
  LayoutFrame,
  LoadedVectors,
  LoadOptions,
  Nearest,
  NearestOptions,
  NeighbourOptions,
  Neighbours,
  Overlap,
  Pca,
  PcaOptions,
  Progress,
  TakeOptions,
  Trust,
  TrustOptions,
  TsneOptions,
  UmapOptions,
  Vectors,
} from "../projection/types.ts";
import type {
  Action,
  Answer,
  Argument,
  FromWorker,
  Question,
  Send,
  ToWorker,
} from "./projection-protocol.ts";

export interface TaskOptions {
  /** Rejects the answer with the signal's reason, and the worker leaves off. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface LayoutTaskOptions extends TaskOptions {
  /** Gets places while they change, each its own array; never faster than the page takes them. */
  readonly onFrame?: (frame: LayoutFrame) => void;
}

/** A layout that runs: UMAP or t-SNE. */
export interface LayoutJob {
  /** When it has done all iterations or was stopped. */
  readonly result: Promise<Layout>;
  pause(): void;
  resume(): void;
  /** Ends it with the places that it has. */
  stop(): void;
  /** Shakes the points, so that they find another arrangement. */
  perturb(): void;
  /** Another learning rate or strength of supervision from now on; of t-SNE alone. */
  change(change: LayoutChange): void;
}

interface Open {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  readonly onFrame: ((frame: LayoutFrame) => void) | undefined;
}

export class ProjectionClient {
  private readonly open = new Map<number, Open>();
  private next = 1;
  private readonly send: Send<ToWorker>;
  private readonly end: () => void;

  /**
   * `startProjection` makes one.
   *
   * @param send says something to the worker; its answers go to `hear`
   * @param end ends it
   */
  constructor(send: Send<ToWorker>, end: () => void) {
    this.send = send;
    this.end = end;
  }

  /** The data move to the worker: the array is empty afterwards. What was loaded before goes. */
  load(vectors: Vectors, options: TakeOptions = {}, task?: TaskOptions): Promise<LoadedVectors> {
    return this.ask("load", { vectors, options }, task, [vectors.data.buffer]);
  }

  /** Another normalisation or metric for what is loaded. */
  prepare(options: LoadOptions, task?: TaskOptions): Promise<LoadedVectors> {
    return this.ask("prepare", options, task);
  }

  /** A row's values as they were loaded, to rounding; null where it was left out. */
  vector(row: number): Promise<Float32Array<ArrayBuffer> | null> {
    return this.ask("vector", row);
  }

  pca(options: PcaOptions = {}, task?: TaskOptions): Promise<Pca> {
    return this.ask("pca", options, task);
  }

  /** Where all rows lie along one component, counted from 0, of the last PCA. */
  component(index: number, task?: TaskOptions): Promise<Float32Array<ArrayBuffer>> {
    return this.ask("component", index, task);
  }

  /** The nearest rows of every row. */
  neighbours(options: NeighbourOptions = {}, task?: TaskOptions): Promise<Neighbours> {
    return this.ask("neighbours", options, task);
  }

  umap(options: UmapOptions = {}, task?: LayoutTaskOptions): LayoutJob {
    return this.job(this.ask("umap", options, task));
  }

  tsne(options: TsneOptions = {}, task?: LayoutTaskOptions): LayoutJob {
    return this.job(this.ask("tsne", options, task));
  }

  /** Where all rows lie along axes between sets of rows: one column an axis. */
  custom(options: CustomOptions, task?: TaskOptions): Promise<readonly Float32Array<ArrayBuffer>[]> {
    return this.ask("custom", options, task);
  }

  /** How far a picture is to be believed, as a whole and at each point. */
  trust(options: TrustOptions, task?: TaskOptions): Promise<Trust> {
    return this.ask("trust", options, task);
  }

  clusters(options: ClusterOptions, task?: TaskOptions): Promise<Clusters> {
    return this.ask("clusters", options, task);
  }

  /** Names clusters, or any labels of rows, by what sets their metadata apart: one name a label from 0 on. */
  clusterNames(options: ClusterNameOptions, task?: TaskOptions): Promise<readonly ClusterName[]> {
    return this.ask("clusterNames", options, task);
  }

  /** The nearest rows of one row or of any vector, by looking at all. */
  nearest(options: NearestOptions, task?: TaskOptions): Promise<Nearest> {
    return this.ask("nearest", options, task);
  }

  /** How far the k nearest rows are the same here and in other vectors of the same rows. */
  async overlap(other: ProjectionClient, k = 15, task?: TaskOptions): Promise<Overlap> {
    const theirs = await other.neighbours({ k }, task);
    return this.ask("overlap", { k, indices: theirs.indices, width: theirs.k }, task);
  }

  /** Ends the worker; what is open is rejected. */
  close(): void {
    this.fail(new Error("the projection was closed"));
  }

  /** Ends the worker for a reason, with which all that is open is rejected. */
  fail(reason: Error): void {
    this.end();
    for (const { reject } of this.open.values()) reject(reason);
    this.open.clear();
  }

  private ask<Q extends Question>(
    question: Q,
    argument: Argument<Q>,
    { signal, onProgress, onFrame }: LayoutTaskOptions = {},
    transfer: ArrayBuffer[] = [],
  ): Promise<Answer<Q>> & { readonly id: number } {
    const id = this.next++;
    const answer = new Promise<Answer<Q>>((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const cancel = (): void => {
        this.open.delete(id);
        this.act(id, "cancel");
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", cancel, { once: true });
      const settled =
        <T extends unknown[]>(settle: (...args: T) => void) =>
        (...args: T): void => {
          signal?.removeEventListener("abort", cancel);
          settle(...args);
        };
      this.open.set(id, { resolve: settled(resolve), reject: settled(reject), onProgress, onFrame });
      this.say({ id, question, argument }, transfer);
    });
    return Object.assign(answer, { id });
  }

  private job(result: Promise<Layout> & { readonly id: number }): LayoutJob {
    const act = (action: Action) => (): void => this.act(result.id, action);
    return {
      result,
      pause: act("pause"),
      resume: act("resume"),
      stop: act("stop"),
      perturb: act("perturb"),
      change: (change) => this.say({ id: result.id, change }),
    };
  }

  private act(id: number, action: Action): void {
    this.say({ id, action });
  }

  private say(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.send(message, transfer);
  }

  /** Takes what the worker says. */
  hear(message: FromWorker): void {
    const asked = this.open.get(message.id);
    if (!asked) return;
    if ("progress" in message) asked.onProgress?.(message.progress);
    else if ("frame" in message) {
      asked.onFrame?.(message.frame);
      this.act(message.id, "seen");
    } else {
      this.open.delete(message.id);
      if ("error" in message) asked.reject(new Error(message.error));
      // The worker answers with what the session's method of that name gives.
      else asked.resolve(message.answer as never);
    }
  }
}
