/**
 * What restarts overtook of a series, branch by branch: each is a stretch of training that was given up when a later
 * record came with a step that it had passed.
 */
import { Arena } from "./arena.ts";
import { unpack } from "./points.ts";
import type { Restarts } from "./restarts.ts";
import { ScalarSeries } from "./scalar-series.ts";

/** In the order in which they were overtaken; each a series of its own, so that it is reduced as every other. */
export function branchesOf(series: ScalarSeries): ScalarSeries[] {
  const arena = new Arena();
  const branches: ScalarSeries[] = [];
  const lengths = branchLengths(series.restarts);
  for (const slice of series.overtakenRows) {
    const points = unpack(slice.rows, slice.from, slice.to);
    const count = points.values.length;
    for (let from = 0; from < count; ) {
      let branch = branches.at(-1);
      if (!branch || branch.length === lengths[branches.length - 1]) {
        branch = new ScalarSeries(arena);
        branches.push(branch);
      }
      const to = Math.min(count, from + lengths[branches.length - 1]! - branch.length);
      branch.append(points, from, to);
      from = to;
    }
  }
  return branches;
}

function branchLengths(restarts: Restarts): number[] {
  return Array.from({ length: restarts.count }, (_, i) => restarts.at(i)).flatMap(({ before, keep, times }) =>
    new Array<number>(times).fill(before - keep),
  );
}
