/** Fields of the queries about graphs. */
import type {
  GraphAttributeQuery,
  GraphNameQuery,
  GraphPairQuery,
  GraphQuery,
  GraphTableQuery,
  GraphTextQuery,
  GraphTraceQuery,
} from "../../../api/types.ts";
import { type Fields, flag, number, oneOf, required, text } from "../fields.ts";

const KINDS = ["op", "conceptual", "traced"] as const;

export const graphFields: Fields<GraphQuery> = {
  run: required(text("Name of the run.")),
  tag: text("Tag of a Keras model or a trace; the graph of the run itself when left out."),
  type: oneOf(KINDS, "Which kind of graph; traced when there is a tag, else op."),
  step_tag: text(
    "Tag of run metadata, or a profiler's trace beside the event files by its path, whose time and memory are joined. Without a tag, the graph is that tag's own where it has one, else the run's.",
  ),
  step: number("Which of that tag's run metadata; the newest when left out.", { whole: true }),
};

export const nameFields: Fields<GraphNameQuery> = {
  ...graphFields,
  name: required(text("Full name of the scope or node; the root's is empty.")),
};

export const attributeFields: Fields<GraphAttributeQuery> = {
  ...nameFields,
  attribute: required(text("Name of the attribute.")),
};

export const searchFields: Fields<GraphTextQuery> = {
  ...graphFields,
  text: required(text("What to look for.")),
  regex: flag("Whether the text is a regular expression (RE2's syntax); otherwise case does not count."),
  where: oneOf(
    ["name", "op", "device", "attribute"],
    "Where to look; in names, operations and devices when left out.",
  ),
  limit: number("Most hits that are listed; default 1,000.", { least: 0, most: 100_000, whole: true }),
};

export const traceFields: Fields<GraphTraceQuery> = {
  ...nameFields,
  direction: required(
    oneOf(
      ["inputs", "outputs", "both"],
      "All that it is made of (`inputs`), all that is made of it (`outputs`), or both.",
    ),
  ),
};

export const tableFields: Fields<GraphTableQuery> = {
  ...graphFields,
  by: oneOf(["node", "op"], "A row a node, the default, or a row a kind of operation."),
};

export const pairFields: Fields<GraphPairQuery> = {
  ...graphFields,
  other_run: text("The run of the other graph; the same when left out."),
  other_tag: text("The tag of the other graph; the same when left out."),
  other_type: oneOf(KINDS, "The kind of the other graph; the same when left out."),
  other_step_tag: text("Tag of the other run metadata; the same when left out."),
  other_step: number("Which of that tag's; the newest when left out.", { whole: true }),
};
