/** Numbers of edges in the order of some box of each: what begins or ends at a box is a stretch. */

export interface SortedEdges {
  /** Where the stretch of a box begins in `edges`; one more than there are boxes. */
  readonly start: Uint32Array;
  readonly edges: Uint32Array;
}

/** @param boxes the box of each edge; the order within a box is that of the edges */
export function sortEdges(boxes: ArrayLike<number>, boxCount: number): SortedEdges {
  const start = new Uint32Array(boxCount + 1);
  for (let edge = 0; edge < boxes.length; edge++) start[boxes[edge]! + 1]!++;
  for (let box = 0; box < boxCount; box++) start[box + 1]! += start[box]!;
  const next = start.slice();
  const edges = new Uint32Array(boxes.length);
  for (let edge = 0; edge < boxes.length; edge++) edges[next[boxes[edge]!]!++] = edge;
  return { start, edges };
}
