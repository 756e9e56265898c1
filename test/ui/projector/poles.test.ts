/** What the ends of custom axes stand for. */
import { expect, test } from "vitest";
import { columnOfTexts } from "../../../ui/dashboards/projector/data/columns.ts";
import { poleOf, poleRows, poleTitle } from "../../../ui/dashboards/projector/data/poles.ts";

const columns = [columnOfTexts("word", ["king", "queen", "kind"], 3)];
const rows = (text: string) => [...poleRows(text, columns, 3)];

test("searches and rows; empty stands for all", () => {
  expect(rows("ki")).toEqual([0, 2]);
  expect(rows("#2, #0")).toEqual([2, 0]);
  expect(rows(poleOf([1, 2]))).toEqual([1, 2]);
  expect(rows(" ")).toEqual([]);
});

test.each(["prince", "#7"])("no point at all is said: %s", (text) => {
  expect(() => rows(text)).toThrow(`no point is called "${text}"`);
});

test("titles name few points and count many", () => {
  const nameOf = (row: number) => ["king", "queen", "kind", "x"][row]!;
  expect(poleTitle("", nameOf)).toBe("all");
  expect(poleTitle("ki", nameOf)).toBe("ki");
  expect(poleTitle("#0,#1", nameOf)).toBe("king, queen");
  expect(poleTitle("#0,#1,#2,#3", nameOf)).toBe("4 points");
});
