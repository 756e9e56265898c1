/** Keys of values on disk. */
import { expect, test } from "vitest";
import { findByKey, keyOf } from "../../../../server/http/native/record-key.ts";
import type { RecordColumns } from "../../../../server/ingest/batch.ts";
import { Store } from "../../../../server/store/store.ts";

const TAGS = 40_000;

/** A store of one run that has so many tags with an image each. */
function storeOfImages() {
  const store = new Store();
  const run = store.addRun("run");
  const tags = Array.from({ length: TAGS }, (_, i) => `tag${i}`);
  const metadata = {
    plugin: "images",
    dataClass: 3,
    displayName: "",
    description: "",
    content: new Uint8Array(),
  };
  const row = Float64Array.from(tags, (_, i) => i);
  const records: RecordColumns = {
    tags,
    tag: Uint32Array.from(row),
    steps: row.map((i) => i % 3),
    walls: row.map((i) => 1e9 + i),
    offsets: row.map((i) => i * 100),
    lengths: row.map(() => 84),
    indices: new Uint32Array(TAGS),
    blobs: new Int32Array(TAGS).fill(3),
  };
  const heads = tags.map((tag) => ({ tag, metadata }));
  const rest = { points: null, blocks: null, earliest: 1e9, offset: 0, end: null };
  store.append(run, { file: 0, heads, records, ...rest }, 0, null);
  return { store, run, tags };
}

test("lead to their values, and are found as soon where there are very many tags", () => {
  const { store, run, tags } = storeOfImages();
  const asked = tags.filter((_, i) => i % 10 === 0);
  const keys = asked.map((tag) => {
    const series = run.series.get(tag)!;
    return keyOf(store, run, series, (series.kind === "records" && series.data.at(0)) || expect.fail());
  });
  const start = performance.now();
  const found = keys.map((key) => findByKey(store, key)?.series.tag);
  // Looking through all tags took three seconds.
  expect(performance.now() - start).toBeLessThan(1000);
  expect(found).toEqual(asked);
});

test("that name other runs, tags, offsets or times stand for nothing", () => {
  const { store, run } = storeOfImages();
  const series = run.series.get("tag7")!;
  const ref = (series.kind === "records" && series.data.at(0)) || expect.fail();
  const parts = keyOf(store, run, series, ref).split("-");
  expect(findByKey(store, parts.join("-"))).toMatchObject({ ref });
  for (const place of parts.keys())
    for (const other of ["zz", "", "-1", "__proto__", "constructor"])
      expect(findByKey(store, parts.with(place, other).join("-"))).toBeUndefined();
  store.removeRun("run");
  expect(findByKey(store, parts.join("-"))).toBeUndefined();
});
