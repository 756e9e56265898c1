/** Draws a timeline on a canvas: what is seen of it (`slices.ts`), its lanes, the axis, and the whole step above. */
import { categorical, css, type Palette, wantsDarkText } from "../canvas/colours.ts";
import type { GraphTheme } from "../canvas/look.ts";
import { type Batch, eachSlice } from "./slices.ts";
import { tickTexts, timeTicks } from "./time-ticks.ts";
import { executionAt, type TimeRange, type Tracks } from "./tracks.ts";

export const ROW_HEIGHT = 18;
export const AXIS_HEIGHT = 20;
export const OVERVIEW_HEIGHT = 34;
const TOP = AXIS_HEIGHT + OVERVIEW_HEIGHT;

export interface TimelineLook {
  readonly theme: GraphTheme;
  readonly palette: Palette;
  /** Colour by operation. */
  readonly hue: (execution: number) => number;
  readonly isSelected: (execution: number) => boolean;
  /** What a search does not find is faint; null while nothing is searched. */
  readonly isFound: ((execution: number) => boolean) | null;
}

export class TimelineView {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #observer: ResizeObserver;
  #tracks: Tracks | null = null;
  #look: TimelineLook | null = null;
  #range: TimeRange = { from: 0, to: 1 };
  #scroll = 0;
  #frame = 0;
  #overview: HTMLCanvasElement | null = null;
  #overviewColour = "";
  #pointed = -1;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser gives no 2D canvas");
    this.#context = context;
    this.#observer = new ResizeObserver(() => this.redraw());
    this.#observer.observe(canvas);
  }

  get range(): TimeRange {
    return this.#range;
  }

  setTracks(tracks: Tracks): void {
    this.#tracks = tracks;
    this.#range = { from: 0, to: tracks.span };
    this.#overview = null;
    this.redraw();
  }

  setLook(look: TimelineLook): void {
    this.#look = look;
    this.redraw();
  }

  point(execution: number): void {
    if (execution === this.#pointed) return;
    this.#pointed = execution;
    this.redraw();
  }

  /** Keeps the point under `share` of the width in place. */
  zoomBy(factor: number, share = 0.5): void {
    const span = this.#tracks?.span ?? 1;
    const { from, to } = this.#range;
    const width = Math.min(span, Math.max(span * 1e-7, (to - from) / factor));
    this.setRange(from + (to - from) * share - width * share, width);
  }

  /** By shares of what is in sight. */
  panBy(share: number, rows = 0): void {
    const { from, to } = this.#range;
    this.setRange(from + share * (to - from), to - from);
    this.#scroll += rows * ROW_HEIGHT;
    this.redraw();
  }

  setRange(from: number, width: number): void {
    const span = this.#tracks?.span ?? 1;
    const start = Math.max(0, Math.min(span - width, from));
    this.#range = { from: start, to: start + width };
    this.redraw();
  }

  reset(): void {
    this.setRange(0, this.#tracks?.span ?? 1);
  }

  /** Brings an execution into sight, with some room around it. */
  show(execution: number): void {
    const timeline = this.#tracks?.timeline;
    if (!timeline) return;
    const start = timeline.start_micros[execution]!;
    const end = start + timeline.duration_micros[execution]!;
    if (start >= this.#range.from && end <= this.#range.to) return;
    const width = Math.max(
      (end - start) * 4,
      Math.min(this.#range.to - this.#range.from, this.#tracks!.span),
    );
    this.setRange((start + end) / 2 - width / 2, width);
  }

  /** The execution under a point; -1 where there is none. */
  executionAt(x: number, y: number): number {
    if (!this.#tracks || y < TOP) return -1;
    const row = Math.floor((y - TOP + this.#scroll) / ROW_HEIGHT);
    return executionAt(this.#tracks, row, this.microsAt(x), 1.5 / this.#scale());
  }

  microsAt(x: number): number {
    return this.#range.from + x / this.#scale();
  }

  isOverview(y: number): boolean {
    return y < OVERVIEW_HEIGHT;
  }

  /** Puts a place of the overview in the middle. */
  lookAt(share: number): void {
    const { from, to } = this.#range;
    this.setRange(share * (this.#tracks?.span ?? 1) - (to - from) / 2, to - from);
  }

  redraw(): void {
    if (this.#frame === 0)
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#draw();
      });
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
  }

  #scale(): number {
    return this.canvas.clientWidth / (this.#range.to - this.#range.from || 1);
  }

  #draw(): void {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const [tracks, look] = [this.#tracks, this.#look];
    if (!tracks || !look || width === 0 || height === 0) return;
    const ratio = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== w || this.canvas.height !== h) {
      this.canvas.width = w;
      this.canvas.height = h;
    }
    const context = this.#context;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.#scroll = Math.max(0, Math.min(tracks.rows * ROW_HEIGHT + TOP - height, this.#scroll));
    context.save();
    context.beginPath();
    context.rect(0, TOP, width, height - TOP);
    context.clip();
    this.#ticks(width, height, look);
    this.#slices(tracks, look, width, height);
    this.#laneNames(tracks, look);
    context.restore();
    this.#drawOverview(tracks, look, width);
    this.#axis(width, look);
    this.canvas.dataset.executions = String(tracks.count);
  }

  /** Colour by colour: thousands of slices that each set their own would take longest. */
  #slices(tracks: Tracks, look: TimelineLook, width: number, height: number): void {
    const context = this.#context;
    const plain = new Map<number, Batch>();
    const faint = new Map<number, Batch>();
    const named: Slice[] = [];
    const marked: Slice[] = [];
    for (const track of tracks.tracks) {
      const y = TOP + (tracks.lanes[track.lane]!.row + 1 + track.depth) * ROW_HEIGHT - this.#scroll;
      if (y + ROW_HEIGHT < TOP || y > height) continue;
      eachSlice(track, this.#range, width, look.isSelected, (execution, left, wide) => {
        const batches = look.isFound === null || look.isFound(execution) ? plain : faint;
        const hue = look.hue(execution);
        let batch = batches.get(hue);
        if (!batch) {
          batch = [];
          batches.set(hue, batch);
        }
        batch.push(left, y + 1, wide > 3 ? wide - 0.5 : wide);
        if (wide > 34) named.push({ execution, left, width: wide, y });
        if (execution === this.#pointed || look.isSelected(execution))
          marked.push({ execution, left, width: wide, y });
      });
    }
    for (const [batches, alpha] of [
      [plain, 1],
      [faint, 0.2],
    ] as const) {
      context.globalAlpha = alpha;
      for (const [hue, batch] of batches) {
        context.fillStyle = css(categorical(hue, look.palette));
        for (let i = 0; i < batch.length; i += 3)
          context.fillRect(batch[i]!, batch[i + 1]!, batch[i + 2]!, ROW_HEIGHT - 2);
      }
    }
    context.globalAlpha = 1;
    for (const slice of marked) this.#mark(slice, look);
    for (const { execution, left, width: wide, y } of named)
      this.#name(
        execution,
        left,
        wide,
        y,
        look,
        wantsDarkText(categorical(look.hue(execution), look.palette)),
      );
  }

  #mark({ execution, left, width, y }: Slice, look: TimelineLook): void {
    const context = this.#context;
    context.strokeStyle = look.theme.accent;
    context.lineWidth = look.isSelected(execution) ? 2 : 1;
    context.strokeRect(left, y + 1, Math.max(2, width - (width > 3 ? 0.5 : 0)), ROW_HEIGHT - 2);
  }

  /** The last part of the name, as far as there is room, where it can be seen. */
  #name(execution: number, left: number, width: number, y: number, look: TimelineLook, dark: boolean): void {
    const context = this.#context;
    const timeline = this.#tracks!.timeline;
    const name = timeline.names[timeline.name[execution]!] ?? "";
    const leaf = name.slice(name.lastIndexOf("/") + 1);
    const seen = Math.max(0, left);
    const characters = Math.floor((left + width - seen - 6) / 6.7);
    if (characters < 4) return;
    context.font = `11px ${look.theme.font}`;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.fillStyle = dark ? "#16202c" : "#f0f3f7";
    const text = leaf.length > characters ? `${leaf.slice(0, characters - 1)}…` : leaf;
    context.fillText(text, seen + 3, y + ROW_HEIGHT / 2, left + width - seen - 5);
  }

  #laneNames(tracks: Tracks, look: TimelineLook): void {
    const context = this.#context;
    context.font = `600 11px ${look.theme.font}`;
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.fillStyle = look.theme.muted;
    for (const { device, thread, row } of tracks.lanes) {
      const y = TOP + row * ROW_HEIGHT - this.#scroll;
      context.fillText([device, thread].filter((text) => text !== "").join(" · "), 6, y + ROW_HEIGHT / 2 + 1);
    }
  }

  #ticks(width: number, height: number, look: TimelineLook): void {
    const context = this.#context;
    context.strokeStyle = look.theme.dark ? "rgb(255 255 255 / 6%)" : "rgb(0 0 0 / 6%)";
    context.lineWidth = 1;
    context.beginPath();
    for (const tick of timeTicks(this.#range.from, this.#range.to, width)) {
      const x = Math.round((tick - this.#range.from) * this.#scale()) + 0.5;
      context.moveTo(x, TOP);
      context.lineTo(x, height);
    }
    context.stroke();
  }

  #axis(width: number, look: TimelineLook): void {
    const context = this.#context;
    context.font = `11px ${look.theme.font}`;
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.fillStyle = look.theme.muted;
    const ticks = timeTicks(this.#range.from, this.#range.to, width);
    const texts = tickTexts(ticks);
    for (const [i, tick] of ticks.entries())
      context.fillText(
        texts[i]!,
        (tick - this.#range.from) * this.#scale() + 3,
        OVERVIEW_HEIGHT + AXIS_HEIGHT / 2,
      );
  }

  /** How busy the step is over its whole time, and which part of it is in sight. */
  #drawOverview(tracks: Tracks, look: TimelineLook, width: number): void {
    const context = this.#context;
    const wide = Math.ceil(width);
    if (this.#overview?.width !== wide || this.#overviewColour !== look.theme.line) {
      this.#overview = overviewOf(tracks, wide, look.theme.line);
      this.#overviewColour = look.theme.line;
    }
    context.drawImage(this.#overview, 0, 0);
    const left = (this.#range.from / tracks.span) * width;
    const right = (this.#range.to / tracks.span) * width;
    context.fillStyle = look.theme.dark ? "rgb(0 0 0 / 45%)" : "rgb(255 255 255 / 62%)";
    context.fillRect(0, 0, left, OVERVIEW_HEIGHT);
    context.fillRect(right, 0, width - right, OVERVIEW_HEIGHT);
    context.strokeStyle = look.theme.accent;
    context.lineWidth = 1.5;
    context.strokeRect(left + 0.75, 1, Math.max(2, right - left - 1.5), OVERVIEW_HEIGHT - 3);
  }
}

interface Slice {
  readonly execution: number;
  readonly left: number;
  readonly width: number;
  readonly y: number;
}

/** Drawn once: it stays the same however one moves. */
function overviewOf(tracks: Tracks, width: number, colour: string): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = OVERVIEW_HEIGHT;
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  const values = busy(tracks, width);
  const most = values.reduce((a, b) => Math.max(a, b), 0) || 1;
  context.fillStyle = colour;
  values.forEach((value, x) => {
    const height = (value / most) * (OVERVIEW_HEIGHT - 8);
    context.fillRect(x, OVERVIEW_HEIGHT - 3 - height, 1, height);
  });
  return canvas;
}

/** Busy time of all lanes in each of `pixels` parts of the step; nested executions count once. */
function busy({ tracks, span }: Tracks, pixels: number): Float32Array {
  const result = new Float32Array(pixels);
  const scale = pixels / span;
  for (const { depth, starts, ends } of tracks) {
    if (depth > 0) continue;
    for (let k = 0; k < starts.length; k++) {
      const [from, to] = [starts[k]! * scale, ends[k]! * scale];
      const last = Math.min(pixels - 1, Math.floor(to));
      for (let x = Math.max(0, Math.floor(from)); x <= last; x++)
        result[x]! += Math.max(0, Math.min(x + 1, to) - Math.max(x, from));
    }
  }
  return result;
}
