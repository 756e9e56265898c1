/** The controls of the histograms dashboard. */
import { Segmented, Slider, Toggle } from "../../board/controls.tsx";
import { bins, DEFAULT_BINS, type HistogramMode, logCounts, MOST_BINS, mode } from "./settings.ts";

const MODES: readonly { value: HistogramMode; title: string }[] = [
  { value: "offset", title: "Offset" },
  { value: "overlay", title: "Overlay" },
  { value: "runs", title: "Compare runs" },
];

export function Tools() {
  return (
    <>
      <Segmented
        label="Drawn"
        choices={MODES}
        value={mode.value}
        onChange={(value) => (mode.value = value)}
      />
      <Slider
        label="Bins"
        min={2}
        max={MOST_BINS}
        step={1}
        value={bins.value}
        onChange={(value) => (bins.value = Math.round(value) || DEFAULT_BINS)}
      />
      <div class="toggles">
        <Toggle
          label="Log y"
          title="Counts on a logarithmic scale"
          on={logCounts.value}
          onChange={(on) => (logCounts.value = on)}
        />
      </div>
    </>
  );
}
