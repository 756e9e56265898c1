/** The controls of the scalars dashboard. */
import { Icon } from "../../app/icons.tsx";
import { Segmented, Slider, Toggle } from "../../board/controls.tsx";
import { StepBar } from "../../board/step-slider.tsx";
import { heldStep } from "../../board/steps.ts";
import type { XKind } from "../../charts/line.ts";
import { SelectionToggles } from "./selection-toggles.tsx";
import {
  ignoreOutliers,
  SMOOTHING_MAX,
  setXKind,
  smoothing,
  xKind,
  xLogChosen,
  yLog,
  zooms,
} from "./settings.ts";

const X_KINDS: readonly { value: XKind; title: string }[] = [
  { value: "step", title: "Step" },
  { value: "relative", title: "Relative" },
  { value: "wall_time", title: "Wall time" },
];

export function Tools() {
  return (
    <>
      <LookTools />
      <SelectionToggles />
      {heldStep.value !== null && <StepBar />}
      <ZoomsReset />
    </>
  );
}

function ZoomsReset() {
  if (zooms.value.size === 0) return null;
  return (
    <button type="button" class="text-button" onClick={() => (zooms.value = new Map())}>
      <Icon name="reset" />
      Reset {zooms.value.size === 1 ? "zoom" : `${zooms.value.size} zooms`}
    </button>
  );
}

/** How the lines are drawn. */
export function LookTools() {
  return (
    <>
      <Slider
        label="Smoothing"
        min={0}
        max={SMOOTHING_MAX}
        step={0.001}
        fieldStep={0.01}
        value={smoothing.value}
        onChange={(value) => (smoothing.value = value)}
      />
      <Segmented label="Horizontal axis" choices={X_KINDS} value={xKind.value} onChange={setXKind} />
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
    </>
  );
}
