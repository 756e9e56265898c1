/** Some of the sequences of `file-system.ts`, the same every time. */
import { expect, test } from "vitest";
import { fuzzFileSystem } from "./file-system.ts";

test.each([2, 4, 6])(
  "100 changes of files and folders: each is shown as a fresh start would (seed %i)",
  async (seed) => {
    expect(await fuzzFileSystem({ steps: 130, seed })).not.toHaveLength(0);
  },
  300_000,
);
