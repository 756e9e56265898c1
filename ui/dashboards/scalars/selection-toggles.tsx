/** What there is to be below and on every chart: the table of values, and the handles of a stretch. */
import { Toggle } from "../../board/controls.tsx";
import { heldRange, setRanged } from "../../board/range.ts";
import { showValues, xKind } from "./settings.ts";

export function SelectionToggles() {
  return (
    <div class="toggles">
      <Toggle
        label="Values"
        title="A table of every run's value below each chart, at the held step or the newest"
        on={showValues.value}
        onChange={(on) => (showValues.value = on)}
      />
      <Toggle
        label="Range"
        title="Two handles on every chart: first and last value, extremes and change between them"
        on={heldRange.value !== null}
        onChange={(on) => setRanged(on, xKind.value)}
      />
    </div>
  );
}
