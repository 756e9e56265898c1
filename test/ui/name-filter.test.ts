/** Filters typed by a person. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filterReady } from "../../ui/app/expression-engine.ts";
import { nameFilter } from "../../ui/app/name-filter.ts";
import { nativeForm } from "../../ui/app/native-expression.ts";
import { tagExpression } from "../../ui/app/tag-expression.ts";

describe("name filter", () => {
  it("passes everything when empty", () => {
    expect(nameFilter("")).toMatchObject({ active: false, error: null });
    expect(nameFilter("").test("anything")).toBe(true);
  });

  it("ignores case until a capital is typed", () => {
    expect(nameFilter("loss").test("Train/Loss")).toBe(true);
    expect(nameFilter("Loss").test("train/loss")).toBe(false);
  });

  it.each([
    ["lr=1e\\-1", "sweep/lr=1e-1", true],
    ["a\\_b", "a_b", true],
    ['a\\=\\:\\ \\"b', 'a=: "b', true],
    ["[a\\-z]x", "-x", true],
    ["[a\\-z]x", "bx", false],
    ["\\d\\.5", "0.5", true],
    ["train\\/loss", "train/loss", true],
  ])("takes escapes that people type: %s", (text, name, passes) => {
    const { error, test } = nameFilter(text);
    expect([error, test(name)]).toEqual([null, passes]);
  });

  it.each([
    "(a+)+$",
    "^(a|a)*b?$",
    "(.*)(.*)(.*)x",
    "^(a?){30}a{30}$",
    "^(\\w|.)*[?]",
    "(a|a)*[?]",
    "a+b",
    "a.*b",
    `^${"(a|aa)".repeat(30)}[?]`,
    `^${"a?".repeat(40)}${"a".repeat(40)}[?]`,
    "(?:a{0,30}){30}b",
  ])("%s cannot hold the tab", async (text) => {
    // Until the engine is there, everything passes.
    nameFilter(text);
    await filterReady();
    const start = performance.now();
    expect(nameFilter(text).test(`${"a".repeat(1_000_000)}!`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(1000);
    expect(nameFilter("(train|val).*lo?ss").test("Train/x/loss")).toBe(true);
  });

  it.each([
    ["train/loss", "train/loss"],
    ["train|val|test", "train|val|test"],
    ["(train|val)/lo?ss$", "(train|val)/lo?ss$"],
    [".*loss", "loss"],
    [".*?loss|.+acc", "loss|.{1}acc"],
    ["loss.*", "loss.*"],
    ["step_\\d+", "step_\\d+"],
    ["\\d+\\.\\d+", "\\d{1}\\.\\d+"],
    ["\\d{4}-\\d{2}", "\\d{4}-\\d{2}"],
    ["[a(*+]b\\(", "[a(*+]b\\("],
    ["^(?!.*val)", "^(?!.*val)"],
    ["^((?!val).)*$", "^((?!val).)*$"],
    ["^.*/loss$", "^.*/loss$"],
    ["(\\w)x\\1", "(\\w)x\\1"],
    ["(\\w+)x\\1", null],
    ["train.*loss", null],
    ["loss(?!.*val)", null],
    ["^(a|b)*c", null],
    ["^a*b*c", null],
    ["^(a*)*c", null],
    ["(?<=a.{0,20}b)c", "(?<=a.{0,20}b)c"],
    ["(?<=(?=.{0,100}b).{0,100})c", null],
    ["^.{200}(?<=(?=.*b).{0,100})c", null],
    ["(\\w{8})x\\1", "(\\w{8})x\\1"],
    ["(a{0,100})\\1b", null],
    ["(a{400})\\1{0,20}b", null],
    ["(a)(\\1\\1)(\\2\\2)(\\3\\3)", null],
    ["(?<n>a{300})\\k<n>b", null],
    ["a{0,450}b", null],
  ])("%s is run by the browser as %s", (source, form) => {
    expect(nativeForm(source, { atStart: false, unicode: true })).toBe(form);
  });

  it("is run by the browser only where it means the same and takes a time in proportion to the text", () => {
    const atom = fc.constantFrom(
      "a",
      "b",
      ".",
      "[ab]",
      "\\w",
      "(?:a|b)",
      "(a|ab)",
      "(?=a)",
      "(?!b)",
      "^",
      "$",
      "(a?)",
    );
    const repeat = fc.constantFrom("", "", "*", "+", "?", "*?", "+?", "{2}", "{0,3}", "{2,}");
    const sequence = fc
      .array(fc.tuple(atom, repeat), { maxLength: 5 })
      .map((parts) =>
        parts.map(([one, times]) => (/^(?:\(\?[=!].*|[$^])$/.test(one) ? one : one + times)).join(""),
      );
    const pattern = fc
      .tuple(sequence, sequence, sequence, repeat)
      .map(([a, b, c, times]) => `${a}(?:${b}|x)${times}${c}`);
    const long = `${"ab".repeat(5000)}${"a".repeat(10_000)}!`;
    fc.assert(
      fc.property(pattern, fc.string({ unit: fc.constantFrom("a", "b", "x", "\n") }), (source, text) => {
        const form = nativeForm(source, { atStart: false, unicode: true });
        if (form === null) return;
        const native = new RegExp(form, "u");
        expect([source, native.test(text)]).toEqual([source, new RegExp(source, "u").test(text)]);
        const start = performance.now();
        native.test(long);
        expect([source, performance.now() - start < 500]).toEqual([source, true]);
      }),
      { numRuns: 1000 },
    );
  });

  it("says what else is not possible", async () => {
    nameFilter("(a{500}){3}.*b+c");
    await filterReady();
    expect(nameFilter("(a{500}){3}.*b+c").error).toMatch(/^Not possible here: .*repe/);
  });

  it("says that an expression is too long", () => {
    expect(nameFilter("a".repeat(2001)).error).toContain("2001 characters");
  });

  it("says what it cannot run without taking for ever", async () => {
    nameFilter("(?=a+)a+");
    await filterReady();
    expect(nameFilter("(?=a+)a+").error).toContain("Not possible here");
    expect(nameFilter("(?=a)a+")).toMatchObject({ active: true, error: null });
  });

  it("says what is wrong, and hides nothing meanwhile", () => {
    const filter = nameFilter("lr=(");
    expect(filter.error).toBe("Not a regular expression: unterminated group");
    expect(filter.test("lr=0.1")).toBe(true);
  });
});

describe("expressions of layouts", () => {
  it("are Python's: they match from the start, with the case that is written, unless they say otherwise", () => {
    const { test, error } = tagExpression("loss");
    expect([error, test("loss/train"), test("train/loss"), test("Loss")]).toEqual([null, true, false, false]);
    expect(tagExpression("(?i)LOSS").test("loss/train")).toBe(true);
    expect(tagExpression("(?P<part>loss)/\\w").test("loss/train")).toBe(true);
    expect(tagExpression("loss$\\Z").test("loss")).toBe(true);
    expect(tagExpression("a|b").test("cb")).toBe(false);
    expect(tagExpression("").test("anything")).toBe(true);
  });

  it("are matched by an engine that nothing holds, where they could go back and forth", async () => {
    tagExpression("loss/.*/.*").test("loss");
    await filterReady();
    expect(tagExpression("loss/.*/.*").test("loss/a/b")).toBe(true);
    expect(tagExpression("loss/.*/.*").test("my loss/a/b")).toBe(false);
    expect(tagExpression("(a+)+$").test(`${"a".repeat(5000)}b`)).toBe(false);
    expect(tagExpression("loss/(?!val).*").test("loss/train")).toBe(true);
  });

  it("say what is wrong", async () => {
    await filterReady();
    for (const [bad, words] of [
      ["(", /Not a regular expression/],
      ["[", /Not a regular expression/],
      ["*", /Not a regular expression/],
      ["\\q", /Not a regular expression/],
      ["(?=.*a.*b)", /Not possible here/],
      ["a".repeat(2001), /2001 characters/],
    ] as const) {
      const { error, test } = tagExpression(bad);
      expect([bad, error]).toEqual([bad, expect.stringMatching(words)]);
      expect(test("aaa")).toBe(false);
    }
  });
});
