/** Names for clusters: what of the metadata is common in one and rare outside of it. */
import type {
  CategoryColumn,
  ClusterName,
  ClusterNameOptions,
  ClusterTrait,
  NumberColumn,
} from "../types.ts";
import type { Work } from "../work.ts";

/** A value names a cluster where so many of its rows have it. */
const COMMON = 0.5;
/** A number tells a cluster apart by so many standard deviations. */
const APART = 1;
const MOST_TRAITS = 5;

interface Scored {
  readonly trait: ClusterTrait;
  /** 0 to 1: how much it tells. */
  readonly score: number;
}

/** One name for each label from 0 to the largest. */
export function* clusterNames({
  labels,
  columns,
  medoids,
}: ClusterNameOptions): Work<readonly ClusterName[]> {
  const clusters = labels.reduce((most, label) => Math.max(most, label + 1), 0);
  const scored = Array.from({ length: clusters }, (): Scored[] => []);
  for (const [done, column] of columns.entries()) {
    if ("codes" in column) scoreCategories(column, labels, scored);
    else scoreNumbers(column, labels, scored);
    yield { stage: "clusters", done: done + 1, of: columns.length };
  }
  const middle = medoids && columns.find((column) => column.name === medoids.column);
  return scored.map((list, label) => {
    list.sort((a, b) => b.score - a.score);
    const traits = list.slice(0, MOST_TRAITS).map(({ trait }) => trait);
    const code = middle && "codes" in middle ? middle.codes[medoids!.rows[label] ?? -1] : undefined;
    const value =
      code !== undefined && code >= 0 && middle && "codes" in middle ? middle.values[code] : undefined;
    return { name: nameFrom(traits) ?? (value ? `around ${value}` : `cluster ${label + 1}`), traits };
  });
}

/** The value that tells most; a second one of the same column where the first is not that of most rows. */
function nameFrom(traits: readonly ClusterTrait[]): string | undefined {
  const [first] = traits;
  if (!first) return undefined;
  if ("mean" in first) return `${first.column} ${first.deviations > 0 ? "high" : "low"}`;
  if (first.inside >= COMMON) return first.value;
  const second = traits.find((trait) => trait !== first && "value" in trait && trait.column === first.column);
  if (second && "value" in second && first.inside + second.inside >= COMMON)
    return `${first.value}, ${second.value}`;
  return undefined;
}

function scoreCategories(
  { name, codes, values }: CategoryColumn,
  labels: Int32Array,
  scored: Scored[][],
): void {
  const clusters = scored.length;
  const sizes = new Uint32Array(clusters);
  const totals = new Uint32Array(values.length);
  const within = new Map<number, number>();
  let all = 0;
  for (let row = 0; row < labels.length; row++) {
    const code = codes[row]!;
    if (code < 0) continue;
    all++;
    totals[code] = totals[code]! + 1;
    const label = labels[row]!;
    if (label < 0) continue;
    sizes[label] = sizes[label]! + 1;
    const key = label * values.length + code;
    within.set(key, (within.get(key) ?? 0) + 1);
  }
  for (const [key, count] of within) {
    const label = Math.floor(key / values.length);
    const code = key % values.length;
    const inside = count / sizes[label]!;
    const outside = all > sizes[label]! ? (totals[code]! - count) / (all - sizes[label]!) : 0;
    // A value that all rows have says nothing; one of a single row names nobody.
    if (inside <= outside || count < 2) continue;
    const score = inside * (1 - outside / inside);
    if (score >= 0.1)
      scored[label]!.push({ trait: { column: name, value: values[code]!, inside, outside }, score });
  }
}

function scoreNumbers({ name, numbers }: NumberColumn, labels: Int32Array, scored: Scored[][]): void {
  const clusters = scored.length;
  const sums = new Float64Array(clusters);
  const sizes = new Uint32Array(clusters);
  let sum = 0;
  let squares = 0;
  let all = 0;
  for (let row = 0; row < labels.length; row++) {
    const value = numbers[row]!;
    if (!Number.isFinite(value)) continue;
    all++;
    sum += value;
    squares += value * value;
    const label = labels[row]!;
    if (label < 0) continue;
    sums[label] = sums[label]! + value;
    sizes[label] = sizes[label]! + 1;
  }
  const deviation = Math.sqrt(Math.max(0, squares / all - (sum / all) ** 2));
  if (!(deviation > 0)) return;
  for (let label = 0; label < clusters; label++) {
    const size = sizes[label]!;
    if (size === 0 || size === all) continue;
    const mean = sums[label]! / size;
    const outsideMean = (sum - sums[label]!) / (all - size);
    const deviations = (mean - outsideMean) / deviation;
    if (Math.abs(deviations) >= APART)
      scored[label]!.push({
        trait: { column: name, mean, outsideMean, deviations },
        score: 1 - 1 / (1 + Math.abs(deviations)),
      });
  }
}
