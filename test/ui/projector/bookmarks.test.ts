/** Bookmarks as stock's page writes them, there and back. */
import { expect, test } from "vitest";
import {
  fromProjections,
  parseStates,
  toProjections,
} from "../../../ui/dashboards/projector/data/bookmarks.ts";

/** What stock's page saves of four points, two of them shown. */
const stock = {
  label: "State 0",
  isSelected: true,
  selectedProjection: "umap",
  dataSetDimensions: [4, 3],
  umapIs3d: false,
  umapNeighbors: 7,
  umapMinDist: 0.2,
  pcaComponentDimensions: [0, 1, 2],
  projections: [
    { "pca-0": 1, "pca-1": 2, "umap-0": 0.5, "umap-1": 0.25 },
    { "pca-0": 3, "pca-1": 4, "umap-0": -0.5, "umap-1": -0.25 },
  ],
  filteredPoints: [1, 3],
  selectedPoints: [3],
  shuffledDataIndices: [1, 0],
  cameraDef: { orthographic: true, position: { x: 0, y: 0, z: 1 }, target: { x: 0, y: 0, z: 0 }, zoom: 2 },
  selectedColorOptionName: "kind",
  selectedLabelOption: "word",
};

test("of stock: everything that it has, and places by row", () => {
  const [state] = parseStates([stock]);
  expect(state).toMatchObject({ ...stock, tSNEPerplexity: 30, forceCategoricalColoring: false });
  const positions = fromProjections(state!, 4);
  expect(positions?.dims).toBe(2);
  const none = Number.NaN;
  expect([...positions!.data]).toEqual([none, none, 0.5, 0.25, none, none, -0.5, -0.25]);
});

test("places there and back, under stock's names", () => {
  const data = Float32Array.of(1, 2, 3, 4, Number.NaN, Number.NaN);
  const projections = toProjections("tsne", { data, dims: 2 }, [0, 1, 2], [0, 1, 2]);
  expect(projections).toEqual([{ "tsne-0": 1, "tsne-1": 2 }, { "tsne-0": 3, "tsne-1": 4 }, {}]);
  const [state] = parseStates([{ ...stock, selectedProjection: "tsne", filteredPoints: null, projections }]);
  expect(fromProjections(state!, 3)).toEqual({ data, dims: 2 });
  expect(Object.keys(toProjections("custom", { data, dims: 2 }, [0, 1], [0])[0]!)).toEqual([
    "linear-x",
    "linear-y",
  ]);
  expect(Object.keys(toProjections("pca", { data, dims: 2 }, [4, 1], [0])[0]!)).toEqual(["pca-4", "pca-1"]);
});

test.each([
  [{}, "bookmarks are a list of views, and this is none"],
  [[3], "bookmark 1 is no view"],
])("%j is refused in words", (parsed, words) => {
  expect(() => parseStates(parsed)).toThrow(words);
});
