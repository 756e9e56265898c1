/** Search over points: text, expressions, ranges of numbers. */
import { expect, test } from "vitest";
import { columnOfTexts, isCategorical, textAt } from "../../../ui/dashboards/projector/data/columns.ts";
import { matchingRows } from "../../../ui/dashboards/projector/data/search.ts";
import { statisticsOf } from "../../../ui/dashboards/projector/data/statistics.ts";

const words = columnOfTexts("word", ["tea", "Cat", "dog", "catfish", ""], 5);
const counts = columnOfTexts("count", ["3", "14", "15", "NaN", "-2.5"], 5);
const rows = (text: string, regex = false, column = "") => [
  ...matchingRows([words, counts], 5, { text, regex, column }).rows,
];

test.each([
  ["cat", false, "", [1, 3]],
  ["Cat", false, "", [1]],
  ["^(tea|dog)$", true, "", [0, 2]],
  ["3..14", false, "", [0, 1]],
  [">= 14", false, "count", [1, 2]],
  ["< 0", false, "", [4]],
  ["= 15", false, "", [2]],
  ["1", false, "word", []],
  ["", false, "", []],
])("%j", (text, regex, column, found) => {
  expect(rows(text, regex, column)).toEqual(found);
});

test("an expression that is none says so, and one that would run away does not", () => {
  expect(matchingRows([words], 5, { text: "(", regex: true, column: "" }).error).toMatch(
    /Not a regular expression/,
  );
  const long = columnOfTexts("x", [`${"a".repeat(5000)}!`], 1);
  expect(matchingRows([long], 1, { text: "(a+)+$", regex: true, column: "" }).rows).toHaveLength(0);
});

test("columns of numbers are told from those of words, and their text stays", () => {
  expect(words.numbers).toBeNull();
  expect([...counts.numbers!]).toEqual([3, 14, 15, Number.NaN, -2.5]);
  expect(textAt(counts, 1)).toBe("14");
  expect(isCategorical(counts)).toBe(true);
});

test("statistics of some rows, beside all", () => {
  const [ofWords, ofCounts] = statisticsOf([words, counts], [0, 1]);
  expect(ofWords).toMatchObject({ kind: "texts", distinct: 2 });
  expect(ofCounts).toMatchObject({ kind: "numbers", mean: 8.5, least: 3, most: 14, meanOfAll: 7.375 });
});
