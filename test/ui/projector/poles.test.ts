/** What the ends of custom axes stand for. */
import { expect, test } from "vitest";
import { columnOfTexts } from "../../../ui/dashboards/projector/data/columns.ts";
import { poleOf, poleRows, poleTitle } from "../../../ui/dashboards/projector/data/poles.ts";

const columns = [columnOfTexts("word", ["king", "queen", "kind"], 3)];
const rows = (text: string, regex = false) => [...poleRows({ text, regex }, columns, 3)];

test("searches and rows; empty stands for all", () => {
  expect(rows("ki")).toEqual([0, 2]);
  expect(rows("#2, #0")).toEqual([2, 0]);
  expect(rows(poleOf([1, 2]))).toEqual([1, 2]);
  expect(rows(" ")).toEqual([]);
});

test("regular expressions, which are never rows", () => {
  expect(rows("^k", true)).toEqual([0, 2]);
  expect(rows("ng$|ee", true)).toEqual([0, 1]);
  expect(() => rows("#1", true)).toThrow('no point matches "#1"');
  expect(() => rows("(", true)).toThrow(/^"\(": Not a regular expression/);
});

test.each(["prince", "#7"])("no point at all is said: %s", (text) => {
  expect(() => rows(text)).toThrow(`no point is called "${text}"`);
});

test("titles name few points and count many", () => {
  const nameOf = (row: number) => ["king", "queen", "kind", "x"][row]!;
  const title = (text: string, regex = false) => poleTitle({ text, regex }, nameOf);
  expect(title("")).toBe("all");
  expect(title("ki")).toBe("ki");
  expect(title("#0,#1")).toBe("king, queen");
  expect(title("#0,#1,#2,#3")).toBe("4 points");
  expect(title("^k", true)).toBe("/^k/");
});
