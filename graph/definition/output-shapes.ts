/** Shapes of a node's outputs, from its attribute `_output_shapes`. */
import type { NodeColumns } from "./node-columns.ts";
import { eachField, int64, isSpan, isVarint, type Reader, readerOf, spanEnd } from "./wire.ts";

// Field numbers: `AttrValue` and `TensorShapeProto` in `proto/schema`.
const VALUE_LIST = 1;
const LIST_SHAPE = 7;
const SHAPE = { dim: 2, unknownRank: 3 };
const DIM_SIZE = 1;

/** Dimensions, -1 where one is not known; null: not even how many there are. */
export type Shape = readonly number[] | null;

/** Shapes of a node's outputs; undefined where the graph tells none. */
export function outputShapes(columns: NodeColumns, row: number): Shape[] | undefined {
  const start = columns.shapesStart[row]!;
  const end = columns.shapesEnd[row]!;
  if (Number.isNaN(columns.elements[row])) return undefined;
  return readShapes(readerOf(columns.bytes, start, end), end);
}

/**
 * Elements of all outputs together, as TensorBoard counts them for the width of edges: what is not known is 1, and so is
 * an output of the shape [0], which its text form does not tell from a scalar. NaN where no shapes are told.
 */
export function elementsOfShapes(reader: Reader, end: number): number {
  const shapes = readShapes(reader, end);
  if (shapes.length === 0) return Number.NaN;
  return shapes.reduce((sum, shape) => sum + elementsOf(shape), 0);
}

function elementsOf(shape: Shape): number {
  if (shape === null || (shape.length === 1 && shape[0] === 0)) return 1;
  return shape.reduce((product, size) => product * (size === -1 ? 1 : size), 1);
}

/** From an AttrValue. */
function readShapes(reader: Reader, end: number): Shape[] {
  const shapes: Shape[] = [];
  eachField(reader, end, (field, type) => {
    if (field !== VALUE_LIST || !isSpan(type)) return;
    eachField(reader, spanEnd(reader), (inside, insideType) => {
      if (inside === LIST_SHAPE && isSpan(insideType)) shapes.push(readShape(reader, spanEnd(reader)));
    });
  });
  return shapes;
}

function readShape(reader: Reader, end: number): Shape {
  const dims: number[] = [];
  let unknown = false;
  eachField(reader, end, (field, type) => {
    if (field === SHAPE.dim && isSpan(type)) dims.push(readDim(reader, spanEnd(reader)));
    else if (field === SHAPE.unknownRank && isVarint(type)) unknown = reader.bool();
  });
  return unknown ? null : dims;
}

function readDim(reader: Reader, end: number): number {
  let size = 0;
  eachField(reader, end, (field, type) => {
    if (field === DIM_SIZE && isVarint(type)) size = int64(reader);
  });
  return size;
}
