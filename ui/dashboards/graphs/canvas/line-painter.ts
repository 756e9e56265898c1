/** Draws edges: as wide as their tensors, dashed where they only order, marked where they hand over a reference. */
import { CHIP_FONT_SIZE } from "../picture/measure.ts";
import type { SceneLine } from "../picture/scene.ts";
import { LabelPlaces } from "./label-places.ts";
import { LEAST_WIDTH, lineWidth } from "./line-width.ts";
import type { GraphTheme } from "./look.ts";

export class LinePainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #theme: GraphTheme;
  readonly #scale: number;
  readonly #vertical: boolean;
  readonly #places = new LabelPlaces();
  /** Labels of the lines so far: they stand over all of them. */
  #labels: { readonly points: Float64Array; readonly text: string; readonly alpha: number }[] = [];

  constructor(context: CanvasRenderingContext2D, theme: GraphTheme, scale: number, vertical: boolean) {
    this.#context = context;
    this.#theme = theme;
    this.#scale = scale;
    this.#vertical = vertical;
  }

  paint({ points, edge, goesOn }: SceneLine, strong: boolean, strength: number): void {
    const context = this.#context;
    const control = edge.regular === 0;
    const colour = strong
      ? this.#theme.accent
      : edge.reference > 0
        ? this.#theme.reference
        : this.#theme.line;
    const width =
      Math.max(control ? LEAST_WIDTH : lineWidth(edge.size), 0.5 / this.#scale) + (strong ? 1 : 0);
    context.globalAlpha = strength * (strong ? 0.95 : control ? 0.7 : 0.8);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(control ? [5, 4] : []);
    this.#trace(points);
    context.stroke();
    context.setLineDash([]);
    if (this.#scale * (5 + width) > 3) {
      context.fillStyle = colour;
      if (goesOn !== "to") this.#head(points, width, true);
      // Who reads a reference may write to it: the head at the start says so, as in TensorBoard.
      if (edge.reference > 0 && goesOn !== "from") this.#head(points, width, false);
    }
    if (edge.label !== null && CHIP_FONT_SIZE * this.#scale >= 5.5)
      this.#labels.push({ points, text: edge.label, alpha: strength });
    context.globalAlpha = 1;
  }

  /** The labels of the lines that were painted last; those painted later come first, as they are the strong ones. */
  paintLabels(): void {
    for (const { points, text, alpha } of this.#labels.reverse()) {
      this.#context.globalAlpha = alpha;
      this.#label(points, text);
    }
    this.#context.globalAlpha = 1;
    this.#labels = [];
  }

  #trace(points: Float64Array): void {
    const context = this.#context;
    context.beginPath();
    context.moveTo(points[0]!, points[1]!);
    for (let i = 2; i < points.length; i += 2) {
      const [ax, ay, bx, by] = [points[i - 2]!, points[i - 1]!, points[i]!, points[i + 1]!];
      if (this.#vertical) {
        if (ax === bx) context.lineTo(bx, by);
        else context.bezierCurveTo(ax, (ay + by) / 2, bx, (ay + by) / 2, bx, by);
      } else if (ay === by) context.lineTo(bx, by);
      else context.bezierCurveTo((ax + bx) / 2, ay, (ax + bx) / 2, by, bx, by);
    }
  }

  #head(points: Float64Array, width: number, atEnd: boolean): void {
    const context = this.#context;
    const last = points.length - 2;
    const [x, y] = atEnd ? [points[last]!, points[last + 1]!] : [points[0]!, points[1]!];
    const [px, py] = atEnd ? [points[last - 2]!, points[last - 1]!] : [points[2]!, points[3]!];
    const size = 4 + width * 0.8;
    const direction = this.#vertical ? Math.sign(y - py) || 1 : Math.sign(x - px) || 1;
    context.beginPath();
    context.moveTo(x, y);
    if (this.#vertical) {
      context.lineTo(x - size * 0.6, y - direction * size);
      context.lineTo(x + size * 0.6, y - direction * size);
    } else {
      context.lineTo(x - direction * size, y - size * 0.6);
      context.lineTo(x - direction * size, y + size * 0.6);
    }
    context.fill();
  }

  /** In the middle of the longest piece, on the ground's colour so that it can be read over lines. */
  #label(points: Float64Array, label: string): void {
    let best = 2;
    let most = -1;
    for (let i = 2; i < points.length; i += 2) {
      const length = Math.abs(points[i]! - points[i - 2]!) + Math.abs(points[i + 1]! - points[i - 1]!);
      if (length > most) [best, most] = [i, length];
    }
    if (most < 16) return;
    const context = this.#context;
    const x = (points[best]! + points[best - 2]!) / 2;
    const y = (points[best + 1]! + points[best - 1]!) / 2;
    context.font = `${CHIP_FONT_SIZE}px ${this.#theme.font}`;
    const width = context.measureText(label).width;
    if (!this.#places.take(x, y, width)) return;
    context.textAlign = "center";
    context.lineWidth = 4;
    context.lineJoin = "round";
    context.strokeStyle = this.#theme.ground;
    context.strokeText(label, x, y);
    context.fillStyle = this.#theme.muted;
    context.fillText(label, x, y);
  }
}
