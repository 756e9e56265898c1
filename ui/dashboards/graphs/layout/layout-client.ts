/** Asks the layout worker, once for each content: what was laid out before is there at once. */
import type { Layout, LayoutGraph } from "./layout-graph.ts";

/** Layouts kept; the oldest go first. */
const KEPT = 400;

export interface LayoutAnswer {
  readonly id: number;
  readonly layout?: Layout;
  readonly error?: string;
}

export interface LayoutQuestion {
  readonly id: number;
  readonly graph: LayoutGraph;
}

interface Waiting {
  resolve(layout: Layout): void;
  reject(error: Error): void;
}

export class LayoutClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #kept = new Map<string, Promise<Layout>>();
  #next = 0;

  constructor() {
    this.#worker = new Worker(new URL("../../../workers/graph-layout.ts", import.meta.url), {
      type: "module",
    });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<LayoutAnswer>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.layout) waiting?.resolve(data.layout);
      else waiting?.reject(new Error(data.error ?? "the layout failed"));
    });
    this.#worker.addEventListener("error", (event) => {
      for (const { reject } of this.#waiting.values())
        reject(new Error(`the layout worker failed: ${event.message || "it could not be loaded"}`));
      this.#waiting.clear();
    });
  }

  layout(graph: LayoutGraph): Promise<Layout> {
    const key = JSON.stringify(graph);
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const id = this.#next++;
    const answer = new Promise<Layout>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const question: LayoutQuestion = { id, graph };
    this.#worker.postMessage(question);
    this.#kept.set(key, answer);
    answer.catch(() => this.#kept.delete(key));
    if (this.#kept.size > KEPT) {
      const [oldest] = this.#kept.keys();
      if (oldest !== undefined) this.#kept.delete(oldest);
    }
    return answer;
  }

  dispose(): void {
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(new Error("the page was left"));
  }
}
