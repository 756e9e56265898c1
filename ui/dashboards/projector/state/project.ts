/** From settings to pictures: runs the projection that is chosen, or shows the one that was made before. */
import { computed } from "@preact/signals";
import type { LoadOptions, Positions, Supervision, TakeOptions } from "../../../projection/types.ts";
import { type Column, labelColumn, textAt } from "../data/columns.ts";
import { type Pole, poleRows, poleTitle } from "../data/poles.ts";
import { positionsOf } from "../view/places.ts";
import type { Pane } from "./pane.ts";
import {
  axisColumns,
  components,
  customKind,
  dimensions,
  endless,
  iterations,
  type Kind,
  kind,
  learningRate,
  metric,
  normalise,
  perplexity,
  poleExpressions,
  poles,
  sampleRows,
  seed,
  superviseBy,
  supervision,
  umapEngine,
  umapMinDist,
  umapNeighbours,
} from "./settings.ts";

export const loadOptions = computed<LoadOptions>(() => ({
  metric: metric.value,
  ...(normalise.value !== "" && { normalise: normalise.value }),
}));

/** How vectors that are opened are taken. */
export const takeOptions = computed<TakeOptions>(() => ({
  ...loadOptions.value,
  ...(sampleRows.value > 0 && { sample: { rows: sampleRows.value, seed: seed.value } }),
}));

const dims = computed<2 | 3>(() => (dimensions.value === "2" ? 2 : 3));

/** Components along the axes, counted from 0. */
export const chosenComponents = computed<readonly number[]>(() => {
  const given = components.value.map((text) => Number(text) - 1).filter((n) => Number.isInteger(n) && n >= 0);
  return Array.from({ length: dims.value }, (_, axis) => given[axis] ?? axis);
});

/** What a picture of these settings is called among those that are kept. */
export function keyOf(which: Kind): string {
  const shared = [which, dims.value, loadOptions.value];
  const own = {
    pca: [chosenComponents.value],
    umap: [
      umapNeighbours.value,
      umapMinDist.value,
      umapEngine.value,
      seed.value,
      superviseBy.value,
      supervision.value,
    ],
    tsne: [
      perplexity.value,
      learningRate.value,
      endless.value || iterations.value,
      seed.value,
      superviseBy.value,
      supervision.value,
    ],
    custom: [
      customKind.value,
      ...[poles, poleExpressions].flatMap((settings) => Object.values(settings).map(({ value }) => value)),
    ],
    columns: [axisColumns.value],
  }[which];
  return JSON.stringify([...shared, own]);
}

/** Whether a projection is quick enough to follow its settings by itself. */
export const isQuick = (which: Kind): boolean => which !== "umap" && which !== "tsne";

/** The projection that a pane shows while the chosen one, which takes its time, has not run; else null. Reads signals. */
export function otherShown(pane: Pane): Kind | null {
  const shown = pane.picture.value?.kind;
  const waits = shown !== undefined && shown !== kind.value && !isQuick(kind.value);
  return waits && !pane.task.value ? shown : null;
}

/**
 * Shows the chosen projection. UMAP and t-SNE take their time: they are shown where they are known, and made when
 * `start` says so.
 */
export async function project(pane: Pane, start: boolean): Promise<void> {
  const which = kind.peek();
  const key = keyOf(which);
  const known = pane.kept(key);
  if (known && !start) return pane.showKept(known);
  if (!pane.client || !(isQuick(which) || start)) return;
  try {
    await runners[which](pane, key);
  } catch (error) {
    pane.fail(error);
  }
}

type Runner = (pane: Pane, key: string) => Promise<void>;

const runners: Readonly<Record<Kind, Runner>> = {
  async pca(pane, key) {
    const wanted = chosenComponents.peek();
    const axes = await pane.run("Principal components", async (task) => {
      const found = pane.pca.peek() ?? (await pane.client!.pca({ seed: seed.peek() }, task));
      pane.pca.value = found;
      const most = found.variances.length;
      const columns: Float32Array[] = [];
      for (const index of wanted) {
        if (index >= most) continue;
        columns.push(found.scores[index] ?? (await pane.client!.component(index, task)));
      }
      return columns;
    });
    const there = pane.pca.peek()?.variances.length ?? 0;
    const names = wanted.map((index) => (index < there ? `component ${index + 1}` : ""));
    pane.show(
      key,
      { kind: "pca", positions: inDims(axes, pane), layout: null, axes: names },
      { signs: true },
    );
  },

  async umap(pane, key) {
    const engine = umapEngine.peek();
    const from = fromHere(pane, "umap");
    const layout = await layOut(pane, "umap", from.start, (task) =>
      pane.client!.umap(
        {
          dims: dims.peek(),
          seed: seed.peek(),
          neighbours: umapNeighbours.peek(),
          minDist: umapMinDist.peek(),
          ...(engine !== "" && { engine }),
          ...supervised(pane),
          ...from,
        },
        task,
      ),
    );
    pane.show(key, { kind: "umap", positions: layout, layout, axes: [] }, { onto: from.start });
  },

  tsne: (pane, key) => tsne(pane, key, fromHere(pane, "tsne")),

  async custom(pane, key) {
    const columns = pane.data.peek()?.columns ?? [];
    const rows = pane.rows.peek();
    const pole = (end: Pole): Uint32Array<ArrayBuffer> => poleRows(end, columns, rows);
    const names = labelColumn(columns);
    const title = (end: Pole): string => poleTitle(end, (row) => (names && textAt(names, row)) || `#${row}`);
    const at = (end: keyof typeof poles): Pole => ({
      text: poles[end].peek(),
      regex: poleExpressions[end].peek(),
    });
    const pairs = [
      [at("left"), at("right")],
      [at("down"), at("up")],
    ] as const;
    const axes = pairs.map(([left, right]) => ({ left: pole(left), right: pole(right) }));
    const found = await pane.run("Custom axes", (task) =>
      pane.client!.custom({ kind: customKind.peek(), axes }, task),
    );
    const axisNames = pairs.map(([left, right]) => `${title(left)} → ${title(right)}`);
    pane.show(key, { kind: "custom", positions: positionsOf(found), layout: null, axes: axisNames });
  },

  async columns(pane, key) {
    const numeric = (pane.data.peek()?.columns ?? []).filter(({ numbers }) => numbers !== null);
    const chosen = axisColumns.peek().flatMap((name) => numeric.find((column) => column.name === name) ?? []);
    const axes = (chosen.length >= 2 ? chosen : numeric).slice(0, dims.peek());
    if (axes.length === 0) throw new Error("none of the columns has numbers");
    const positions = positionsOf(axes.map(({ numbers }) => scaled(numbers!)));
    pane.show(key, { kind: "columns", positions, layout: null, axes: axes.map(({ name }) => name) });
  },
};

/** Columns of people's have units of their own: each is brought to a spread of one. */
function scaled(numbers: Float64Array): Float64Array {
  let [sum, square, count] = [0, 0, 0];
  for (const value of numbers)
    if (Number.isFinite(value)) {
      sum += value;
      square += value * value;
      count++;
    }
  const mean = sum / count;
  const spread = Math.sqrt(Math.max(0, square / count - mean * mean)) || 1;
  return numbers.map((value) => (value - mean) / spread);
}

/** As many axes as the picture has; those that are missing are flat. */
function inDims(axes: readonly Float32Array[], pane: Pane): Positions {
  const empty = new Float32Array(pane.rows.peek());
  const [first] = axes;
  // Rows without a place have none along the axis that is not there either.
  if (first)
    for (let row = 0; row < empty.length; row++) empty[row] = Number.isNaN(first[row]!) ? Number.NaN : 0;
  return positionsOf(Array.from({ length: dims.peek() }, (_, axis) => axes[axis] ?? empty));
}

async function tsne(
  pane: Pane,
  key: string,
  from: { readonly start?: Positions; readonly done?: number },
): Promise<void> {
  const rate = learningRate.peek();
  const layout = await layOut(pane, "tsne", from.start, (task) =>
    pane.client!.tsne(
      {
        dims: dims.peek(),
        seed: seed.peek(),
        perplexity: perplexity.peek(),
        iterations: endless.peek() ? Number.POSITIVE_INFINITY : (from.done ?? 0) + iterations.peek(),
        ...(rate > 0 && { learningRate: rate }),
        ...supervised(pane),
        ...from,
      },
      task,
    ),
  );
  pane.show(key, { kind: "tsne", positions: layout, layout, axes: [] }, { onto: from.start });
}

/** The t-SNE that is shown, where it can go on; null where there is none. */
export function resumable(pane: Pane): { readonly start: Positions; readonly done: number } | null {
  const { kind: shown, layout, positions, of } = pane.picture.value ?? {};
  const fits = shown === "tsne" && of === pane.loaded.value && positions?.dims === dims.value;
  return fits && layout ? { start: positions, done: layout.iteration } : null;
}

/** Goes on with the t-SNE that is shown from where it was stopped. */
export async function resume(pane: Pane): Promise<void> {
  const from = resumable(pane);
  if (!from || !pane.client) return;
  try {
    await tsne(pane, keyOf("tsne"), from);
  } catch (error) {
    pane.fail(error);
  }
}

type LayoutTask = NonNullable<Parameters<NonNullable<Pane["client"]>["umap"]>[1]>;

async function layOut(
  pane: Pane,
  which: Kind,
  onto: Positions | undefined,
  start: (task: LayoutTask) => ReturnType<NonNullable<Pane["client"]>["umap"]>,
) {
  return pane.run("Finding neighbours", async (task) => {
    const job = start({ ...task, onFrame: (frame) => pane.showFrame(which, frame, { onto }) });
    pane.attach(job);
    return job.result;
  });
}

/** Of another step of the same tensor: points start where they were, and the picture stays the same way round. */
function fromHere(pane: Pane, which: Kind): { start?: Positions } {
  const picture = pane.picture.peek();
  const isOther = picture?.kind === which && picture.of !== pane.loaded.peek();
  const fits =
    picture?.positions.dims === dims.peek() &&
    picture.positions.data.length === pane.rows.peek() * dims.peek();
  return picture && isOther && fits ? { start: picture.positions } : {};
}

function supervised(pane: Pane): { supervision?: Supervision } {
  const column = columnNamed(pane, superviseBy.peek());
  const strength = supervision.peek();
  if (!column || strength === 0) return {};
  return { supervision: { labels: column.indices, strength } };
}

function columnNamed(pane: Pane, name: string): Column | undefined {
  return pane.data.peek()?.columns.find((column) => column.name === name);
}
