/**
 * Finds series among the operations of a scope: the same operation, names that differ in the number at their end only,
 * numbers without a gap. Rules: `detectSeriesUsingNumericSuffixes` in tf_graph_common/hierarchy.ts.
 */
import { groupBy } from "../group-by.ts";
import { leafOf, parentOf } from "./names.ts";

/** Shorter series stay unfolded. */
const SHORTEST = 5;

export interface Series {
  /** `scope/conv_[1-8]` */
  readonly name: string;
  readonly members: number[];
}

interface Candidate {
  readonly box: number;
  readonly id: number;
  readonly prefix: string;
  readonly suffix: string;
}

/** Whether enough names end in a number: looking at that costs less than anything else here. */
export function mayHaveSeries(boxes: readonly number[], nameOf: (box: number) => string): boolean {
  let numbered = 0;
  for (const box of boxes) {
    const name = nameOf(box);
    const last = name.charCodeAt(name.length - 1);
    // The one before number 1 may have none.
    if (last >= ZERO && last <= NINE && ++numbered >= SHORTEST - 1) return true;
  }
  return false;
}

const ZERO = 0x30;
const NINE = 0x39;

export function foldSeries(
  boxes: readonly number[],
  nameOf: (box: number) => string,
  opOf: (box: number) => string,
): Series[] {
  const series = new Map<string, Series>();
  for (const [op, members] of groupBy(boxes, opOf)) {
    if (op === "" || members.length < 2) continue;
    const candidates = members.map((box) => candidate(box, leafOf(nameOf(box))));
    const alike = groupBy(candidates, ({ prefix, suffix }) => `${prefix}#${suffix}`);
    for (const group of alike.values())
      for (const run of runsOf(group)) {
        const name = seriesName(parentOf(nameOf(run[0]!.box)), run);
        // A short one takes the name from a longer one of the same name, as in TensorBoard.
        series.set(name, { name, members: run.map(({ box }) => box) });
      }
  }
  return [...series.values()].filter(({ members }) => members.length >= SHORTEST);
}

/** A name without number at its end is the one before number 1. */
function candidate(box: number, leaf: string): Candidate {
  const parts = /^(\D*)(\d+)$/.exec(leaf);
  if (parts) return { box, id: Number(parts[2]), prefix: parts[1]!, suffix: "" };
  const isGroup = leaf.endsWith("*");
  return { box, id: 0, prefix: isGroup ? leaf.slice(0, -1) : leaf, suffix: isGroup ? "*" : "" };
}

/** Stretches of two or more whose numbers follow one another. */
function runsOf(group: readonly Candidate[]): Candidate[][] {
  const sorted = [...group].sort((a, b) => a.id - b.id);
  const runs: Candidate[][] = [];
  for (const one of sorted) {
    const last = runs.at(-1);
    if (last && one.id === last.at(-1)!.id + 1) last.push(one);
    else runs.push([one]);
  }
  return runs.filter(({ length }) => length > 1);
}

function seriesName(scope: string, run: readonly Candidate[]): string {
  const { prefix, suffix, id } = run[0]!;
  return `${scope === "" ? "" : `${scope}/`}${prefix}[${id}-${run.at(-1)!.id}]${suffix}`;
}
