/** Files that are dropped together or one after the other, and what becomes of those that wait. */
import "./page-globals.ts";
import { beforeEach, expect, test, vi } from "vitest";
import { openFile } from "../../../../ui/dashboards/projector/files/open-file.ts";
import { type Choice, type Source, suggest } from "../../../../ui/dashboards/projector/files/source.ts";
import {
  dropped,
  droppedError,
  rereadFile,
  skipFile,
  takeChoice,
  takeFiles,
} from "../../../../ui/dashboards/projector/state/dropped.ts";
import { main } from "../../../../ui/dashboards/projector/state/pane.ts";
import { sampleRows } from "../../../../ui/dashboards/projector/state/settings.ts";
import type { TakeOptions, Vectors } from "../../../../ui/projection/types.ts";
import type { ProjectionClient } from "../../../../ui/workers/projection-client.ts";

vi.mock("../../../../ui/workers/table-client.ts", () => ({
  TableClient: class {
    #source: Source | null = null;
    async open(file: File) {
      this.#source = await openFile(await file.arrayBuffer());
      return { ...this.#source, suggested: suggest(this.#source.columns) };
    }
    async read(choice: Choice) {
      return this.#source!.read(choice);
    }
    close() {}
  },
}));

const loads: { vectors: Vectors; options: TakeOptions }[] = [];

beforeEach(() => {
  main.close();
  loads.length = 0;
  const worker = {
    load: async (vectors: Vectors, options: TakeOptions) => {
      loads.push({ vectors, options });
      return {};
    },
    pca: async () => ({ scores: [], variances: new Float64Array(), totalVariance: 0, exact: true }),
    close() {},
  };
  // Only what these tests ask for.
  main.client = worker as unknown as ProjectionClient;
  sampleRows.value = 0;
});

const vectors = new File(["[1,2]\n[3,4]\n"], "vectors.jsonl");
const words = new File([`word\tkind\n${"x".repeat(99)}\ta\ncat\tb\n`], "words.tsv");
const broken = new File([Uint8Array.of(0, 1, 2, 0)], "broken.bin");
const columnNames = () => main.data.peek()?.columns.map(({ name }) => name);

test("vectors come first, however large what is told of them is", async () => {
  await takeFiles([words, vectors]);
  expect([main.data.peek()?.title, columnNames()]).toEqual(["vectors.jsonl", ["word", "kind"]]);
  expect([dropped.peek(), droppedError.peek()]).toEqual([null, null]);
});

test("what is wrong with one file is said while the others are opened", async () => {
  await takeFiles([broken, vectors, words]);
  expect(columnNames()).toEqual(["word", "kind"]);
  expect(droppedError.peek()).toMatch(/^broken.bin cannot be opened: it is none of/);
  await takeFiles([vectors]);
  expect(droppedError.peek()).toBeNull();
});

test("a table without points waits to be chosen, and says that there are none", async () => {
  await takeFiles([words]);
  expect(dropped.peek()?.name).toBe("words.tsv");
  await takeChoice();
  expect(droppedError.peek()).toMatch(/words.tsv has no column of vectors, and no points are open/);
});

test("a file that is left alone leaves those behind it", async () => {
  const table = new File(["a,1,2,3\nb,4,5,6\n"], "table.csv");
  await takeFiles([table, vectors]);
  expect(dropped.peek()?.name).toBe("table.csv");
  await skipFile();
  expect([dropped.peek(), main.data.peek()?.title]).toEqual([null, "vectors.jsonl"]);
});

test("another sample of a file reads it again, and keeps what was told of its points", async () => {
  await takeFiles([vectors, words]);
  sampleRows.value = 2;
  await rereadFile();
  expect(loads.map(({ vectors, options }) => [[...vectors.data], options.sample?.rows])).toEqual([
    [[1, 2, 3, 4], undefined],
    [[1, 2, 3, 4], 2],
  ]);
  expect(columnNames()).toEqual(["word", "kind"]);
});
