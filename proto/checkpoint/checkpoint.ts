/** What a checkpoint gives, whichever version it is: its variables by name, and their values. */
import { DataType, elementBytes, type TensorValue, tensorOfBytes } from "../tensor.ts";
import { CheckpointError } from "./error.ts";

/**
 * What is saved of a variable, but for its values.
 *
 * @example
 * const kernel: Variable = { dtype: DataType.DT_FLOAT, shape: [784, 10] };
 * const bytes = kernel.shape.reduce((product, size) => product * size, elementBytes(kernel.dtype));
 * console.log(bytes); // 31360
 */
export interface Variable {
  /** Strings have no values here; a checkpoint of TensorFlow 2 has one, its graph of objects. */
  readonly dtype: DataType;
  /** Outermost dimension first; empty for a scalar. */
  readonly shape: readonly number[];
}

/**
 * An opened checkpoint. Only its index is in memory; values are read, and checked, anew each time.
 *
 * @example
 * async function firstRow(checkpoint: Checkpoint, name: string): Promise<string> {
 *   const { shape, data } = await checkpoint.read(name, 1);
 *   return `${name} [${shape}]: ${data}`;
 * }
 * const empty = await openSavedSlices([]);
 * console.log(empty.version, empty.variables.size); // 1 0
 * await firstRow(empty, "dense/kernel").catch((error) => console.log(error instanceof CheckpointError)); // true
 */
export interface Checkpoint {
  /** Of the format: 2 a bundle, 1 what was written before. */
  readonly version: 1 | 2;
  /** Every variable, in the order of the files; one that was saved in parts is there once, as a whole. */
  readonly variables: ReadonlyMap<string, Variable>;
  /**
   * The values of a variable as bytes, put together where it was saved in parts.
   *
   * @param rows how many of the first dimension to give at most; default all
   * @throws CheckpointError when there is no variable of that name, its type holds no numbers, or it is damaged
   */
  readBytes(name: string, rows?: number): Promise<VariableBytes>;
  /** The same as numbers. Rejects as `readBytes` does. */
  read(name: string, rows?: number): Promise<TensorValue>;
}

/**
 * A variable's values as bytes; `shape` is that of the rows that were asked for.
 *
 * @example
 * const bias: VariableBytes = { dtype: DataType.DT_HALF, shape: [2], bytes: Uint16Array.of(0x3c00, 0xc000).buffer };
 * console.log(tensorOfBytes(bias.dtype, bias.shape, bias.bytes).data); // 1,-2
 */
export interface VariableBytes extends Variable {
  /** Elements row by row, little-endian, as `tensorOfBytes` takes them. */
  readonly bytes: ArrayBuffer;
}

/** What both versions do alike. */
export abstract class BytesCheckpoint implements Checkpoint {
  abstract readonly version: 1 | 2;
  abstract readonly variables: ReadonlyMap<string, Variable>;

  abstract readBytes(name: string, rows?: number): Promise<VariableBytes>;

  async read(name: string, rows?: number): Promise<TensorValue> {
    const { dtype, shape, bytes } = await this.readBytes(name, rows);
    return tensorOfBytes(dtype, shape, bytes);
  }
}

/** The shape of the first rows of a tensor; of a scalar its own. */
export function firstRows(shape: readonly number[], rows: number): readonly number[] {
  const [all, ...others] = shape;
  return all === undefined ? shape : [Math.min(all, rows), ...others];
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/**
 * Bytes that an element of a variable takes.
 *
 * @throws CheckpointError when its type holds no numbers
 */
export function numberBytes(file: string, name: string, dtype: DataType): number {
  try {
    return elementBytes(dtype);
  } catch {
    const type = DataType[dtype] ?? `number ${dtype}`;
    throw new CheckpointError(file, null, `"${name}" is of type ${type}, which holds no numbers known here`);
  }
}

/** The beginning of a buffer; itself where that is all of it. */
export function firstBytes(buffer: ArrayBuffer, length: number): ArrayBuffer {
  return length === buffer.byteLength ? buffer : buffer.slice(0, length);
}
