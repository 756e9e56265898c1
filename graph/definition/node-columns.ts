/**
 * The nodes of a GraphDef as columns: a row a node, those of the library's functions after those of the graph. All else
 * that a node has stays in the bytes, and is decoded when somebody asks for that node.
 */
import { Strings } from "./strings.ts";

/** Scope that the library's functions are shown under: `__function_library__NAME/…`, as TensorBoard calls them. */
export const LIBRARY = "__function_library__";

/** Operations of the nodes that functions are given for themselves and for their arguments. */
export const FUNCTION_OP = "";
export const ARGUMENT_OP = "input_arg";

/** What a node without a name is called: the empty name is the root's. */
export const NAMELESS = "(no name)";

/** A function of the library. */
export interface LibraryFunction {
  readonly name: string;
  /** Rows: the function's own, and from there to `end` its arguments and nodes. */
  readonly row: number;
  readonly end: number;
  /** Names of its arguments, which follow its own row. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Where each output comes from, as `node:output:0`, by the output's name. */
  readonly returns: ReadonlyMap<string, string>;
}

export class NodeColumns {
  /** What the spans below are of. */
  readonly bytes: Uint8Array;
  readonly names: string[] = [];
  readonly opNames = new Strings();
  readonly deviceNames = new Strings();
  readonly clusterNames = new Strings();
  readonly functions: LibraryFunction[] = [];
  /** Number of the operation. */
  readonly op: Uint32Array;
  /** Number of the device; 0 is none. */
  readonly device: Uint32Array;
  /** Number of the XLA cluster that it was compiled with; 0 is none. */
  readonly cluster: Uint32Array;
  /** Number of the function that the node is in; -1: the graph itself. */
  readonly functionOf: Int32Array;
  /** The name in the bytes, without a function's; empty for what functions are given for themselves. */
  readonly nameStart: Uint32Array;
  readonly nameEnd: Uint32Array;
  /** The NodeDef in the bytes; empty for what functions are given. */
  readonly start: Uint32Array;
  readonly end: Uint32Array;
  /** The value of its attribute `_output_shapes` in the bytes; empty where there is none. */
  readonly shapesStart: Uint32Array;
  readonly shapesEnd: Uint32Array;
  /** Elements of all outputs, as TensorBoard counts them; NaN where no shapes are told. */
  readonly elements: Float64Array;
  /** Types of functions' arguments by row. */
  readonly argumentTypes = new Map<number, number>();
  /** Inputs as they are written, `name:output`, those of all nodes one after the other: spans of the bytes. */
  readonly inputSpans: number[] = [];
  /** Where a node's inputs begin; one more than there are nodes. */
  readonly inputStart: Uint32Array;

  constructor(bytes: Uint8Array, capacity: number) {
    this.bytes = bytes;
    this.op = new Uint32Array(capacity);
    this.device = new Uint32Array(capacity);
    this.cluster = new Uint32Array(capacity);
    this.functionOf = new Int32Array(capacity).fill(-1);
    this.nameStart = new Uint32Array(capacity);
    this.nameEnd = new Uint32Array(capacity);
    this.start = new Uint32Array(capacity);
    this.end = new Uint32Array(capacity);
    this.shapesStart = new Uint32Array(capacity);
    this.shapesEnd = new Uint32Array(capacity);
    this.elements = new Float64Array(capacity).fill(Number.NaN);
    this.inputStart = new Uint32Array(capacity + 1);
    this.deviceNames.numberOf("");
    this.clusterNames.numberOf("");
  }

  get length(): number {
    return this.names.length;
  }

  opOf(row: number): string {
    return this.opNames.texts[this.op[row]!]!;
  }

  deviceOf(row: number): string {
    return this.deviceNames.texts[this.device[row]!]!;
  }
}
