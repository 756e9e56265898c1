/** Saves what is shown as a bookmark, and goes back to one: in files that stock TensorBoard's page reads and writes. */
import { batch, computed, signal } from "@preact/signals";
import { describeError } from "../../../app/api.ts";
import { type Camera, fromProjections, parseStates, type State, toProjections } from "../data/bookmarks.ts";
import type { DataSet } from "../data/data-set.ts";
import { fetchBookmarks } from "../data/from-log.ts";
import { labelling, shading } from "./looks.ts";
import { main } from "./pane.ts";
import { chosenComponents, keyOf } from "./project.ts";
import { select, selection, show, visible } from "./selection.ts";
import {
  colorAs,
  colorBy,
  components,
  dimensions,
  kind,
  labelBy,
  perplexity,
  poleExpressions,
  poles,
  umapMinDist,
  umapNeighbours,
} from "./settings.ts";
import { scatterOf } from "./tools.ts";

/** Views of the whole visit, by the points that they are of. */
const kept = signal<ReadonlyMap<string, readonly State[]>>(new Map());
const points = computed(() => (main.data.value ? pointsOf(main.data.value) : ""));
/** Those of the points that are open: of all steps of a tensor, where these have the same rows. */
export const states = computed<readonly State[]>(() => kept.value.get(points.value) ?? []);
export const bookmarkError = signal<string | null>(null);
/** Embeddings whose views were read from the log folder, and what these are. */
const fetched = new Set<string>();

function pointsOf({ origin, rows, dims }: DataSet): string {
  const { kind: from, name } = origin;
  return JSON.stringify(from === "log" ? [origin.run, origin.tensor, rows, dims] : [name, rows, dims]);
}

export function keepStates(next: readonly State[], of: string = points.peek()): void {
  kept.value = new Map(kept.peek()).set(of, next);
}

/** The view that is on the page. @returns null where there are no points */
export function currentState(label: string): State | null {
  const data = main.data.peek();
  const picture = main.picture.peek();
  if (!data || !picture) return null;
  const mask = visible.peek();
  const filtered = mask ? Array.from(mask.keys()).filter((row) => mask[row] === 1) : null;
  // Stock has no projection that is called columns: its custom axes are what comes nearest.
  const projection = picture.kind === "columns" ? "custom" : picture.kind;
  const axes = projection === "pca" ? chosenComponents.peek() : [0, 1, 2];
  const rows = filtered ?? Array.from({ length: data.rows }, (_, row) => row);
  const selected = selection.peek();
  return {
    label,
    isSelected: true,
    selectedProjection: projection,
    dataSetDimensions: [data.rows, data.dims],
    tSNEIteration: picture.kind === "tsne" ? (picture.layout?.iteration ?? 0) : 0,
    tSNEPerplexity: perplexity.peek(),
    tSNELearningRate: 10,
    tSNEis3d: dimensions.peek() === "3",
    umapIs3d: dimensions.peek() === "3",
    umapNeighbors: umapNeighbours.peek(),
    umapMinDist: umapMinDist.peek(),
    pcaComponentDimensions: chosenComponents.peek(),
    customSelectedSearchByMetadataOption: labelling.peek()?.name ?? "",
    // Stock's page stops half way where one of these is not there.
    customXLeftText: poles.left.peek(),
    customXLeftRegex: poleExpressions.left.peek(),
    customXRightText: poles.right.peek(),
    customXRightRegex: poleExpressions.right.peek(),
    customYUpText: poles.up.peek(),
    customYUpRegex: poleExpressions.up.peek(),
    customYDownText: poles.down.peek(),
    customYDownRegex: poleExpressions.down.peek(),
    projections: toProjections(projection, picture.positions, axes, rows),
    filteredPoints: filtered,
    // Stock counts among the points that are shown.
    selectedPoints: filtered
      ? filtered.flatMap((row, place) => (selected.has(row) ? [place] : []))
      : [...selected.rows],
    shuffledDataIndices: rows.map((_, place) => place),
    cameraDef: cameraNow(),
    selectedColorOptionName: shading.peek()?.name ?? null,
    forceCategoricalColoring: colorAs.peek() === "categories",
    selectedLabelOption: labelling.peek()?.name ?? "",
    tsboard: location.hash,
  };
}

function cameraNow(): Camera | null {
  const place = scatterOf.peek()?.stage.place;
  if (!place) return null;
  const triple = ([x, y, z]: readonly [number, number, number]) => ({ x, y, z });
  return {
    orthographic: dimensions.peek() === "2",
    position: triple(place.position),
    target: triple(place.target),
    zoom: place.zoom,
  };
}

export function saveView(label: string): void {
  const state = currentState(label || `View ${states.peek().length + 1}`);
  if (state) keepStates([...states.peek().map((one) => ({ ...one, isSelected: false })), state]);
}

export function removeView(index: number): void {
  keepStates(states.peek().filter((_, i) => i !== index));
}

/** Takes views from a file's text. Those of other points are refused, as in stock. */
export function takeStates(parsed: unknown): void {
  try {
    const read = parseStates(parsed);
    const data = main.data.peek();
    const other = read.find(
      // Stock counts the points that are shown, and so far refuses such views itself.
      ({ dataSetDimensions: [rows, dims], filteredPoints }) =>
        (rows !== data?.rows && rows !== filteredPoints?.length) || dims !== data?.dims,
    );
    if (other)
      throw new Error(
        `the view "${other.label}" is of ${other.dataSetDimensions.join(" × ")} values, and the points have ${data?.rows} × ${data?.dims}`,
      );
    keepStates([...states.peek(), ...read]);
    bookmarkError.value = null;
  } catch (error) {
    bookmarkError.value = `The bookmarks cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Adds the views that the log folder has for the points, once. */
export async function fetchStates(data: DataSet): Promise<void> {
  const { origin } = data;
  if (origin.kind !== "log" || !data.hasBookmarks) return;
  const which = JSON.stringify([origin.run, origin.name]);
  if (fetched.has(which)) return;
  fetched.add(which);
  try {
    const views = await fetchBookmarks(origin.run, origin.name);
    if (main.data.peek()?.origin !== origin) fetched.delete(which);
    else {
      // Steps of a tensor may share a file.
      const content = JSON.stringify([points.peek(), views]);
      if (!fetched.has(content)) takeStates(views);
      fetched.add(content);
    }
  } catch (error) {
    fetched.delete(which);
    bookmarkError.value = `The bookmarks cannot be read: ${describeError(error)}`;
  }
}

/** Goes back to a view. */
export function restore(state: State): void {
  const rows = main.rows.peek();
  const positions = fromProjections(state, rows);
  batch(() => {
    // Ours first: it has what stock's fields do not say.
    if (state.tsboard) location.hash = state.tsboard;
    kind.value = state.selectedProjection;
    const flat =
      state.selectedProjection === "umap"
        ? !state.umapIs3d
        : state.selectedProjection === "tsne"
          ? !state.tSNEis3d
          : (positions?.dims ?? 3) === 2;
    dimensions.value = flat ? "2" : "3";
    umapNeighbours.value = state.umapNeighbors;
    umapMinDist.value = state.umapMinDist;
    perplexity.value = state.tSNEPerplexity;
    if (state.pcaComponentDimensions.length > 1)
      components.value = state.pcaComponentDimensions.map((index) => String(index + 1));
    poles.left.value = state.customXLeftText;
    poleExpressions.left.value = state.customXLeftRegex;
    poles.right.value = state.customXRightText;
    poleExpressions.right.value = state.customXRightRegex;
    poles.up.value = state.customYUpText;
    poleExpressions.up.value = state.customYUpRegex;
    poles.down.value = state.customYDownText;
    poleExpressions.down.value = state.customYDownRegex;
    colorBy.value = state.selectedColorOptionName ?? "";
    colorAs.value = state.forceCategoricalColoring ? "categories" : "auto";
    labelBy.value = state.selectedLabelOption;
    keepStates(states.peek().map((one) => ({ ...one, isSelected: one === state })));
  });
  if (positions && state.selectedProjection !== "pca")
    main.show(keyOf(state.selectedProjection), {
      kind: state.selectedProjection,
      positions,
      layout: null,
      axes: [],
    });
  const { filteredPoints } = state;
  if (filteredPoints) {
    const mask = new Uint8Array(rows);
    for (const row of filteredPoints) mask[row] = 1;
    show(mask);
  } else if (visible.peek()) show(null);
  select(
    state.selectedPoints.map((place) => filteredPoints?.[place] ?? place),
    rows,
  );
  placeCamera(state.cameraDef);
}

function placeCamera(camera: Camera | null): void {
  const stage = scatterOf.peek()?.stage;
  if (!stage || !camera) return;
  const list = ({ x, y, z }: Camera["position"]) => [x, y, z] as const;
  stage.place = { position: list(camera.position), target: list(camera.target), zoom: camera.zoom };
}
