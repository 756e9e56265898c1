/** Decodes a GraphDef straight into columns, without an object a node. */
import { GraphError } from "../graph-error.ts";
import { ARGUMENT_OP, FUNCTION_OP, LIBRARY, NAMELESS, NodeColumns } from "./node-columns.ts";
import { elementsOfShapes } from "./output-shapes.ts";
import {
  eachField,
  int64,
  isAscii,
  isSpan,
  isVarint,
  LENGTH,
  nextSpan,
  type Reader,
  readerOf,
  seek,
  spanEnd,
  textsOf,
} from "./wire.ts";

// Field numbers: `proto/schema/graph.proto`.
const GRAPH = { node: 1, library: 2 };
const LIBRARY_FUNCTION = 1;
const NODE = { name: 1, op: 2, input: 3, device: 4, attr: 5 };
const ENTRY = { key: 1, value: 2 };
const FUNCTION = { signature: 1, node: 3, returns: 4 };
const SIGNATURE = { name: 1, input: 2, output: 3 };
const ARGUMENT = { name: 1, type: 3 };

const OUTPUT_SHAPES = "_output_shapes";
const XLA_CLUSTER = "_XlaCluster";
/** Tag of a text in an AttrValue: its number and wire type. */
const ATTRIBUTE_TEXT_TAG = (2 << 3) | LENGTH;

/** Where messages are in the bytes: start, end, start, end. */
type Spans = number[];

interface FunctionSpans {
  readonly signature: Spans;
  readonly nodes: Spans;
  readonly returns: Spans;
}

/** @throws GraphError when the bytes are no GraphDef, or end too early: how much of it could be read */
export function decodeDefinition(bytes: Uint8Array): NodeColumns {
  const nodes: Spans = [];
  const functions: FunctionSpans[] = [];
  const reader = readerOf(bytes);
  let columns: NodeColumns | undefined;
  try {
    eachField(reader, bytes.length, (field, type) => {
      if (!isSpan(type)) return;
      if (field === GRAPH.node) pushSpan(nodes, reader);
      else if (field === GRAPH.library) findFunctions(reader, spanEnd(reader), functions);
    });
    const signatures = functions.map(({ signature }) => readSignature(bytes, signature));
    const made = signatures.reduce((sum, { inputs }) => sum + 1 + inputs.length, 0);
    const inFunctions = functions.reduce((sum, one) => sum + one.nodes.length / 2, 0);
    const nodeReader = readerOf(bytes);
    columns = new NodeColumns(bytes, nodes.length / 2 + made + inFunctions);
    for (let i = 0; i < nodes.length; i += 2) readNode(columns, nodeReader, nodes[i]!, nodes[i + 1]!, "");
    for (const [i, signature] of signatures.entries()) addFunction(columns, signature, functions[i]!);
    columns.inputStart[columns.length] = columns.inputSpans.length / 2;
    fillNames(columns);
    return columns;
  } catch (error) {
    const read = columns ? columns.length : nodes.length / 2;
    const why = error instanceof Error ? error.message : String(error);
    throw new GraphError(
      `what the log holds is not a GraphDef: at byte ${reader.pos} of ${bytes.length}, after ${read} nodes: ${why}`,
    );
  }
}

function pushSpan(spans: Spans, reader: Reader): void {
  const end = spanEnd(reader);
  spans.push(reader.pos, end);
  reader.pos = end;
}

function findFunctions(reader: Reader, end: number, functions: FunctionSpans[]): void {
  eachField(reader, end, (field, type) => {
    if (field !== LIBRARY_FUNCTION || !isSpan(type)) return;
    const spans: FunctionSpans = { signature: [], nodes: [], returns: [] };
    eachField(reader, spanEnd(reader), (inside, insideType) => {
      if (!isSpan(insideType)) return;
      if (inside === FUNCTION.signature) pushSpan(spans.signature, reader);
      else if (inside === FUNCTION.node) pushSpan(spans.nodes, reader);
      else if (inside === FUNCTION.returns) pushSpan(spans.returns, reader);
    });
    functions.push(spans);
  });
}

/** The hot path: no closures and no readers, since there may be a hundred thousand nodes. */
function readNode(columns: NodeColumns, reader: Reader, start: number, end: number, prefix: string): void {
  const row = columns.names.length;
  const { inputSpans } = columns;
  let op = -1;
  reader.pos = start;
  reader.len = end;
  columns.start[row] = start;
  columns.end[row] = end;
  columns.inputStart[row] = inputSpans.length / 2;
  for (let field = nextSpan(reader, end); field !== -1; field = nextSpan(reader, end)) {
    const until = spanEnd(reader);
    switch (field) {
      case NODE.name:
        columns.nameStart[row] = reader.pos;
        columns.nameEnd[row] = until;
        break;
      case NODE.op:
        op = columns.opNames.numberOfSpan(columns.bytes, reader.pos, until);
        break;
      case NODE.input:
        inputSpans.push(reader.pos, until);
        break;
      case NODE.device:
        columns.device[row] = columns.deviceNames.numberOfSpan(columns.bytes, reader.pos, until);
        break;
      case NODE.attr:
        readAttribute(columns, row, reader, until);
        break;
    }
    reader.pos = until;
  }
  columns.names.push(columns.nameEnd[row]! > columns.nameStart[row]! ? prefix : prefix + NAMELESS);
  columns.op[row] = op === -1 ? columns.opNames.numberOf("") : op;
}

/** Completes names, of which only what stands before them was put down. */
function fillNames({ bytes, names, nameStart, nameEnd }: NodeColumns): void {
  const texts = textsOf(bytes, nameStart, nameEnd);
  for (let row = 0; row < names.length; row++) if (texts[row] !== "") names[row] += texts[row]!;
}

/** Only output shapes and XLA's cluster are looked at. */
function readAttribute(columns: NodeColumns, row: number, reader: Reader, end: number): void {
  let isShapes = false;
  let isCluster = false;
  let valueStart = 0;
  let valueEnd = 0;
  for (let field = nextSpan(reader, end); field !== -1; field = nextSpan(reader, end)) {
    const until = spanEnd(reader);
    if (field === ENTRY.key) {
      isShapes = isAscii(columns.bytes, reader.pos, until, OUTPUT_SHAPES);
      isCluster = isAscii(columns.bytes, reader.pos, until, XLA_CLUSTER);
    } else if (field === ENTRY.value) {
      valueStart = reader.pos;
      valueEnd = until;
    }
    reader.pos = until;
  }
  if (isCluster) readCluster(columns, row, reader, valueStart, valueEnd);
  if (!isShapes) return;
  columns.shapesStart[row] = valueStart;
  columns.shapesEnd[row] = valueEnd;
  reader.pos = valueStart;
  columns.elements[row] = elementsOfShapes(reader, valueEnd);
}

function readCluster(columns: NodeColumns, row: number, reader: Reader, start: number, end: number): void {
  reader.pos = start;
  while (seek(reader, end, ATTRIBUTE_TEXT_TAG)) {
    const until = spanEnd(reader);
    columns.cluster[row] = columns.clusterNames.numberOfSpan(columns.bytes, reader.pos, until);
    reader.pos = until;
  }
}

interface Argument {
  readonly name: string;
  readonly type: number;
}

interface Signature {
  readonly name: string;
  readonly inputs: readonly Argument[];
  readonly outputs: readonly Argument[];
}

function readSignature(bytes: Uint8Array, spans: Spans): Signature {
  const inputs: Argument[] = [];
  const outputs: Argument[] = [];
  let name = "";
  for (let i = 0; i < spans.length; i += 2) {
    const end = spans[i + 1]!;
    const reader = readerOf(bytes, spans[i]!, end);
    eachField(reader, end, (field, type) => {
      if (!isSpan(type)) return;
      if (field === SIGNATURE.name) name = reader.string();
      else if (field === SIGNATURE.input) inputs.push(readArgument(reader, spanEnd(reader)));
      else if (field === SIGNATURE.output) outputs.push(readArgument(reader, spanEnd(reader)));
    });
  }
  return { name, inputs, outputs };
}

function readArgument(reader: Reader, end: number): Argument {
  let name = "";
  let type = 0;
  eachField(reader, end, (field, wireType) => {
    if (field === ARGUMENT.name && isSpan(wireType)) name = reader.string();
    else if (field === ARGUMENT.type && isVarint(wireType)) type = int64(reader);
  });
  return { name, type };
}

/** A node for the function, one for each argument, and its own. */
function addFunction(columns: NodeColumns, signature: Signature, spans: FunctionSpans): void {
  const { bytes, functions, names } = columns;
  const scope = LIBRARY + signature.name;
  const reader = readerOf(bytes);
  const row = names.length;
  const add = (name: string, op: string): void => {
    columns.op[names.length] = columns.opNames.numberOf(op);
    columns.inputStart[names.length] = columns.inputSpans.length / 2;
    names.push(name);
  };
  add(scope, FUNCTION_OP);
  for (const { name, type } of signature.inputs) {
    columns.argumentTypes.set(names.length, type);
    add(`${scope}/${name}`, ARGUMENT_OP);
  }
  for (let i = 0; i < spans.nodes.length; i += 2)
    readNode(columns, reader, spans.nodes[i]!, spans.nodes[i + 1]!, `${scope}/`);
  columns.functionOf.fill(functions.length, row, names.length);
  functions.push({
    name: signature.name,
    row,
    end: names.length,
    inputs: signature.inputs.map(({ name }) => name),
    outputs: signature.outputs.map(({ name }) => name),
    returns: readReturns(bytes, spans.returns),
  });
}

function readReturns(bytes: Uint8Array, spans: Spans): Map<string, string> {
  const returns = new Map<string, string>();
  for (let i = 0; i < spans.length; i += 2) {
    const end = spans[i + 1]!;
    const reader = readerOf(bytes, spans[i]!, end);
    let key = "";
    let value = "";
    eachField(reader, end, (field, type) => {
      if (!isSpan(type)) return;
      if (field === ENTRY.key) key = reader.string();
      else if (field === ENTRY.value) value = reader.string();
    });
    returns.set(key, value);
  }
  return returns;
}
