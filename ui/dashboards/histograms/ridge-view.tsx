/** A picture of histograms under the pointer and the keyboard: what is pointed at is said in words. */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { formatValue } from "../../app/format.ts";
import { useCardCanvas, useDrawn } from "../../board/card-canvas.ts";
import { PlotTip } from "../../board/plot-tip.tsx";
import { attachPointing } from "../../charts/pointing.ts";
import type { RidgePoint, RidgeSpec } from "./ridge.ts";
import { RidgePlot } from "./ridge-plot.ts";

interface Props {
  readonly spec: ReadonlySignal<RidgeSpec | null>;
  /** What the picture is of, for those who do not see it. */
  readonly label: string;
  /** Told of the plot while there is one: for downloads. */
  onPlot?(plot: RidgePlot | null): void;
  /** A click or Enter on a histogram. */
  onPick?(ridge: number): void;
}

export function RidgeView({ spec, label, onPlot, onPick }: Props) {
  const { host, drawing: plot } = useCardCanvas((element, theme) => new RidgePlot(element, theme));
  const point = useSignal<RidgePoint | null>(null);
  useDrawn(plot, (drawn) => drawn.set(spec.value));
  useEffect(() => {
    onPlot?.(plot);
    if (!plot) return;
    return attachPointing<RidgePoint>(plot.surface, {
      at: (px, py) => plot.at(px, py),
      show(next) {
        point.value = next;
        plot.point(next);
      },
      move(key) {
        const current = spec.peek();
        return current && current.ridges.length > 0 ? moved(point.peek(), key, current) : undefined;
      },
      pick() {
        if (point.peek()) onPick?.(point.peek()!.ridge);
      },
    });
  }, [plot]);
  useEffect(() => {
    plot?.surface.setAttribute(
      "aria-label",
      `${label}. Arrow keys go through bins and ${spec.peek()?.offset ? "steps" : "histograms"}.`,
    );
  }, [plot, label]);
  return (
    <div class="plot">
      <div class="chart" ref={host} />
      <Tip spec={spec} point={point} plot={plot} />
      <p class="visually-hidden" aria-live="polite">
        {spoken(spec.value, point.value)}
      </p>
    </div>
  );
}

/** Where a key leads; null away from all, undefined for other keys. */
function moved(
  point: RidgePoint | null,
  key: string,
  { ridges, bins }: RidgeSpec,
): RidgePoint | null | undefined {
  if (key === "Escape") return null;
  const moves: Readonly<Record<string, readonly [ridge: number, bin: number]>> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    Home: [0, -bins],
    End: [0, bins],
  };
  const move = moves[key];
  if (!move) return undefined;
  const from = point ?? { ridge: ridges.length - 1, bin: Math.floor(bins / 2) };
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  return { ridge: clamp(from.ridge + move[0], ridges.length - 1), bin: clamp(from.bin + move[1], bins - 1) };
}

interface Pointed {
  readonly label: string;
  readonly range: string;
  readonly count: string;
}

function pointed(spec: RidgeSpec | null, point: RidgePoint | null): Pointed | null {
  const ridge = point && spec?.ridges[point.ridge];
  if (!spec || !point || !ridge) return null;
  const [low, high] = spec.range;
  const width = (high - low) / spec.bins;
  const left = low + point.bin * width;
  const last = point.bin === spec.bins - 1;
  return {
    label: ridge.label,
    range: `${formatValue(left, 4)} to ${formatValue(last ? high : left + width, 4)}`,
    count: formatValue(ridge.counts[point.bin] ?? 0, 6),
  };
}

function spoken(spec: RidgeSpec | null, point: RidgePoint | null): string {
  const found = pointed(spec, point);
  return found ? `${found.label}, ${found.range}: ${found.count}` : "";
}

function Tip(props: {
  spec: ReadonlySignal<RidgeSpec | null>;
  point: ReadonlySignal<RidgePoint | null>;
  plot: RidgePlot | null;
}) {
  const point = props.point.value;
  const found = pointed(props.spec.value, point);
  const frame = props.plot?.frame;
  const ridge = point && frame?.spec.ridges[point.ridge];
  if (!found || !point || !frame || !ridge) return null;
  const px = frame.left + ((point.bin + 0.5) / frame.spec.bins) * frame.plotWidth;
  const py = frame.grounds[point.ridge]! - frame.heightOf(ridge.counts[point.bin]!);
  return (
    <PlotTip px={px} py={py}>
      <strong>{found.label}</strong>
      <table>
        <tbody>
          <tr>
            <th scope="row">{found.range}</th>
            <td>{found.count}</td>
          </tr>
        </tbody>
      </table>
    </PlotTip>
  );
}
