/** Queries of `/api/v1/graph` and below. */
import type { Request, Response } from "express";
import type { GraphChoice, GraphPairQuery, GraphQuery } from "../../../api/types.ts";
import { ask } from "../../../graphs/asker.ts";
import {
  findGraph,
  findStep,
  graphListing,
  type LoggedGraph,
  type LoggedStep,
  readLogged,
} from "../../../graphs/logged.ts";
import type { Inquiry, Question } from "../../../graphs/questions.ts";
import { RUN_GRAPH_TAG } from "../../../ingest/series-metadata.ts";
import type { ServerContext } from "../../context.ts";
import { badRequest, brokenData, notFound } from "../../errors.ts";
import { type Fields, readQuery } from "../fields.ts";
import { sendForm } from "../forms.ts";
import {
  attributeFields,
  graphFields,
  nameFields,
  pairFields,
  searchFields,
  tableFields,
  traceFields,
} from "./queries.ts";

export type Answer = (context: ServerContext, request: Request, response: Response) => Promise<void>;

export const answerListing: Answer = async (context, _request, response) => {
  response.json(await graphListing(context));
};

export const answerScope = answering(nameFields, ({ name }) => ({ ask: "scope", name }));
export const answerNode = answering(nameFields, ({ name }) => ({ ask: "node", name }));
export const answerAttribute = answering(attributeFields, ({ name, attribute }) => ({
  ask: "attribute",
  name,
  attribute,
}));
export const answerSearch = answering(searchFields, ({ text, regex, where, limit }) => ({
  ask: "search",
  query: { text, ...(regex && { regex }), ...(where && { where }), ...(limit !== undefined && { limit }) },
}));
export const answerTrace = answering(traceFields, ({ name, direction }) => ({
  ask: "trace",
  name,
  direction,
}));
export const answerTable = answering(tableFields, ({ by = "node" }) => ({ ask: "table", by }));
export const answerTimeline = answering(graphFields, () => ({ ask: "timeline" }));
export const answerMemory = answering(graphFields, () => ({ ask: "memory" }));
export const answerDiff = answering(pairFields, () => ({ ask: "diff" }), othersOf);
export const answerStepDiff = answering(pairFields, () => ({ ask: "step_diff" }), othersOf);

/** The bytes of the GraphDef, for whoever wants the file. */
export const answerDefinition: Answer = async (context, request, response) => {
  const query = await readQuery(request, graphFields);
  const body = await answerOf(context, { ask: "definition" }, query);
  const file = `${query.run.split("/").at(-1) ?? "graph"}.pb`;
  response.attachment(file.replace(/[^\w.-]/g, "_"));
  response.type("application/octet-stream").send(Buffer.from(body.buffer, body.byteOffset, body.length));
};

function answering<Q extends GraphQuery>(
  fields: Fields<Q>,
  questionOf: (query: Q) => Question,
  otherOf: (query: Q) => GraphQuery | undefined = () => undefined,
): Answer {
  return async (context, request, response) => {
    const query = await readQuery(request, fields);
    const body = await answerOf(context, questionOf(query), query, otherOf(query));
    sendForm(request, response, { json: () => body });
  };
}

/** The second graph of a difference: what is left out is as in the first. */
function othersOf(query: GraphPairQuery): GraphQuery {
  const { other_run, other_tag, other_type, other_step_tag, other_step } = query;
  const tag = other_tag ?? query.tag;
  const type = other_type ?? query.type;
  const stepTag = other_step_tag ?? query.step_tag;
  return {
    run: other_run ?? query.run,
    ...(tag !== undefined && { tag }),
    ...(type !== undefined && { type }),
    ...(stepTag !== undefined && { step_tag: stepTag }),
    ...(other_step !== undefined && { step: other_step }),
  };
}

/** @throws HttpError 404 when there is no such run, graph, step or name, 500 in words when the log is broken */
async function answerOf(
  context: ServerContext,
  question: Question,
  query: GraphQuery,
  second?: GraphQuery,
): Promise<Uint8Array> {
  const own = await found(context, query);
  const other = second && (await found(context, second));
  const sources = [own.graph, own.step, other?.graph, other?.step].filter((one) => one !== undefined);
  const inquiry: Omit<Inquiry, "bytes"> = {
    question,
    ...named(own),
    ...(other && { other: named(other) }),
  };
  const reply = await ask(inquiry, (keys) => readLogged(sources, keys));
  if ("body" in reply) return reply.body;
  if (reply.blame === "log") throw brokenData(`run "${query.run}": ${reply.problem}`);
  throw reply.blame === "name" ? notFound(reply.problem) : badRequest(reply.problem);
}

interface Found {
  /** Undefined of a trace in a run without a graph. */
  readonly graph: LoggedGraph | undefined;
  readonly step: LoggedStep | undefined;
}

/** Keys only: threads take no functions. */
function named({ graph, step }: Found): Pick<Inquiry, "graph" | "step"> {
  return {
    ...(graph && { graph: { key: graph.key, kind: graph.kind } }),
    ...(step && { step: { key: step.key, kind: step.kind } }),
  };
}

async function found(context: ServerContext, query: GraphQuery): Promise<Found> {
  const { run, step_tag, step, tag, type } = query;
  if (!context.store.run(run)) throw notFound(`there is no run "${run}"`);
  const metadata = step_tag === undefined ? undefined : await findStep(context, run, step_tag, step);
  if (step_tag !== undefined && !metadata) {
    const which = step === undefined ? "" : ` at step ${step}`;
    throw notFound(`no run metadata of tag "${step_tag}"${which} in run "${run}"`);
  }
  // Who asks for no graph in words gets a trace's executions also where there is none.
  const mayLack = metadata?.kind === "trace" && tag === undefined && type === undefined;
  const graph = mayLack ? findGraph(context, run, "op", RUN_GRAPH_TAG) : graphOf(context, query);
  return { graph, step: metadata };
}

function graphOf(context: ServerContext, { run, tag, type, step_tag }: GraphQuery): LoggedGraph {
  const kind: GraphChoice["kind"] = type ?? (tag === undefined ? "op" : "traced");
  if (kind === "op" && tag === undefined && type === undefined && step_tag !== undefined) {
    const own = findGraph(context, run, "traced", step_tag);
    if (own) return own;
  }
  const graph = findGraph(context, run, kind, kind === "op" ? RUN_GRAPH_TAG : (tag ?? ""));
  if (graph) return graph;
  const ofTag = tag === undefined ? "" : ` of tag "${tag}"`;
  throw notFound(`no ${kind} graph${ofTag} in run "${run}"`);
}
