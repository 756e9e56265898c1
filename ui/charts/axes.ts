/** Grid and axes by ECharts. It is given finished ticks, on a linear axis even for logarithms, and only draws. */
import { GridComponent, type GridComponentOption } from "echarts/components";
import { type ComposeOption, type ECharts, init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import type { Frame } from "./frame.ts";
import type { Scale } from "./scale.ts";
import type { ChartTheme } from "./theme.ts";
import type { Tick } from "./ticks.ts";

use([GridComponent, CanvasRenderer]);

export type AxesOption = ComposeOption<GridComponentOption>;

/** The part of a frame and theme that the axes show, as ECharts wants it. */
export function axesOption(frame: Frame, theme: ChartTheme): AxesOption {
  const { plot, width, height } = frame;
  return {
    animation: false,
    grid: {
      left: plot.left,
      top: plot.top,
      right: width - plot.left - plot.width,
      bottom: height - plot.top - plot.height,
      outerBoundsMode: "none",
    },
    xAxis: { ...axis(frame.x, frame.xTicks, theme, 9), position: "bottom" },
    yAxis: { ...axis(frame.y, frame.yTicks, theme, 6), position: "left" },
  };
}

function axis(scale: Scale, ticks: readonly Tick[], theme: ChartTheme, labelGap: number) {
  const positions = ticks.map((tick) => scale.toAxis(tick.value));
  return {
    type: "value" as const,
    min: scale.toAxis(scale.range[0]),
    max: scale.toAxis(scale.range[1]),
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis, width: 1 } },
    axisTick: { show: false, customValues: positions },
    axisLabel: {
      customValues: positions,
      // ECharts hands back the position, perhaps rounded: the nearest tick is the one meant.
      formatter: (position: number) => nearestLabel(ticks, positions, position),
      color: theme.label,
      fontFamily: theme.font,
      fontSize: 11,
      margin: labelGap,
      hideOverlap: true,
    },
    splitLine: { show: true, lineStyle: { color: theme.grid, width: 1 } },
    silent: true,
  };
}

function nearestLabel(ticks: readonly Tick[], positions: readonly number[], at: number): string {
  let best = 0;
  for (let i = 1; i < positions.length; i++)
    if (Math.abs(positions[i]! - at) < Math.abs(positions[best]! - at)) best = i;
  return ticks[best]?.label ?? "";
}

/** The axes of one chart on the page. */
export class Axes {
  readonly #chart: ECharts;
  #shown = "";

  constructor(host: HTMLElement) {
    this.#chart = init(host, null, { renderer: "canvas", width: 1, height: 1 });
  }

  /** Draws the frame, unless it is what is drawn already. */
  draw(frame: Frame, theme: ChartTheme): void {
    const key = JSON.stringify([frame, theme, frame.x.range, frame.y.range]);
    if (key === this.#shown) return;
    this.#shown = key;
    if (this.#chart.getWidth() !== frame.width || this.#chart.getHeight() !== frame.height)
      this.#chart.resize({ width: frame.width, height: frame.height });
    this.#chart.setOption(axesOption(frame, theme), { notMerge: true, lazyUpdate: false, silent: true });
    const renderer = this.#chart.getZr();
    renderer.flush();
    // All is drawn: it would ask for ten frames more before it rests, each of which the browser composes anew.
    renderer.animation.stop();
  }

  /** The drawn axes as a bitmap, for a download. */
  bitmap(pixelRatio: number): HTMLCanvasElement {
    return this.#chart.renderToCanvas({ pixelRatio });
  }

  dispose(): void {
    this.#chart.dispose();
  }
}
