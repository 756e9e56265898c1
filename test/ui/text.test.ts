/** Texts of a card: which are shown, and what changed in them. */
import { describe, expect, it, test } from "vitest";
import type { RunRecords } from "../../client/records-table.ts";
import { nameFilter } from "../../ui/app/name-filter.ts";
import { changesOf } from "../../ui/dashboards/text/changes.ts";
import { shownEntries } from "../../ui/dashboards/text/entries.ts";

const marked = (before: string, after: string): string => {
  const parts = changesOf(before, after);
  if (typeof parts === "string") return parts;
  return parts
    .map(({ kind, text }) => (kind === "added" ? `[+${text}]` : kind === "removed" ? `[-${text}]` : text))
    .join("");
};

describe("what changed", () => {
  it.each([
    ["the cat sat", "the dog sat", "the [-cat][+dog] sat"],
    ["a\nrate is low now\nz", "a\nrate is high now\nz", "a\nrate is [-low][+high] now\nz"],
    ["a\nb\nc", "a\nb\nx y\nc", "a\nb\n[+x y\n]c"],
    ["one thing\n", "all other words\n", "[-one thing\n][+all other words\n]"],
    ["same", "same", "same"],
    ["a", "", "[-a]"],
    ["", "a\n", "[+a\n]"],
    ["a\n", "a\na\n", "a\n[+a\n]"],
  ])("from %j to %j", (before, after, words) => {
    expect(marked(before, after)).toBe(words);
  });

  it("is found in long texts, of which what is the same is left out", () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `line ${i} of the log`);
    const before = lines.join("\n");
    lines[25_000] = "line 25000 of my log";
    const parts = changesOf(before, lines.join("\n"));
    if (typeof parts === "string") throw new Error(parts);
    expect(parts.filter(({ kind }) => kind === "added" || kind === "removed")).toEqual([
      { kind: "removed", text: "the" },
      { kind: "added", text: "my" },
    ]);
    expect(parts[0]!.text).toMatch(/^\(\d+,\d+ characters that are the same\)/);
    expect(parts.map(({ text }) => text).join("").length).toBeLessThan(10_000);
  });

  it("is not worked out where it would take too long, and why is said", () => {
    const words = (word: string): string =>
      Array.from({ length: 30_000 }, (_, i) => `${word}${i}`).join("\n");
    expect(marked(words("a"), words("b"))).toBe("what changed is too long to be compared word by word");
    const few = (word: string): string => Array.from({ length: 5000 }, (_, i) => `${word}${i}`).join("\n");
    const start = performance.now();
    expect(marked(few("a"), few("b"))).toBe("they have too little in common");
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

test("a search shows nothing until it can be answered", () => {
  const texts = ["red fox", "blue whale"];
  const records = {
    run: "a",
    plugin: "text",
    dataClass: "tensor" as const,
    pluginContent: new Uint8Array(),
    total: 2,
    inRange: 2,
    exactStep: null,
    blobs: Int32Array.of(0, 0),
    step: Float64Array.of(1, 2),
    wallTime: Float64Array.of(1, 2),
    bytes: Int32Array.of(7, 10),
    keys: ["k1", "k2"],
  };
  const shown = (search: string, tensors: RunRecords["tensors"]) =>
    shownEntries(
      { ...records, tensors },
      {
        search: nameFilter(search),
        allSteps: false,
        moment: null,
      },
    ).map(({ key }) => key);
  const read = texts.map((text) => ({ dtype: "string" as const, shape: [], data: [text] }));
  expect(shown("", null)).toEqual(["k2"]);
  expect(shown("fox", null)).toEqual([]);
  expect(shown("fox", read)).toEqual(["k1"]);
});
