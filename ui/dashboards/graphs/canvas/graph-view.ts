/** The picture on the page: a canvas, the camera over the scene, and movement from one state to the next. */
import { EMPTY_SCENE, type Scene, type SceneBox } from "../picture/scene.ts";
import { TRANSITION_MS, Transition } from "../picture/transition.ts";
import {
  anchored,
  between,
  type Camera,
  centred,
  fitted,
  fittedWhole,
  isClear,
  MOST_FIT_SCALE,
  panned,
  resized,
  type Sight,
  showsAll,
  type Whole,
  zoomed,
} from "./camera.ts";
import type { Look } from "./look.ts";
import { Painter } from "./painter.ts";
import type { Pane, Rect } from "./pane.ts";

const FLIGHT_MS = 260;
/** Where one flies to is at least this large. */
const LEGIBLE_SCALE = 0.8;
/** Pixels around it. */
const FLIGHT_MARGIN = 40;

interface Flight {
  readonly from: Camera;
  readonly to: Camera;
  readonly began: number;
}

export class GraphView {
  readonly canvas: HTMLCanvasElement;
  readonly #overlays: readonly HTMLElement[];
  readonly #context: CanvasRenderingContext2D;
  readonly #observer: ResizeObserver;
  readonly #still = window.matchMedia("(prefers-reduced-motion: reduce)");
  #look: Look | null = null;
  #scene: Scene = EMPTY_SCENE;
  #transition: Transition | null = null;
  #flight: Flight | null = null;
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #pane: Pane = { width: 0, height: 0, covers: [] };
  #frame = 0;
  #wantsFit = true;
  /** What was seen before the window's size changed; null once somebody moved. */
  #sight: Sight | null = null;
  /** Called after each frame that was drawn. */
  onDraw: (() => void) | null = null;

  /** @param overlays elements over the canvas: what is shown whole or flown to is not hidden by them */
  constructor(canvas: HTMLCanvasElement, overlays: readonly HTMLElement[] = []) {
    this.canvas = canvas;
    this.#overlays = overlays;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser gives no 2D canvas");
    this.#context = context;
    this.#observer = new ResizeObserver(() => this.#resize());
    for (const element of [canvas, ...overlays]) this.#observer.observe(element);
  }

  get scene(): Scene {
    return this.#scene;
  }

  get camera(): Camera {
    return this.#camera;
  }

  get size(): { readonly width: number; readonly height: number } {
    return this.#pane;
  }

  /** Whether something still moves. */
  get moving(): boolean {
    return this.#transition !== null || this.#flight !== null;
  }

  setLook(look: Look): void {
    this.#look = look;
    this.redraw();
  }

  /**
   * Shows another scene; the header of the box `anchor` stays where it is on the screen. Without one, what was shown
   * whole is shown whole.
   */
  setScene(scene: Scene, anchor: string | null): void {
    const before = this.#transition?.scene ?? this.#scene;
    const whole = anchor === null && showsAll(this.#goal(), this.#whole());
    this.#scene = scene;
    this.#sight = null;
    if (before.boxes.length === 0 || this.#wantsFit) {
      this.#transition = null;
      this.#flight = null;
      this.#wantsFit = this.#pane.width === 0;
      this.#camera = fittedWhole(this.#whole(), this.#pane);
      this.redraw();
      return;
    }
    const from = this.#camera;
    const to = whole ? fittedWhole(this.#whole(), this.#pane) : this.#anchored(before, scene, anchor);
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
    return anchored(this.#camera, before.boxes[a]!, after.boxes[b]!);
  }

  /** What stands nearest to the middle of the window in both scenes. */
  #nearest(before: Scene, after: Scene): string {
    const [x, y] = this.toScene(this.#pane.width / 2, this.#pane.height / 2);
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
    this.#fly(fittedWhole(this.#whole(), this.#pane));
  }

  zoomBy(factor: number, x = this.#pane.width / 2, y = this.#pane.height / 2): void {
    this.#stop();
    this.#camera = zoomed(this.#camera, factor, x, y);
    this.redraw();
  }

  panBy(dx: number, dy: number): void {
    this.#stop();
    this.#camera = panned(this.#camera, dx, dy);
    this.redraw();
  }

  /** Puts a point of the scene in the middle of the window. */
  centreOn(x: number, y: number): void {
    this.#stop();
    const { width, height } = this.#pane;
    this.#camera = centred({ x, y, width: 0, height: 0 }, this.#camera.scale, width, height);
    this.redraw();
  }

  /** Moves so that a box is seen whole and legibly. */
  flyTo(id: string): void {
    const index = this.#scene.index.get(id);
    if (index === undefined) return;
    const box = this.#scene.boxes[index]!;
    const legible = Math.min(MOST_FIT_SCALE, Math.max(LEGIBLE_SCALE, this.#camera.scale));
    const most = box.open ? MOST_FIT_SCALE : legible;
    this.#fly(fitted(box, this.#pane, { margin: FLIGHT_MARGIN, most, parts: this.#closedIn(box) }));
  }

  /** Whether a box is in the window, and nothing lies over it. */
  isInSight(box: SceneBox): boolean {
    const { x, y, scale } = this.#camera;
    const [left, top] = [(box.x - x) * scale, (box.y - y) * scale];
    const { width, height } = this.#pane;
    return (
      left > 0 &&
      top > 0 &&
      left + box.width * scale < width &&
      top + box.height * scale < height &&
      isClear(this.#closedIn(box), this.#camera, this.#pane)
    );
  }

  /** What of a box is drawn above others: itself, or the closed ones in it. */
  #closedIn(box: SceneBox): readonly SceneBox[] {
    if (!box.open) return [box];
    const { boxes, index } = this.#scene;
    return boxes.slice(index.get(box.id), box.end).filter(({ open }) => !open);
  }

  toScene(x: number, y: number): readonly [number, number] {
    return [this.#camera.x + x / this.#camera.scale, this.#camera.y + y / this.#camera.scale];
  }

  #whole(): Whole {
    return { bounds: this.bounds(), parts: this.#scene.boxes.filter(({ open }) => !open) };
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

  /** Somebody moves: what flew, or is kept in sight, is no more. */
  #stop(): void {
    this.#flight = null;
    this.#sight = null;
  }

  /** What is seen once nothing flies any more. */
  #goal(): Sight {
    return { camera: this.#flight?.to ?? this.#camera, pane: this.#pane };
  }

  #fly(to: Camera): void {
    this.#sight = null;
    if (this.#still.matches) {
      this.#camera = to;
      this.#flight = null;
    } else this.#flight = { from: this.#camera, to, began: performance.now() };
    this.redraw();
  }

  #resize(): void {
    const pane = this.#measured();
    if (pane.width === 0 || pane.height === 0) return;
    const first = this.#pane.width === 0;
    const before = this.#goal();
    this.#pane = pane;
    if (first || this.#wantsFit) {
      this.#wantsFit = this.#scene.boxes.length === 0;
      this.#camera = fittedWhole(this.#whole(), pane);
    } else {
      this.#sight ??= before;
      const to = resized(this.#sight, this.#whole(), pane);
      if (this.#flight) this.#flight = { ...this.#flight, to };
      else this.#camera = to;
    }
    this.redraw();
  }

  #measured(): Pane {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const own = this.canvas.getBoundingClientRect();
    const covers = this.#overlays.map((overlay) => {
      const { x, y, width, height } = overlay.getBoundingClientRect();
      return { x: x - own.x, y: y - own.y, width, height };
    });
    return { width, height, covers: covers.filter((cover) => cover.width > 0 && cover.height > 0) };
  }

  #draw(now: number): void {
    this.#frame = 0;
    const pane = this.#pane;
    if (!this.#look || pane.width === 0) return;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(pane.width * ratio), Math.round(pane.height * ratio)];
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
        width: pane.width,
        height: pane.height,
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
