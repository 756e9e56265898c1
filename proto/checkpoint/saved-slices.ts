/**
 * Version 1 of TensorFlow's checkpoints: one or several tables that hold the tensors themselves, in slices; the empty key
 * says which. Written before 2017, and by `Saver(write_version=V1)`.
 * Facts: tensorflow/core/util/tensor_slice_writer.cc and tensor_slice_reader.cc.
 */
import { pb } from "../codec.ts";
import { DataType, decodeShape, decodeTensor, encodeShape, encodeTensor } from "../tensor.ts";
import {
  BytesCheckpoint,
  type Checkpoint,
  elementCount,
  firstBytes,
  firstRows,
  numberBytes,
  type Variable,
  type VariableBytes,
} from "./checkpoint.ts";
import { CheckpointError, reasonOf } from "./error.ts";
import { sliceKey } from "./slice-key.ts";
import type { ByteSource } from "./source.ts";
import { Table } from "./table.ts";
import { decodeSlice, placeSlice, sliceShape, type TensorSlice } from "./tensor-slice.ts";

/** A variable, and where each part of it is. */
interface Saved extends Variable {
  readonly parts: { readonly slice: TensorSlice; readonly table: Table }[];
}

/**
 * Opens a checkpoint of version 1, as TensorFlow wrote it before 2017 and `Saver(write_version=V1)` still does. What its
 * files say of themselves is read at once, values when they are asked for.
 *
 * @param files all of it: one, or `model.ckpt-00000-of-00002` and so on where it was sharded
 * @throws CheckpointError when a file is none, or damaged, or the files disagree
 * @example
 * import { writeFileSync } from "node:fs";
 * import { readFile } from "node:fs/promises";
 *
 * async function fileSource(name: string): Promise<ByteSource> {
 *   const bytes = await readFile(name);
 *   const part = (offset: number, length: number) => bytes.subarray(offset, offset + length);
 *   return { name, size: bytes.length, read: async (offset, target) => target.set(part(offset, target.length)) };
 * }
 * writeFileSync("model.ckpt", new Uint8Array(60));
 * await openSavedSlices([await fileSource("model.ckpt")]).catch((error) => console.log(error.offset)); // 12
 */
export async function openSavedSlices(files: readonly ByteSource[]): Promise<Checkpoint> {
  const variables = new Map<string, Saved>();
  for (const file of files) {
    const table = await Table.open(file);
    const what = "the names of what the file holds";
    const value = await getValue(table, new Uint8Array(), what);
    const { meta } = reading(table, what, () => pb.SavedTensorSlices.decode(value));
    for (const saved of meta?.tensor ?? []) addTensor(variables, table, saved);
  }
  return new SavedSlices(variables, files[0]?.name ?? "");
}

class SavedSlices extends BytesCheckpoint {
  readonly version = 1;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly #saved: ReadonlyMap<string, Saved>;
  readonly #file: string;

  /** @param file for errors */
  constructor(saved: ReadonlyMap<string, Saved>, file: string) {
    super();
    this.variables = new Map([...saved].map(([name, { dtype, shape }]) => [name, { dtype, shape }]));
    this.#saved = saved;
    this.#file = file;
  }

  async readBytes(name: string, rows = Number.POSITIVE_INFINITY): Promise<VariableBytes> {
    const saved = this.#saved.get(name);
    if (!saved) throw new CheckpointError(this.#file, null, `there is no variable "${name}"`);
    const { dtype, shape } = saved;
    const each = numberBytes(this.#file, name, dtype);
    const whole = await this.#whole(name, saved, each);
    const wanted = firstRows(shape, rows);
    return { dtype, shape: wanted, bytes: firstBytes(whole.buffer, elementCount(wanted) * each) };
  }

  async #whole(name: string, saved: Saved, each: number): Promise<Uint8Array<ArrayBuffer>> {
    const { dtype, shape, parts } = saved;
    const count = elementCount(shape);
    const bytes: { slice: TensorSlice; content: Uint8Array }[] = [];
    let covered = 0;
    for (const { slice, table } of parts) {
      const part = sliceShape(slice, shape);
      bytes.push({ slice, content: await readPart(table, name, slice, { dtype, shape: part }) });
      covered += elementCount(part);
    }
    if (covered !== count)
      throw new CheckpointError(
        this.#file,
        null,
        `the parts of "${name}" hold ${covered} of its ${count} values`,
      );
    const whole = new Uint8Array(count * each);
    for (const { slice, content } of bytes) placeSlice(whole, shape, slice, content, each);
    return whole;
  }
}

function addTensor(variables: Map<string, Saved>, table: Table, saved: pb.SavedSliceMeta.$Properties): void {
  const name = saved.name ?? "";
  try {
    const shape = decodeShape(saved.shape);
    const slices = (saved.slice ?? []).map(decodeSlice);
    for (const slice of slices) sliceShape(slice, shape);
    const dtype = saved.type ?? DataType.DT_INVALID;
    const known = variables.get(name);
    if (known && (known.dtype !== dtype || known.shape.join() !== shape.join()))
      throw new RangeError("another file has it with another type or shape");
    const kept: Saved = known ?? { dtype, shape, parts: [] };
    for (const slice of slices) kept.parts.push({ slice, table });
    variables.set(name, kept);
  } catch (error) {
    throw new CheckpointError(
      table.name,
      null,
      `what is said of "${name}" cannot be read: ${reasonOf(error)}`,
    );
  }
}

/** A part's values as bytes. */
async function readPart(
  table: Table,
  name: string,
  slice: TensorSlice,
  { dtype, shape }: Variable,
): Promise<Uint8Array> {
  const what = `the values of "${name}"`;
  const value = await getValue(table, sliceKey(name, slice), what);
  // Every value takes a byte at least: what claims more is not made room for.
  if (elementCount(shape) > value.length)
    throw new CheckpointError(
      table.name,
      null,
      `${what} should be ${elementCount(shape)}, but only ${value.length} bytes are there`,
    );
  return reading(table, what, () => {
    const packed = packedFloats(value, dtype);
    if (packed?.length === elementCount(shape) * numberBytes(table.name, name, dtype)) return packed;
    const { data } = pb.SavedTensorSlices.decode(value);
    const { data: numbers } = decodeTensor({ ...data?.data, dtype, tensorShape: encodeShape(shape) });
    return encodeTensor(numbers, shape, dtype).tensorContent ?? new Uint8Array();
  });
}

/** Floats as they lie, which takes a hundredth of the time that numbers one by one take; null for other types. */
function packedFloats(value: Uint8Array, dtype: DataType): Uint8Array | null {
  if (dtype !== DataType.DT_FLOAT && dtype !== DataType.DT_DOUBLE) return null;
  const values = pb.SavedTensorBytes.decode(value).data?.data;
  const packed = dtype === DataType.DT_FLOAT ? values?.floatVal : values?.doubleVal;
  return packed?.length === 1 ? packed[0]! : null;
}

async function getValue(table: Table, key: Uint8Array, what: string): Promise<Uint8Array> {
  const value = await table.get(key);
  if (!value) throw new CheckpointError(table.name, null, `${what} are missing`);
  return value;
}

function reading<T>(table: Table, what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new CheckpointError(table.name, null, `${what} cannot be read: ${reasonOf(error)}`);
  }
}
