/** A tag's histograms of all runs at the step that the page looks at, laid over each other. */
import { useComputed, useSignal } from "@preact/signals";
import { runColors } from "../../app/session.ts";
import { scheme } from "../../app/theme.ts";
import type { TagCardProps } from "../../board/board.tsx";
import { CardHeader } from "../../board/card-header.tsx";
import { CardMessage, feedMessage, NothingYet } from "../../board/card-message.tsx";
import { useCard } from "../../board/card-scope.ts";
import { useTensorsAtStep } from "../../board/records.ts";
import { RunLabel } from "../../board/run-label.tsx";
import { useRunsOf } from "../../board/runs-of.ts";
import { CardStepSlider } from "../../board/step-slider.tsx";
import { histogramDownloads } from "./downloads.ts";
import { commonRange, type Histogram, hasValues, histogramOf, rebinned } from "./histogram.ts";
import { leftOut } from "./read-histograms.ts";
import type { RidgePlot } from "./ridge-plot.ts";
import { RidgeView } from "./ridge-view.tsx";
import { bins, logCounts } from "./settings.ts";
import "./histograms.css";

interface OfRun {
  readonly run: string;
  readonly step: number;
  readonly histogram: Histogram;
}

export function RunsCard({ tag }: TagCardProps) {
  const runs = useRunsOf(tag);
  const { step, at, error, waiting } = useTensorsAtStep(tag, runs);
  const read = useComputed(() => {
    const found: OfRun[] = [];
    const left = { unfit: 0, empty: 0, coming: 0 };
    for (const { run, step: there, tensor } of at.value) {
      const histogram = tensor && histogramOf(tensor);
      if (tensor === undefined) left.coming++;
      else if (!histogram) left.unfit++;
      else if (hasValues(histogram)) found.push({ run, step: there, histogram });
      else left.empty++;
    }
    return { found, ...left };
  });
  const range = useComputed(() => commonRange(read.value.found.map(({ histogram }) => histogram)));
  const spec = useComputed(() => {
    if (!range.value) return null;
    return {
      ridges: read.value.found.map(({ run, step: there, histogram }, place) => ({
        at: place,
        counts: rebinned(histogram, range.value!, bins.value),
        color: runColors.color(run, scheme.value),
        label: `${run}, step ${there}`,
      })),
      range: range.value,
      bins: bins.value,
      offset: false,
      axis: "step" as const,
      logCounts: logCounts.value,
      held: -1,
    };
  });
  const plot = useSignal<RidgePlot | null>(null);
  const { found, coming } = read.value;
  const message =
    feedMessage({
      error: found.length === 0 ? error.value : null,
      waiting: waiting.value || (found.length === 0 && coming > 0),
      runs: runs.value.length,
    }) ??
    (found.length > 0 ? null : leftOut(read.value) === "" ? (
      <NothingYet what="histogram" />
    ) : (
      <CardMessage kind="empty">{leftOut(read.value)}</CardMessage>
    ));
  return (
    <>
      <CardHeader tag={tag.value} downloads={histogramDownloads(tag.value.tag, runs.value, plot)} />
      {message ?? (
        <>
          <RidgeView
            spec={spec}
            label={`Histograms of ${tag.value.tag} in ${found.length} runs`}
            onPlot={(made) => (plot.value = made)}
          />
          <RunsKey runs={found} />
          {leftOut(read.value) !== "" && <p class="plot-note">{leftOut(read.value)}</p>}
          <CardStepSlider step={step} />
        </>
      )}
    </>
  );
}

/** Which colour is which run's. */
function RunsKey({ runs }: { runs: readonly OfRun[] }) {
  const { label } = useCard();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard
    <ul class="runs-key" aria-label={`Runs in ${label}`} tabIndex={0}>
      {runs.map(({ run }) => (
        <li key={run}>
          <RunLabel run={run} />
        </li>
      ))}
    </ul>
  );
}
