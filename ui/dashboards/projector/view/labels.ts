/** Names beside points, on a canvas above them: as many as have room, the most important first. */
import { LabelGrid } from "./label-grid.ts";
import type { Spot } from "./screen.ts";

export interface Label extends Spot {
  readonly text: string;
  readonly strong: boolean;
  /** Names of clusters stand on their middle, those of points beside them. */
  readonly centred?: boolean;
}

export interface LabelLook {
  readonly font: string;
  readonly text: string;
  readonly muted: string;
  readonly ground: string;
}

const SIZE = 11;
/** Longer names are cut: the inspector has all of them. */
const MOST_LETTERS = 40;

/** Makes a canvas as fine as the screen, and empties it. */
export function clearCanvas(
  canvas: HTMLCanvasElement,
  pixelRatio = Math.min(2, window.devicePixelRatio),
): void {
  const wide = Math.round(canvas.clientWidth * pixelRatio);
  const high = Math.round(canvas.clientHeight * pixelRatio);
  if (canvas.width !== wide || canvas.height !== high) {
    Object.assign(canvas, { width: wide, height: high });
    return;
  }
  const context = canvas.getContext("2d");
  context?.resetTransform();
  context?.clearRect(0, 0, wide, high);
}

/** From then on the canvas counts in CSS pixels. */
export function scaleToCss(context: CanvasRenderingContext2D): void {
  const { width, height, clientWidth, clientHeight } = context.canvas;
  context.setTransform(width / clientWidth, 0, 0, height / clientHeight, 0, 0);
}

/** Draws those that fit over what is there; gives how many. */
export function drawLabels(canvas: HTMLCanvasElement, labels: readonly Label[], look: LabelLook): number {
  const context = canvas.getContext("2d");
  if (!context) return 0;
  const { clientWidth: width, clientHeight: height } = canvas;
  scaleToCss(context);
  const grid = new LabelGrid(width, height);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  let drawn = 0;
  for (const { x, y, text: given, strong, centred = false } of labels) {
    const text = given.length > MOST_LETTERS ? `${given.slice(0, MOST_LETTERS - 1)}…` : given;
    if (text === "") continue;
    context.font = `${centred ? 650 : strong ? 600 : 400} ${centred ? SIZE + 1 : SIZE}px ${look.font}`;
    const wideText = context.measureText(text).width;
    const left = centred ? x - wideText / 2 : x + 7;
    if (!grid.take(left - 3, y - 8, wideText + 6, 16)) continue;
    context.strokeStyle = look.ground;
    context.lineWidth = 3;
    context.strokeText(text, left, y);
    context.fillStyle = strong || centred ? look.text : look.muted;
    context.fillText(text, left, y);
    drawn++;
  }
  return drawn;
}
