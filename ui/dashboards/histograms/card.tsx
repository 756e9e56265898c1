/** One run's histograms of a tag, step by step. */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { runColors } from "../../app/session.ts";
import { scheme } from "../../app/theme.ts";
import type { TagCardProps } from "../../board/board.tsx";
import { CardHeader } from "../../board/card-header.tsx";
import { CardMessage, feedMessage, NothingYet } from "../../board/card-message.tsx";
import { momentText, type StepAxis } from "../../board/moments.ts";
import { RunLabel } from "../../board/run-label.tsx";
import { CardStepSlider } from "../../board/step-slider.tsx";
import { stepAxis } from "../../board/steps.ts";
import { histogramDownloads } from "./downloads.ts";
import { commonRange, rebinned } from "./histogram.ts";
import { leftOut, type ReadHistograms } from "./read-histograms.ts";
import type { RidgeSpec } from "./ridge.ts";
import type { RidgePlot } from "./ridge-plot.ts";
import { RidgeView } from "./ridge-view.tsx";
import { bins, logCounts, mode } from "./settings.ts";
import { type HistogramFeed, useHistograms } from "./use-histograms.ts";

export function HistogramCard({ tag, run }: TagCardProps) {
  const name = run ?? "";
  const feed = useHistograms(tag, name);
  const spec = useSpec(name, feed);
  const plot = useSignal<RidgePlot | null>(null);
  const read = feed.read.value;
  return (
    <>
      <CardHeader
        lead={<RunLabel run={name} />}
        tag={tag.value}
        downloads={histogramDownloads(tag.value.tag, [name], plot)}
      />
      {histogramMessage(feed) ?? (
        <>
          <RidgeView
            spec={spec}
            label={`Histograms of ${tag.value.tag} in ${name}, ${read.steps.length} steps`}
            onPlot={(made) => (plot.value = made)}
            onPick={(ridge) => pick(ridge, feed)}
          />
          {leftOut(read) !== "" && <p class="plot-note">{leftOut(read)}</p>}
          <CardStepSlider step={feed.step} />
        </>
      )}
    </>
  );
}

/** What a card says instead of a picture; null where there is one. */
export function histogramMessage({ records, read }: HistogramFeed): ComponentChildren {
  const nothing = records.data.value.size === 0;
  const message = feedMessage({
    error: nothing ? records.error.value : null,
    waiting: records.waiting.value,
    runs: 1,
  });
  if (message || read.value.steps.length > 0) return message;
  const left = leftOut(read.value);
  return left === "" ? <NothingYet what="histogram" /> : <CardMessage kind="empty">{left}</CardMessage>;
}

function useSpec(run: string, { read, heldKey, all }: HistogramFeed): ReadonlySignal<RidgeSpec | null> {
  const range = useComputed(() => commonRange(read.value.steps.map(({ histogram }) => histogram)));
  return useComputed(() => {
    if (!range.value) return null;
    const axis = stepAxis.value;
    const color = runColors.color(run, scheme.value);
    const origin = originOf(all.value);
    return {
      ridges: read.value.steps.map((one) => {
        const at = placeOf(one, axis, origin);
        return {
          at,
          counts: rebinned(one.histogram, range.value!, bins.value),
          color,
          label: labelOf(at, axis),
          passing: one.passing === true,
        };
      }),
      range: range.value,
      bins: bins.value,
      offset: mode.value === "offset",
      axis,
      logCounts: logCounts.value,
      held: read.value.steps.findIndex(({ key }) => key === heldKey.value),
    };
  });
}

/** The wall time that relative times count from. */
const originOf = (records: HistogramFeed["all"]["value"]): number =>
  records?.origin ?? records?.wallTime[0] ?? 0;

function placeOf(one: ReadHistograms["steps"][number], axis: StepAxis, origin: number): number {
  if (axis === "step") return one.step;
  return axis === "wall_time" ? one.wallTime : one.wallTime - origin;
}

function labelOf(at: number, axis: StepAxis): string {
  const text = momentText({ axis, at });
  return axis === "step" ? `step ${text}` : text;
}

/** The page goes to the step of a histogram. */
function pick(ridge: number, { read, all, step }: HistogramFeed): void {
  const one = read.peek().steps[ridge];
  const axis = stepAxis.peek();
  if (one) step.set({ axis, at: placeOf(one, axis, originOf(all.peek())) });
}
