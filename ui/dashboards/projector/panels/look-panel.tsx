/** What colours, sizes and names the points, and the legend, which switches and selects. */
import { useSignal } from "@preact/signals";
import { formatValue } from "../../../app/format.ts";
import { scheme } from "../../../app/theme.ts";
import { Slider } from "../../../board/controls.tsx";
import { cssOf, scaleColor } from "../data/palettes.ts";
import {
  byCategory,
  categories,
  colorOfCategory,
  labelling,
  offKey,
  ownColours,
  scaleRange,
  shadedBy,
  shading,
  switchedOff,
} from "../state/looks.ts";
import { main } from "../state/pane.ts";
import { select } from "../state/selection.ts";
import { colorAs, colorBy, labelBy, OURS, pointSize, sizeBy } from "../state/settings.ts";
import { Part, Select } from "./field.tsx";

export function LookPanel() {
  const columns = main.data.value?.columns ?? [];
  const names = columns.map(({ name }) => ({ value: name, title: name }));
  const numeric = columns.filter(({ numbers }) => numbers !== null);
  const column = shading.value;
  return (
    <Part title="Looks">
      <Select
        label="Colour by"
        value={shadedBy.value}
        choices={[{ value: OURS.none, title: "One colour" }, ...names, ...ownColours.value]}
        onChange={(value) => (colorBy.value = value)}
      />
      {column?.numbers && column.values.length > 0 && (
        <Select
          label="Colours are"
          value={byCategory.value ? "categories" : "scale"}
          choices={[
            { value: "categories", title: "Categories" },
            { value: "scale", title: "A scale" },
          ]}
          onChange={(value) => (colorAs.value = value === "scale" ? "scale" : "categories")}
        />
      )}
      <Legend />
      {numeric.length > 0 && (
        <Select
          label="Size by"
          value={sizeBy.value}
          choices={[
            { value: "", title: "All alike" },
            ...numeric.map(({ name }) => ({ value: name, title: name })),
          ]}
          onChange={(value) => (sizeBy.value = value)}
        />
      )}
      {columns.length > 0 && (
        <Select
          label="Label by"
          value={labelling.value?.name ?? ""}
          choices={names}
          onChange={(value) => (labelBy.value = value)}
        />
      )}
      <Slider
        label="Point size"
        min={0.25}
        max={6}
        step={0.05}
        value={pointSize.value}
        onChange={(n) => (pointSize.value = n)}
      />
    </Part>
  );
}

const FEW = 12;
const MOST = 500;

function Legend() {
  const all = useSignal(false);
  const column = shading.value;
  const range = scaleRange.value;
  if (!column) return null;
  if (range)
    return (
      <div
        class="pj-scale"
        role="img"
        aria-label={`Scale from ${formatValue(range[0])} to ${formatValue(range[1])}`}
      >
        <span>{formatValue(range[0], 3)}</span>
        <div class="pj-ramp">
          {Array.from({ length: 32 }, (_, i) => (
            <i key={i} style={{ background: cssOf(scaleColor(i / 31, scheme.value)) }} />
          ))}
        </div>
        <span>{formatValue(range[1], 3)}</span>
      </div>
    );
  const shown = categories.value.slice(0, all.value ? MOST : FEW);
  const toggle = (text: string): void => {
    const next = new Set(switchedOff.peek());
    const key = offKey(column, text);
    if (!next.delete(key)) next.add(key);
    switchedOff.value = next;
  };
  return (
    <ul class="pj-legend" aria-label="Legend">
      {shown.map(({ index, text, count }) => {
        const off = switchedOff.value.has(offKey(column, text));
        const name = text === "" ? "(empty)" : text;
        return (
          <li key={index} class={off ? "is-off" : ""}>
            <button
              type="button"
              class="pj-swatch"
              aria-pressed={!off}
              aria-label={`Show ${name}`}
              title={off ? `Show ${name}` : `Hide ${name}`}
              onClick={() => toggle(text)}
            >
              <i class="swatch" style={{ background: colorOfCategory(index) }} />
            </button>
            <button
              type="button"
              class="pj-category"
              title={`Select all of ${name}`}
              onClick={(event) => {
                const rows = Array.from(column.indices.keys()).filter((row) => column.indices[row] === index);
                select(rows, main.rows.peek(), event.shiftKey ? "add" : "replace");
              }}
            >
              <span>{name}</span>
              <small>{count}</small>
            </button>
          </li>
        );
      })}
      {categories.value.length > FEW && (
        <li>
          <button type="button" class="text-button" onClick={() => (all.value = !all.value)}>
            {all.value ? "Fewer" : `All ${categories.value.length}`}
          </button>
        </li>
      )}
      {all.value && categories.value.length > MOST && (
        <li class="muted">The {categories.value.length - MOST} rarest are not listed: search finds them.</li>
      )}
    </ul>
  );
}
