/** The picture of points where there is no graphics card: drawn by the processor, with no more points than it has time for. */
import type { PointsLayer } from "./points-layer.ts";
import { fogAt, growth } from "./sizes.ts";
import { SplatTarget, type SplatView, splat } from "./splat.ts";

/** A picture that moves takes no longer than this. */
const MOVING_MILLIS = 12;
/** Fewer than this are always drawn. */
const LEAST = 8_000;

export interface SoftwareView extends Pick<SplatView, "matrix" | "background"> {
  readonly moving: boolean;
  readonly flat: boolean;
  /** Of the canvas, CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  /** Of the eye from the middle. */
  readonly distance: number;
}

export class SoftwarePicture {
  readonly #target = new SplatTarget();
  /** What a point takes, smoothed; 0 until known. */
  #millisPerPoint = 0;
  /** All that the points in the target were drawn from: while it is the same, they stay under other names and rings. */
  #drawn = "";

  /** Draws the points of a layer over all of a canvas. */
  draw(canvas: HTMLCanvasElement, layer: PointsLayer, view: SoftwareView): void {
    const context = canvas.getContext("2d");
    if (!context) return;
    const { matrix, background, moving, flat, distance } = view;
    const pixelRatio = moving ? Math.min(1, view.pixelRatio) : view.pixelRatio;
    const [width, height] = [Math.round(view.width * pixelRatio), Math.round(view.height * pixelRatio)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const share = moving ? this.#share(layer.rows) : 1;
    const target = this.#target;
    const size = layer.size * pixelRatio * growth(share);
    const fog = fogAt(distance);
    const seen = Array.from(matrix);
    const key = [layer.version, share, moving, flat, width, height, size, fog, background, seen].join();
    if (key !== this.#drawn) {
      const start = performance.now();
      target.clear(width, height, background);
      const count = Math.ceil(share * layer.rows);
      const view = { matrix, background, perspective: !flat, size, fog, round: !moving };
      splat({ ...layer.points, count }, view, target);
      const took = (performance.now() - start) / Math.max(1, count);
      this.#millisPerPoint = this.#millisPerPoint === 0 ? took : 0.7 * this.#millisPerPoint + 0.3 * took;
      this.#drawn = key;
    }
    const bytes = new Uint8ClampedArray(target.pixels.buffer);
    context.putImageData(new ImageData(bytes, width, height), 0, 0);
  }

  #share(rows: number): number {
    const most = this.#millisPerPoint === 0 ? rows : MOVING_MILLIS / this.#millisPerPoint;
    return Math.min(1, Math.max(LEAST, most) / rows);
  }
}
