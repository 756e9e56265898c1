/** What the page asks the worker that holds dropped files. */
import type { GraphChoice, GraphSearchQuery, TraceDirection } from "../../../../graph/views.ts";

export type FileQuestion =
  | { readonly ask: "open"; readonly file: string; readonly bytes: Uint8Array }
  | { readonly ask: "close"; readonly file: string }
  | { readonly ask: "scope" | "node"; readonly file: string; readonly name: string }
  | { readonly ask: "attribute"; readonly file: string; readonly name: string; readonly attribute: string }
  | { readonly ask: "search"; readonly file: string; readonly query: GraphSearchQuery }
  | {
      readonly ask: "trace";
      readonly file: string;
      readonly name: string;
      readonly direction: TraceDirection;
    }
  | { readonly ask: "table"; readonly file: string; readonly by: "node" | "op" }
  | { readonly ask: "timeline" | "memory"; readonly file: string }
  | { readonly ask: "diff" | "stepDiff"; readonly file: string; readonly other: string }
  /** Keeps both as one under a name of its own. */
  | { readonly ask: "unite"; readonly file: string; readonly other: string; readonly as: string };

export interface FileSummary {
  readonly format: string;
  /** Null of a trace: it has executions, but no graph. */
  readonly kind: GraphChoice["kind"] | null;
  readonly bytes: number;
}

export interface FileAnswer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}
