/** What is asked of graphs, as data that threads send to one another. */
import type { GraphChoice, GraphSearchQuery, TraceDirection } from "../../graph/views.ts";

export type Question =
  | { readonly ask: "scope"; readonly name: string }
  | { readonly ask: "node"; readonly name: string }
  | { readonly ask: "attribute"; readonly name: string; readonly attribute: string }
  | { readonly ask: "search"; readonly query: GraphSearchQuery }
  | { readonly ask: "trace"; readonly name: string; readonly direction: TraceDirection }
  | { readonly ask: "table"; readonly by: "node" | "op" }
  | { readonly ask: "timeline" }
  | { readonly ask: "memory" }
  | { readonly ask: "definition" }
  | { readonly ask: "diff" }
  | { readonly ask: "step_diff" };

/** A graph or step by the key of the value that it is opened from. */
export interface GraphName {
  readonly key: string;
  readonly kind: GraphChoice["kind"];
}

export interface StepName {
  readonly key: string;
  /** Run metadata, or a trace as profilers write it. */
  readonly kind: "metadata" | "trace";
}

export interface Inquiry {
  readonly question: Question;
  /** Absent of a trace without a graph: its executions stand for themselves. */
  readonly graph?: GraphName;
  readonly step?: StepName;
  /** Of a difference. */
  readonly other?: { readonly graph?: GraphName; readonly step?: StepName };
  /** Bytes of what is asked about, by key: as far as they were said to be missing. */
  readonly bytes: ReadonlyMap<string, Uint8Array>;
}

export type Reply =
  /** Of these keys the bytes are needed. */
  { readonly missing: readonly string[] } | Answer;

export type Answer =
  /** JSON, or the bytes of a GraphDef. */
  | { readonly body: Uint8Array }
  /** Nothing has that name, the question does not fit, or what the log holds is not what it should be: in words. */
  | { readonly problem: string; readonly blame: "name" | "question" | "log" };
