/** The scatter matrix: a box dragged out in a pair, or made by keys, keeps the rows in it; a click lets both columns go. */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { PRINT_WIDTH, printing } from "../../app/printing.ts";
import { pointedRun } from "../../app/runs.ts";
import { useCardCanvas, useDrawn } from "../../board/card-canvas.ts";
import { PlotTip } from "../../board/plot-tip.tsx";
import type { ParallelAxis } from "./axes.ts";
import { cellText } from "./formats.ts";
import type { ParallelSpec } from "./parallel-plot.ts";
import { attachScatter, type Pointed } from "./scatter-gestures.ts";
import { KEYS_HELP } from "./scatter-keys.ts";
import { ScatterPlot } from "./scatter-plot.ts";

interface Props {
  readonly spec: ReadonlySignal<ParallelSpec>;
  readonly label: string;
}

const PAIR_PX = 104;
/** On a phone the picture is wider than the screen, and scrolls sideways. */
const LEAST_PAIR_PX = 72;

export function ScatterView({ spec, label }: Props) {
  const { host, drawing: plot } = useCardCanvas((element, theme) => new ScatterPlot(element, theme));
  const pointed = useSignal<Pointed | null>(null);
  useDrawn(plot, (drawn) => drawn.set(spec.value));
  useDrawn(plot, (drawn) => drawn.highlight(pointedRun.value));
  useEffect(() => (plot ? attachScatter(plot, spec, pointed) : undefined), [plot, spec]);
  useEffect(() => plot?.surface.setAttribute("aria-label", `${label}. ${KEYS_HELP}`), [plot, label]);
  const { axes } = spec.value;
  const at = pointed.value;
  const [x, y] = [axes[at?.cell.x ?? -1], axes[at?.cell.y ?? -1]];
  return (
    <div class="hp-scatter">
      <div class="plot" style={sizeOf(axes.length)}>
        <div class="chart" ref={host} />
        {at && x && y && (
          <PlotTip px={at.px} py={at.py}>
            <strong>{at.row.title}</strong>
            <table>
              <tbody>
                {(x === y ? [x] : [x, y]).map(({ column, place }) => (
                  <tr key={column.id}>
                    <th scope="row">{column.title}</th>
                    <td>{cellText(at.row.cells[place] ?? null)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </PlotTip>
        )}
        <p class="visually-hidden" aria-live="polite">
          {at && x && y ? spoken(at, x, y) : ""}
        </p>
      </div>
    </div>
  );
}

/** On paper as wide as that, and square where it is large. */
function sizeOf(axes: number): Record<string, string> {
  const height = 60 + PAIR_PX * Math.max(2, axes);
  if (!printing.value) return { height: `${height}px`, minWidth: `${60 + LEAST_PAIR_PX * axes}px` };
  return { height: `${Math.min(PRINT_WIDTH.wide, height)}px`, width: `${PRINT_WIDTH.wide}px` };
}

function spoken({ row, boxed }: Pointed, ...axes: readonly ParallelAxis[]): string {
  const values = axes.map(({ column, place }) => `${column.title} ${cellText(row.cells[place] ?? null)}`);
  return `${[...new Set([row.title, ...values])].join(", ")}${boxed ? "; a corner of the box" : ""}`;
}
