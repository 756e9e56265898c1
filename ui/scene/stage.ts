/**
 * A canvas with a camera that people turn: WebGL2 by three, drawn when something has changed and not otherwise. What is on
 * the stage is its owner's: the projector puts points there, the mesh dashboard surfaces.
 */
import {
  Color,
  type Object3D,
  OrthographicCamera,
  PerspectiveCamera,
  Scene,
  Vector3,
  type WebGLRenderer,
} from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import type { CameraPlace } from "./camera-place.ts";
import { ownPainter, type Painter, sharedPainter } from "./painter.ts";

export interface StageOptions {
  readonly canvas: HTMLCanvasElement;
  /**
   * Before each picture.
   *
   * @param moving whether another follows soon, so that this one had better be quick
   * @param pixelRatio of the canvas in the picture
   * @returns true where the picture is drawn by other means, and nothing is left to do
   */
  readonly onDraw: (moving: boolean, pixelRatio: number) => boolean;
  /** When the browser took the context away, or gave it back. */
  readonly onLost: (lost: boolean) => void;
  /** When a hand or a key moved the camera, and not `place`. */
  readonly onTurn?: (place: CameraPlace) => void;
  /** One of several on a page that scrolls: they share a renderer, and leave the plain wheel and upright swipes alone. */
  readonly inPage?: boolean;
}

/** What a perspective camera sees. */
export interface Lens {
  /** Degrees, from top to bottom, or from left to right where that is less. */
  readonly fieldOfView: number;
  /** Nearest and furthest that is drawn; null: what fits the distance. */
  readonly near: number | null;
  readonly far: number | null;
}

const LENS: Lens = { fieldOfView: 60, near: 0.01, far: 100 };
/** Where a camera stands that sees all of a ball of radius one. */
const HOME: CameraPlace = { position: [0.9, 0.75, 1.75], target: [0, 0, 0], zoom: 1 };
const FLAT_HOME: CameraPlace = { position: [0, 0, 10], target: [0, 0, 0], zoom: 1 };
/** Pictures wait for no more than this after the last movement to be drawn in full. */
const REST_MILLIS = 160;
const MOST_PIXEL_RATIO = 2;
/** Moving pictures that take longer than this are drawn in half as many pixels each way. */
const SLOW_MILLIS = 40;

export class Stage {
  readonly scene = new Scene();
  readonly #painter: Painter;
  #camera: PerspectiveCamera | OrthographicCamera;
  #controls: OrbitControls;
  readonly #options: StageOptions;
  readonly #resize: ResizeObserver;
  #width = 1;
  #height = 1;
  #frame = 0;
  #movingUntil = 0;
  #restTimer = 0;
  #flat = false;
  #still = false;
  #lastFrame = 0;
  #coarse = false;
  #software: boolean | undefined;
  #lens = LENS;
  #home = HOME;
  #placing = false;
  /** Milliseconds between pictures while moving, smoothed; 0 until known. */
  frameMillis = 0;
  /** Pictures drawn so far; tests and the bench count them. */
  frames = 0;

  /** @throws Error when the browser gives no WebGL2 */
  constructor(options: StageOptions) {
    this.#options = options;
    const { canvas } = options;
    const onLost = (lost: boolean): void => {
      options.onLost(lost);
      if (!lost) this.draw();
    };
    this.#painter = options.inPage ? sharedPainter(canvas, onLost) : ownPainter(canvas, onLost);
    if (options.inPage) canvas.addEventListener("wheel", leavePlainWheel, { capture: true });
    this.#camera = this.#perspective();
    this.#controls = this.#control(this.#camera);
    this.#resize = new ResizeObserver(() => this.#fit());
    this.#resize.observe(canvas);
    this.#fit();
  }

  get renderer(): WebGLRenderer {
    return this.#painter.renderer;
  }

  get camera(): PerspectiveCamera | OrthographicCamera {
    return this.#camera;
  }

  get target(): Vector3 {
    return this.#controls.target;
  }

  get width(): number {
    return this.#width;
  }

  get height(): number {
    return this.#height;
  }

  /** Whether there is no graphics card behind WebGL, but software that plays one. */
  get isSoftware(): boolean {
    this.#software ??= isSoftware(this.renderer.getContext());
    return this.#software;
  }

  get moving(): boolean {
    return performance.now() < this.#movingUntil;
  }

  set background(color: string) {
    this.scene.background = new Color(color);
    this.draw();
  }

  add(...objects: Object3D[]): void {
    this.scene.add(...objects);
    this.draw();
  }

  /** Flat: seen from above without depth, moved by dragging; else turned. */
  setFlat(flat: boolean): void {
    if (flat === this.#flat) return;
    this.#flat = flat;
    this.#controls.dispose();
    this.#camera = flat ? this.#orthographic() : this.#perspective();
    this.#controls = this.#control(this.#camera);
    this.#fit();
  }

  /** Whether the camera follows the pointer; not while something is being drawn around points. */
  set steered(on: boolean) {
    this.#controls.enabled = on;
  }

  /** No inertia: for people who want stillness. */
  set still(on: boolean) {
    this.#still = on;
    this.#controls.enableDamping = !on;
  }

  get place(): CameraPlace {
    return {
      position: this.#camera.position.toArray(),
      target: this.#controls.target.toArray(),
      zoom: this.#camera.zoom,
    };
  }

  set place(place: CameraPlace) {
    this.#placing = true;
    this.#stand(place);
    this.#placing = false;
  }

  #stand({ position, target, zoom }: CameraPlace): void {
    this.#camera.position.set(...position);
    this.#controls.target.set(...target);
    this.#camera.zoom = zoom;
    this.#camera.updateProjectionMatrix();
    this.#controls.update();
    this.moved();
  }

  /** Where `resetCamera` goes, but for the flat camera. */
  set home(place: CameraPlace) {
    this.#home = place;
  }

  set lens(lens: Lens) {
    this.#lens = lens;
    this.#fit();
  }

  resetCamera(): void {
    this.#stand(this.#flat ? FLAT_HOME : this.#home);
  }

  /** Turns by so many radians, as dragging does. */
  turn(azimuth: number, polar: number): void {
    const offset = this.#camera.position.clone().sub(this.#controls.target);
    if (this.#flat) {
      const reach = 0.6 / this.#camera.zoom;
      this.#camera.position.add(new Vector3(azimuth * reach, polar * reach, 0));
      this.#controls.target.add(new Vector3(azimuth * reach, polar * reach, 0));
    } else {
      offset.applyAxisAngle(new Vector3(0, 1, 0), azimuth);
      const side = new Vector3().crossVectors(offset, this.#camera.up).normalize();
      const tilted = offset.clone().applyAxisAngle(side, polar);
      const steep = Math.abs(tilted.angleTo(this.#camera.up) - Math.PI / 2) > Math.PI / 2 - 0.05;
      this.#camera.position.copy(this.#controls.target).add(steep ? offset : tilted);
    }
    this.#controls.update();
    this.moved();
  }

  /** Nearer, or further where the factor is below one. */
  zoomBy(factor: number): void {
    if (this.#flat) {
      this.#camera.zoom = Math.min(400, Math.max(0.1, this.#camera.zoom * factor));
      this.#camera.updateProjectionMatrix();
    } else {
      const offset = this.#camera.position.clone().sub(this.#controls.target);
      this.#camera.position.copy(this.#controls.target).addScaledVector(offset, 1 / factor);
    }
    this.#controls.update();
    this.moved();
  }

  /** Something moves: pictures may be coarse until it rests. */
  moved(): void {
    this.#movingUntil = performance.now() + REST_MILLIS;
    window.clearTimeout(this.#restTimer);
    this.#restTimer = window.setTimeout(() => this.draw(), REST_MILLIS + 10);
    this.draw();
  }

  /** Asks for a picture. */
  draw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#render);
  }

  /**
   * Draws at once: for a picture that is taken from the canvas in the same turn.
   *
   * @param ratio pixels of the picture for one of the page
   */
  drawNow(ratio = restRatio()): void {
    if (!this.#options.onDraw(false, ratio)) this.#paint(ratio);
  }

  #paint(ratio: number): void {
    this.#painter.pixelRatio = ratio;
    this.#reach();
    this.#painter.render(this.scene, this.#camera);
  }

  /** What is between far before and far behind the target is drawn, however far the camera is. */
  #reach(): void {
    const { near, far } = this.#lens;
    if (this.#flat || (near !== null && far !== null)) return;
    const distance = Math.max(1e-9, this.#camera.position.distanceTo(this.#controls.target));
    this.#camera.near = near ?? distance / 200;
    this.#camera.far = far ?? distance * 200;
    this.#camera.updateProjectionMatrix();
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame);
    window.clearTimeout(this.#restTimer);
    this.#frame = -1;
    this.#resize.disconnect();
    this.#controls.dispose();
    this.#options.canvas.removeEventListener("wheel", leavePlainWheel, { capture: true });
    this.#painter.dispose();
  }

  readonly #render = (now: number): void => {
    this.#frame = 0;
    const { moving } = this;
    if (moving && this.#lastFrame > 0) {
      const took = now - this.#lastFrame;
      // A pause is no slow picture.
      if (took < 1000) this.frameMillis = this.frameMillis === 0 ? took : 0.7 * this.frameMillis + 0.3 * took;
    }
    this.#lastFrame = moving ? now : 0;
    if (this.#controls.enableDamping) this.#controls.update();
    const ratio = moving ? this.#movingRatio() : restRatio();
    this.frames++;
    if (!this.#options.onDraw(moving, ratio)) this.#paint(ratio);
  };

  /** Coarse once it was slow, and until the picture rests: going to and fro would flicker. */
  #movingRatio(): number {
    if (this.frameMillis > SLOW_MILLIS) this.#coarse = true;
    return this.#coarse ? 0.5 : 1;
  }

  #perspective(): PerspectiveCamera {
    const { fieldOfView, near, far } = this.#lens;
    const camera = new PerspectiveCamera(
      fieldOfView,
      this.#width / this.#height,
      near ?? undefined,
      far ?? undefined,
    );
    camera.position.set(...this.#home.position);
    camera.lookAt(...this.#home.target);
    return camera;
  }

  #orthographic(): OrthographicCamera {
    const camera = new OrthographicCamera(-1, 1, 1, -1, 0.01, 100);
    camera.position.set(...FLAT_HOME.position);
    camera.lookAt(0, 0, 0);
    return camera;
  }

  #control(camera: PerspectiveCamera | OrthographicCamera): OrbitControls {
    const controls = new OrbitControls(camera, this.#options.canvas);
    controls.enableDamping = !this.#still;
    controls.dampingFactor = 0.2;
    controls.enableRotate = !(camera instanceof OrthographicCamera);
    controls.zoomToCursor = camera instanceof OrthographicCamera;
    if (camera instanceof OrthographicCamera) {
      controls.mouseButtons = { LEFT: 2, MIDDLE: 1, RIGHT: 2 };
      controls.touches = { ONE: 1, TWO: 2 };
    }
    if (this.#options.inPage) this.#options.canvas.style.touchAction = "pan-y";
    controls.addEventListener("change", () => {
      if (!this.#placing) this.#options.onTurn?.(this.place);
      this.moved();
    });
    return controls;
  }

  #fit(): void {
    const { clientWidth, clientHeight } = this.#options.canvas;
    this.#width = Math.max(1, clientWidth);
    this.#height = Math.max(1, clientHeight);
    const aspect = this.#width / this.#height;
    if (this.#camera instanceof PerspectiveCamera) {
      this.#camera.aspect = aspect;
      // Narrow and high: what fits from left to right is what counts.
      const { fieldOfView, near, far } = this.#lens;
      this.#camera.fov =
        aspect >= 1
          ? fieldOfView
          : (2 * Math.atan(Math.tan((fieldOfView * Math.PI) / 360) / aspect) * 180) / Math.PI;
      if (near !== null) this.#camera.near = near;
      if (far !== null) this.#camera.far = far;
    } else {
      const [x, y] = aspect >= 1 ? [1.1 * aspect, 1.1] : [1.1, 1.1 / aspect];
      Object.assign(this.#camera, { left: -x, right: x, top: y, bottom: -y });
    }
    this.#camera.updateProjectionMatrix();
    this.#painter.resize(this.#width, this.#height);
    this.draw();
  }
}

const restRatio = (): number => Math.min(MOST_PIXEL_RATIO, window.devicePixelRatio);

/** What browsers and drivers call software that draws: SwiftShader, Mesa's, Microsoft's. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

function isSoftware(context: WebGLRenderingContext | WebGL2RenderingContext): boolean {
  const names = context.getExtension("WEBGL_debug_renderer_info");
  return SOFTWARE.test(String(context.getParameter(names?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER)));
}

/** A plain wheel scrolls the page; with Ctrl or Cmd it zooms. */
function leavePlainWheel(event: WheelEvent): void {
  if (!event.ctrlKey && !event.metaKey) event.stopImmediatePropagation();
}

/** Whether this browser draws with WebGL2. */
export function hasWebGl2(): boolean {
  try {
    return document.createElement("canvas").getContext("webgl2") !== null;
  } catch {
    return false;
  }
}
