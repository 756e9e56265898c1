/** A tag's PR curves: every run's at the step that the page looks at, with the area under each. */
import { type ReadonlySignal, useComputed, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatStep, formatValue } from "../../app/format.ts";
import { pointedRun } from "../../app/runs.ts";
import { runColors } from "../../app/session.ts";
import { scheme } from "../../app/theme.ts";
import type { TagCardProps } from "../../board/board.tsx";
import { useCardCanvas, useDrawn } from "../../board/card-canvas.ts";
import { CardHeader } from "../../board/card-header.tsx";
import { CardMessage, feedMessage, NothingYet } from "../../board/card-message.tsx";
import { PlotTip } from "../../board/plot-tip.tsx";
import { useTensorsAtStep } from "../../board/records.ts";
import { RunLabel } from "../../board/run-label.tsx";
import { useRunsOf } from "../../board/runs-of.ts";
import { CardStepSlider } from "../../board/step-slider.tsx";
import { attachPointing } from "../../charts/pointing.ts";
import { areaUnder, curveOf, f1 } from "./curve.ts";
import { CurveChart, type CurvePoint, type DrawnCurve } from "./curve-chart.ts";
import { curveDownloads } from "./downloads.ts";
import "./pr-curves.css";

export function PrCurveCard({ tag }: TagCardProps) {
  const runs = useRunsOf(tag);
  const { step, at, error, waiting } = useTensorsAtStep(tag, runs);
  const read = useComputed(() => {
    const curves: DrawnCurve[] = [];
    const unfit: string[] = [];
    for (const { run, step: there, tensor } of at.value) {
      if (tensor === undefined) continue;
      const curve = tensor && curveOf(tensor);
      if (curve) curves.push({ run, step: there, color: runColors.color(run, scheme.value), curve });
      else unfit.push(run);
    }
    return { curves, unfit };
  });
  const curves = useComputed(() => read.value.curves);
  const chart = useSignal<CurveChart | null>(null);
  const { unfit } = read.value;
  const message =
    feedMessage({
      error: curves.value.length === 0 ? error.value : null,
      waiting: waiting.value || (curves.value.length === 0 && unfit.length < at.value.length),
      runs: runs.value.length,
    }) ??
    (curves.value.length > 0 ? null : unfit.length > 0 ? (
      <CardMessage kind="empty">{unfitWords(unfit)}</CardMessage>
    ) : (
      <NothingYet what="curve" />
    ));
  return (
    <>
      <CardHeader tag={tag.value} downloads={curveDownloads(tag.value.tag, curves, chart)} />
      {message ?? (
        <>
          <CurveView
            curves={curves}
            label={`PR curves of ${tag.value.tag}, precision over recall, ${curves.value.length} runs`}
            onChart={(made) => (chart.value = made)}
          />
          <Legend curves={curves} />
          {unfit.length > 0 && <p class="plot-note">{unfitWords(unfit)}</p>}
          <CardStepSlider step={step} />
        </>
      )}
    </>
  );
}

const unfitWords = (runs: readonly string[]): string =>
  `Not shown: ${runs.join(", ")}, whose value is of another shape than [6, thresholds]`;

/** The runs with the area under each curve, the largest first. */
function Legend({ curves }: { curves: ReadonlySignal<readonly DrawnCurve[]> }) {
  const areas = curves.value
    .map(({ run, curve }) => ({ run, area: areaUnder(curve) }))
    .sort((a, b) => b.area - a.area);
  return (
    <ul class="pr-legend" aria-label="Area under the curve">
      {areas.map(({ run, area }) => (
        <li key={run}>
          <RunLabel run={run} />
          <span class="pr-area" title="Area under the curve">
            AUC {formatValue(area, 4)}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface ViewProps {
  readonly curves: ReadonlySignal<readonly DrawnCurve[]>;
  readonly label: string;
  onChart(chart: CurveChart | null): void;
}

function CurveView({ curves, label, onChart }: ViewProps) {
  const { host, drawing: chart } = useCardCanvas((element, theme) => new CurveChart(element, theme));
  const point = useSignal<CurvePoint | null>(null);
  useDrawn(chart, (drawn) => drawn.set(curves.value));
  useDrawn(chart, (drawn) => drawn.highlight(pointedRun.value));
  useEffect(() => {
    onChart(chart);
    if (!chart) return;
    return attachPointing<CurvePoint>(chart.surface, {
      at: (px, py) => chart.at(px, py),
      show(next) {
        point.value = next;
        chart.point(next);
      },
      move: (key) => moved(point.peek(), key, curves.peek()),
    });
  }, [chart]);
  useEffect(() => {
    chart?.surface.setAttribute("aria-label", `${label}. Arrow keys go through thresholds and runs.`);
  }, [chart, label]);
  const found = point.value && pointed(curves.value, point.value);
  const place = point.value && chart?.placeOf(point.value);
  return (
    <div class="plot pr-plot">
      <div class="chart" ref={host} />
      {found && place && (
        <PlotTip {...place}>
          <strong>
            {found.run}, step {found.step}
          </strong>
          <table>
            <tbody>
              {found.facts.map(([name, value]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </PlotTip>
      )}
      <p class="visually-hidden" aria-live="polite">
        {found ? `${found.run}: ${found.facts.map((fact) => fact.join(" ")).join(", ")}` : ""}
      </p>
    </div>
  );
}

function pointed(curves: readonly DrawnCurve[], { curve: place, at }: CurvePoint) {
  const found = curves[place];
  if (!found || at >= found.curve.thresholds.length) return null;
  const { curve } = found;
  const facts: [name: string, value: string][] = [
    ["threshold", formatValue(curve.thresholds[at]!, 4)],
    ["precision", formatValue(curve.precision[at]!)],
    ["recall", formatValue(curve.recall[at]!)],
    ["F1", formatValue(f1(curve, at))],
    ["true positives", formatValue(curve.truePositives[at]!, 7)],
    ["false positives", formatValue(curve.falsePositives[at]!, 7)],
    ["true negatives", formatValue(curve.trueNegatives[at]!, 7)],
    ["false negatives", formatValue(curve.falseNegatives[at]!, 7)],
  ];
  return { run: found.run, step: formatStep(found.step), facts };
}

/** Where a key leads: to the next threshold, or to the same one of the next run. */
function moved(
  point: CurvePoint | null,
  key: string,
  curves: readonly DrawnCurve[],
): CurvePoint | null | undefined {
  if (key === "Escape") return null;
  const moves: Readonly<Record<string, readonly [curve: number, at: number]>> = {
    ArrowLeft: [0, 1],
    ArrowRight: [0, -1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
  };
  const move = moves[key];
  if (!move || curves.length === 0) return undefined;
  const from = point ?? { curve: 0, at: Math.floor(curves[0]!.curve.thresholds.length / 2) };
  const curve = Math.min(curves.length - 1, Math.max(0, from.curve + move[0]));
  const most = curves[curve]!.curve.thresholds.length - 1;
  return { curve, at: Math.min(most, Math.max(0, from.at + (point ? move[1] : 0))) };
}
