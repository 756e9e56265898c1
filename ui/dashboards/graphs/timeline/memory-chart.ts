/** Draws live memory over a step: steps up and down, filled, with the peak marked. */
import type { GraphDeviceMemory } from "../../../../graph/views.ts";
import { formatBytes } from "../../../app/format.ts";
import type { GraphTheme } from "../canvas/look.ts";
import { formatMicros } from "../panels/units.ts";
import { timeTicks } from "./time-ticks.ts";

const LEFT = 58;
const RIGHT = 10;
const TOP = 12;
const BOTTOM = 20;

export class MemoryChart {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #observer: ResizeObserver;
  #device: GraphDeviceMemory | null = null;
  #theme: GraphTheme | null = null;
  #pointed: number | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser gives no 2D canvas");
    this.#context = context;
    this.#observer = new ResizeObserver(() => this.#draw());
    this.#observer.observe(canvas);
  }

  show(device: GraphDeviceMemory, theme: GraphTheme, pointed: number | null): void {
    this.#device = device;
    this.#theme = theme;
    this.#pointed = pointed;
    this.#draw();
  }

  /** The time at a place, within the step; null where nothing is drawn. */
  microsAt(x: number): number | null {
    if (!this.#device) return null;
    const share = (x - LEFT) / (this.#canvas.clientWidth - LEFT - RIGHT);
    return Math.max(0, Math.min(1, share)) * spanOf(this.#device);
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  #draw(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const [device, theme] = [this.#device, this.#theme];
    if (!device || !theme || width === 0 || height === 0) return;
    const ratio = window.devicePixelRatio || 1;
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    const context = this.#context;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const span = spanOf(device);
    let most = device.peak?.bytes ?? 0;
    for (let i = 0; i < device.live_bytes.length; i++) most = Math.max(most, device.live_bytes[i]!);
    const x = (micros: number): number => LEFT + (micros / span) * (width - LEFT - RIGHT);
    const y = (bytes: number): number => TOP + (1 - bytes / (most * 1.08 || 1)) * (height - TOP - BOTTOM);
    this.#axes(theme, width, height, span, most, x, y);
    this.#curve(device, theme, x, y, span, height);
    if (device.peak) {
      context.fillStyle = theme.accent;
      context.beginPath();
      context.arc(x(device.peak.micros), y(device.peak.bytes), 4, 0, 2 * Math.PI);
      context.fill();
    }
    if (this.#pointed !== null) {
      context.strokeStyle = theme.muted;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(Math.round(x(this.#pointed)) + 0.5, TOP);
      context.lineTo(Math.round(x(this.#pointed)) + 0.5, height - BOTTOM);
      context.stroke();
    }
  }

  #axes(
    theme: GraphTheme,
    width: number,
    height: number,
    span: number,
    most: number,
    x: (micros: number) => number,
    y: (bytes: number) => number,
  ): void {
    const context = this.#context;
    context.font = `11px ${theme.font}`;
    context.fillStyle = theme.muted;
    context.strokeStyle = theme.dark ? "rgb(255 255 255 / 8%)" : "rgb(0 0 0 / 8%)";
    context.lineWidth = 1;
    context.textBaseline = "middle";
    context.textAlign = "right";
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const at = Math.round(y(share * most)) + 0.5;
      context.beginPath();
      context.moveTo(LEFT, at);
      context.lineTo(width - RIGHT, at);
      context.stroke();
      context.fillText(formatBytes(share * most), LEFT - 6, at);
    }
    context.textAlign = "center";
    for (const tick of timeTicks(0, span, width - LEFT - RIGHT))
      context.fillText(formatMicros(tick), x(tick), height - 9);
  }

  /** One vertical line a pixel from the least to the most in it: no spike is lost, however many points there are. */
  #curve(
    device: GraphDeviceMemory,
    theme: GraphTheme,
    x: (micros: number) => number,
    y: (bytes: number) => number,
    span: number,
    height: number,
  ): void {
    const context = this.#context;
    const { micros, live_bytes: live } = device;
    context.beginPath();
    context.moveTo(x(0), y(live.length > 0 && micros[0]! <= 0 ? live[0]! : 0));
    let last = 0;
    for (let i = 0; i < live.length; ) {
      const pixel = Math.floor(x(micros[i]!));
      let [low, high] = [Infinity, -Infinity];
      context.lineTo(x(micros[i]!), y(last));
      for (; i < live.length && Math.floor(x(micros[i]!)) === pixel; i++) {
        low = Math.min(low, live[i]!);
        high = Math.max(high, live[i]!);
        last = live[i]!;
      }
      context.lineTo(pixel, y(high));
      context.lineTo(pixel, y(low));
      context.lineTo(pixel, y(last));
    }
    context.lineTo(x(span), y(last));
    context.strokeStyle = theme.accent;
    context.lineWidth = 1.5;
    context.stroke();
    context.lineTo(x(span), height - BOTTOM);
    context.lineTo(x(0), height - BOTTOM);
    context.globalAlpha = 0.14;
    context.fillStyle = theme.accent;
    context.fill();
    context.globalAlpha = 1;
  }
}

function spanOf(device: GraphDeviceMemory): number {
  let most = device.peak?.micros ?? 0;
  if (device.micros.length > 0) most = Math.max(most, device.micros[device.micros.length - 1]!);
  for (const { to_micros } of device.at_peak) most = Math.max(most, to_micros ?? 0);
  return most || 1;
}
