/**
 * What draws a stage's pictures: a renderer of its own, or one that all stages of a page share. A browser grants a page some
 * sixteen WebGL contexts and takes the oldest away beyond; cards of meshes are more, so they share one and copy from it.
 */
import { type Camera, type Scene, WebGLRenderer } from "three";

export interface Painter {
  readonly renderer: WebGLRenderer;
  /** Pixels of the picture for one of the page. */
  pixelRatio: number;
  /** In pixels of the page. */
  resize(width: number, height: number): void;
  render(scene: Scene, camera: Camera): void;
  dispose(): void;
}

export type OnLost = (lost: boolean) => void;

/** @throws Error when the browser gives no WebGL2 */
export function ownPainter(canvas: HTMLCanvasElement, onLost: OnLost): Painter {
  const renderer = new WebGLRenderer({
    canvas,
    antialias: false,
    alpha: false,
    preserveDrawingBuffer: false,
  });
  const stop = followContext(canvas, onLost);
  return {
    renderer,
    get pixelRatio() {
      return renderer.getPixelRatio();
    },
    set pixelRatio(ratio) {
      if (renderer.getPixelRatio() !== ratio) renderer.setPixelRatio(ratio);
    },
    resize: (width, height) => renderer.setSize(width, height, false),
    render: (scene, camera) => renderer.render(scene, camera),
    dispose: () => {
      stop();
      renderer.dispose();
    },
  };
}

interface Shared {
  readonly renderer: WebGLRenderer;
  readonly listeners: Set<OnLost>;
  /** Of its canvas, pixels; it only grows. */
  width: number;
  height: number;
}

let shared: Shared | null = null;

/** Draws on a canvas of two dimensions what the shared renderer drew. @throws Error when the browser gives no WebGL2 */
export function sharedPainter(canvas: HTMLCanvasElement, onLost: OnLost): Painter {
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Error("the browser gives no canvas to draw on");
  const from = sharedRenderer();
  from.listeners.add(onLost);
  let [ratio, width, height] = [1, 1, 1];
  return {
    renderer: from.renderer,
    get pixelRatio() {
      return ratio;
    },
    set pixelRatio(next) {
      ratio = next;
    },
    resize(nextWidth, nextHeight) {
      [width, height] = [nextWidth, nextHeight];
    },
    render(scene, camera) {
      const [wide, high] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
      growTo(from, wide, high);
      from.renderer.setViewport(0, 0, wide, high);
      from.renderer.setScissor(0, 0, wide, high);
      from.renderer.render(scene, camera);
      if (canvas.width !== wide || canvas.height !== high)
        Object.assign(canvas, { width: wide, height: high });
      // The renderer counts from below, the canvas from above.
      context.drawImage(from.renderer.domElement, 0, from.height - high, wide, high, 0, 0, wide, high);
    },
    dispose() {
      // The renderer stays for the next stage: contexts that are given up count until the browser collects them.
      from.listeners.delete(onLost);
    },
  };
}

function sharedRenderer(): Shared {
  if (shared) return shared;
  const renderer = new WebGLRenderer({ antialias: true, alpha: false, preserveDrawingBuffer: false });
  renderer.setScissorTest(true);
  const listeners = new Set<OnLost>();
  followContext(renderer.domElement, (lost) => {
    for (const listener of listeners) listener(lost);
  });
  shared = { renderer, listeners, width: 0, height: 0 };
  return shared;
}

function growTo(of: Shared, width: number, height: number): void {
  if (width <= of.width && height <= of.height) return;
  of.width = Math.max(of.width, width);
  of.height = Math.max(of.height, height);
  of.renderer.setSize(of.width, of.height, false);
}

function followContext(canvas: HTMLCanvasElement, onLost: OnLost): () => void {
  const lost = (event: Event): void => {
    event.preventDefault();
    onLost(true);
  };
  const restored = (): void => onLost(false);
  canvas.addEventListener("webglcontextlost", lost);
  canvas.addEventListener("webglcontextrestored", restored);
  return () => {
    canvas.removeEventListener("webglcontextlost", lost);
    canvas.removeEventListener("webglcontextrestored", restored);
  };
}
