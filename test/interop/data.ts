/** Numbers for the cases, the same every time. */

export type Numeric = "float32" | "float64" | "int32" | "uint8" | "bool";

const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

export function arrayOf(dtype: Numeric, data: readonly number[]) {
  return ARRAYS[dtype].from(data);
}

const random = generator(1);

/** Numbers from -0.3 to 0.7 times `scale`. */
export function numbers(count: number, scale = 1): number[] {
  return Array.from({ length: count }, () => (random() - 0.3) * scale);
}

/** Integers from 0 to 255. */
export function bytes(count: number): number[] {
  return Array.from({ length: count }, () => Math.floor(random() * 256));
}

export function base64(data: Uint8Array): string {
  return Buffer.from(data).toString("base64");
}

/** Numbers from 0 to 1 (a linear congruential generator, Numerical Recipes). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
