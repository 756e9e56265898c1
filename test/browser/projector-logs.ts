/** Logs with embeddings, for tests of the projector's page. */
import path from "node:path";
import { createFileWriter } from "../../summary/index.ts";

export const POINTS = 240;
export const DIMS = 8;
const KINDS = ["red", "green", "blue"];

/** Three kinds of points, each around a corner of its own; a few of the last kind are odd, and say so in their metadata. */
export async function makeLogs(logdir: string): Promise<void> {
  const writer = createFileWriter(path.join(logdir, "train"));
  writer.scalar("loss", 1, { step: 0 });
  let state = 11;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const isOdd = (row: number) => row % 3 === 2 && row > 180;
  const metadata = {
    word: Array.from({ length: POINTS }, (_, row) => `word${row}`),
    kind: Array.from({ length: POINTS }, (_, row) => (isOdd(row) ? "mislabelled" : KINDS[row % 3]!)),
    size: Array.from({ length: POINTS }, (_, row) => row / 10),
  };
  for (const step of [0, 10, 20]) {
    const vectors = Float32Array.from({ length: POINTS * DIMS }, (_, i) => {
      const [row, d] = [Math.floor(i / DIMS), i % DIMS];
      const corner = isOdd(row) ? 3 : row % 3;
      return random() + (d === corner ? step / 2 : 0);
    });
    await writer.projector("words", vectors, { shape: [POINTS, DIMS], step, metadata });
  }
  const images = { data: new Uint8Array(9 * 6 * 4).fill(200), shape: [9, 6, 4] };
  await writer.projector(
    "pictures",
    new Float32Array(27).map(() => random()),
    { shape: [9, 3], images },
  );
  await writer.close();
}
