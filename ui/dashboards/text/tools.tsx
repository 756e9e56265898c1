/** The controls of the text dashboard. */
import { FilterInput } from "../../app/filter-input.tsx";
import { Segmented, Toggle } from "../../board/controls.tsx";
import { allSteps, search, searchText, type TextView, view } from "./settings.ts";

const VIEWS: readonly { value: TextView; title: string }[] = [
  { value: "rendered", title: "Markdown" },
  { value: "raw", title: "Raw" },
  { value: "changes", title: "Changes" },
];

export function Tools() {
  return (
    <>
      <FilterInput label="Search all texts" text={searchText} error={search.value.error} />
      <Segmented
        label="Shown as"
        choices={VIEWS}
        value={view.value}
        onChange={(value) => (view.value = value)}
      />
      <div class="toggles">
        <Toggle
          label="All steps"
          title="Every step of a card, the newest first"
          on={allSteps.value}
          onChange={(on) => (allSteps.value = on)}
        />
      </div>
    </>
  );
}
