/**
 * `tsboard inspect` finds what `tensorboard --inspect` finds: the same tags with as many values, the same steps first,
 * last, smallest and largest, and the same that go back.
 */
import path from "node:path";
import { describe, expect, test } from "vitest";
import { isInstalled, python } from "../../bench/tools/servers.ts";
import { findRuns } from "../../server/commands/inspect/find-runs.ts";
import { inspectRun } from "../../server/commands/inspect/inspect-run.ts";
import { Scanner } from "../../server/ingest/scanner.ts";
import { fromLogdir } from "../../server/logdir/source.ts";
import { corpusLogs } from "../tools/stock-answers.ts";
import { oracle } from "./written.ts";

/** By run, field of the protobuf and tag: steps, as text. */
type Observations = Record<string, Record<string, Record<string, string[]>>>;

/** Stock stops at the first damaged record, where we pass it over. */
const DAMAGED = "awkward/bitflip";

/** Fields that are no summaries, under our names. */
const EVENTS: Record<string, [kind: string, tag: string]> = {
  graph: ["graphs", "__run_graph__"],
  "sessionlog:start": ["session_log", "start"],
  "sessionlog:stop": ["session_log", "stop"],
  "sessionlog:checkpoint": ["session_log", "checkpoint"],
};
/** Our kinds of what stock does not look at. */
const UNSEEN = new Set(["graph_tagged_run_metadata", "meta_graph", "log_message"]);

/** Stock does not see values that carry metadata and nothing else, as tensorboardX writes hyperparameters. */
const isMetadataOnly = /^_hparams_\//;

function digest(steps: readonly bigint[]) {
  const sorted = BigInt64Array.from(steps).sort();
  return {
    values: steps.length,
    first: steps[0],
    last: steps.at(-1),
    min: sorted[0],
    max: sorted.at(-1),
    steps: new Set(steps).size,
    back: steps.flatMap((step, i) => (i > 0 && step < steps[i - 1]! ? [[steps[i - 1], step]] : [])),
  };
}

describe.skipIf(python === null || !isInstalled("tensorboard"))("the corpus", () => {
  test("is the same to both, run by run and tag by tag", { timeout: 60_000 }, async () => {
    const stock: Observations = JSON.parse(oracle("inspector.py", [corpusLogs]));
    const { runs } = await findRuns(fromLogdir(corpusLogs), false);
    expect(runs.map(({ run }) => run).sort()).toEqual(Object.keys(stock).sort());
    const scanner = new Scanner();
    for (const { run, files } of runs.filter((one) => one.run !== DAMAGED)) {
      const { tags } = inspectRun(run, files, { scanner, checksum: true, tag: null });
      const ours = tags
        .filter(({ kind }) => !UNSEEN.has(kind))
        .map((tag) => [
          tag.kind === "session_log" || tag.kind === "graphs" ? `${tag.kind} ${tag.tag}` : tag.tag,
          {
            values: tag.values,
            first: BigInt(tag.first_step),
            last: BigInt(tag.last_step),
            min: BigInt(tag.min_step),
            max: BigInt(tag.max_step),
            steps: tag.steps,
            back: tag.out_of_order.map((pair) => pair.map(BigInt)),
          },
        ]);
      const theirs = Object.entries(stock[run] ?? {}).flatMap(([field, byTag]) =>
        Object.entries(byTag).map(([tag, steps]) => [
          EVENTS[field]?.join(" ") ?? tag,
          digest(steps.map(BigInt)),
        ]),
      );
      const expected = Object.fromEntries(theirs);
      const seen = ours.filter(([tag]) => !(isMetadataOnly.test(String(tag)) && !(String(tag) in expected)));
      expect(Object.fromEntries(seen), path.join(corpusLogs, run)).toEqual(expected);
    }
  });
});
