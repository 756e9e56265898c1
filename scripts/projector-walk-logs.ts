/** What the walk of docs/projector.md goes through: pictures of animals, some of which a broken camera took. */
import path from "node:path";
import { createFileWriter } from "tsboard";

const POINTS = 600;
const DIMS = 16;
const ANIMALS = ["cat", "dog", "horse", "sheep"];

/** Four kinds of animals as they should be, and forty pictures that are odd. */
export async function writeAnimals(logdir: string): Promise<void> {
  const writer = createFileWriter(path.join(logdir, "train"));
  writer.scalar("loss", 1, { step: 0 });
  let state = 5;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const isBroken = (row: number) => row % 15 === 7;
  const vectors = Float32Array.from({ length: POINTS * DIMS }, (_, i) => {
    const [row, d] = [Math.floor(i / DIMS), i % DIMS];
    return random() + (d === (isBroken(row) ? 9 : row % 4) ? 6 : 0);
  });
  await writer.projector("features", vectors, {
    shape: [POINTS, DIMS],
    metadata: {
      file: Array.from({ length: POINTS }, (_, row) => `img-${row}.jpg`),
      animal: Array.from({ length: POINTS }, (_, row) => ANIMALS[row % 4]!),
      camera: Array.from({ length: POINTS }, (_, row) => (isBroken(row) ? "cam-7" : `cam-${row % 3}`)),
    },
  });
  await writer.close();
}
