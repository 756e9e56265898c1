/** What a checkpoint gives, whichever version it is: its variables by name, and their values. */
import { DataType, elementBytes, type TensorValue } from "../tensor.ts";
import { CheckpointError } from "./error.ts";

export interface Variable {
  readonly dtype: DataType;
  readonly shape: readonly number[];
}

export interface Checkpoint {
  /** Every variable, in order of names; one that was saved in parts is there once, as a whole. */
  readonly variables: ReadonlyMap<string, Variable>;
  /**
   * The values of a variable, put together where it was saved in parts.
   *
   * @param rows how many of the first dimension to give at most; default all
   * @throws CheckpointError when there is no variable of that name, its type holds no numbers, or it is damaged
   */
  read(name: string, rows?: number): Promise<TensorValue>;
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
