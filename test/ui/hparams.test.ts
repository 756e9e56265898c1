/** The table of hyperparameters: rows, order, intervals, correlation, and what is given away as files. */
import { describe, expect, test, vi } from "vitest";
import type { HParamsJson } from "../../server/api/types.ts";
import { axisOf, categoriesBetween, keptStretches } from "../../ui/dashboards/hparams/axes.ts";
import { rowFilter } from "../../ui/dashboards/hparams/expression.ts";
import { ForestGrower } from "../../ui/dashboards/hparams/forest-grower.ts";
import { questionOf } from "../../ui/dashboards/hparams/forest-question.ts";
import { toCsv, toJson, toLatex } from "../../ui/dashboards/hparams/formats.ts";
import {
  among,
  arranged,
  distinct,
  movedTo,
  rankCorrelation,
  sorted,
  tableOf,
  within,
} from "../../ui/dashboards/hparams/table.ts";
import { forestImportance } from "../../values/forest.ts";
import { column, data, session } from "./hparams-sessions.ts";

test("a row a session, with the statistic that is asked for", () => {
  const { columns, rows } = tableOf(data, "min", "none");
  expect(columns.map(({ title, numeric }) => [title, numeric])).toEqual([
    ["rate", true],
    ["optimizer", false],
    ["validation/accuracy", true],
  ]);
  expect(rows.map(({ title, cells }) => [title, cells[2]])).toEqual([
    ["a1", 0.45],
    ["a2", 0.35],
    ["b", 0.3],
    ["c", null],
  ]);
});

test("trials are taken together, with their spread", () => {
  const [a, b] = tableOf(data, "last", "mean").rows;
  expect(a!.cells[2]).toBeCloseTo(0.8);
  expect(a!.spread[2]).toBeCloseTo(0.1);
  expect([a!.runs, a!.title]).toEqual([["a1", "a2"], "2 sessions, a1 and others"]);
  expect([b!.cells[2], b!.spread[2]]).toEqual([0.6, 0]);
  expect(tableOf(data, "last", "max").rows[0]!.cells[2]).toBe(0.9);
  expect(tableOf(data, "last", "median").rows[0]!.cells[2]).toBeCloseTo(0.8);
});

describe("rows", () => {
  const table = tableOf(data, "last", "none");
  const titles = (rows: readonly { title: string }[]) => rows.map(({ title }) => title);

  test("are in order of several columns, what is missing last either way", () => {
    expect(titles(sorted(table, [{ id: "m:validation/accuracy", descending: false }]))).toEqual([
      "b",
      "a2",
      "a1",
      "c",
    ]);
    expect(titles(sorted(table, [{ id: "m:validation/accuracy", descending: true }]))).toEqual([
      "a1",
      "a2",
      "b",
      "c",
    ]);
    const keys = [
      { id: "h:rate", descending: false },
      { id: "run", descending: true },
    ];
    expect(titles(sorted(table, keys))).toEqual(["a2", "a1", "b", "c"]);
    expect(titles(sorted(table, [{ id: "h:unknown", descending: true }]))).toEqual(["a1", "a2", "b", "c"]);
  });

  test("pass where all their numbers do", () => {
    expect(titles(within(table, new Map([["m:validation/accuracy", { low: 0.6, high: 0.7 }]])))).toEqual([
      "a2",
      "b",
    ]);
    expect(titles(within(table, new Map()))).toHaveLength(4);
  });

  test("correlate by rank", () => {
    expect(rankCorrelation(table.rows, 0, 2)).toBeCloseTo(-0.866, 3);
    expect(rankCorrelation(table.rows.slice(0, 2), 0, 2)).toBeNull();
  });
});

test("axes over two decades are logarithmic, categories stand evenly", () => {
  const { columns, rows } = tableOf(data, "last", "none");
  const rate = axisOf(columns[0]!, 0, rows);
  expect([rate.log, rate.unitOf(0.001), rate.unitOf(1), rate.unitOf(null)]).toEqual([true, 0, 1, null]);
  expect(rate.intervalOf(0, 1)).toEqual({ low: 0.001, high: 1 });
  expect(rate.intervalOf(1 / 3, 2 / 3)!.low).toBeCloseTo(0.01);
  const optimizer = axisOf(columns[1]!, 1, rows);
  expect([optimizer.unitOf("50% off, & more"), optimizer.unitOf("adam"), optimizer.unitOf("sgd")]).toEqual([
    0, 0.5, 1,
  ]);
});

test("an axis has room for what is finite, and says nothing where no row has a value", () => {
  const { columns, rows } = tableOf(data, "last", "none");
  const [first, ...others] = rows;
  const diverged = [Number.NaN, Infinity, -Infinity].map((value) => ({ ...first!, cells: [value] }));
  const rate = axisOf(columns[0]!, 0, [...diverged, ...others]);
  expect([rate.low, rate.high, rate.unitOf(1)]).toEqual([0.001, 1, 1]);
  expect([rate.unitOf(Number.NaN), rate.unitOf(Infinity)]).toEqual([null, null]);
  for (const none of [[], diverged]) {
    const empty = axisOf(columns[0]!, 0, none);
    expect([empty.categories, empty.unitOf(1), empty.intervalOf(0, 1)]).toEqual([[], null, null]);
  }
});

test("a stretch of an axis keeps numbers or categories, and is drawn where these are", () => {
  const { columns, rows } = tableOf(data, "last", "none");
  const [rate, optimizer] = [axisOf(columns[0]!, 0, rows), axisOf(columns[1]!, 1, rows)];
  expect(categoriesBetween(optimizer, 0.4, 1)).toEqual(["adam", "sgd"]);
  expect(categoriesBetween(optimizer, 0.1, 0.4)).toBe(null);
  const kept = (only: readonly string[]) => ({
    intervals: new Map([["h:rate", { low: 0.001, high: 0.1 }]]),
    only: new Map([["h:optimizer", only]]),
  });
  expect(keptStretches(rate, kept([]))![0]![1]).toBeCloseTo(2 / 3);
  expect(keptStretches(optimizer, kept(["adam", "sgd"]))).toEqual([[0.25, 1]]);
  expect(keptStretches(optimizer, kept(["50% off, & more", "sgd"]))).toEqual([
    [0, 0.25],
    [0.75, 1],
  ]);
  expect(keptStretches(axisOf(columns[2]!, 2, rows), kept([]))).toBe(null);
});

test("files hold what is shown, and nothing that would break them", () => {
  const { columns, rows } = tableOf(data, "last", "none");
  expect(toCsv(columns, rows.slice(3)).split("\n")[1]).toBe('c,success,1,"50% off, & more",');
  expect(toLatex(columns, rows.slice(3))).toContain("c & 1 & 50\\% off, \\& more &  \\\\");
});

test("the best of a metric is at its good end, by its name or as a person says", () => {
  const losses = { ...data, metrics: [{ tag: "valLoss", group: "", ...column }] };
  expect(tableOf(losses, "best", "none").rows[0]!.cells[2]).toBe(0.45);
  expect(tableOf(data, "best", "none").rows[0]!.cells[2]).toBe(0.9);
  expect(tableOf(data, "best", "none", () => "lower").rows[0]!.cells[2]).toBe(0.45);
});

test("columns are filtered by their values, and ordered by a person", () => {
  const table = tableOf(data, "last", "none");
  expect(distinct(table.rows, 1, 10)).toEqual(["50% off, & more", "adam", "sgd"]);
  expect(distinct(table.rows, 1, 2)).toBe(null);
  expect(distinct(table.rows, 2, 10)).toEqual(["0.6", "0.7", "0.9", ""]);
  expect(among(table, new Map([["h:optimizer", ["adam", "sgd"]]])).map(({ title }) => title)).toEqual([
    "a1",
    "a2",
    "b",
  ]);
  expect(among(table, new Map([["m:validation/accuracy", [""]]])).map(({ title }) => title)).toEqual(["c"]);

  const ids = (order: string[], pinned: string[] = []) =>
    arranged(table.columns, order, pinned).map(({ id }) => id.slice(2, 6));
  expect(ids([])).toEqual(["rate", "opti", "vali"]);
  expect(ids(["m:validation/accuracy", "h:gone", "h:rate"])).toEqual(["vali", "rate", "opti"]);
  expect(ids(["h:rate"], ["h:optimizer"])).toEqual(["opti", "rate", "vali"]);
  expect(movedTo(["a", "b", "c", "d"], "a", "c")).toEqual(["b", "c", "a", "d"]);
  expect(movedTo(["a", "b", "c", "d"], "d", "b")).toEqual(["a", "d", "b", "c"]);
});

test("the forest is asked about hyperparameters that differ, of sessions and of trials alike", () => {
  for (const together of ["none", "mean"] as const) {
    const table = tableOf(data, "last", together);
    const question = questionOf(table, table.rows, table.columns[2])!;
    expect(question.columns.map(({ title }) => title)).toEqual(["rate", "optimizer"]);
    expect(question.features.map(({ categories }) => categories)).toEqual([0, 2]);
    expect(question.target).toHaveLength(together === "none" ? 3 : 2);
  }
  const table = tableOf(data, "last", "none");
  expect(questionOf(table, table.rows, table.columns[1])).toBe(null);
});

/** So many trials of two seeds each: the mean follows the rate, the seeds lie far apart, and the optimizer is nothing. */
const seeded = (trials: number): HParamsJson => ({
  ...data,
  sessions: Array.from({ length: 2 * trials }, (_, i) => {
    const trial = i >> 1;
    const accuracy = trial / trials + (i % 2 === 0 ? 5 : -5);
    return session(`s${i}`, `trial ${trial}`, trial, trial % 2 === 0 ? "adam" : "sgd", accuracy);
  }),
});

test("the forest sees in the means of trials what their seeds hide", () => {
  const found = (["mean", "none"] as const).map((together) => {
    const table = tableOf(seeded(30), "last", together);
    const { columns, features, target } = questionOf(table, table.rows, table.columns[2])!;
    const work = forestImportance(features, target);
    let step = work.next();
    while (!step.done) step = work.next();
    const rate = columns.findIndex(({ title }) => title === "rate");
    return { rows: target.length, explained: step.value.explained, share: step.value.shares[rate]! };
  });
  expect(found.map(({ rows }) => rows)).toEqual([30, 60]);
  expect(found[0]!.explained).toBeGreaterThan(0.8);
  expect(found[0]!.share).toBeGreaterThan(0.9);
  expect(found[1]!.explained).toBeLessThan(0.2);
});

test("a forest grows from five trials on, however many sessions they have", async () => {
  const grower = new ForestGrower();
  const ask = (trials: number) => {
    const table = tableOf(seeded(trials), "last", "mean");
    grower.ask(questionOf(table, table.rows, table.columns[2]), String(trials));
  };
  ask(4);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(grower.grown.value).toBeNull();
  ask(5);
  await vi.waitFor(() => expect(grower.grown.value).not.toBeNull(), { timeout: 10_000 });
  expect([...grower.grown.value!.shares.keys()].sort()).toEqual(["h:optimizer", "h:rate"]);
  grower.dispose();
});

test("ten thousand sessions are sorted, filtered and taken together at once", () => {
  const many: HParamsJson = {
    ...data,
    sessions: Array.from({ length: 10_000 }, (_, i) => session(`r${i}`, `t${i % 2000}`, i, "adam", i % 97)),
  };
  const table = tableOf(many, "last", "none");
  expect(
    sorted(table, [
      { id: "m:validation/accuracy", descending: true },
      { id: "h:rate", descending: false },
    ])[0]!.title,
  ).toBe("r96");
  expect(tableOf(many, "last", "median").rows).toHaveLength(2000);
});

test("names and categories are in order as numbers in them are", () => {
  const named = (run: string, optimizer: string) => session(run, run, 1, optimizer, 0.5);
  const table = tableOf(
    { ...data, sessions: [named("run10", "n64"), named("run2", "n128")] },
    "last",
    "none",
  );
  expect(sorted(table, [{ id: "run", descending: false }]).map(({ title }) => title)).toEqual([
    "run2",
    "run10",
  ]);
  expect(axisOf(table.columns[1]!, 1, table.rows).categories).toEqual(["n64", "n128"]);
});

test("a hyperparameter and a metric that are called alike are told apart", () => {
  const alike: HParamsJson = {
    hparams: [
      { name: "loss", ...column },
      { name: "status", ...column },
    ],
    metrics: [{ tag: "loss", group: "", ...column }],
    sessions: [{ ...session("a", "a", 0, "", 0.5), values: ["mse", "new"] }],
  };
  const { columns, rows } = tableOf(alike, "last", "none");
  expect(columns.map(({ title }) => title)).toEqual(["hparam:loss", "hparam:status", "metric:loss"]);
  expect(toCsv(columns, rows)).toBe(
    "session,status,hparam:loss,hparam:status,metric:loss\na,success,mse,new,0.5\n",
  );
  expect(JSON.parse(toJson(columns, rows))).toEqual([
    {
      session: "a",
      status: "success",
      runs: ["a"],
      "hparam:loss": "mse",
      "hparam:status": "new",
      "metric:loss": 0.5,
    },
  ]);
  const passing = (text: string) => {
    const { error, test: passes } = rowFilter(text, columns);
    return error ?? passes(rows[0]!);
  };
  expect(passing('metric:loss < 1 and hparam:loss == "mse" and `hparam:status` == "new"')).toBe(true);
  expect(passing('status == "success" and hparam:loss != "metric:loss"')).toBe(true);
  expect(passing("metric:loss > 1")).toBe(false);
  expect(passing("loss < 1")).toBe("there are several columns loss: hparam:loss and metric:loss");
});
