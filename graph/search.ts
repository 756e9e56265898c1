/** Finds nodes and scopes by name, operation, device or attribute. */
import { attributeText } from "./attribute-text.ts";
import { OP } from "./boxes/box-tree.ts";
import { attributesOf } from "./definition/node-definition.ts";
import { GraphQueryError } from "./graph-error.ts";
import type { GraphModel } from "./model.ts";
import { opOfBox, TYPES } from "./scope.ts";
import type { GraphHit, GraphSearch, GraphSearchQuery } from "./views.ts";

const HITS = 1000;
/** Letters of an attribute that are looked through. */
const ATTRIBUTE_LETTERS = 4096;

export type Matcher = (text: string) => boolean;

/** What a regular expression is run with: linear-expression.ts, which those load who search by expressions. */
export type Compile = (expression: string) => Matcher;

/**
 * @param compile needed where the query is an expression
 * @throws GraphQueryError when the expression is none
 */
export function searchGraph(
  model: GraphModel,
  query: GraphSearchQuery,
  compile: Compile | null = null,
): GraphSearch {
  const { limit = HITS } = query;
  const matches = matcherOf(query, compile);
  const hits: GraphHit[] = [];
  let total = 0;
  for (const hit of found(model, query, matches)) if (total++ < limit) hits.push(hit);
  return { total, hits };
}

function matcherOf({ text, regex = false }: GraphSearchQuery, compile: Compile | null): Matcher {
  if (!regex) {
    const lower = text.toLowerCase();
    return (given) => given.toLowerCase().includes(lower);
  }
  if (!compile) throw new Error("there is nothing that runs expressions");
  try {
    return compile(text);
  } catch (error) {
    throw new GraphQueryError(
      `"${text}" is no regular expression: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function* found(model: GraphModel, { where }: GraphSearchQuery, matches: Matcher): Generator<GraphHit> {
  const { tree, columns, attached } = model;
  const opMatches = columns.opNames.texts.map((op) => op !== "" && matches(op));
  const deviceMatches = columns.deviceNames.texts.map((device) => device !== "" && matches(device));
  const rowWhere = (row: number): string | null => {
    if ((where ?? "op") === "op" && opMatches[columns.op[row]!]) return "op";
    if ((where ?? "device") === "device" && deviceMatches[columns.device[row]!]) return "device";
    return where === "attribute" ? attributeWhere(model, row, matches) : null;
  };
  const inName = (name: string) => (where ?? "name") === "name" && matches(name);
  for (let box = 1; box < tree.names.length; box++) {
    const name = tree.names[box]!;
    const type = tree.types[box]!;
    const hit = inName(name) ? "name" : type === OP ? rowWhere(tree.rows[box]!) : null;
    if (hit !== null) yield { name, type: TYPES[type]!, op: opOfBox(model, box), where: hit };
  }
  for (const [name, row] of attached) {
    const hit = inName(name) ? "name" : rowWhere(row);
    if (hit !== null) yield { name, type: "OP", op: columns.opOf(row), where: hit };
  }
}

/** The first attribute whose name or text matches. */
function attributeWhere(model: GraphModel, row: number, matches: Matcher): string | null {
  for (const [name, value] of attributesOf(model.columns, row))
    if (matches(name) || matches(attributeText(value(), ATTRIBUTE_LETTERS))) return name;
  return null;
}
