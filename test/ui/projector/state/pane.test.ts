/** Pictures one after the other: named axes stay what they are called, others are laid over what was there. */
import "./page-globals.ts";
import { describe, expect, test } from "vitest";
import type { DataSet } from "../../../../ui/dashboards/projector/data/data-set.ts";
import { Pane } from "../../../../ui/dashboards/projector/state/pane.ts";
import { project } from "../../../../ui/dashboards/projector/state/project.ts";
import { components, dimensions, kind } from "../../../../ui/dashboards/projector/state/settings.ts";
import { placesOf } from "../../../../ui/dashboards/projector/view/places.ts";
import { gaussian, randomNumbers } from "../../../../ui/projection/random.ts";
import type { Layout, LoadedVectors, Positions } from "../../../../ui/projection/types.ts";
import type { ProjectionClient } from "../../../../ui/workers/projection-client.ts";

const ROWS = 40;
const random = randomNumbers(3);
const column = (spread: number) => Float32Array.from({ length: ROWS }, () => gaussian(random) * spread);
const scores = [column(5), column(3), column(2)];
const layout = Float32Array.from({ length: ROWS * 2 }, () => gaussian(random) + 7);

/** A pane whose worker answers with `found` components and places. */
function paneOf({ found = scores, places = layout } = {}): Pane {
  const pane = new Pane();
  const answers = {
    pca: async () => ({
      scores: found,
      variances: Float64Array.of(25, 9, 4),
      totalVariance: 38,
      exact: true,
    }),
    umap: () => ({ result: Promise.resolve(layoutOf(places)) }),
    prepare: async () => ({}),
  };
  // Only what these tests ask for.
  pane.client = answers as unknown as ProjectionClient;
  pane.loaded.value = {} as LoadedVectors;
  pane.data.value = { rows: ROWS, columns: [] as DataSet["columns"] } as DataSet;
  return pane;
}

const layoutOf = (data: Float32Array<ArrayBuffer>) =>
  ({ data, dims: 2, iteration: 1, finished: true }) as unknown as Layout;

/** Another step of the same tensor. */
async function nextStep(pane: Pane, answers: Parameters<typeof paneOf>[0]): Promise<void> {
  pane.client = paneOf(answers).client;
  await pane.prepare({});
}

const axis = ({ data, dims }: Positions, at: number) =>
  Float32Array.from({ length: data.length / dims }, (_, row) => data[row * dims + at]!);
const shown = (pane: Pane) => pane.picture.peek()!;
const negative = (numbers: Float32Array<ArrayBuffer>) => numbers.map((value) => -value);

describe("components", () => {
  test("are the axes that they are called, whatever was shown before", async () => {
    dimensions.value = "2";
    kind.value = "umap";
    const pane = paneOf();
    await project(pane, true);
    kind.value = "pca";
    for (const chosen of [
      [1, 2],
      [2, 2],
      [2, 1],
      [3, 1],
    ]) {
      components.value = chosen.map(String);
      await project(pane, false);
      const { positions, axes } = shown(pane);
      expect(axes).toEqual(chosen.map((one) => `component ${one}`));
      for (const [at, one] of chosen.entries()) expect(axis(positions, at)).toEqual(scores[one - 1]);
    }
  });

  test("of another step keep their signs, on whichever axis they come back", async () => {
    kind.value = "pca";
    components.value = [];
    const pane = paneOf();
    await project(pane, false);
    await nextStep(pane, { found: [negative(scores[0]!), scores[1]!.map((value) => value * 2), scores[2]!] });
    await project(pane, false);
    expect(axis(shown(pane).positions, 0)).toEqual(scores[0]);
    expect(axis(shown(pane).positions, 1)).toEqual(scores[1]!.map((value) => value * 2));
    components.value = ["3", "2"];
    await project(pane, false);
    components.value = ["3", "1"];
    await project(pane, false);
    expect(axis(shown(pane).positions, 1)).toEqual(scores[0]);
  });
});

test("UMAP of another step is laid over the one before: turned, mirrored and moved", async () => {
  kind.value = "umap";
  const pane = paneOf();
  await project(pane, true);
  const [sin, cos] = [Math.sin(2), Math.cos(2)];
  const turned = layout.map((_, i) => {
    const [x, y] = [layout[i - (i % 2)]!, layout[i - (i % 2) + 1]!];
    return i % 2 === 0 ? 3 - cos * x + sin * y : sin * x + cos * y;
  });
  await nextStep(pane, { places: turned });
  await project(pane, true);
  const { positions, places } = shown(pane);
  for (const [i, value] of positions.data.entries()) expect(value).toBeCloseTo(layout[i]!, 4);
  expect(places).toEqual(placesOf(positions));
});
