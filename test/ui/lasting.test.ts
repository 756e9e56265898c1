/** What lasts from visit to visit, and what a link says. */
import { expect, test } from "vitest";
import { changedList, chosen, Lasting, type Lasts, unlessLinked } from "../../ui/app/lasting.ts";
import { listField, numberField } from "../../ui/app/url-fields.ts";

/** A browser that remembers. */
function browser(text: string | null) {
  const kept = { text };
  const storage = {
    read: () => kept.text,
    write: (next: string) => {
      kept.text = next;
    },
  };
  const list = (lasts: Lasts<readonly string[]>, inAddress?: string) =>
    new Lasting(listField(), lasts, storage, inAddress);
  return { kept, storage, list };
}

test("pins beside a link's are added to one's own, or taken from them", () => {
  const { kept, list } = browser("B,C");
  const pins = list(changedList, "A,C");
  expect(pins.value).toEqual(["A", "C"]);
  pins.choose(["A", "C", "D"]);
  expect(kept.text).toBe("B,C,D");
  pins.choose(["A", "D"]);
  expect(kept.text).toBe("B,D");
  pins.choose([]);
  expect(kept.text).toBe("B");
});

test("without a link all is one's own, and another tab's stays", () => {
  const { kept, list } = browser("B,C");
  const pins = list(changedList);
  expect(pins.value).toEqual(["B", "C"]);
  kept.text = "B,C,E";
  pins.choose(["C"]);
  expect(kept.text).toBe("C,E");
});

test("kinds that are chosen beside a link's do not last; after a reload one's own still do", () => {
  const { kept, list } = browser("scalars");
  const linked = list(unlessLinked, "images");
  linked.choose(["images", "text"]);
  expect(kept.text).toBe("scalars");
  const own = list(unlessLinked, "scalars");
  own.choose([]);
  expect(kept.text).toBe("");
  own.linked(["images"]);
  own.choose(["images", "text"]);
  expect(kept.text).toBe("");
});

test("a number is what was chosen, and not what a link said", () => {
  const { kept, storage } = browser(null);
  const smoothing = new Lasting(numberField(0.6, 0, 1), chosen, storage, "0.9");
  smoothing.choose(0.9);
  expect([smoothing.value, kept.text]).toEqual([0.9, null]);
  smoothing.choose(0.5);
  expect(kept.text).toBe("0.5");
});
