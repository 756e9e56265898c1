/** A canvas whose context is in CSS pixels and whose bitmap is in the screen's. */

export class PixelCanvas {
  readonly element: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;

  constructor(className: string) {
    this.element = document.createElement("canvas");
    this.element.className = className;
    const context = this.element.getContext("2d");
    if (!context) throw new Error("this browser gives no 2D canvas");
    this.context = context;
  }

  /** Empties the canvas at the given size, ready to draw. */
  clear(width: number, height: number): void {
    const ratio = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.element.width !== w || this.element.height !== h) {
      this.element.width = w;
      this.element.height = h;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, width, height);
  }

  /** Leaves nothing on the canvas, and takes its bitmap: the browser would compose it for every frame of the page. */
  blank(): void {
    if (this.element.width === 0) return;
    this.element.width = 0;
    this.element.height = 0;
  }

  /** Frees the bitmap at once; a dropped canvas may otherwise wait for the collector. */
  dispose(): void {
    this.blank();
    this.element.remove();
  }
}
