/** A graph, opened: its nodes as columns, the boxes that it is drawn as, and what is worked out when first asked for. */
import { type BaseEdges, baseEdges } from "./boxes/base-edges.ts";
import { type BoxTree, buildBoxTree } from "./boxes/box-tree.ts";
import { type MergedEdges, mergeEdges } from "./boxes/merged-edges.ts";
import { type SortedEdges, sortEdges } from "./boxes/sorted-edges.ts";
import { Structures } from "./boxes/structures.ts";
import { findTemplates } from "./boxes/templates.ts";
import { flopsByRow, parametersByRow } from "./cost.ts";
import { type Connections, connect } from "./definition/connections.ts";
import { decodeDefinition } from "./definition/decode.ts";
import { CONSTANT, type Embedding, embed, SUMMARY } from "./definition/embedding.ts";
import type { LibraryFunction, NodeColumns } from "./definition/node-columns.ts";
import type { LayerFacts } from "./keras/layer-facts.ts";

export class GraphModel {
  readonly columns: NodeColumns;
  readonly connections: Connections;
  readonly embedding: Embedding;
  readonly tree: BoxTree;
  readonly base: BaseEdges;
  readonly edges: MergedEdges;
  readonly functions: ReadonlyMap<string, LibraryFunction>;
  /** Rows of constants and summaries by strict name. */
  readonly attached: ReadonlyMap<string, number>;
  #comparison: Structures | undefined;
  #templates: Int32Array | undefined;
  #structures: Int32Array | undefined;
  #out: SortedEdges | undefined;
  #in: SortedEdges | undefined;
  #uses: SortedEdges | undefined;

  readonly #layers: ReadonlyMap<string, LayerFacts>;
  #parameters: Float64Array | undefined;
  #flops: Float64Array | undefined;

  /**
   * @param layers what is known of a Keras model's layers, by name
   * @throws GraphError when the bytes are no GraphDef
   */
  constructor(definition: Uint8Array, layers: ReadonlyMap<string, LayerFacts> = new Map()) {
    this.#layers = layers;
    this.columns = decodeDefinition(definition);
    this.connections = connect(this.columns);
    this.embedding = embed(this.columns, this.connections);
    this.tree = buildBoxTree(this.columns, this.embedding, this.connections);
    this.base = baseEdges(this.columns, this.connections, this.embedding, this.tree);
    this.edges = mergeEdges(this.tree, this.base, this.columns.elements);
    this.functions = new Map(this.columns.functions.map((one) => [one.name, one]));
    this.attached = attachedRows(this.tree.rowNames, this.embedding);
  }

  /** Parameters by row; NaN where there are none, or the graph does not tell. */
  get parameters(): Float64Array {
    this.#parameters ??= parametersByRow(this, this.#layers);
    return this.#parameters;
  }

  /** Floating point operations by row; NaN where the graph does not tell. */
  get flops(): Float64Array {
    this.#flops ??= flopsByRow(this, this.#layers);
    return this.#flops;
  }

  /** Identical structures by box, as TensorBoard finds them; -1 for none. */
  get templates(): Int32Array {
    this.#templates ??= findTemplates(this.#compared(), "as they came");
    return this.#templates;
  }

  /** All identical structures by box; -1 for none. */
  get structures(): Int32Array {
    this.#structures ??= findTemplates(this.#compared(), "inside out");
    return this.#structures;
  }

  #compared(): Structures {
    this.#comparison ??= new Structures(this.tree, this.edges, this.columns);
    return this.#comparison;
  }

  /** Edges between operations by the box that they come from. */
  get edgesOut(): SortedEdges {
    this.#out ??= sortEdges(this.base.from, this.tree.names.length);
    return this.#out;
  }

  /** Edges between operations by the box that they lead to. */
  get edgesIn(): SortedEdges {
    this.#in ??= sortEdges(this.base.to, this.tree.names.length);
    return this.#in;
  }

  /** Inputs of all nodes by the row that they come from; those from nowhere are under the number of rows. */
  get uses(): SortedEdges {
    const { length } = this.columns;
    this.#uses ??= sortEdges(
      this.connections.from.map((row) => (row < 0 ? length : row)),
      length + 1,
    );
    return this.#uses;
  }

  /** The row that an input belongs to. */
  rowOfInput(input: number): number {
    const { inputStart, length } = this.columns;
    let low = 0;
    let high = length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if (inputStart[middle]! <= input) low = middle;
      else high = middle;
    }
    return low;
  }
}

function attachedRows(names: readonly string[], { kinds }: Embedding): Map<string, number> {
  const rows = new Map<string, number>();
  for (let row = 0; row < names.length; row++)
    if (kinds[row] === CONSTANT || kinds[row] === SUMMARY) rows.set(names[row]!, row);
  return rows;
}
