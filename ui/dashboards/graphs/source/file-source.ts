/** Graphs and traces of files that were dropped onto the page: they stay in a worker, and nothing is uploaded. */
import type {
  GraphDiff,
  GraphListing,
  GraphMemory,
  GraphNode,
  GraphQuery,
  GraphRun,
  GraphScope,
  GraphSearch,
  GraphSearchQuery,
  GraphStepDiff,
  GraphTable,
  GraphTimeline,
  GraphTrace,
  TraceDirection,
} from "../../../../graph/views.ts";
import type { FileAnswer, FileQuestion, FileSummary } from "./file-questions.ts";
import type { GraphSource } from "./graph-source.ts";

/** Tag of a trace's only step. */
const TRACE_TAG = "trace";

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class FileSource implements GraphSource {
  readonly #waiting = new Map<number, Waiting>();
  readonly #runs: GraphRun[] = [];
  /** What two graphs are as one, which is not listed: the last only. */
  #united: string | null = null;
  #worker: Worker | null = null;
  #next = 0;

  /** @throws Error in words when the file is no graph and no trace */
  async add(name: string, bytes: Uint8Array): Promise<GraphRun> {
    const summary = await this.#ask<FileSummary>({ ask: "open", file: name, bytes });
    const run: GraphRun = {
      run: name,
      graphs: summary.kind === null ? [] : [{ kind: summary.kind, tag: null, bytes: summary.bytes }],
      steps: summary.kind === null ? [{ tag: TRACE_TAG, step: 0, wall_time: 0 }] : [],
      unread_profiles: [],
    };
    this.#runs.unshift(run);
    return run;
  }

  /** Lends a graph to a comparison, under a name that is not listed. */
  async lend(name: string, bytes: Uint8Array): Promise<void> {
    await this.#ask({ ask: "open", file: name, bytes });
  }

  has(run: string): boolean {
    return run === this.#united || this.#runs.some((known) => known.run === run);
  }

  get runs(): readonly GraphRun[] {
    return [...this.#runs];
  }

  async list(): Promise<GraphListing> {
    return { runs: this.runs };
  }

  scope({ run }: GraphQuery, name: string): Promise<GraphScope> {
    return this.#ask({ ask: "scope", file: run, name });
  }

  node({ run }: GraphQuery, name: string): Promise<GraphNode> {
    return this.#ask({ ask: "node", file: run, name });
  }

  attribute({ run }: GraphQuery, name: string, attribute: string): Promise<string> {
    return this.#ask({ ask: "attribute", file: run, name, attribute });
  }

  search({ run }: GraphQuery, query: GraphSearchQuery): Promise<GraphSearch> {
    return this.#ask({ ask: "search", file: run, query });
  }

  trace({ run }: GraphQuery, name: string, direction: TraceDirection): Promise<GraphTrace> {
    return this.#ask({ ask: "trace", file: run, name, direction });
  }

  table({ run }: GraphQuery, by: "node" | "op"): Promise<GraphTable> {
    return this.#ask({ ask: "table", file: run, by });
  }

  timeline({ run }: GraphQuery): Promise<GraphTimeline> {
    return this.#ask({ ask: "timeline", file: run });
  }

  memory({ run }: GraphQuery): Promise<GraphMemory> {
    return this.#ask({ ask: "memory", file: run });
  }

  diff(before: GraphQuery, after: GraphQuery): Promise<GraphDiff> {
    return this.#ask({ ask: "diff", file: before.run, other: after.run });
  }

  async unite(before: GraphQuery, after: GraphQuery): Promise<GraphQuery> {
    const as = `as one ${JSON.stringify([before.run, after.run])}`;
    if (this.#united !== null && this.#united !== as) void this.#ask({ ask: "close", file: this.#united });
    await this.#ask({ ask: "unite", file: before.run, other: after.run, as });
    this.#united = as;
    return { run: as };
  }

  stepDiff(before: GraphQuery, after: GraphQuery): Promise<GraphStepDiff> {
    return this.#ask({ ask: "stepDiff", file: before.run, other: after.run });
  }

  #ask<T>(question: FileQuestion): Promise<T> {
    const worker = this.#started();
    const id = this.#next++;
    // The worker's answers have the types of the room, from which it has them.
    const answer = new Promise<T>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (value) => resolve(value as T), reject });
    });
    worker.postMessage({ id, question });
    return answer;
  }

  #started(): Worker {
    if (this.#worker) return this.#worker;
    const worker = new Worker(new URL("../../../workers/graph-files.ts", import.meta.url), {
      type: "module",
    });
    worker.addEventListener("message", ({ data }: MessageEvent<FileAnswer>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.error === undefined) waiting?.resolve(data.value);
      else waiting?.reject(new Error(data.error));
    });
    worker.addEventListener("error", (event) => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(`the worker that reads files failed: ${event.message || "it could not be loaded"}`));
      this.#waiting.clear();
    });
    this.#worker = worker;
    return worker;
  }
}
