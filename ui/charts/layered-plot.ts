/**
 * What every drawing of ours on two canvases has in common: a picture, and over it what follows the pointer, so that the
 * picture need not be drawn again. Changes are gathered and drawn once a frame.
 */
import { PixelCanvas } from "./pixel-canvas.ts";
import type { ChartTheme } from "./theme.ts";

export abstract class LayeredPlot {
  readonly #picture = new PixelCanvas("chart-lines");
  readonly #hover = new PixelCanvas("chart-hover");
  readonly #least: number;
  #theme: ChartTheme;
  #width = 0;
  #height = 0;
  #stale = true;
  #pending = 0;

  /** @param least a drawing smaller than so many pixels is left away */
  constructor(host: HTMLElement, theme: ChartTheme, least = 40) {
    this.#theme = theme;
    this.#least = least;
    host.append(this.#picture.element, this.#hover.element);
  }

  /** The canvas that takes the pointer and the keyboard. */
  get surface(): HTMLCanvasElement {
    return this.#hover.element;
  }

  get theme(): ChartTheme {
    return this.#theme;
  }

  /** CSS pixels. */
  get width(): number {
    return this.#width;
  }

  get height(): number {
    return this.#height;
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
    this.invalidate();
  }

  resize(width: number, height: number): void {
    if (width === this.#width && height === this.#height) return;
    [this.#width, this.#height] = [width, height];
    this.invalidate();
  }

  /** The picture as a bitmap of its own, on the page's ground; null where nothing has been drawn. */
  bitmap(pixelRatio: number): HTMLCanvasElement | null {
    const context = document.createElement("canvas").getContext("2d");
    if (this.isEmpty || !context) return null;
    context.canvas.width = this.#width * pixelRatio;
    context.canvas.height = this.#height * pixelRatio;
    context.scale(pixelRatio, pixelRatio);
    context.fillStyle = this.#theme.background;
    context.fillRect(0, 0, this.#width, this.#height);
    this.drawPicture(context);
    return context.canvas;
  }

  dispose(): void {
    cancelAnimationFrame(this.#pending);
    this.#picture.dispose();
    this.#hover.dispose();
  }

  /** Whether there is nothing to draw. */
  protected get isEmpty(): boolean {
    return false;
  }

  /** Works out where everything stands, before a picture is drawn: of another size, or of something else. */
  protected layOut(_measure: CanvasRenderingContext2D): void {}
  protected abstract drawPicture(context: CanvasRenderingContext2D): void;
  protected abstract drawHover(context: CanvasRenderingContext2D): void;
  /** What tests of the whole path read as data of the picture's element: set in the frame that draws it. */
  protected abstract readings(): Readonly<Record<string, number>>;

  /** The picture is to be drawn again. */
  protected invalidate(): void {
    this.#stale = true;
    this.redrawHover();
  }

  /** What follows the pointer is to be drawn again. */
  protected redrawHover(): void {
    if (this.#pending === 0) this.#pending = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#pending = 0;
    if (this.#width < this.#least || this.#height < this.#least) return;
    if (this.#stale) {
      this.#stale = false;
      const { context, element } = this.#picture;
      this.#picture.clear(this.#width, this.#height);
      this.layOut(context);
      if (!this.isEmpty) this.drawPicture(context);
      for (const [name, value] of Object.entries(this.readings())) element.dataset[name] = String(value);
    }
    this.#hover.clear(this.#width, this.#height);
    if (!this.isEmpty) this.drawHover(this.#hover.context);
  }
}

/** A line from one place to another, in the colour and width that are set. */
export function segment(
  context: CanvasRenderingContext2D,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** A dot with a rim of the ground's colour, so that it shows on lines of its own colour. */
export function dot(
  context: CanvasRenderingContext2D,
  { px, py }: { readonly px: number; readonly py: number },
  radius: number,
  color: string,
  ground: string,
): void {
  context.beginPath();
  context.arc(px, py, radius, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = ground;
  context.stroke();
}
