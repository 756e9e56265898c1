/** Indexes of records that grow: what is asked for, and that what was overtaken does not stay. */
import { expect, test } from "vitest";
import type { RunRecords } from "../../client/records-table.ts";
import { growing } from "../../ui/board/grown-records.ts";

interface Query {
  readonly runs?: readonly string[];
  readonly from?: number;
  readonly limit?: number;
}

/** A server with an index a run, of steps and keys, that notes what it was asked. */
function makeServer(index: Map<string, [step: number, key: string][]>) {
  const asked: Query[] = [];
  const fetch = async (query: Query): Promise<RunRecords[]> => {
    asked.push(query);
    return (query.runs ?? [...index.keys()]).flatMap((run) => {
      const all = index.get(run);
      if (!all) return [];
      const rows = all.filter(([step]) => step >= (query.from ?? Number.NEGATIVE_INFINITY));
      return [
        {
          run,
          plugin: "images",
          dataClass: "blob_sequence" as const,
          pluginContent: new Uint8Array(),
          total: all.length,
          inRange: rows.length,
          step: Float64Array.from(rows, ([step]) => step),
          exactStep: null,
          wallTime: Float64Array.from(rows, ([step]) => 1000 + step),
          bytes: Int32Array.from(rows, () => 5),
          blobs: Int32Array.from(rows, () => 1),
          keys: rows.map(([, key]) => key),
          tensors: null,
        },
      ];
    });
  };
  return { asked, fetch };
}
const NEVER = new AbortController().signal;
const index = (...steps: number[]): [number, string][] => steps.map((step) => [step, `k${step}`]);

test("a run that is known is asked for what came since its last step", async () => {
  const runs = new Map([
    ["a", index(0, 1, 2)],
    ["b", index(0, 5)],
  ]);
  const { asked, fetch } = makeServer(runs);
  const grow = growing<Query>(fetch);
  await grow({ runs: ["a", "b"] }, NEVER);
  runs.get("a")!.push([3, "k3"], [4, "k4"]);
  const [a] = await grow({ runs: ["a"] }, NEVER);
  expect(asked[1]).toEqual({ runs: ["a"], from: 2 });
  expect([...a!.step]).toEqual([0, 1, 2, 3, 4]);
  expect(a!.keys).toEqual(["k0", "k1", "k2", "k3", "k4"]);
  expect([...a!.wallTime]).toEqual([1000, 1001, 1002, 1003, 1004]);
  expect([a!.total, a!.inRange]).toEqual([5, 5]);

  // Several runs are one question, from the earliest on.
  runs.get("b")!.push([6, "k6"]);
  const both = await grow({ runs: ["a", "b"] }, NEVER);
  expect(asked.slice(2)).toEqual([{ runs: ["a", "b"], from: 4 }]);
  expect(both.map(({ keys }) => keys.length)).toEqual([5, 3]);
});

test.each([
  ["a restart overtook the last records", [...index(0, 1), [2, "anew"], [3, "anew3"]]],
  ["a restart overtook and went on beyond the last step", [...index(0), [2, "x2"], [3, "x3"], [4, "x4"]]],
  [
    "the file was written anew",
    [
      [0, "n0"],
      [1, "n1"],
      [2, "n2"],
      [3, "n3"],
    ],
  ],
  ["records before the last one are gone", index(2, 3)],
  ["the run ends earlier", index(0, 1)],
] as [string, [number, string][]][])("all is asked for again where %s", async (_, now) => {
  const runs = new Map([["a", index(0, 1, 2)]]);
  const { asked, fetch } = makeServer(runs);
  const grow = growing<Query>(fetch);
  await grow({ runs: ["a"] }, NEVER);
  runs.set("a", now);
  const [a] = await grow({ runs: ["a"] }, NEVER);
  expect(a!.keys).toEqual(now.map(([, key]) => key));
  expect(asked.at(-1)).toEqual({ runs: ["a"] });
});

test("a run that is gone is not in the answer, and new ones are asked for whole", async () => {
  const runs = new Map([["a", index(0, 1)]]);
  const { asked, fetch } = makeServer(runs);
  const grow = growing<Query>(fetch);
  await grow({ runs: ["a"] }, NEVER);
  runs.delete("a");
  runs.set("b", index(7));
  const parts = await grow({ runs: ["a", "b"] }, NEVER);
  expect(parts.map(({ run }) => run)).toEqual(["b"]);
  expect(asked.slice(1)).toEqual([{ runs: ["a"], from: 1 }, { runs: ["a", "b"] }]);
});

test("where all runs are meant, those that are new are asked for whole", async () => {
  const runs = new Map([["a", index(0, 1)]]);
  const { asked, fetch } = makeServer(runs);
  const grow = growing<Query>(fetch);
  await grow({}, NEVER);
  runs.get("a")!.push([2, "k2"]);
  runs.set("b", index(0, 7));
  const parts = await grow({}, NEVER);
  expect(parts.map(({ run, keys }) => [run, keys.length])).toEqual([
    ["a", 3],
    ["b", 2],
  ]);
  expect(asked).toEqual([{}, { from: 1 }, { runs: ["b"] }]);
});

test("an even choice is asked for as it is", async () => {
  const { asked, fetch } = makeServer(new Map([["a", index(0, 1, 2)]]));
  const grow = growing<Query>(fetch);
  await grow({ runs: ["a"], limit: 2 }, NEVER);
  await grow({ runs: ["a"], limit: 2 }, NEVER);
  expect(asked).toEqual([
    { runs: ["a"], limit: 2 },
    { runs: ["a"], limit: 2 },
  ]);
});
