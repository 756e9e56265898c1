/** Search over all points: text, expressions, ranges of a column. */
import { useComputed } from "@preact/signals";
import { FilterInput } from "../../../app/filter-input.tsx";
import { count } from "../../../app/format.ts";
import { Toggle } from "../../../board/controls.tsx";
import { matchingRows } from "../data/search.ts";
import { main } from "../state/pane.ts";
import { select } from "../state/selection.ts";
import { searchColumn, searchRegex, searchText } from "../state/settings.ts";
import { Button, Part, Select } from "./field.tsx";
import { PointList } from "./point-list.tsx";

export function SearchPanel() {
  const found = useComputed(() =>
    matchingRows(main.data.value?.columns ?? [], main.rows.value, {
      text: searchText.value,
      column: searchColumn.value,
      regex: searchRegex.value,
    }),
  );
  const columns = main.data.value?.columns ?? [];
  if (columns.length === 0) return null;
  const { rows, error } = found.value;
  return (
    <Part title="Search">
      <FilterInput
        label="Search points"
        text={searchText}
        error={error}
        hint={searchRegex.value ? "regular expression" : null}
      />
      <div class="pj-row">
        <Select
          label="In"
          value={searchColumn.value}
          choices={[
            { value: "", title: "all columns" },
            ...columns.map(({ name }) => ({ value: name, title: name })),
          ]}
          onChange={(value) => (searchColumn.value = value)}
        />
        <Toggle
          label=".*"
          title="As a regular expression"
          on={searchRegex.value}
          onChange={(on) => (searchRegex.value = on)}
        />
      </div>
      {searchText.value === "" ? (
        <p class="muted">Text, or of numbers a range: 3..7, &gt;= 10.</p>
      ) : (
        <>
          <div class="pj-row">
            <span role="status">{count(rows.length, "point")}</span>
            <Button disabled={rows.length === 0} act={() => select(rows, main.rows.peek())}>
              Select
            </Button>
            <Button disabled={rows.length === 0} act={() => select(rows, main.rows.peek(), "add")}>
              Add
            </Button>
          </div>
          {rows.length > 0 && <PointList label="Points found" rows={rows} most={8} />}
        </>
      )}
    </Part>
  );
}
