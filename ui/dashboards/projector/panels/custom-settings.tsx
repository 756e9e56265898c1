/** Custom axes: what stands at their ends, and how places along them are measured. */
import { batch } from "@preact/signals";
import { Segmented } from "../../../board/controls.tsx";
import { MOST_POLE_POINTS, poleOf } from "../data/poles.ts";
import { focusRow, selection } from "../state/selection.ts";
import { customKind, poleExpressions, poles } from "../state/settings.ts";
import { TextField } from "./field.tsx";

const POLES = [
  ["Left", poles.left, poleExpressions.left],
  ["Right", poles.right, poleExpressions.right],
  ["Down", poles.down, poleExpressions.down],
  ["Up", poles.up, poleExpressions.up],
] as const;

export function CustomSettings() {
  // Else the point that is looked at.
  const focus = focusRow.value;
  const selected = selection.value.rows;
  const chosen = selected.length === 0 && focus !== null ? [focus] : selected;
  const fits = chosen.length > 0 && chosen.length <= MOST_POLE_POINTS;
  return (
    <>
      <p class="muted">
        Each axis leads from the middle of some points to the middle of others: those that match a search or a
        regular expression, or those that are selected.
      </p>
      {POLES.map(([label, pole, regex]) => (
        <div key={label} class="pj-pole">
          <TextField
            label={label}
            value={pole.value}
            placeholder="all points"
            onChange={(text) => (pole.value = text)}
          />
          <button
            type="button"
            class="text-button"
            aria-pressed={regex.value}
            aria-label={`${label}: a regular expression`}
            title="As a regular expression"
            onClick={() => (regex.value = !regex.value)}
          >
            .*
          </button>
          {fits && (
            <button
              type="button"
              class="text-button"
              aria-label={`${label}: the selected points`}
              onClick={() =>
                batch(() => {
                  pole.value = poleOf(chosen);
                  regex.value = false;
                })
              }
            >
              Selected
            </button>
          )}
        </div>
      ))}
      <Segmented
        label="Kind of axis"
        choices={[
          { value: "linear", title: "Linear" },
          { value: "angular", title: "Angular" },
        ]}
        value={customKind.value}
        onChange={(value) => (customKind.value = value)}
      />
    </>
  );
}
