/** UMAP by umap-js, behind the interface of our own optimiser: for sets that it is fast enough for. */
import { UMAP } from "umap-js";
import type { NeighbourTable } from "../neighbours/table.ts";
import { randomNumbers } from "../random.ts";
import type { Supervision } from "../types.ts";
import { shaken } from "./start.ts";

export interface LibrarySettings {
  readonly dims: 2 | 3;
  readonly minDist: number;
  readonly epochs: number;
  readonly seed: number;
  readonly supervision: Supervision | undefined;
}

export class UmapLibrary {
  readonly epochs: number;
  epoch = 0;
  private readonly umap: UMAP;
  private readonly dims: 2 | 3;

  /** @param start count × dims */
  constructor(table: NeighbourTable, start: Float32Array, settings: LibrarySettings) {
    const { dims, minDist, epochs, seed, supervision } = settings;
    this.dims = dims;
    this.umap = new UMAP({
      nComponents: dims,
      // It refuses as many as there are points, though with neighbours given it looks for none.
      nNeighbors: Math.min(table.k + 1, table.count - 1),
      minDist,
      nEpochs: epochs,
      random: randomNumbers(seed),
    });
    this.umap.setPrecomputedKNN(...withThemselves(table));
    if (supervision && supervision.strength > 0)
      this.umap.setSupervisedProjection([...supervision.labels], {
        targetWeight: Math.min(1, supervision.strength / 100),
      });
    // With neighbours given it asks only how many vectors there are.
    this.epochs = this.umap.initializeFit(Array.from({ length: table.count }, () => []));
    for (const [point, place] of this.umap.getEmbedding().entries())
      for (let d = 0; d < dims; d++) place[d] = start[point * dims + d]!;
  }

  *step(): Generator<void, void, void> {
    this.epoch = this.umap.step();
    yield;
  }

  perturb(random: () => number): void {
    const places = this.positions();
    shaken(places, random);
    for (const [point, place] of this.umap.getEmbedding().entries())
      for (let d = 0; d < this.dims; d++) place[d] = places[point * this.dims + d]!;
  }

  positions(): Float32Array<ArrayBuffer> {
    const places = this.umap.getEmbedding();
    const positions = new Float32Array(places.length * this.dims);
    for (const [point, place] of places.entries()) positions.set(place, point * this.dims);
    return positions;
  }
}

/** umap-js takes every point for its own first neighbour, as umap-learn does. */
function withThemselves({ count, k, indices, distances }: NeighbourTable): [number[][], number[][]] {
  const points = Array.from({ length: count }, (_, point) => point);
  return [
    points.map((point) => [point, ...indices.subarray(point * k, (point + 1) * k)]),
    points.map((point) => [0, ...distances.subarray(point * k, (point + 1) * k)]),
  ];
}
