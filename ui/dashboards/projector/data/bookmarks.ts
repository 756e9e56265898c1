/**
 * Saved views, as stock TensorBoard's projector reads and writes them: a list of states, each with where the points were,
 * which are selected and shown, and where the camera stands. What stock does not know is kept under a name of our own.
 * Facts: `State` in tensorboard/plugins/projector/vz_projector/data.ts, `uploadFile` in vz-projector-bookmark-panel.ts.
 */

import type { Positions } from "../../../projection/types.ts";

/** One state, all that stock's page needs to show it. */
export interface State {
  readonly label: string;
  readonly isSelected: boolean;
  readonly selectedProjection: "pca" | "umap" | "tsne" | "custom";
  readonly dataSetDimensions: readonly [rows: number, dims: number];
  readonly tSNEIteration: number;
  readonly tSNEPerplexity: number;
  readonly tSNELearningRate: number;
  readonly tSNEis3d: boolean;
  readonly umapIs3d: boolean;
  readonly umapNeighbors: number;
  readonly umapMinDist: number;
  readonly pcaComponentDimensions: readonly number[];
  readonly customSelectedSearchByMetadataOption: string;
  readonly customXLeftText: string;
  readonly customXLeftRegex: boolean;
  readonly customXRightText: string;
  readonly customXRightRegex: boolean;
  readonly customYUpText: string;
  readonly customYUpRegex: boolean;
  readonly customYDownText: string;
  readonly customYDownRegex: boolean;
  /** Of each shown point its places by name: `umap-0`, `tsne-1`, `pca-0`, `linear-x`. */
  readonly projections: readonly Readonly<Record<string, number>>[];
  readonly filteredPoints: readonly number[] | null;
  readonly selectedPoints: readonly number[];
  readonly shuffledDataIndices: readonly number[];
  readonly cameraDef: Camera | null;
  readonly selectedColorOptionName: string | null;
  readonly forceCategoricalColoring: boolean;
  readonly selectedLabelOption: string;
  /** Ours: the view's address, in which all settings are. */
  readonly tsboard?: string;
}

export interface Camera {
  readonly orthographic: boolean;
  readonly position: Triple;
  readonly target: Triple;
  readonly zoom: number;
}

interface Triple {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** @throws Error in words, when it is no list of states */
export function parseStates(parsed: unknown): State[] {
  if (!Array.isArray(parsed)) throw new Error("bookmarks are a list of views, and this is none");
  return parsed.map((one: unknown, i) => stateOf(one, i));
}

/** What is missing gets stock's defaults, as its page is as lenient. */
function stateOf(value: unknown, place: number): State {
  if (typeof value !== "object" || value === null) throw new Error(`bookmark ${place + 1} is no view`);
  const field = (name: string): unknown => Reflect.get(value, name);
  const number = (name: string, otherwise: number): number => {
    const given = field(name);
    return typeof given === "number" && Number.isFinite(given) ? given : otherwise;
  };
  const text = (name: string): string | null => {
    const given = field(name);
    return typeof given === "string" ? given : null;
  };
  const numbers = (name: string): number[] => {
    const given = field(name);
    return Array.isArray(given) ? given.filter((one): one is number => typeof one === "number") : [];
  };
  const projections = field("projections");
  const [rows = 0, dims = 0] = numbers("dataSetDimensions");
  const projection = text("selectedProjection");
  const own = text("tsboard");
  return {
    label: text("label") ?? `View ${place + 1}`,
    isSelected: field("isSelected") === true,
    selectedProjection:
      projection === "umap" || projection === "tsne" || projection === "custom" ? projection : "pca",
    dataSetDimensions: [rows, dims],
    tSNEIteration: number("tSNEIteration", 0),
    tSNEPerplexity: number("tSNEPerplexity", 30),
    tSNELearningRate: number("tSNELearningRate", 10),
    tSNEis3d: field("tSNEis3d") !== false,
    umapIs3d: field("umapIs3d") !== false,
    umapNeighbors: number("umapNeighbors", 15),
    umapMinDist: number("umapMinDist", 0.1),
    pcaComponentDimensions: numbers("pcaComponentDimensions"),
    customSelectedSearchByMetadataOption: text("customSelectedSearchByMetadataOption") ?? "",
    customXLeftText: text("customXLeftText") ?? "",
    customXLeftRegex: field("customXLeftRegex") === true,
    customXRightText: text("customXRightText") ?? "",
    customXRightRegex: field("customXRightRegex") === true,
    customYUpText: text("customYUpText") ?? "",
    customYUpRegex: field("customYUpRegex") === true,
    customYDownText: text("customYDownText") ?? "",
    customYDownRegex: field("customYDownRegex") === true,
    projections: Array.isArray(projections) ? projections.map(placesIn) : [],
    filteredPoints: Array.isArray(field("filteredPoints")) ? numbers("filteredPoints") : null,
    selectedPoints: numbers("selectedPoints"),
    shuffledDataIndices: numbers("shuffledDataIndices"),
    cameraDef: cameraIn(field("cameraDef")),
    selectedColorOptionName: text("selectedColorOptionName"),
    forceCategoricalColoring: field("forceCategoricalColoring") === true,
    selectedLabelOption: text("selectedLabelOption") ?? "",
    ...(own !== null && { tsboard: own }),
  };
}

function placesIn(value: unknown): Record<string, number> {
  if (typeof value !== "object" || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}

function cameraIn(value: unknown): Camera | null {
  if (typeof value !== "object" || value === null) return null;
  const triple = (name: string): Triple | null => {
    const given: unknown = Reflect.get(value, name);
    if (typeof given !== "object" || given === null) return null;
    const [x, y, z] = ["x", "y", "z"].map((axis): unknown => Reflect.get(given, axis));
    return typeof x === "number" && typeof y === "number" && typeof z === "number" ? { x, y, z } : null;
  };
  const [position, target] = [triple("position"), triple("target")];
  const zoom: unknown = Reflect.get(value, "zoom");
  if (!position || !target) return null;
  return {
    orthographic: Reflect.get(value, "orthographic") === true,
    position,
    target,
    zoom: typeof zoom === "number" ? zoom : 1,
  };
}

/** What stock calls the places of a projection. */
const KEYS = { pca: "pca-", umap: "umap-", tsne: "tsne-" } as const;
const CUSTOM = ["x", "y", "z"] as const;

function keysOf(projection: State["selectedProjection"], axes: readonly number[]): string[] {
  if (projection === "custom") return axes.map((_, axis) => `linear-${CUSTOM[axis]}`);
  return axes.map((axis) => KEYS[projection] + axis);
}

/** Places of rows as a state has them. @param axes components of PCA, else 0, 1 and 2 */
export function toProjections(
  projection: State["selectedProjection"],
  { data, dims }: Positions,
  axes: readonly number[],
  rows: ArrayLike<number>,
): Record<string, number>[] {
  const keys = keysOf(projection, axes.slice(0, dims));
  return Array.from(rows, (row) => {
    const places: Record<string, number> = {};
    for (const [d, key] of keys.entries()) {
      const value = data[row * dims + d]!;
      // JSON has no NaN; a point without a place has none there either.
      if (Number.isFinite(value)) places[key] = value;
    }
    return places;
  });
}

/** Places of a state by row, NaN of those that it does not show; null where it has none of its projection. */
export function fromProjections(state: State, rows: number): Positions | null {
  const { projections, filteredPoints, selectedProjection: projection, pcaComponentDimensions } = state;
  if (projections.length !== (filteredPoints?.length ?? rows)) return null;
  const axes =
    projection === "pca" && pcaComponentDimensions.length >= 2 ? pcaComponentDimensions : [0, 1, 2];
  const keys = keysOf(projection, axes).filter((key) => projections.some((places) => key in places));
  if (keys.length < 2) return null;
  const dims = keys.length >= 3 ? 3 : 2;
  const data = new Float32Array(rows * dims).fill(Number.NaN);
  for (const [i, places] of projections.entries()) {
    const row = filteredPoints?.[i] ?? i;
    for (let d = 0; d < dims; d++) data[row * dims + d] = places[keys[d]!] ?? Number.NaN;
  }
  return { data, dims };
}
