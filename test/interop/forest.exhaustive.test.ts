/**
 * Importance of hyperparameters beside scikit-learn's forest, on the same tables. Needs a Python with scikit-learn:
 * TSBOARD_PYTHON, else .venv/bin/python.
 */
import { describe, expect, test } from "vitest";
import { isInstalled, python } from "../../bench/tools/servers.ts";
import { forestImportance } from "../../values/forest.ts";
import { generator } from "../tools/random.ts";
import { oracle } from "./written.ts";

interface Answer {
  /** Means of `permutation_importance` on rows that the forest has not seen, as shares. */
  readonly permutation: readonly number[];
  readonly r2: number;
}

const ROWS = 400;
const draw = generator(11);
const column = (): number[] => Array.from({ length: ROWS }, () => draw(1e6) / 1e6);
const columns = [column(), column(), column(), column()] as const;
const [a, b, c] = columns;

/** What a sweep's metric may be made of. */
const targets: Readonly<Record<string, number[]>> = {
  sum: a.map((value, i) => 4 * value + 2 * b[i]! + 0.5 * c[i]!),
  middle: a.map((value, i) => -8 * Math.abs(value - 0.4) - b[i]!),
  product: a.map((value, i) => value * c[i]! * 5),
  steps: b.map((value, i) => (value > 0.7 ? 3 : 0) + (a[i]! > 0.5 ? 1 : 0)),
};

describe.skipIf(python === null || !isInstalled("sklearn"))(
  "a forest's importance, beside scikit-learn's",
  () => {
    test("has the same columns in the same order, with shares alike", { timeout: 400_000 }, () => {
      const answers = JSON.parse(oracle("forest.py", [], JSON.stringify({ columns, targets }))) as Record<
        string,
        Answer
      >;
      for (const [name, target] of Object.entries(targets)) {
        const work = forestImportance(
          columns.map((values) => ({ values: Float64Array.from(values), categories: 0 })),
          Float64Array.from(target),
        );
        let step = work.next();
        while (!step.done) step = work.next();
        const { shares, explained } = step.value;
        const { permutation, r2 } = answers[name]!;
        for (const [i, share] of shares.entries())
          expect(Math.abs(share - permutation[i]!), `${name}, column ${i}`).toBeLessThan(0.08);
        // Of columns that count, the order is the same.
        const counting = permutation.flatMap((share, i) => (share > 0.05 ? [i] : []));
        const ordered = (of: readonly number[]) => [...counting].sort((x, y) => of[y]! - of[x]!);
        expect(ordered(shares), name).toEqual(ordered(permutation));
        expect(Math.abs(explained - r2), name).toBeLessThan(0.1);
      }
    });
  },
);
