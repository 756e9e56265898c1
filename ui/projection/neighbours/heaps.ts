/** Room for the nearest points of all points in the kernels' memory, and what is in it in the end. */
import type { Room } from "../kernels/index.ts";
import type { PointSet } from "../point-set.ts";
import type { Work } from "../work.ts";

export interface FoundNeighbours {
  readonly indices: Int32Array<ArrayBuffer>;
  readonly distances: Float32Array<ArrayBuffer>;
}

export interface Heaps {
  /** Tells the kernels that these are meant. */
  select(): void;
  /** Sorts them and takes them out. */
  take(): Work<FoundNeighbours>;
}

export function makeHeaps(points: PointSet, k: number, room: Room): Heaps {
  const { kernels, count } = points;
  const ids = room.reserve(count * k * 4);
  const distances = room.reserve(count * k * 4);
  const fresh = room.reserve(count * k);
  const select = (): void => {
    points.select();
    kernels.run.setNeighbours(k, ids, distances, fresh);
  };
  select();
  kernels.run.clearNeighbours();
  return {
    select,
    *take() {
      yield* points.inPieces("neighbours", (from, to) => {
        select();
        kernels.run.sortNeighbours(from, to);
      });
      const { finish } = points.distance();
      return {
        indices: kernels.integers(ids, count * k).slice(),
        distances: kernels.floats(distances, count * k).map(finish),
      };
    },
  };
}
