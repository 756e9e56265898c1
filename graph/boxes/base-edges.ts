/**
 * Edges between operations that have boxes of their own. Inputs of a constant become those of the operations that it is
 * attached to, and so with summaries, as TensorBoard has it. An edge from a node that is not there, or from an operation
 * to itself, is none.
 */
import { CONTROL, type Connections, MISSING, REPEATED } from "../definition/connections.ts";
import { CONSTANT, DRAWN, type Embedding } from "../definition/embedding.ts";
import type { NodeColumns } from "../definition/node-columns.ts";
import type { BoxTree } from "./box-tree.ts";

/** Bits of an edge. */
export const CONTROL_EDGE = 1;
export const REFERENCE_EDGE = 2;

export interface BaseEdges {
  readonly length: number;
  /** Boxes. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Number of the output that the edge carries. */
  readonly output: Uint32Array;
  readonly flags: Uint8Array;
}

/** Operations that change what their first input refers to: `refEdges` in tf_graph_common/graph.ts. */
const REFERENCES: ReadonlySet<string> = new Set(
  ["Assign", "AssignAdd", "AssignSub", "ScatterAdd", "ScatterSub", "ScatterUpdate"].concat([
    "assign",
    "assign_add",
    "assign_sub",
    "count_up_to",
    "scatter_add",
    "scatter_sub",
    "scatter_update",
  ]),
);

export function baseEdges(
  columns: NodeColumns,
  connections: Connections,
  { kinds }: Embedding,
  { boxes }: BoxTree,
): BaseEdges {
  const { inputStart } = columns;
  const { from, output, flags } = connections;
  const isReference = columns.opNames.texts.map((op) => REFERENCES.has(op));
  const edges = new EdgeList(from.length);

  for (let row = 0; row < columns.length; row++) {
    if (kinds[row] !== DRAWN) continue;
    const to = boxes[row]!;
    const reference = isReference[columns.op[row]!]! ? REFERENCE_EDGE : 0;
    let place = 0;
    for (let i = inputStart[row]!; i < inputStart[row + 1]!; i++) {
      if ((flags[i]! & REPEATED) !== 0) continue;
      const isFirst = place++ === 0;
      const source = from[i]!;
      if (source === MISSING) continue;
      const kind = kinds[source]!;
      const common = isFirst ? reference : 0;
      if (kind === DRAWN) {
        edges.add(boxes[source]!, to, output[i]!, (flags[i]! & CONTROL) | common);
        continue;
      }
      for (let k = inputStart[source]!; k < inputStart[source + 1]!; k++) {
        if ((flags[k]! & REPEATED) !== 0 || from[k] === MISSING || kinds[from[k]!] !== DRAWN) continue;
        const told = kind === CONSTANT ? k : i;
        edges.add(boxes[from[k]!]!, to, output[told]!, (flags[told]! & CONTROL) | common);
      }
    }
  }
  return edges.done();
}

class EdgeList {
  #from: Int32Array;
  #to: Int32Array;
  #output: Uint32Array;
  #flags: Uint8Array;
  #length = 0;

  constructor(capacity: number) {
    this.#from = new Int32Array(capacity);
    this.#to = new Int32Array(capacity);
    this.#output = new Uint32Array(capacity);
    this.#flags = new Uint8Array(capacity);
  }

  add(from: number, to: number, output: number, flags: number): void {
    if (from === to) return;
    if (this.#length === this.#from.length) this.#grow();
    this.#from[this.#length] = from;
    this.#to[this.#length] = to;
    this.#output[this.#length] = output;
    this.#flags[this.#length++] = flags;
  }

  /** Seldom: a constant's inputs count once for each node that it is attached to. */
  #grow(): void {
    const capacity = 2 * this.#length + 16;
    const grown = <T extends Int32Array | Uint32Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.#from = grown(this.#from, new Int32Array(capacity));
    this.#to = grown(this.#to, new Int32Array(capacity));
    this.#output = grown(this.#output, new Uint32Array(capacity));
    this.#flags = grown(this.#flags, new Uint8Array(capacity));
  }

  done(): BaseEdges {
    const length = this.#length;
    return {
      length,
      from: this.#from.slice(0, length),
      to: this.#to.slice(0, length),
      output: this.#output.slice(0, length),
      flags: this.#flags.slice(0, length),
    };
  }
}
