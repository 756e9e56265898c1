/** What a checkpoint gives, whichever version it is: its variables by name, and their values. */
import { DataType, elementBytes, type TensorValue, tensorOfBytes } from "../tensor.ts";
import { CheckpointError } from "./error.ts";

/**
 * What a checkpoint says of a variable: the type of its elements, and its dimensions (none of a scalar).
 *
 * @example
 * const count = ({ shape }: Variable) => shape.reduce((a, b) => a * b, 1);
 * console.log(count({ dtype: DataType.DT_FLOAT, shape: [784, 500] })); // 392000
 */
export interface Variable {
  readonly dtype: DataType;
  readonly shape: readonly number[];
}

/**
 * A checkpoint that was opened: what was saved, by name.
 *
 * @example
 * async function largest({ variables }: Checkpoint) {
 *   const sizes = [...variables].map(([name, { shape }]) => ({ name, size: shape.reduce((a, b) => a * b, 1) }));
 *   return sizes.sort((a, b) => b.size - a.size)[0]?.name;
 * }
 * const variables = new Map([["layer1/weights", { dtype: DataType.DT_FLOAT, shape: [784, 500] }]]);
 * const read = () => Promise.reject(new Error("not saved"));
 * console.log(await largest({ version: 2, variables, read, readBytes: read })); // layer1/weights
 */
export interface Checkpoint {
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
  /** The same as numbers. */
  read(name: string, rows?: number): Promise<TensorValue>;
}

/**
 * Elements row by row, as {@link tensorOfBytes} takes them.
 *
 * @example
 * const toTensor = ({ dtype, shape, bytes }: VariableBytes) => tensorOfBytes(dtype, shape, bytes);
 * const bias: VariableBytes = { dtype: DataType.DT_FLOAT, shape: [2], bytes: Float32Array.of(0.5, 1).buffer };
 * console.log(Array.from(toTensor(bias).data, Number).join()); // 0.5,1
 */
export interface VariableBytes extends Variable {
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
