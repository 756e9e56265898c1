/** Answers questions about graphs, and keeps those that were asked about last. */
import { gunzipSync } from "node:zlib";
import { openTrace } from "../../graph/files/open-trace.ts";
import {
  type Compile,
  type Graph,
  GraphError,
  GraphQueryError,
  openGraph,
  openLogged,
  openStep,
  type Step,
} from "../../graph/index.ts";
import type { GraphName, Inquiry, Question, Reply } from "./questions.ts";
import { Shelf } from "./shelf.ts";

/** Bytes of graphs and steps that are kept, as the logs have them; opened they take some two or three times as many. */
const KEPT_BYTES = 192e6;

/** Loaded when somebody searches: it is as large as all else here. */
async function expressions(): Promise<Compile> {
  return (await import("../../graph/linear-expression.ts")).linearExpression;
}

/** What executions of a trace are joined with where the run has no graph. */
const NO_GRAPH = openGraph({ node: [] });

/** Most that a gzipped trace may unpack to. */
const MOST_UNPACKED = 1e9;

/** @throws GraphError when it is no trace, or larger than anybody can look at */
function openProfile(bytes: Uint8Array): Step {
  return openTrace(isGzipped(bytes) ? unpacked(bytes) : bytes);
}

const isGzipped = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

function unpacked(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new GraphError(`the trace cannot be unpacked: ${why}`);
  }
}

export class Desk {
  readonly #graphs = new Shelf<Graph>(KEPT_BYTES);
  readonly #steps = new Shelf<Step>(KEPT_BYTES);

  async answer(inquiry: Inquiry): Promise<Reply> {
    try {
      const missing = this.#open(inquiry);
      return missing.length > 0 ? { missing } : await this.#reply(inquiry);
    } catch (error) {
      if (error instanceof GraphQueryError) return { problem: error.message, blame: "question" };
      if (error instanceof GraphError) return { problem: error.message, blame: "log" };
      throw error;
    }
  }

  /** Opens what is asked about; gives the keys of what is not there. */
  #open({ graph, step, other, bytes }: Inquiry): string[] {
    const graphs = [graph, other?.graph].filter((one) => one !== undefined);
    const steps = [step, other?.step].filter((one) => one !== undefined);
    for (const { key, kind } of graphs) this.#graphs.open(key, bytes, (given) => openLogged(kind, given));
    for (const { key, kind } of steps)
      this.#steps.open(key, bytes, kind === "trace" ? openProfile : openStep);
    const missing = [
      ...graphs.filter(({ key }) => !this.#graphs.has(key)),
      ...steps.filter(({ key }) => !this.#steps.has(key)),
    ];
    return [...new Set(missing.map(({ key }) => key))];
  }

  async #reply({ question, graph, step, other }: Inquiry): Promise<Reply> {
    const own = this.#graphOf(graph);
    const ownStep = step && this.#steps.take(step.key);
    if (question.ask === "definition") return { body: own.definition.slice() };
    const answer =
      question.ask === "diff" || question.ask === "step_diff"
        ? this.#compare(question, own, ownStep, other)
        : await answerOf(question, own, ownStep);
    if (answer === undefined) return { problem: nothingNamed(question), blame: "name" };
    return { body: new TextEncoder().encode(JSON.stringify(answer)) };
  }

  #graphOf(name: GraphName | undefined): Graph {
    return name ? this.#graphs.take(name.key) : NO_GRAPH;
  }

  #compare({ ask }: Question, own: Graph, ownStep: Step | undefined, other: Inquiry["other"]): unknown {
    if (!other) throw new GraphQueryError("there is nothing to compare with");
    const second = this.#graphOf(other.graph);
    if (ask === "diff") return own.diff(second);
    return own.stepDiff(needed(ownStep), second, needed(other.step && this.#steps.take(other.step.key)));
  }
}

async function answerOf(question: Question, graph: Graph, step: Step | undefined): Promise<unknown> {
  switch (question.ask) {
    case "scope":
      return graph.scope(question.name, step);
    case "node":
      return graph.node(question.name, step);
    case "attribute": {
      const value = graph.attribute(question.name, question.attribute);
      return value === undefined ? undefined : { name: question.name, attribute: question.attribute, value };
    }
    case "search":
      return graph.search(question.query, question.query.regex ? await expressions() : null);
    case "trace":
      return graph.trace(question.name, question.direction);
    case "table":
      return graph.table(needed(step), question.by);
    case "timeline":
      return graph.timeline(needed(step));
    case "memory":
      return graph.memory(needed(step));
    default:
      throw new GraphQueryError(`"${question.ask}" is about two graphs`);
  }
}

function needed(step: Step | undefined): Step {
  if (!step) throw new GraphQueryError('"step_tag" is missing');
  return step;
}

function nothingNamed(question: Question): string {
  if (question.ask === "attribute")
    return `the graph has no node "${question.name}" with an attribute "${question.attribute}"`;
  const name = "name" in question ? question.name : "";
  return `the graph has no ${question.ask === "scope" ? "scope" : "node"} "${name}"`;
}
