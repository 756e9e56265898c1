/**
 * Draws a scene on a canvas as it is seen through a camera. What is outside the window or too small to be seen is passed
 * over with all that is in it, so the cost is that of what is visible.
 */
import { CHIP_FONT_SIZE, CHIP_HEIGHT, FONT_SIZE, HEADER } from "../picture/measure.ts";
import type { Scene, SceneBox, SceneLine } from "../picture/scene.ts";
import type { Camera } from "./camera.ts";
import { css, type Fill, wantsDarkText } from "./colours.ts";
import { LinePainter } from "./line-painter.ts";
import type { Look } from "./look.ts";

/** Boxes lower than this, in pixels, are plain rectangles without what is in them. */
const LEAST_DETAIL = 5;
/** Text smaller than this cannot be read. */
const LEAST_FONT = 4.5;

interface Window {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Frame {
  readonly scene: Scene;
  readonly camera: Camera;
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  /** Strength of a line, for those that appear. */
  readonly strength: (line: number) => number;
}

export class Painter {
  readonly #context: CanvasRenderingContext2D;
  readonly #look: Look;
  readonly #frame: Frame;
  readonly #window: Window;
  readonly #lines: LinePainter;

  constructor(context: CanvasRenderingContext2D, frame: Frame, look: Look) {
    this.#context = context;
    this.#look = look;
    this.#frame = frame;
    const { camera, width, height } = frame;
    this.#window = {
      left: camera.x,
      top: camera.y,
      right: camera.x + width / camera.scale,
      bottom: camera.y + height / camera.scale,
    };
    this.#lines = new LinePainter(context, look.theme, camera.scale, frame.scene.vertical);
  }

  paint(): void {
    const { camera, ratio, width, height, scene } = this.#frame;
    const context = this.#context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width * ratio, height * ratio);
    const scale = camera.scale * ratio;
    context.setTransform(scale, 0, 0, scale, -camera.x * scale, -camera.y * scale);
    context.textBaseline = "middle";
    for (let i = 0; i < scene.boxes.length; ) {
      const box = scene.boxes[i]!;
      if (!this.#isVisible(box)) i = box.end;
      else i = this.#paintBox(box, i);
    }
  }

  /** Returns the index of the next box to draw. */
  #paintBox(box: SceneBox, index: number): number {
    const tiny = box.item !== null && box.height * this.#frame.camera.scale < LEAST_DETAIL;
    if (tiny) {
      this.#context.fillStyle = css(this.#look.fill(box)[0]!.colour, this.#look.isFaint(box) ? 0.4 : 1);
      this.#context.fillRect(box.x, box.y, box.width, box.height);
      return box.end;
    }
    if (box.item) this.#shape(box);
    if (box.open) {
      if (box.item) this.#header(box);
      this.#captions(box);
      this.#linesOf(box);
      return index + 1;
    }
    this.#label(box);
    this.#chips(box);
    return box.end;
  }

  #isVisible({ x, y, width, height, chips }: SceneBox): boolean {
    const window = this.#window;
    // Annotations stand up to this far outside of their box.
    const margin = chips.length > 0 ? 130 : 4;
    return (
      x - margin < window.right &&
      x + width + margin > window.left &&
      y - margin < window.bottom &&
      y + height + margin > window.top
    );
  }

  #shape(box: SceneBox): void {
    const context = this.#context;
    const { theme } = this.#look;
    const { x, y, width, height } = box;
    const faint = this.#look.isFaint(box);
    context.globalAlpha = faint ? 0.45 : 1;
    const kind = box.item!.kind;
    const pixel = 1 / this.#frame.camera.scale;
    if (kind === "series" && !box.open) {
      for (const shift of [6, 3])
        this.#outline(x + shift, y - shift / 2, width - 8, height - 6, 8, box, theme.border);
      this.#outline(x, y + 3, width - 8, height - 6, 8, box, theme.border);
    } else {
      const radius = box.open ? 8 : kind === "op" ? height / 2 : kind === "call" ? 4 : 7;
      const dashed = kind === "section" ? [4, 3] : [];
      context.setLineDash(dashed);
      this.#outline(x, y, width, height, radius, box, theme.border);
      context.setLineDash([]);
      if ((kind === "call" || kind === "function") && !box.open && height * this.#frame.camera.scale > 8) {
        // Functions have a double border at their sides.
        context.beginPath();
        for (const at of [x + 4, x + width - 4]) {
          context.moveTo(at, y);
          context.lineTo(at, y + height);
        }
        context.stroke();
      }
    }
    context.globalAlpha = 1;
    const selected = box.id === this.#look.selected;
    const pointed = box.id === this.#look.pointed;
    if (selected || pointed || this.#look.isMarked(box)) {
      context.lineWidth = (selected ? 3 : 1.8) * Math.max(pixel, 0.6);
      context.strokeStyle = theme.accent;
      const gap = selected ? 3 : 2;
      roundRect(
        context,
        x - gap,
        y - gap,
        width + 2 * gap,
        height + 2 * gap,
        box.item!.kind === "op" ? height / 2 + gap : 9,
      );
      context.stroke();
    }
  }

  #outline(
    x: number,
    y: number,
    width: number,
    height: number,
    radius: number,
    box: SceneBox,
    border: string,
  ): void {
    const context = this.#context;
    roundRect(context, x, y, width, height, radius);
    const fill = this.#look.fill(box);
    if (box.open) {
      // An open scope keeps its colour in the border and the header.
      context.fillStyle = this.#look.theme.dark ? "rgb(255 255 255 / 3.5%)" : "rgb(255 255 255 / 62%)";
      context.fill();
      context.fillStyle = css(fill[0]!.colour, 0.14);
    } else context.fillStyle = fillStyle(context, fill, x, width);
    context.fill();
    context.lineWidth = Math.min(1.2, Math.max(0.6, 1 / this.#frame.camera.scale));
    context.strokeStyle = border;
    context.stroke();
  }

  /** The name of an open scope; from afar it is written larger, as far as the header has room. */
  #header(box: SceneBox): void {
    const { scale } = this.#frame.camera;
    const size = Math.min(HEADER * 0.8, Math.max(FONT_SIZE, 11 / scale));
    if (size * scale < LEAST_FONT) return;
    const context = this.#context;
    context.font = `600 ${size}px ${this.#look.theme.font}`;
    context.fillStyle = this.#look.theme.text;
    context.textAlign = "left";
    const middle = box.y + HEADER / 2 + 2;
    context.fillText(box.text, box.x + 10, middle, box.width - 44);
    // The mark for closing.
    const right = box.x + box.width - 18;
    context.strokeStyle = this.#look.theme.muted;
    context.lineWidth = 1.4;
    context.beginPath();
    context.moveTo(right - 4, middle);
    context.lineTo(right + 4, middle);
    context.stroke();
  }

  #label(box: SceneBox): void {
    const { scale } = this.#frame.camera;
    if (FONT_SIZE * scale < LEAST_FONT) return;
    const context = this.#context;
    const { theme } = this.#look;
    const item = box.item!;
    const fill = this.#look.fill(box);
    const strong = fill.length === 1 ? wantsDarkText(fill[0]!.colour) : !theme.dark;
    context.globalAlpha = this.#look.isFaint(box) ? 0.6 : 1;
    context.fillStyle = strong ? "#16202c" : "#f0f3f7";
    context.textAlign = "center";
    const middle = box.x + box.width / 2 - (item.kind === "series" ? 4 : 0);
    const two =
      item.kind === "scope" || item.kind === "section" || item.kind === "function" || item.kind === "series";
    context.font = `${two ? "500 " : ""}${FONT_SIZE}px ${theme.font}`;
    const y = box.y + box.height / 2;
    const subtitled = two && item.cardinality > 0 && 9.5 * scale >= LEAST_FONT;
    context.fillText(box.text, middle, subtitled ? y - 6 : y + 0.5);
    if (subtitled) {
      context.font = `9.5px ${theme.font}`;
      context.fillText(subtitle(box), middle, y + 8);
    }
    context.globalAlpha = 1;
  }

  #chips(box: SceneBox): void {
    const { scale } = this.#frame.camera;
    if (box.chips.length === 0 || CHIP_FONT_SIZE * scale < 3) return;
    const context = this.#context;
    const { theme } = this.#look;
    const legible = CHIP_FONT_SIZE * scale >= LEAST_FONT;
    context.font = `${CHIP_FONT_SIZE}px ${theme.font}`;
    context.textAlign = "left";
    for (const { chip, text, x, y, width } of box.chips) {
      const middle = y + CHIP_HEIGHT / 2;
      context.strokeStyle = theme.line;
      context.lineWidth = 0.8;
      if (this.#frame.scene.vertical) {
        context.setLineDash(chip.control ? [2, 2] : []);
        context.beginPath();
        if (chip.side === "input") {
          context.moveTo(x + width + 1, middle);
          context.lineTo(box.x, middle);
        } else {
          context.moveTo(box.x + box.width, middle);
          context.lineTo(x - 1, middle);
        }
        context.stroke();
        context.setLineDash([]);
      }
      context.fillStyle =
        chip.kind === "constant" ? theme.muted : chip.kind === "more" ? theme.text : theme.accent;
      if (legible) context.fillText(text, x, middle + 0.5);
      else context.fillRect(x, middle - 1, width, 2);
    }
  }

  #captions(box: SceneBox): void {
    if (box.captions.length === 0 || 11 * this.#frame.camera.scale < LEAST_FONT) return;
    const context = this.#context;
    context.font = `600 11px ${this.#look.theme.font}`;
    context.fillStyle = this.#look.theme.muted;
    context.textAlign = "left";
    for (const { text, x, y } of box.captions) context.fillText(text, x, y + 6);
  }

  #linesOf(box: SceneBox): void {
    const { scene, strength } = this.#frame;
    const strong: SceneLine[] = [];
    for (let i = box.firstLine; i < box.endLine; i++) {
      const line = scene.lines[i]!;
      if (!this.#crosses(line.points)) continue;
      if (this.#look.isStrong(line)) strong.push(line);
      else this.#lines.paint(line, false, strength(i));
    }
    for (const line of strong) this.#lines.paint(line, true, 1);
    this.#lines.paintLabels();
  }

  #crosses(points: Float64Array): boolean {
    const { left, top, right, bottom } = this.#window;
    let [sides, count] = [15, 0];
    for (let i = 0; i < points.length; i += 2, count++) {
      const [x, y] = [points[i]!, points[i + 1]!];
      // Which sides of the window all points so far are beyond.
      sides &= (x < left ? 1 : 0) | (x > right ? 2 : 0) | (y < top ? 4 : 0) | (y > bottom ? 8 : 0);
      if (sides === 0) return true;
    }
    return count > 0 && sides === 0;
  }
}

function subtitle(box: SceneBox): string {
  const { kind, cardinality, child } = box.item!;
  const nodes = cardinality.toLocaleString("en");
  if (kind === "series") return child?.op ? `${nodes} × ${child.op}` : `${nodes} nodes`;
  return `${nodes} node${cardinality === 1 ? "" : "s"}`;
}

function fillStyle(
  context: CanvasRenderingContext2D,
  fill: Fill,
  x: number,
  width: number,
): string | CanvasGradient {
  if (fill.length === 1) return css(fill[0]!.colour);
  const gradient = context.createLinearGradient(x, 0, x + width, 0);
  let at = 0;
  for (const { colour, share } of fill) {
    gradient.addColorStop(Math.min(1, at), css(colour));
    at += share;
    gradient.addColorStop(Math.min(1, at), css(colour));
  }
  return gradient;
}

export function roundRect(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  radius: number,
): void {
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(radius, width / 2, height / 2));
}
