/** The routes about graphs, described one by one. */
import {
  attributeFields,
  graphFields,
  nameFields,
  pairFields,
  searchFields,
  tableFields,
  traceFields,
} from "../graphs/queries.ts";
import {
  graphAttributeText,
  graphDiff,
  graphListing,
  graphMemory,
  graphNode,
  graphScope,
  graphSearch,
  graphStepDiff,
  graphTable,
  graphTimeline,
  graphTrace,
} from "./graph-components.ts";
import {
  type Answer,
  failures,
  type Operation,
  type PathItem,
  plainQueryPath,
  queryPath,
} from "./operations.ts";

const graphListingPath: Operation = {
  operationId: "graphs",
  summary: "The graphs of all runs, and the steps with run metadata",
  responses: {
    200: { description: "The graphs.", content: { "application/json": { schema: graphListing } } },
    403: failures[403],
  },
};

/** What can go wrong with a graph besides: no such run, graph, step or name; a log that holds none. */
const GRAPH_FAILURES = [404, 500] as const;

const definitionAnswer: Answer = {
  description: "The bytes of the GraphDef.",
  content: { "application/octet-stream": {} },
};

export const graphPaths: Readonly<Record<string, PathItem>> = {
  "/graph": { get: graphListingPath },
  "/graph/scope": queryPath({
    name: "graphScope",
    summary: "A scope, opened: its children and the edges between them",
    description:
      "Also a node that calls functions: then what it calls, with names below its own. Children, edges, what is put aside, bytes and span are those of TensorBoard's graph page.",
    fields: nameFields,
    answer: graphScope,
    forms: {},
    failures: GRAPH_FAILURES,
  }),
  "/graph/node": queryPath({
    name: "graphNode",
    summary: "All facts of a node, scope or series",
    description: "Attributes of more than a thousand letters are cut.",
    fields: nameFields,
    answer: graphNode,
    forms: {},
    failures: GRAPH_FAILURES,
  }),
  "/graph/attribute": queryPath({
    name: "graphAttribute",
    summary: "An attribute of a node, all of it",
    description: "As text; tensors with all their values.",
    fields: attributeFields,
    answer: graphAttributeText,
    forms: {},
    failures: GRAPH_FAILURES,
  }),
  "/graph/search": queryPath({
    name: "graphSearch",
    summary: "Nodes and scopes by name, operation, device or attribute",
    description: "Every hit is counted, and as many listed as asked for.",
    fields: searchFields,
    answer: graphSearch,
    forms: {},
    failures: GRAPH_FAILURES,
  }),
  "/graph/trace": queryPath({
    name: "graphTrace",
    summary: "All that a node is made of, or all that is made of it",
    description:
      "Edges are followed through the whole graph, and through called functions; what only orders counts. Names are of boxes: of those that are reached as a whole, what is in them is not listed.",
    fields: traceFields,
    answer: graphTrace,
    forms: {},
    failures: GRAPH_FAILURES,
  }),
  "/graph/table": queryPath({
    name: "graphTable",
    summary: "What a step's time and memory went to, by node or kind of operation",
    description: "All that ran, also what the graph has no node for.",
    fields: tableFields,
    answer: graphTable,
    forms: {},
    failures: GRAPH_FAILURES,
  }),
  "/graph/timeline": queryPath({
    name: "graphTimeline",
    summary: "A step's executions, by device and thread",
    description: "As columns.",
    fields: graphFields,
    answer: graphTimeline,
    forms: {},
    failures: GRAPH_FAILURES,
  }),
  "/graph/memory": queryPath({
    name: "graphMemory",
    summary: "Live memory over a step, and what is alive at the peak",
    description: "By device and allocator.",
    fields: graphFields,
    answer: graphMemory,
    forms: {},
    failures: GRAPH_FAILURES,
  }),
  "/graph/diff": queryPath({
    name: "graphDiff",
    summary: "Difference of two graphs",
    description: "Nodes are matched by name, and what is left by structure.",
    fields: pairFields,
    answer: graphDiff,
    forms: {},
    failures: GRAPH_FAILURES,
  }),
  "/graph/step_diff": queryPath({
    name: "graphStepDiff",
    summary: "Difference of two steps, of one run or two",
    description: "Time and memory of every node that ran in either.",
    fields: pairFields,
    answer: graphStepDiff,
    forms: {},
    failures: GRAPH_FAILURES,
  }),
  "/graph/definition": plainQueryPath({
    name: "graphDefinition",
    summary: "The GraphDef itself, for other tools",
    fields: graphFields,
    answer: definitionAnswer,
  }),
};
