/** The controls of the scalars dashboard. */
import { useId } from "preact/hooks";
import { FilterInput } from "../../app/filter-input.tsx";
import { Icon } from "../../app/icons.tsx";
import type { XKind } from "../../charts/line.ts";
import {
  ignoreOutliers,
  SMOOTHING_MAX,
  setXKind,
  smoothing,
  tagFilter,
  tagFilterText,
  xKind,
  xLogChosen,
  yLog,
  zooms,
} from "./settings.ts";
import "./toolbar.css";

const X_KINDS: readonly { kind: XKind; title: string }[] = [
  { kind: "step", title: "Step" },
  { kind: "relative", title: "Relative" },
  { kind: "wall_time", title: "Wall time" },
];

export function Toolbar() {
  return (
    <div class="toolbar" role="toolbar" aria-label="Chart settings">
      <FilterInput label="Filter tags" text={tagFilterText} error={tagFilter.value.error} />
      <Smoothing />
      <div class="segmented" role="radiogroup" aria-label="Horizontal axis">
        {X_KINDS.map(({ kind, title }) => (
          <label key={kind} class={xKind.value === kind ? "is-on" : ""}>
            <input
              type="radio"
              name="x-axis"
              checked={xKind.value === kind}
              onChange={() => setXKind(kind)}
            />
            {title}
          </label>
        ))}
      </div>
      <div class="toggles">
        <Toggle
          label="Log x"
          on={xLogChosen.value && xKind.value !== "wall_time"}
          disabled={xKind.value === "wall_time"}
          onChange={(on) => (xLogChosen.value = on)}
        />
        <Toggle label="Log y" on={yLog.value} onChange={(on) => (yLog.value = on)} />
        <Toggle
          label="Ignore outliers"
          title="Leave values far from most others out of the y range"
          on={ignoreOutliers.value}
          onChange={(on) => (ignoreOutliers.value = on)}
        />
      </div>
      {zooms.value.size > 0 && (
        <button type="button" class="text-button" onClick={() => (zooms.value = new Map())}>
          <Icon name="reset" />
          Reset {zooms.value.size === 1 ? "zoom" : `${zooms.value.size} zooms`}
        </button>
      )}
    </div>
  );
}

function Smoothing() {
  const id = useId();
  const set = (text: string): void => {
    const value = Number(text);
    if (text !== "" && Number.isFinite(value)) smoothing.value = Math.min(SMOOTHING_MAX, Math.max(0, value));
  };
  return (
    <div class="smoothing">
      <label for={id}>Smoothing</label>
      <input
        id={id}
        type="range"
        min="0"
        max={SMOOTHING_MAX}
        step="0.001"
        value={smoothing.value}
        onInput={(event) => set(event.currentTarget.value)}
      />
      <input
        type="number"
        aria-label="Smoothing value"
        min="0"
        max={SMOOTHING_MAX}
        step="0.01"
        value={smoothing.value}
        onChange={(event) => set(event.currentTarget.value)}
      />
    </div>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly title?: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  onChange(on: boolean): void;
}

function Toggle({ label, title, on, disabled = false, onChange }: ToggleProps) {
  return (
    <label class={`toggle${on ? " is-on" : ""}`} title={title}>
      <input
        type="checkbox"
        checked={on}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}
