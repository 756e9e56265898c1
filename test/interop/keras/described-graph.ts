/** The graph that our configuration of a model describes, as oracle/keras_callback.py describes TensorBoard's. */

export interface DescribedNode {
  readonly class: string;
  readonly dtype: string;
  readonly inputs: readonly string[];
}

export type DescribedGraph = Readonly<Record<string, DescribedNode>>;

type Json = Readonly<Record<string, unknown>>;

const DTYPES: Readonly<Record<string, string>> = { float32: "DT_FLOAT", int32: "DT_INT32" };

/**
 * The nodes that our configuration describes. Tensors in it are named by the layers that they come out of, at any
 * depth, so that there is little to know; what stock TensorBoard makes of it is asked where that is installed.
 */
export function graphOf(config: unknown): DescribedGraph {
  const nodes: [string, DescribedNode][] = [];
  visitModel(toObject(config), "", [], nodes);
  return Object.fromEntries(nodes);
}

/** Adds the nodes of a model; gives the one that its output comes out of. */
function visitModel(
  { class_name: className, config: given }: Json,
  scope: string,
  fed: readonly string[],
  nodes: [string, DescribedNode][],
): string {
  const config = toObject(given);
  const inner = `${scope}${config.name}/`;
  let last = fed[0];
  for (const layer of toList(config.layers).map(toObject)) {
    const about = toObject(layer.config);
    const name = `${inner}${about.name}`;
    const chained = last === undefined ? [] : [last];
    const position = toList(config.input_layers).indexOf(about.name);
    const inbound = toList(layer.inbound_nodes).flatMap((node) => historiesIn(node, inner));
    const inputs = className === "Sequential" ? chained : [...inbound, ...fed.slice(position, position + 1)];
    if (Array.isArray(about.layers)) {
      last = visitModel(layer, inner, inputs, nodes);
      continue;
    }
    const dtype = DTYPES[String(about.dtype)] ?? String(about.dtype);
    nodes.push([name, { class: String(layer.class_name), dtype, inputs }]);
    last = name;
  }
  return last ?? "";
}

/** `keras_history` wherever it stands in a layer's call. */
function historiesIn(value: unknown, scope: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => historiesIn(item, scope));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    key === "keras_history" ? [`${scope}${toList(item)[0]}`] : historiesIn(item, scope),
  );
}

function toObject(value: unknown): Json {
  if (typeof value !== "object" || value === null) throw new Error(`no object: ${JSON.stringify(value)}`);
  return { ...value };
}

function toList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
