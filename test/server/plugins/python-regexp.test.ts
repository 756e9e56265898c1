/** Python's regular expressions: what they match, and that none of them can hold the server. */
import { describe, expect, test } from "vitest";
import { ExpressionBudget, pythonExpression } from "../../../server/plugins/python-regexp.ts";

const compile = (source: string, budget = new ExpressionBudget()) => pythonExpression(source, budget);

describe("what Python's re makes of", () => {
  test.each([
    ["a", "banana", true, false],
    ["^b", "banana", true, true],
    ["a$", "banana", true, false],
    ["\\Aban\\Z", "ban", true, true],
    ["(?i)BAN", "banana", true, true],
    ["(?s)b.n", "b\nn", true, true],
    ["b.n", "b\nn", false, false],
    ["(?P<n>a)n", "banana", true, false],
    ["(?P<n>a)n(?P=n)", "banana", true, false],
    ["(an)\\1", "banana", true, false],
    ["(?=b)b(?!x)", "banana", true, true],
    ["(?<=b)a", "banana", true, false],
    ["[]a]", "]", true, true],
    ["[[a]", "[", true, true],
    ["[\\b]", "\b", true, true],
    ["\\ba", "x a", true, false],
    ["\\u00e9", "é", true, true],
    ["\\é", "é", true, true],
    ["lr=1e\\-1", "lr=1e-1", true, true],
    ["a(?#nothing)n", "banana", true, false],
    ["\\d{2,3}", "run-123", true, false],
  ])("%j on %j", (source, text, somewhere, atStart) => {
    const expression = compile(source);
    expect([expression?.search(text), expression?.match(text)]).toEqual([somewhere, atStart]);
  });

  test.each(["[", "(", "\\e", "(?P<n", "a**", "(?<n>a)"])("%j is nothing", (source) =>
    expect(compile(source)).toBeNull(),
  );
});

describe("what would take for ever", () => {
  test.each(["(a+)+$", "^(a|a)*$", "(.*)*x", "(a?){500}a{500}$"])("%s takes no time", (source) => {
    expect(compile(source)?.search(`${"a".repeat(5000)}!`)).toBe(false);
  });

  test("is refused where only JavaScript knows it, once the request's time is spent", () => {
    const budget = new ExpressionBudget();
    const expression = compile("(?=a)(a+)+$", budget);
    const text = `${"a".repeat(50)}!`;
    expect(() => expression?.search(text)).toThrow("takes too long");
    // Of the same request nothing more is run; another request has time of its own.
    expect(() => compile("(?=b)b", budget)?.search("b")).toThrow("takes too long");
    expect(compile("(?=b)b")?.search("b")).toBe(true);
  });

  test("is refused where there is too much text, or too much of an expression", () => {
    const budget = new ExpressionBudget();
    const expression = compile("a{200}b", budget);
    expect(() => Array.from({ length: 1000 }, () => expression?.search("a".repeat(1000)))).toThrow(
      "takes too long",
    );
    expect(() => compile("a".repeat(3000))).toThrow("3000 characters");
  });
});
