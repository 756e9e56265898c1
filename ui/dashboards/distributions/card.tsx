/** One run's distribution of a tag: quantiles over steps, with their values at the pointer. */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatStep, formatValue } from "../../app/format.ts";
import { runColors } from "../../app/session.ts";
import { scheme } from "../../app/theme.ts";
import type { TagCardProps } from "../../board/board.tsx";
import { useCardCanvas, useDrawn } from "../../board/card-canvas.ts";
import { CardHeader } from "../../board/card-header.tsx";
import { CardMessage, feedMessage, NothingYet } from "../../board/card-message.tsx";
import { axisColumn, indexAt } from "../../board/moments.ts";
import { PlotTip } from "../../board/plot-tip.tsx";
import type { RangedRecords } from "../../board/range.ts";
import { RunLabel } from "../../board/run-label.tsx";
import { heldStep, offerStops } from "../../board/steps.ts";
import { attachPointing } from "../../charts/pointing.ts";
import { histogramDownloads } from "../histograms/downloads.ts";
import { leftOut } from "../histograms/use-histograms.ts";
import { BandChart, type BandSpec } from "./band-chart.ts";
import { type Bands, bandsOf, QUANTILES } from "./bands.ts";
import { xAxis, yLog } from "./settings.ts";
import { useShown } from "./use-shown.ts";

export function DistributionCard({ tag, run }: TagCardProps) {
  const name = run ?? "";
  const { feed, records } = useShown(tag, name);
  const bands = useComputed(() => records.value && bandsOf(records.value));
  const spec = useComputed(() => bands.value && specOf(name, bands.value, records.value?.origin));
  const chart = useSignal<BandChart | null>(null);
  useStops(records);
  const left = bands.value ? leftOut(bands.value) : "";
  const message =
    feedMessage({
      error: records.value === null ? feed.error.value : null,
      waiting: feed.waiting.value,
      runs: 1,
    }) ??
    ((bands.value?.step.length ?? 0) > 0 ? null : left !== "" ? (
      <CardMessage kind="empty">{left}</CardMessage>
    ) : (
      <NothingYet what="distribution" />
    ));
  return (
    <>
      <CardHeader
        lead={<RunLabel run={name} />}
        tag={tag.value}
        downloads={histogramDownloads(tag.value.tag, [name], chart)}
      />
      {message ?? (
        <>
          <BandView
            spec={spec}
            bands={bands}
            label={`Distribution of ${tag.value.tag} in ${name} over ${bands.value?.step.length ?? 0} steps`}
            onChart={(made) => (chart.value = made)}
          />
          {left !== "" && <p class="plot-note">{left}</p>}
        </>
      )}
    </>
  );
}

/** Lets the page's slider stop at the card's steps. */
function useStops(records: ReadonlySignal<RangedRecords | null>): void {
  const stops = useComputed(() =>
    records.value ? axisColumn(records.value, xAxis.value) : new Float64Array(),
  );
  useEffect(() => offerStops(stops), [stops]);
}

function specOf(run: string, { step, wallTime, values }: Bands, origin: number | undefined): BandSpec | null {
  if (step.length === 0) return null;
  const series = { run, step, wallTime, ...(origin !== undefined && { origin }) };
  return {
    x: axisColumn(series, xAxis.value),
    values,
    xKind: xAxis.value,
    yLog: yLog.value,
    color: runColors.color(run, scheme.value),
    held: heldStep.value === null ? -1 : indexAt(series, heldStep.value),
  };
}

interface ViewProps {
  readonly spec: ReadonlySignal<BandSpec | null>;
  readonly bands: ReadonlySignal<Bands | null>;
  readonly label: string;
  onChart(chart: BandChart | null): void;
}

function BandView({ spec, bands, label, onChart }: ViewProps) {
  const { host, drawing: chart } = useCardCanvas((element, theme) => new BandChart(element, theme));
  const at = useSignal(-1);
  useDrawn(chart, (drawn) => drawn.set(spec.value));
  useEffect(() => {
    onChart(chart);
    if (!chart) return;
    return attachPointing<number>(chart.surface, {
      at: (px, py) => chart.at(px, py),
      show(index) {
        at.value = index ?? -1;
        chart.point(at.peek());
      },
      move: (key) => moved(at.peek(), key, spec.peek()?.x.length ?? 0),
    });
  }, [chart]);
  useEffect(() => {
    chart?.surface.setAttribute("aria-label", `${label}. Arrow keys go through the steps.`);
  }, [chart, label]);
  const place = chart?.placeOf(at.value);
  const found = at.value >= 0 && bands.value && at.value < bands.value.step.length ? bands.value : null;
  return (
    <div class="plot">
      <div class="chart" ref={host} />
      {found && place && (
        <PlotTip {...place}>
          <BandTable bands={found} at={at.value} />
        </PlotTip>
      )}
      <p class="visually-hidden" aria-live="polite">
        {found ? spoken(found, at.value) : ""}
      </p>
    </div>
  );
}

/** The step that a key leads to; -1 away from all, undefined for other keys. */
function moved(at: number, key: string, steps: number): number | undefined {
  if (key === "Escape") return -1;
  if (key === "Home") return 0;
  if (key === "End") return steps - 1;
  if (key !== "ArrowLeft" && key !== "ArrowRight") return undefined;
  const from = at < 0 ? steps - 1 : at + (key === "ArrowLeft" ? -1 : 1);
  return Math.min(steps - 1, Math.max(0, from));
}

function BandTable({ bands, at }: { bands: Bands; at: number }) {
  return (
    <>
      <strong>step {formatStep(bands.step[at]!)}</strong>
      <table>
        <tbody>
          {QUANTILES.map((name, i) => ({ name, value: bands.values[i]![at]! }))
            .reverse()
            .map(({ name, value }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{formatValue(value)}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </>
  );
}

function spoken(bands: Bands, at: number): string {
  const values = QUANTILES.map((name, i) => `${name} ${formatValue(bands.values[i]![at]!)}`);
  return `step ${formatStep(bands.step[at]!)}: ${values.join(", ")}`;
}
