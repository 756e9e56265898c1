/** Filters of the table as expressions. */
import { expect, test } from "vitest";
import { filterReady } from "../../ui/app/expression-engine.ts";
import { rowFilter } from "../../ui/dashboards/hparams/expression.ts";
import type { Column, Row } from "../../ui/dashboards/hparams/table.ts";

const columns: Column[] = ["rate", "optimizer", "bias", "validation/accuracy", "learning rate"].map(
  (title, i) => ({ id: `h:${title}`, kind: i < 3 ? "hparam" : "metric", title, numeric: i !== 1 && i !== 2 }),
);
const row = (title: string, cells: Row["cells"], status = "success"): Row => ({
  key: title,
  title,
  status,
  runs: [title],
  cells,
  spread: [],
  lost: [],
});
const rows = [
  row("a", [0.001, "adam", true, 0.9, 1]),
  row("b", [0.1, "sgd", false, 0.7, 2]),
  row("c", [null, "adamw", null, null, 3], "failure"),
  row("d", [1, "sgd", true, 0.95, 4]),
];
const passing = (text: string) => {
  const filter = rowFilter(text, columns);
  expect(filter.error).toBe(null);
  return rows.filter((one) => filter.test(one)).map(({ title }) => title);
};

test.each([
  ["", "a b c d"],
  ["rate < 0.5", "a b"],
  ["rate >= 0.1 and optimizer == 'sgd'", "b d"],
  ['rate >= 0.1 && optimizer == "sgd" && bias', "d"],
  ["not bias", "b c"],
  ["bias == True or rate == 0.1", "a b d"],
  ["optimizer in ['adam', 'adamw']", "a c"],
  ["'w' in optimizer", "c"],
  ["optimizer =~ '^adam'", "a c"],
  ['session =~ "^\\w$" and rate =~ "^\\\\d$"', "d"],
  ["`validation/accuracy` > 0.8", "a d"],
  ["`learning rate` * 2 - 1 > 4", "c d"],
  ["-rate > -0.5", "a b"],
  ["rate != 1", "a b c"],
  ["rate == None", "c"],
  ["status == 'failure' or session == 'a'", "a c"],
  ["(rate < 0.5 or bias) and not (optimizer == 'sgd' and rate < 0.5)", "a d"],
  ["rate == '0.1'", "b"],
])("%s", (text, titles) => {
  expect(passing(text).join(" ")).toBe(titles);
});

test.each([
  ["rate <", /Expected expression/],
  ["speed > 1", "there is no column speed"],
  ["rate > 1 bias", "between two tests stands and, or or"],
  ["alert(1)", "a call cannot be used here"],
  ["rate.constructor", /a dot or bracket after a name/],
  ["`no such` > 1", "there is no column no such"],
  ["rate > ", /./],
  ['optimizer =~ "ad(am"', '"ad(am": Not a regular expression: unterminated group'],
  ["optimizer =~ session", 'patterns stand in quotes: =~ "pattern"'],
])("%s is said to be wrong, and lets all pass", (text, message) => {
  const filter = rowFilter(text, columns);
  if (typeof message === "string") expect(filter.error).toBe(message);
  else expect(filter.error).toMatch(message);
  expect(rows.every((one) => filter.test(one))).toBe(true);
});

test("a pattern cannot hold the page", async () => {
  const text = "optimizer =~ '^(a+)+$'";
  const long = row("long", [0, `${"a".repeat(100_000)}!`, null, null, null]);
  // Until the engine is there, all pass.
  expect(rowFilter(text, columns)).toMatchObject({ error: null });
  await filterReady();
  expect(rowFilter(text, columns).test(long)).toBe(false);
});
