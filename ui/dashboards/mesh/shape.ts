/**
 * A mesh as it can be drawn, made of the tensors that were logged: what is wrong with them (corners that are no vertex,
 * coordinates that are no numbers, colours of other vertices) is left out and said.
 */
import type { Tensor, TensorNumbers } from "../../../client/records-table.ts";
import { count } from "../../app/format.ts";

/** From corner to corner; null where there is nothing. */
export interface Box {
  readonly low: readonly [number, number, number];
  readonly high: readonly [number, number, number];
}

export interface Shape {
  /** Three numbers a vertex, all finite. */
  readonly positions: Float32Array;
  /** Three vertices a face; null for a cloud of points. */
  readonly faces: Uint32Array | null;
  /** Red, green, blue of each vertex, 0 to 1; null without. */
  readonly colors: Float32Array | null;
  readonly box: Box | null;
  /** What was left out, in words. */
  readonly notes: readonly string[];
}

export interface MeshTensors {
  readonly vertices: Tensor | null;
  readonly faces: Tensor | null;
  readonly colors: Tensor | null;
}

/** One mesh of a batch. @throws Error in words when the vertices are none */
export function shapeOf({ vertices, faces, colors }: MeshTensors, sample: number): Shape {
  if (!vertices) throw new Error("its vertices cannot be read");
  const given = rowsOf(vertices, sample, "vertices");
  const notes: string[] = [];
  const { positions, placeOf } = finitePlaces(given);
  const all = given.length / 3;
  const left = all - positions.length / 3;
  if (left > 0)
    notes.push(left === 1 ? "1 vertex that is no number" : `${left} vertices that are no numbers`);
  return {
    positions,
    faces: faces && optionally(notes, () => facesOf(rowsOf(faces, sample, "faces"), placeOf, all, notes)),
    colors: colors && optionally(notes, () => colorsOf(rowsOf(colors, sample, "colours"), placeOf, all)),
    box: boxOf(positions),
    notes,
  };
}

/** A part without which the rest can be drawn. */
function optionally<T>(notes: string[], read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    notes.push(error instanceof Error ? error.message : String(error));
    return null;
  }
}

/** The numbers of one mesh of a batch. */
function rowsOf({ shape, data }: Tensor, sample: number, what: string): TensorNumbers {
  const [batch, rows, width] = shape.length === 2 ? [1, ...shape] : shape;
  if (shape.length < 2 || shape.length > 3 || width !== 3 || batch === undefined || rows === undefined)
    throw new Error(`${what} of shape [${shape.join(", ")}], which is not [batch, n, 3]`);
  if (!isNumbers(data)) throw new Error(`${what} that are text`);
  if (sample >= batch) throw new Error(`${what} of ${batch} meshes, which is no ${sample + 1}.`);
  return data.subarray(sample * rows * 3, (sample + 1) * rows * 3);
}

function isNumbers(data: Tensor["data"]): data is TensorNumbers {
  return ArrayBuffer.isView(data);
}

/** The vertices that have a place, and where each of the given ones is among them; -1 for none. */
function finitePlaces(given: TensorNumbers): { positions: Float32Array; placeOf: Int32Array | null } {
  const positions = Float32Array.from<number | bigint>(given, Number);
  if (positions.every((value) => Number.isFinite(value))) return { positions, placeOf: null };
  const placeOf = new Int32Array(given.length / 3).fill(-1);
  let used = 0;
  for (let i = 0; i < placeOf.length; i++) {
    const [x, y, z] = [positions[i * 3]!, positions[i * 3 + 1]!, positions[i * 3 + 2]!];
    if (!Number.isFinite(x + y + z)) continue;
    positions.set([x, y, z], used * 3);
    placeOf[i] = used++;
  }
  return { positions: positions.slice(0, used * 3), placeOf };
}

/** Null where no face is left: a mesh without faces is a cloud. */
function facesOf(
  given: TensorNumbers,
  placeOf: Int32Array | null,
  vertices: number,
  notes: string[],
): Uint32Array | null {
  const faces = new Uint32Array(given.length);
  let used = 0;
  for (let i = 0; i < given.length; i += 3) {
    let fits = true;
    for (let k = 0; k < 3; k++) {
      // As TensorBoard's reader has it, which makes int32 of whatever it is.
      const corner = Math.trunc(Number(given[i + k]));
      const place = corner >= 0 && corner < vertices ? (placeOf ? placeOf[corner]! : corner) : -1;
      if (place < 0) fits = false;
      else faces[used + k] = place;
    }
    if (fits) used += 3;
  }
  const left = (given.length - used) / 3;
  if (left > 0)
    notes.push(
      `${left} of ${count(given.length / 3, "face")}, which point${left === 1 ? "s" : ""} at no vertex`,
    );
  return used === 0 ? null : faces.slice(0, used);
}

function colorsOf(given: TensorNumbers, placeOf: Int32Array | null, vertices: number): Float32Array {
  if (given.length !== vertices * 3)
    throw new Error(`colours of ${given.length / 3} vertices, where there are ${vertices}`);
  const all = Float32Array.from<number | bigint>(given, Number).map((value) =>
    linear(Math.min(255, Math.max(0, value)) / 255),
  );
  if (!placeOf) return all;
  return Float32Array.from(
    [...placeOf.keys()].flatMap((i) => (placeOf[i]! < 0 ? [] : [...all.subarray(i * 3, i * 3 + 3)])),
  );
}

/** What is logged is what a screen shows (sRGB); light is added up in linear numbers. */
const linear = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;

function boxOf(positions: Float32Array): Box | null {
  if (positions.length === 0) return null;
  const low: [number, number, number] = [positions[0]!, positions[1]!, positions[2]!];
  const high: [number, number, number] = [...low];
  for (let i = 0; i < positions.length; i++) {
    const axis = i % 3;
    const value = positions[i]!;
    if (value < low[axis]!) low[axis] = value;
    if (value > high[axis]!) high[axis] = value;
  }
  return { low, high };
}

/** What holds both. */
export function union(a: Box | null, b: Box | null): Box | null {
  if (!a || !b) return a ?? b;
  const corner = (of: (x: number, y: number) => number, one: Box["low"], other: Box["low"]): Box["low"] => [
    of(one[0], other[0]),
    of(one[1], other[1]),
    of(one[2], other[2]),
  ];
  return { low: corner(Math.min, a.low, b.low), high: corner(Math.max, a.high, b.high) };
}

export const centerOf = ({ low, high }: Box): [number, number, number] => [
  (low[0] + high[0]) / 2,
  (low[1] + high[1]) / 2,
  (low[2] + high[2]) / 2,
];

/** The longest edge. */
export const extentOf = ({ low, high }: Box): number =>
  Math.max(high[0] - low[0], high[1] - low[1], high[2] - low[2]);
