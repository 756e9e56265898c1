/** The picture on the page: a canvas, the camera over the scene, and movement from one state to the next. */
import { EMPTY_SCENE, type Scene, type SceneBox } from "../picture/scene.ts";
import { TRANSITION_MS, Transition } from "../picture/transition.ts";
import { between, type Camera, centred, fitted, panned, type Rect, zoomed } from "./camera.ts";
import type { Look } from "./look.ts";
import { Painter } from "./painter.ts";

const FLIGHT_MS = 260;
/** Where one flies to is at least this large. */
const LEGIBLE_SCALE = 0.8;

interface Flight {
  readonly from: Camera;
  readonly to: Camera;
  readonly began: number;
}

export class GraphView {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #observer: ResizeObserver;
  readonly #still = window.matchMedia("(prefers-reduced-motion: reduce)");
  #look: Look | null = null;
  #scene: Scene = EMPTY_SCENE;
  #transition: Transition | null = null;
  #flight: Flight | null = null;
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #width = 0;
  #height = 0;
  #frame = 0;
  #wantsFit = true;
  /** Called after each frame that was drawn. */
  onDraw: (() => void) | null = null;

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser gives no 2D canvas");
    this.#context = context;
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(canvas);
  }

  get scene(): Scene {
    return this.#scene;
  }

  get camera(): Camera {
    return this.#camera;
  }

  get size(): { readonly width: number; readonly height: number } {
    return { width: this.#width, height: this.#height };
  }

  /** Whether something still moves. */
  get moving(): boolean {
    return this.#transition !== null || this.#flight !== null;
  }

  setLook(look: Look): void {
    this.#look = look;
    this.redraw();
  }

  /** Shows another scene; the header of the box `anchor` stays where it is on the screen. */
  setScene(scene: Scene, anchor: string | null): void {
    const before = this.#transition?.scene ?? this.#scene;
    this.#scene = scene;
    if (before.boxes.length === 0 || this.#wantsFit) {
      this.#transition = null;
      this.#flight = null;
      this.#wantsFit = this.#width === 0;
      this.#camera = fitted(this.bounds(), this.#width || 1, this.#height || 1);
      this.redraw();
      return;
    }
    const from = this.#camera;
    const to = this.#anchored(before, scene, anchor);
    if (this.#still.matches) {
      this.#camera = to;
      this.#transition = null;
    } else {
      this.#transition = new Transition(before, scene);
      this.#flight = { from, to, began: performance.now() };
    }
    this.redraw();
  }

  /** The camera from which the anchor is seen where it was. */
  #anchored(before: Scene, after: Scene, anchor: string | null): Camera {
    const id = anchor ?? this.#nearest(before, after);
    const [a, b] = [before.index.get(id), after.index.get(id)];
    if (a === undefined || b === undefined) return this.#camera;
    const [old, now] = [before.boxes[a]!, after.boxes[b]!];
    const dx = now.x + now.width / 2 - (old.x + old.width / 2);
    return { ...this.#camera, x: this.#camera.x + dx, y: this.#camera.y + now.y - old.y };
  }

  /** What stands nearest to the middle of the window in both scenes. */
  #nearest(before: Scene, after: Scene): string {
    const [x, y] = this.toScene(this.#width / 2, this.#height / 2);
    let best = "";
    let least = Infinity;
    for (const box of before.boxes) {
      if (!box.item || !after.index.has(box.id)) continue;
      const distance = Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y);
      if (distance < least) [best, least] = [box.id, distance];
    }
    return best;
  }

  /** The next scene is shown whole. */
  fitNext(): void {
    this.#wantsFit = true;
  }

  fit(): void {
    this.#fly(fitted(this.bounds(), this.#width, this.#height));
  }

  zoomBy(factor: number, x = this.#width / 2, y = this.#height / 2): void {
    this.#flight = null;
    this.#camera = zoomed(this.#camera, factor, x, y);
    this.redraw();
  }

  panBy(dx: number, dy: number): void {
    this.#flight = null;
    this.#camera = panned(this.#camera, dx, dy);
    this.redraw();
  }

  /** Puts a point of the scene in the middle of the window. */
  centreOn(x: number, y: number): void {
    this.#flight = null;
    this.#camera = centred({ x, y, width: 0, height: 0 }, this.#camera.scale, this.#width, this.#height);
    this.redraw();
  }

  /** Moves so that a box is seen whole and legibly. */
  flyTo(id: string): void {
    const index = this.#scene.index.get(id);
    if (index === undefined) return;
    const box = this.#scene.boxes[index]!;
    const fit = fitted(box, this.#width, this.#height, 40);
    const scale = box.open ? fit.scale : Math.min(fit.scale, Math.max(LEGIBLE_SCALE, this.#camera.scale));
    this.#fly(centred(box, scale, this.#width, this.#height));
  }

  isInWindow(box: SceneBox): boolean {
    const { x, y, scale } = this.#camera;
    const [left, top] = [(box.x - x) * scale, (box.y - y) * scale];
    return (
      left > 0 && top > 0 && left + box.width * scale < this.#width && top + box.height * scale < this.#height
    );
  }

  toScene(x: number, y: number): readonly [number, number] {
    return [this.#camera.x + x / this.#camera.scale, this.#camera.y + y / this.#camera.scale];
  }

  /** The whole scene, annotations too. */
  bounds(): Rect {
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 1; i < this.#scene.boxes.length; i = this.#scene.boxes[i]!.end) {
      const box = this.#scene.boxes[i]!;
      const margin = box.chips.length > 0 ? 100 : 0;
      left = Math.min(left, box.x - margin);
      top = Math.min(top, box.y);
      right = Math.max(right, box.x + box.width + margin);
      bottom = Math.max(bottom, box.y + box.height);
    }
    return left > right
      ? { x: 0, y: 0, width: 1, height: 1 }
      : { x: left, y: top, width: right - left, height: bottom - top };
  }

  redraw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#draw(now));
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
    this.canvas.width = 0;
    this.canvas.height = 0;
  }

  #fly(to: Camera): void {
    if (this.#still.matches) {
      this.#camera = to;
      this.#flight = null;
    } else this.#flight = { from: this.#camera, to, began: performance.now() };
    this.redraw();
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.canvas;
    if (clientWidth === 0 || clientHeight === 0) return;
    const first = this.#width === 0;
    this.#width = clientWidth;
    this.#height = clientHeight;
    if (first || this.#wantsFit) {
      this.#wantsFit = this.#scene.boxes.length === 0;
      this.#camera = fitted(this.bounds(), clientWidth, clientHeight);
    }
    this.redraw();
  }

  #draw(now: number): void {
    this.#frame = 0;
    if (!this.#look || this.#width === 0) return;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(this.#width * ratio), Math.round(this.#height * ratio)];
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    const transition = this.#transition;
    if (transition && !transition.advance(now)) this.#transition = null;
    this.#advanceFlight(now);
    const shown = this.#transition;
    new Painter(
      this.#context,
      {
        scene: shown?.scene ?? this.#scene,
        camera: this.#camera,
        width: this.#width,
        height: this.#height,
        ratio,
        strength: (line) => (shown?.isNewLine(line) ? shown.strength(now) : 1),
      },
      this.#look,
    ).paint();
    this.canvas.dataset.boxes = String(this.#scene.boxes.length - 1);
    this.canvas.dataset.moving = String(this.moving);
    this.onDraw?.();
    if (this.moving) this.redraw();
  }

  #advanceFlight(now: number): void {
    const flight = this.#flight;
    if (!flight) return;
    const duration = this.#transition ? TRANSITION_MS : FLIGHT_MS;
    const share = Math.min(1, Math.max(0, (now - flight.began) / duration));
    this.#camera = between(flight.from, flight.to, share * share * (3 - 2 * share));
    if (share >= 1) this.#flight = null;
  }
}
