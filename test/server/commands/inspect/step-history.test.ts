/** What is odd about the order of a tag's steps, as counted compactly and as counted by the book. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Step, StepHistory } from "../../../../server/commands/inspect/step-history.ts";

function historyOf(steps: readonly Step[]): StepHistory {
  const history = new StepHistory();
  for (const step of steps) history.add(step);
  return history;
}

/** The same by looking at every pair. */
function byTheBook(steps: readonly Step[]) {
  const pairs = steps.flatMap((step, i) => (i > 0 && step < steps[i - 1]! ? [[steps[i - 1]!, step]] : []));
  return {
    distinct: new Set(steps).size,
    overtaken: steps.filter((step, i) => steps.slice(i + 1).some((later) => later <= step)).length,
    back: pairs.length,
    pairs: pairs.slice(0, 10),
  };
}

test.each([
  ["even steps", [0, 10, 20, 30], { distinct: 4, overtaken: 0, back: 0 }],
  ["one step again and again", [3, 3, 3], { distinct: 1, overtaken: 2, back: 0 }],
  ["a restart", [0, 1, 2, 3, 4, 2, 3], { distinct: 5, overtaken: 3, back: 1 }],
  ["two restarts, the second further back", [0, 1, 2, 1, 2, 0], { distinct: 3, overtaken: 5, back: 2 }],
  ["steps beyond 2^53", [2n ** 60n, 2n ** 60n + 1n, 2n ** 60n], { distinct: 2, overtaken: 2, back: 1 }],
])("%s", (_name, steps: readonly Step[], { back, ...summary }) => {
  const history = historyOf(steps);
  expect(history.summary()).toEqual(summary);
  expect(history.back).toBe(back);
});

test("any steps are counted as by the book", () => {
  const near = fc.integer({ min: -5, max: 20 });
  const stretch = fc
    .tuple(near, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 8 }))
    .map(([start, stride, count]) => Array.from({ length: count }, (_, i): Step => start + i * stride));
  const wide = fc.constantFrom<Step[][]>([2n ** 53n], [-(2n ** 62n)], [2n ** 53n + 2n, 2n ** 53n + 1n]);
  const steps = fc.array(fc.oneof({ weight: 4, arbitrary: stretch }, wide), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(steps, (stretches) => {
      const all = stretches.flat();
      const history = historyOf(all);
      const { pairs, back, ...summary } = byTheBook(all);
      expect(history.summary()).toEqual(summary);
      expect([history.back, history.backPairs]).toEqual([back, pairs]);
      expect([history.first, history.last, history.count]).toEqual([all[0], all.at(-1), all.length]);
      const sorted = [...all].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect([history.min, history.max]).toEqual([sorted[0], sorted.at(-1)]);
    }),
    { numRuns: 300 },
  );
});
