/** Names of tags and runs of which nothing would be seen. */
import { expect, test } from "vitest";
import { shownName } from "../../ui/app/shown-name.ts";

test.each([
  ["", "(no name)"],
  [" ", '" "'],
  ["  ", '"  "'],
  ["\u200b", '"\\u200b"'],
  ["\n\t", '"\\u000a\\u0009"'],
  ["\u00a0 \u3164", '"\\u00a0 \\u3164"'],
])("%j is spelled out", (name, shown) => {
  expect(shownName(name)).toBe(shown);
});

test.each(["loss", " loss ", "a\u200bb", "😀", "/", "e\u0301", "\u202eabc", "名前"])(
  "%j stands as it is",
  (name) => {
    expect(shownName(name)).toBe(name);
  },
);
