/** What of the projector is computed in WebAssembly: sums over vectors, neighbours, and the steps of layouts. */
export { addProducts, dotsWith, fromSphere, subtractCentre, toSphere, weightedSum } from "./dense";
export {
  chooseCandidates,
  clearCandidates,
  clearNeighbours,
  join,
  markChosen,
  meetAll,
  meetFirst,
  meetLeaf,
  meetRandom,
  seedNeighbours,
  setCandidates,
  setNeighbours,
  sortNeighbours,
} from "./neighbours";
export { distancesFrom, measureLengths, setPoints, splitByPlane } from "./points";

/** Where the memory is free. */
export const heapBase: usize = __heap_base;
export { survey } from "./survey";
export { makeTree, setTree, setTsne, tsneForces, tsneMove } from "./tsne";
export { setUmap, umapEpoch } from "./umap";
