/** Logs with many vectors. */
import path from "node:path";
import { createFileWriter } from "tsboard";

/** Twenty kinds of points around centres of their own; the tensor is called as its run. */
export async function makeVectors(logdir: string, name: string, rows: number, dims: number): Promise<void> {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const centres = Float32Array.from({ length: 20 * dims }, () => 2 * random());
  const vectors = new Float32Array(rows * dims);
  for (let row = 0; row < rows; row++)
    for (let d = 0; d < dims; d++) vectors[row * dims + d] = centres[(row % 20) * dims + d]! + random();
  const writer = createFileWriter(path.join(logdir, name));
  writer.scalar("loss", 1, { step: 0 });
  const kinds = Array.from({ length: rows }, (_, row) => `kind ${row % 20}`);
  await writer.projector(name, vectors, { shape: [rows, dims], metadata: kinds });
  await writer.close();
}
