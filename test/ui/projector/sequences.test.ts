/** Which point follows which, from the metadata. */
import { expect, test } from "vitest";
import { columnOfTexts } from "../../../ui/dashboards/projector/data/columns.ts";
import { sequencesIn } from "../../../ui/dashboards/projector/data/sequences.ts";

const column = (name: string, ...texts: string[]) => columnOfTexts(name, texts, texts.length);

test.each(["__next__", "__seq_next__"])("the column %s says which row follows", (name) => {
  const found = sequencesIn([column("word", "a", "b", "c", "d"), column(name, "2", "", "3", "")], 4);
  expect([...(found ?? [])]).toEqual([2, -1, 3, -1]);
});

test("rows that there are not, and words, are followed by none", () => {
  expect([...(sequencesIn([column("__next__", "4", "-1", "1.5", "x")], 4) ?? [])]).toEqual([-1, -1, -1, -1]);
});

test("without such a column there are no sequences", () => {
  expect(sequencesIn([column("next", "1", "2")], 2)).toBeNull();
});
