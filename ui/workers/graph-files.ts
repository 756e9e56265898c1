/** Worker: opens graphs and traces that were dropped onto the page, and answers what the page asks of them. */
import { openFile } from "../../graph/files/open-file.ts";
import { type Graph, openGraph, type Step } from "../../graph/index.ts";
import type { FileAnswer, FileQuestion, FileSummary } from "../dashboards/graphs/source/file-questions.ts";

interface Held {
  readonly graph: Graph | null;
  readonly step: Step | null;
}

const files = new Map<string, Held>();

self.addEventListener(
  "message",
  ({ data: { id, question } }: MessageEvent<{ id: number; question: FileQuestion }>) => {
    void answerTo(question).then(
      (value) => self.postMessage({ id, value } satisfies FileAnswer),
      (error: unknown) =>
        self.postMessage({
          id,
          error: error instanceof Error ? error.message : String(error),
        } satisfies FileAnswer),
    );
  },
);

async function answerTo(question: FileQuestion): Promise<unknown> {
  if (question.ask === "open") return open(question.file, question.bytes);
  if (question.ask === "close") return files.delete(question.file);
  const held = files.get(question.file);
  if (!held) throw new Error(`${question.file} is not open`);
  switch (question.ask) {
    case "scope":
      return there(graphOf(held, question.file).scope(question.name), question.name);
    case "node":
      return there(graphOf(held, question.file).node(question.name), question.name);
    case "attribute":
      return there(
        graphOf(held, question.file).attribute(question.name, question.attribute),
        question.attribute,
      );
    case "search":
      return graphOf(held, question.file).search(
        question.query,
        question.query.regex ? (await import("../../graph/linear-expression.ts")).linearExpression : null,
      );
    case "trace":
      return there(graphOf(held, question.file).trace(question.name, question.direction), question.name);
    case "diff":
      return graphOf(held, question.file).diff(graphOf(files.get(question.other), question.other));
    case "unite": {
      const graph = graphOf(held, question.file).union(graphOf(files.get(question.other), question.other));
      files.set(question.as, { graph, step: null });
      return null;
    }
    case "table":
      return withoutGraph.table(stepOf(held, question.file), question.by);
    case "timeline":
      return withoutGraph.timeline(stepOf(held, question.file));
    case "memory":
      return withoutGraph.memory(stepOf(held, question.file));
    case "stepDiff":
      return withoutGraph.stepDiff(
        stepOf(held, question.file),
        withoutGraph,
        stepOf(files.get(question.other), question.other),
      );
  }
}

/** A trace has no graph of its own: its executions are joined with an empty one. */
const withoutGraph = openGraph({ node: [] });

async function open(file: string, packed: Uint8Array): Promise<FileSummary> {
  const bytes = await unpacked(packed);
  const opened = openFile(bytes);
  files.set(file, {
    graph: opened.what === "graph" ? opened.graph : null,
    step: opened.what === "trace" ? opened.step : null,
  });
  return {
    format: opened.format,
    kind: opened.what === "graph" ? opened.kind : null,
    bytes: bytes.length,
  };
}

/** Files may be gzipped, as profilers write them. */
async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const stream = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function graphOf(held: Held | undefined, file: string): Graph {
  if (!held?.graph) throw new Error(`${file} has no graph`);
  return held.graph;
}

function stepOf(held: Held | undefined, file: string): Step {
  if (!held?.step) throw new Error(`${file} has no executions`);
  return held.step;
}

function there<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`there is no ${name || "graph"}`);
  return value;
}
