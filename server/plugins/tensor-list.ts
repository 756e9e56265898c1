/** Tensors as nested lists, for answers in JSON. */
import { DataType, decodeText, type TensorValue } from "../../proto/index.ts";

/** A list for each dimension, with numbers, truth values or text inside; a tensor of rank 0 is its only value. */
export function tensorList(tensor: TensorValue): unknown {
  return nest(elementsOf(tensor), tensor.shape);
}

function elementsOf(tensor: TensorValue): readonly unknown[] {
  if (tensor.dtype === DataType.DT_STRING) return decodeText(tensor);
  const numbers: readonly unknown[] = [...tensor.data];
  return tensor.dtype === DataType.DT_BOOL ? numbers.map(Boolean) : numbers;
}

function nest(elements: readonly unknown[], shape: readonly number[]): unknown {
  const [length, ...inner] = shape;
  if (length === undefined) return elements[0];
  if (inner.length === 0) return elements;
  const each = inner.reduce((a, b) => a * b, 1);
  return Array.from({ length }, (_, i) => nest(elements.slice(i * each, (i + 1) * each), inner));
}
