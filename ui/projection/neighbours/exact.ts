/** Neighbours by looking at all pairs. */
import type { PointSet } from "../point-set.ts";
import type { Work } from "../work.ts";
import { makeHeaps } from "./heaps.ts";
import type { NeighbourTable } from "./table.ts";

/** Bytes of points that stay in the cache while others meet them. */
const TILE_BYTES = 1 << 17;
/** Numbers that are looked at between two breaks: some milliseconds. */
const PIECE = 2e7;

export function* exactNeighbours(points: PointSet, k: number): Work<NeighbourTable> {
  const { kernels, count, stride } = points;
  const room = kernels.room();
  try {
    const heaps = makeHeaps(points, k, room);
    const tile = Math.max(8, Math.floor(TILE_BYTES / (4 * stride)));
    const pairs = (count * (count - 1)) / 2;
    for (let from = 0, to = 0; from < count; from = to) {
      to = Math.min(count, from + Math.max(1, Math.min(tile, Math.floor(PIECE / (stride * (from + 1))))));
      heaps.select();
      kernels.run.meetAll(from, to, tile);
      yield { stage: "neighbours", done: (to * (to - 1)) / 2, of: pairs };
    }
    const found = yield* heaps.take();
    return { count, k, ...found, exact: true, recall: 1, recallRows: 0 };
  } finally {
    room.free();
  }
}
