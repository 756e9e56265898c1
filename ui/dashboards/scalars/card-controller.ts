/**
 * The working part of a card in sight: asks for its series, keeps its chart drawn, follows the pointer. It lives
 * from the moment the card comes into view until it leaves, and holds everything that costs memory.
 */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { RunSeries } from "../../../client/series-table.ts";
import { count, formatValue } from "../../app/format.ts";
import { PRINT_WIDTH, printing } from "../../app/printing.ts";
import { pointedRun } from "../../app/runs.ts";
import { runColors } from "../../app/session.ts";
import { chartTheme, scheme } from "../../app/theme.ts";
import { throttled } from "../../app/throttled.ts";
import { axisColumn, type StepAxis } from "../../board/moments.ts";
import { wideCards } from "../../board/settings.ts";
import { heldStep, offerStops, stepAxis } from "../../board/steps.ts";
import { leavesOut, xExtent } from "../../charts/extent.ts";
import type { Frame } from "../../charts/frame.ts";
import { attachGestures } from "../../charts/gestures.ts";
import type { ChartSpec, Range, XKind, Zoom } from "../../charts/line.ts";
import { LineChart } from "../../charts/line-chart.ts";
import { isUsableRange } from "../../charts/scale.ts";
import type { ChartData, ChartFeed, ChartShape, ChartSource, ChartValues } from "./chart-source.ts";
import { Crosshair } from "./crosshair.ts";
import { withPoints } from "./merge-points.ts";
import { lastStep, ofOtherKind, runsBeforeOne, runsBelowZero } from "./series-lines.ts";
import { samePoints } from "./series-shape.ts";
import { ignoreOutliers, setZoom, smoothing, xKind, xLog, yLog, zooms } from "./settings.ts";

const REFINE_MS = 80;
const SMOOTHING_MS = 60;
/** Rows of one answer: beyond, many runs get fewer points each rather than the page more than it can draw. */
const ROWS = 240_000;
const PIXEL_STEP = 50;
/** Asking, decoding and what the browser does to show it, beside the drawing: by traces of twenty runs that grow. */
const COST_OF_DRAWING = 3.5;

const [appliedSmoothing] = throttled(smoothing, SMOOTHING_MS);

export class CardController {
  /** What the chart leaves out, in words; empty when nothing. */
  readonly note: ReadonlySignal<string>;
  readonly chart: LineChart;
  readonly crosshair: Crosshair;
  readonly feed: ChartFeed;
  /** What was drawn last. */
  readonly frame = signal<Frame | null>(null);
  /** Places of the longest line's points on the x axis. */
  readonly stops: ReadonlySignal<Float64Array>;
  /** What stands in the table below the chart. */
  readonly values: ChartValues;
  /** The points at the step that the page holds: what is drawn may be thinned, and not have them. */
  readonly #heldFeed: ChartFeed;
  readonly #data: ReadonlySignal<ChartData>;

  readonly #source: ChartSource;
  readonly #spec: ReadonlySignal<ChartSpec>;
  readonly #zoom: ReadonlySignal<Zoom | null>;
  /** What the slider over the held step may stop at: the points of the longest line. */
  readonly #heldStops: ReadonlySignal<Float64Array>;
  readonly #stops: (() => void)[] = [];
  /** What drawing the chart took, once there is one. */
  #drawMillis: () => number = () => 0;
  /** The x that all points take, as far as it is known: what zooming out ends at. */
  #fullX: { kind: XKind; range: Range } | null = null;

  constructor(host: HTMLElement, source: ChartSource, visible: ReadonlySignal<boolean>) {
    this.#source = source;
    this.#zoom = computed(() => zooms.value.get(source.id) ?? null);
    this.feed = source.open({ ...this.#question(host), visible });
    this.#heldFeed = source.open({ shape: computed(() => this.#heldShape()), visible });
    this.#data = computed(() =>
      heldStep.value === null
        ? this.feed.data.value
        : withPoints(this.feed.data.value, this.#heldFeed.data.value),
    );
    this.#spec = computed(() => this.#makeSpec());
    this.#heldStops = computed(() => longest(this.feed.data.value.values(), stepAxis.value));
    this.stops = computed(() => longest(this.feed.data.value.values(), xKind.value));
    this.values = source.values(this.#data, visible);
    this.note = computed(() => this.#makeNote());
    this.chart = new LineChart(host, this.#spec.peek(), chartTheme.peek());
    this.#drawMillis = () => this.chart.drawMillis;
    this.chart.onFrame = (frame) => {
      this.frame.value = frame;
    };
    this.crosshair = new Crosshair(this.chart, this.#data);
    this.#followSize(host);
    this.#followSettings();
    this.#stops.push(
      attachGestures(this.chart, {
        onPoint: (at, by) => this.crosshair.point(at, by),
        place: () => this.crosshair.place(),
        onPin: (at) => (at ? this.crosshair.pinAt(at) : this.crosshair.pin()),
        onZoom: (zoom) => this.#zoomTo(zoom),
        onEscape: () => this.crosshair.release(),
      }),
    );
  }

  #question(host: HTMLElement) {
    const [refinedZoom, stopZoom] = throttled(this.#zoom, REFINE_MS);
    const width = signal(0);
    const observer = new ResizeObserver(() => {
      width.value = Math.ceil(Math.max(1, host.clientWidth - 54) / PIXEL_STEP) * PIXEL_STEP;
    });
    observer.observe(host);
    this.#stops.push(stopZoom, () => observer.disconnect());
    return {
      shape: computed(() => (width.value > 0 ? this.#shape(width.value, refinedZoom.value) : null)),
      isWorthWaiting: samePoints,
      cost: () => COST_OF_DRAWING * this.#drawMillis(),
    };
  }

  #followSize(host: HTMLElement): void {
    const resize = (): void => this.chart.resize(host.clientWidth, host.clientHeight);
    const observer = new ResizeObserver(resize);
    observer.observe(host);
    this.#stops.push(
      () => observer.disconnect(),
      effect(() => {
        if (!printing.value) {
          resize();
          return;
        }
        const isWide = wideCards.peek().includes(this.#source.id);
        this.chart.resize((isWide ? PRINT_WIDTH.wide : PRINT_WIDTH.card) - 2, host.clientHeight);
        this.chart.drawNow();
      }),
    );
  }

  #followSettings(): void {
    this.#stops.push(
      effect(() => {
        this.chart.set(this.#spec.value);
        this.chart.surface.setAttribute("aria-label", this.#describe());
        this.crosshair.refreshSoon();
        this.#noteFullX(this.#spec.value);
      }),
      effect(() => this.crosshair.mark(heldStep.value, xKind.value)),
      effect(() => (heldStep.value === null ? undefined : offerStops(this.#heldStops))),
      effect(() => this.chart.setTheme(chartTheme.value)),
      effect(() => this.chart.highlight(pointedRun.value)),
    );
  }

  #shape(width: number, zoom: Zoom | null): ChartShape {
    const share = Math.floor(ROWS / 2 / Math.max(1, this.#source.count.value));
    return {
      axis: xKind.value,
      pixels: Math.max(8, Math.min(width, share)),
      scale: xLog.value ? "log" : "linear",
      ...this.#smoothing(),
      ...(zoom?.x && { from: zoom.x[0], to: zoom.x[1] }),
    };
  }

  #heldShape(): ChartShape | null {
    const held = heldStep.value;
    return held && { axis: held.axis, from: held.at, to: held.at, ...this.#smoothing() };
  }

  #smoothing(): Pick<ChartShape, "smoothing"> {
    return this.#source.smooths && appliedSmoothing.value > 0 ? { smoothing: appliedSmoothing.value } : {};
  }

  #makeSpec(): ChartSpec {
    const data = this.#data.value;
    const colors = scheme.value;
    return {
      lines: this.#source.lines(data, xKind.value, (run) => runColors.color(run, colors)),
      xKind: xKind.value,
      xLog: xLog.value,
      yLog: yLog.value,
      ignoreOutliers: ignoreOutliers.value,
      zoom: this.#zoom.value,
      lastStep: lastStep(data.values()),
    };
  }

  #makeNote(): string {
    const { lines, xLog: logX, yLog: logY, ignoreOutliers: ignores } = this.#spec.value;
    const notes: string[] = [];
    const hidden = Math.max(logX ? runsBeforeOne(lines) : 0, logY ? runsBelowZero(lines) : 0);
    if (hidden > 0) notes.push(`${count(hidden, this.#noun)} with points ≤ 0, which a log axis cannot show`);
    if (ignores && leavesOut(lines, logY)) notes.push("outliers, which are above or below what is shown");
    const absent = this.feed.absent.value;
    // Where nobody has scalars, the card says so in the place of the chart.
    if (absent.length > 0 && lines.length > 0) notes.push(ofOtherKind(absent, this.#noun));
    return notes.join("; ");
  }

  #describe(): string {
    const { lines } = this.#spec.value;
    const points = lines.reduce((sum, line) => sum + line.x.length, 0);
    const axis = { step: "step", relative: "relative time", wall_time: "wall time" }[xKind.value];
    const what = `Line chart of ${this.#source.name.value} over ${axis}`;
    if (points === 0) return `${what}: no points`;
    const last = lines.length === 1 ? `, last value ${formatValue(lines[0]!.y.at(-1)!)}` : "";
    return `${what}: ${count(lines.length, this.#noun)}, last step ${this.#spec.value.lastStep}${last}. Arrow keys move the crosshair, Enter holds it, + and - zoom.`;
  }

  get #noun(): string {
    return this.#spec.value.lines.every((line) => line.key === undefined) ? "run" : "line";
  }

  #noteFullX(spec: ChartSpec): void {
    const range = spec.zoom?.x ? null : xExtent(spec.lines, spec.xLog);
    if (range) this.#fullX = { kind: spec.xKind, range };
  }

  /** Zooms, as far as doubles can tell pixels apart, and back to everything where the zoom would hold it all. */
  #zoomTo(zoom: Zoom | null): void {
    const { xLog: logX, yLog: logY } = this.#spec.peek();
    if (zoom?.x && !isUsableRange(zoom.x, logX)) return;
    if (zoom?.y && !isUsableRange(zoom.y, logY)) return;
    const full = this.#fullX?.kind === xKind.peek() ? this.#fullX.range : null;
    const holdsAll = zoom?.x && full && zoom.x[0] <= full[0] && zoom.x[1] >= full[1];
    setZoom(this.#source.id, holdsAll ? { x: null, y: zoom.y } : zoom);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.crosshair.dispose();
    this.feed.dispose();
    this.values.dispose();
    this.#heldFeed.dispose();
    this.chart.dispose();
  }
}

function longest(all: Iterable<RunSeries>, axis: StepAxis): Float64Array {
  let most: RunSeries | null = null;
  for (const series of all) if (most === null || series.step.length > most.step.length) most = series;
  return most ? axisColumn(most, axis) : new Float64Array();
}
