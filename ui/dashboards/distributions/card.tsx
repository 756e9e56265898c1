/** One run's distribution of a tag: quantiles over steps, with their values at the pointer. */
import { batch, type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatStep, formatValue } from "../../app/format.ts";
import { runColors } from "../../app/session.ts";
import { scheme } from "../../app/theme.ts";
import type { TagCardProps } from "../../board/board.tsx";
import { useCardCanvas, useDrawn } from "../../board/card-canvas.ts";
import { CardHeader } from "../../board/card-header.tsx";
import { CardMessage, feedMessage, NothingYet } from "../../board/card-message.tsx";
import { axisColumn, type StepAxis } from "../../board/moments.ts";
import { PlotTip } from "../../board/plot-tip.tsx";
import { RunLabel } from "../../board/run-label.tsx";
import { CardStepSlider } from "../../board/step-slider.tsx";
import { stepAxis } from "../../board/steps.ts";
import { attachPointing } from "../../charts/pointing.ts";
import { histogramDownloads } from "../histograms/downloads.ts";
import { leftOut } from "../histograms/read-histograms.ts";
import { useHistograms } from "../histograms/use-histograms.ts";
import { BandChart, type BandSpec } from "./band-chart.ts";
import { type Bands, bandsOf, QUANTILES } from "./bands.ts";
import { xAxis, yLog } from "./settings.ts";

/** Steps of a card: as many as it has pixels to tell them apart. */
const SHOWN = 250;

export function DistributionCard({ tag, run }: TagCardProps) {
  const name = run ?? "";
  const feed = useHistograms(tag, name, SHOWN);
  const { read, all } = feed;
  const bands = useComputed(() => bandsOf(read.value.steps));
  const origin = useComputed(() => all.value?.origin ?? all.value?.wallTime[0]);
  const heldRow = useComputed(() => all.value?.keys.indexOf(feed.heldKey.value ?? "") ?? -1);
  const spec = useComputed((): BandSpec | null => {
    if (bands.value.step.length === 0) return null;
    return {
      x: columnOf(bands.value, xAxis.value, origin.value),
      values: bands.value.values,
      xKind: xAxis.value,
      yLog: yLog.value,
      color: runColors.color(name, scheme.value),
      held: (all.value && axisColumn(all.value, xAxis.value)[heldRow.value]) ?? null,
    };
  });
  const chart = useSignal<BandChart | null>(null);
  const left = leftOut({ unfit: read.value.unfit, empty: read.value.empty + bands.value.empty });
  const message =
    feedMessage({
      error: feed.records.data.value.size === 0 ? feed.records.error.value : null,
      waiting: feed.records.waiting.value,
      runs: 1,
    }) ??
    (bands.value.step.length > 0 ? null : left !== "" ? (
      <CardMessage kind="empty">{left}</CardMessage>
    ) : (
      <NothingYet what="distribution" />
    ));
  /** Holds a step, on the axis over which it was chosen; held already, lets it go. */
  const pick = (index: number): void => {
    const axis = xAxis.peek();
    const at = columnOf(bands.peek(), axis, origin.peek())[index];
    if (at === undefined) return;
    const isHeld = bands.peek().keys[index] === feed.heldKey.peek();
    batch(() => {
      stepAxis.value = axis;
      feed.step.set(isHeld ? null : { axis, at });
    });
  };
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
            label={`Distribution of ${tag.value.tag} in ${name} over ${bands.value.step.length} steps`}
            onChart={(made) => (chart.value = made)}
            onPick={pick}
          />
          <HeldValues bands={bands.value} heldKey={feed.heldKey.value} />
          {left !== "" && <p class="plot-note">{left}</p>}
          <CardStepSlider step={feed.step} />
        </>
      )}
    </>
  );
}

function columnOf({ step, wallTime }: Bands, axis: StepAxis, origin: number | undefined): Float64Array {
  return axisColumn({ run: "", step, wallTime, ...(origin !== undefined && { origin }) }, axis);
}

/** What there is at the step that is held. */
function HeldValues({ bands, heldKey }: { bands: Bands; heldKey: string | null }) {
  const at = heldKey === null ? -1 : bands.keys.indexOf(heldKey);
  if (at < 0) return null;
  const value = (quantile: number): string => formatValue(bands.values[quantile]![at]!);
  const half = (QUANTILES.length - 1) / 2;
  return (
    <p class="plot-note" title={spoken(bands, at)}>
      step {formatStep(bands.step[at]!)}: {value(0)} to {value(QUANTILES.length - 1)}, median {value(half)}
    </p>
  );
}

interface ViewProps {
  readonly spec: ReadonlySignal<BandSpec | null>;
  readonly bands: ReadonlySignal<Bands>;
  readonly label: string;
  onChart(chart: BandChart | null): void;
  /** A click or Enter on a step. */
  onPick(index: number): void;
}

function BandView({ spec, bands, label, onChart, onPick }: ViewProps) {
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
      pick: () => onPick(at.peek()),
    });
  }, [chart]);
  useEffect(() => {
    chart?.surface.setAttribute("aria-label", `${label}. Arrow keys go through the steps.`);
  }, [chart, label]);
  const place = chart?.placeOf(at.value);
  const found = at.value >= 0 && at.value < bands.value.step.length ? bands.value : null;
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
