/** Numbers in nested arrays, as JavaScript writes a matrix: flat, with the shape that the nesting has. */
import { describe } from "./checks.ts";
import { ShapeError, ValueError } from "./errors.ts";

/**
 * Numbers in arrays of arrays, all of one depth and equal length.
 *
 * @example
 * const matrix: NestedNumbers = [
 *   [1, 2],
 *   [3, 4],
 * ];
 * writer.histogram("weights", matrix, { step: 0 });
 */
export type NestedNumbers = readonly (number | NestedNumbers)[];

export interface FlatNumbers {
  readonly data: Float64Array;
  readonly shape: readonly number[];
}

/** Whether it is an array of arrays or numbers, as far as its first element tells. */
export function isNested(values: unknown): values is NestedNumbers {
  return Array.isArray(values) && (typeof values[0] === "number" || Array.isArray(values[0]));
}

/**
 * @throws ShapeError when arrays of one depth differ in length
 * @throws ValueError when something is neither a number nor an array, or numbers and arrays stand side by side
 */
export function flatten(values: NestedNumbers): FlatNumbers {
  const shape = shapeOf(values);
  const data = new Float64Array(shape.reduce((a, b) => a * b, 1));
  let at = 0;
  const visit = (element: unknown, depth: number, place: string): void => {
    if (depth === shape.length) {
      if (typeof element !== "number")
        throw new ValueError(`numbers expected, but element ${place} is ${describe(element)}`);
      data[at++] = element;
      return;
    }
    if (!Array.isArray(element))
      throw new ValueError(`arrays of equal depth expected, but element ${place} is ${describe(element)}`);
    if (element.length !== shape[depth])
      throw new ShapeError(
        `arrays of equal length expected, but ${place === "" ? "the first" : `element ${place}`} has ${element.length}, not ${shape[depth]}`,
      );
    for (let i = 0; i < element.length; i++)
      visit(element[i], depth + 1, place === "" ? `${i}` : `${place}, ${i}`);
  };
  visit(values, 0, "");
  return { data, shape };
}

/** By the first element of every depth. */
function shapeOf(values: NestedNumbers): number[] {
  const shape: number[] = [];
  for (let level: unknown = values; Array.isArray(level); level = level[0]) shape.push(level.length);
  return shape;
}
