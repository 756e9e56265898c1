/** Shapes of a node's outputs, from its attribute `_output_shapes`. */
import type { NodeColumns } from "./node-columns.ts";
import { int64, type Reader, readerOf, seek, spanEnd } from "./wire.ts";

// Field numbers: `AttrValue` and `TensorShapeProto` in `proto/schema`.
const VALUE_LIST = 1;
const LIST_SHAPE = 7;
const SHAPE = { dim: 2, unknownRank: 3 };
const DIM_SIZE = 1;

/** Tags: the number of a field and its wire type. */
const LIST_TAG = (VALUE_LIST << 3) | 2;
const SHAPE_TAG = (LIST_SHAPE << 3) | 2;
const DIM_TAG = (SHAPE.dim << 3) | 2;
const UNKNOWN_TAG = SHAPE.unknownRank << 3;
const SIZE_TAG = DIM_SIZE << 3;

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
  let shapes = 0;
  let sum = 0;
  while (seek(reader, end, LIST_TAG)) {
    const listEnd = spanEnd(reader);
    while (seek(reader, listEnd, SHAPE_TAG)) {
      shapes++;
      sum += elementsOf(reader, spanEnd(reader));
    }
  }
  return shapes === 0 ? Number.NaN : sum;
}

/** Of a shape: without arrays and closures, since every node has some. */
function elementsOf(reader: Reader, end: number): number {
  let product = 1;
  let dims = 0;
  let unknown = false;
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === DIM_TAG) {
      const size = readDim(reader, spanEnd(reader));
      dims++;
      product *= size === -1 ? 1 : size;
    } else if (tag === UNKNOWN_TAG) unknown = reader.bool();
    else reader.skipType(tag & 7);
  }
  return unknown || (dims === 1 && product === 0) ? 1 : product;
}

/** From an AttrValue. */
function readShapes(reader: Reader, end: number): Shape[] {
  const shapes: Shape[] = [];
  while (seek(reader, end, LIST_TAG)) {
    const listEnd = spanEnd(reader);
    while (seek(reader, listEnd, SHAPE_TAG)) shapes.push(readShape(reader, spanEnd(reader)));
  }
  return shapes;
}

/** A TensorShapeProto, up to `end`. */
export function readShape(reader: Reader, end: number): number[] | null {
  const dims: number[] = [];
  let unknown = false;
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag === DIM_TAG) dims.push(readDim(reader, spanEnd(reader)));
    else if (tag === UNKNOWN_TAG) unknown = reader.bool();
    else reader.skipType(tag & 7);
  }
  return unknown ? null : dims;
}

function readDim(reader: Reader, end: number): number {
  let size = 0;
  while (seek(reader, end, SIZE_TAG)) size = int64(reader);
  return size;
}
