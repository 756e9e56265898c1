/** Two embeddings or two steps side by side: points are the same by their row, or by their name. */
import { computed } from "@preact/signals";
import { labelColumn } from "../data/columns.ts";
import { overlap } from "./looks.ts";
import { openInto, tensors } from "./opening.ts";
import { beside, main } from "./pane.ts";
import { besideName, besideRun, colorBy, OURS } from "./settings.ts";

/** Of each point of the main pane, which point of the other it is; -1 for none. Null: the same rows. */
export const matching = computed<Int32Array | null>(() => {
  const [own, other] = [main.data.value, beside.data.value];
  if (!own || !other || own.rows === other.rows) return null;
  const [names, others] = [labelColumn(own.columns), labelColumn(other.columns)];
  const match = new Int32Array(own.rows).fill(-1);
  if (!names || !others) {
    for (let row = 0; row < Math.min(own.rows, other.rows); row++) match[row] = row;
    return match;
  }
  const rowOf = new Map<string, number>();
  for (let row = other.rows - 1; row >= 0; row--) rowOf.set(others.values[others.indices[row]!] ?? "", row);
  for (let row = 0; row < own.rows; row++)
    match[row] = rowOf.get(names.values[names.indices[row]!] ?? "") ?? -1;
  return match;
});

/** The other's row of a point of the main pane; -1 for none. */
export function rowBeside(row: number): number {
  const match = matching.peek();
  return match ? (match[row] ?? -1) : row;
}

/** Of each point beside, which of the main pane it is; -1 for none. */
export const matchingBack = computed<Int32Array>(() => {
  const rows = beside.rows.value;
  const match = matching.value;
  if (!match) return Int32Array.from({ length: rows }, (_, row) => row);
  const back = new Int32Array(rows).fill(-1);
  for (let row = match.length - 1; row >= 0; row--) if (match[row]! >= 0) back[match[row]!] = row;
  return back;
});

/** Everything that may stand beside what is open. */
export const candidates = computed(() =>
  tensors.value.flatMap(({ run, embeddings }) => embeddings.map((embedding) => ({ run, embedding }))),
);

const OVERLAP_NEIGHBOURS = 15;

export function openBeside(run: string, name: string): void {
  besideRun.value = run;
  besideName.value = name;
}

export function closeBeside(): void {
  besideRun.value = "";
  besideName.value = "";
  beside.close();
  forgetOverlap();
}

/** For other vectors on either side: what was measured is about the old ones. */
export function forgetOverlap(): void {
  overlap.value = null;
}

export async function loadBeside(): Promise<void> {
  const found = candidates
    .peek()
    .find(({ run, embedding }) => run === besideRun.peek() && embedding.name === besideName.peek());
  if (found) await openInto(beside, found.run, found.embedding);
}

/** How many of the nearest points are the same in both; only where the rows are. */
export async function measureOverlap(): Promise<void> {
  const [own, other] = [main.client, beside.client];
  if (!own || !other) return;
  const pair = [main.loaded.peek(), beside.loaded.peek()];
  try {
    const found = await main.run("Comparing neighbours", (task) =>
      own.overlap(other, OVERLAP_NEIGHBOURS, task),
    );
    if (pair[0] !== main.loaded.peek() || pair[1] !== beside.loaded.peek()) return;
    overlap.value = found;
    colorBy.value = OURS.overlap;
  } catch (error) {
    main.fail(error);
  }
}
