/** The distributions dashboard: histograms seen from above, as bands of quantiles over steps. */
import { Board } from "../../board/board.tsx";
import { Segmented, Toggle } from "../../board/controls.tsx";
import type { StepAxis } from "../../board/moments.ts";
import { DistributionCard } from "./card.tsx";
import { xAxis, yLog } from "./settings.ts";

export { guide } from "../histograms/guide.ts";

const AXES: readonly { value: StepAxis; title: string }[] = [
  { value: "step", title: "Step" },
  { value: "relative", title: "Relative" },
  { value: "wall_time", title: "Wall time" },
];

export default function Distributions() {
  return <Board plugins={["histograms"]} per="run" card={DistributionCard} tools={<Tools />} steps />;
}

function Tools() {
  return (
    <>
      <Segmented
        label="Horizontal axis"
        choices={AXES}
        value={xAxis.value}
        onChange={(value) => (xAxis.value = value)}
      />
      <div class="toggles">
        <Toggle label="Log y" on={yLog.value} onChange={(on) => (yLog.value = on)} />
      </div>
    </>
  );
}
