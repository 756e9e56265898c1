/** Sessions that are trials of the same: what makes one, what its row says, and what of it is in files. */
import { describe, expect, test } from "vitest";
import type { HParamsJson } from "../../server/api/types.ts";
import { questionOf } from "../../ui/dashboards/hparams/forest-question.ts";
import { textAt, toCsv, toJson, toLatex } from "../../ui/dashboards/hparams/formats.ts";
import { lostOfTrial, tableOf } from "../../ui/dashboards/hparams/table.ts";
import { column, data, session } from "./hparams-sessions.ts";

describe("trials", () => {
  const given = (run: string, trial: string, rate: number | null, seed: number | null, accuracy: number) => ({
    ...session(run, trial, 0, "", accuracy),
    values: [rate, seed],
  });
  const seeds = (sessions: HParamsJson["sessions"]): HParamsJson => ({
    ...data,
    hparams: [
      { name: "rate", ...column },
      { name: "seed", ...column },
    ],
    sessions,
  });
  const runsOf = (json: HParamsJson, over: readonly string[] = []) =>
    tableOf(json, "last", "mean", undefined, new Set(over)).rows.map(({ runs }) => runs.join(" "));

  test("are sessions that were given the same, where the writer says nothing", () => {
    const json = seeds([
      given("a", "a", 0.1, 1, 0.5),
      given("b", "b", 0.1, 1, 0.7),
      given("c", "c", 0.2, 1, 0.9),
      given("d", "named", 0.1, 1, 0.9),
      given("e", "named", 0.3, 1, 0.9),
      given("f", "f", null, null, 0.9),
      given("g", "g", null, null, 0.9),
    ]);
    expect(runsOf(json)).toEqual(["a b", "c", "d e", "f", "g"]);
    expect(tableOf(json, "last", "mean").rows[0]!.cells[2]).toBeCloseTo(0.6);
    // What the sessions of a trial do not have in common is nobody's.
    expect(tableOf(json, "last", "mean").rows[2]!.cells.slice(0, 2)).toEqual([null, 1]);
  });

  test("may differ in what is averaged over", () => {
    const json = seeds([
      given("a", "hash of all", 0.1, 1, 0.5),
      given("b", "another", 0.1, 2, 0.7),
      given("c", "c", 0.2, 1, 0.9),
    ]);
    expect(runsOf(json)).toEqual(["a", "b", "c"]);
    expect(runsOf(json, ["h:seed"])).toEqual(["a b", "c"]);
    const table = tableOf(json, "last", "mean", undefined, new Set(["h:seed"]));
    const [row, alone] = table.rows;
    expect(alone!.cells.slice(0, 2)).toEqual([0.2, null]);
    expect(questionOf(table, table.rows, table.columns[2])!.columns.map(({ id }) => id)).toEqual(["h:rate"]);
    expect(row!.cells.slice(0, 2)).toEqual([0.1, null]);
    expect(row!.spread[2]).toBeCloseTo(0.1);
  });
});

describe("a metric that has become NaN", () => {
  const diverged = {
    ...session("a2", "a", 0.001, "adam", null),
    metrics: [{ last: null, step: 10, min: 0.1, max: 0.8 }],
  };
  const both = {
    ...data,
    sessions: [data.sessions[0]!, diverged, { ...diverged, run: "d", trial: "d" }, data.sessions[3]!],
  };

  test("is said in its row, and is not what is missing", () => {
    const { rows } = tableOf(both, "last", "none");
    expect(rows.map((row) => textAt(row, 2))).toEqual(["0.9", "NaN", "NaN", ""]);
    expect(rows.map(({ cells }) => cells[2])).toEqual([0.9, null, null, null]);
    expect(tableOf(both, "max", "none").rows.map((row) => textAt(row, 2))).toEqual(["0.9", "0.8", "0.8", ""]);
  });

  test("is counted beside its trial's value, in files too", () => {
    const { columns, rows } = tableOf(both, "last", "mean");
    expect(rows.map((row) => [textAt(row, 2), lostOfTrial(row, 2)])).toEqual([
      ["0.9", 1],
      ["NaN", 0],
      ["", 0],
    ]);
    expect(toCsv(columns, rows).split("\n").slice(0, 3)).toEqual([
      "session,status,rate,optimizer,validation/accuracy,validation/accuracy spread,validation/accuracy lost",
      '"2 sessions, a1 and others",success,0.001,adam,0.9,0,1',
      "d,success,0.001,adam,NaN,,0",
    ]);
    expect(JSON.parse(toJson(columns, rows))[0]).toMatchObject({ lost: { "validation/accuracy": 1 } });
    expect(toLatex(columns, rows)).toContain("0.9 $\\pm$ 0, 1 of 2 NaN");
  });
});

describe("trials in files", () => {
  const { columns, rows } = tableOf(data, "last", "max");

  test("have their spread, as in the table", () => {
    const spread = rows[0]!.spread[2]!;
    expect(toCsv(columns, rows).split("\n").slice(0, 3)).toEqual([
      "session,status,rate,optimizer,validation/accuracy,validation/accuracy spread",
      `"2 sessions, a1 and others",success,0.001,adam,0.9,${spread}`,
      "b,success,0.1,sgd,0.6,",
    ]);
    expect(JSON.parse(toJson(columns, rows)).slice(0, 2)).toEqual([
      {
        session: "2 sessions, a1 and others",
        status: "success",
        runs: ["a1", "a2"],
        rate: 0.001,
        optimizer: "adam",
        "validation/accuracy": 0.9,
        spread: { "validation/accuracy": spread },
      },
      {
        session: "b",
        status: "success",
        runs: ["b"],
        rate: 0.1,
        optimizer: "sgd",
        "validation/accuracy": 0.6,
      },
    ]);
    expect(toLatex(columns, rows)).toContain("0.001 & adam & 0.9 $\\pm$ 0.100 \\\\");
  });
});
