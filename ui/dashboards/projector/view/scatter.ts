/**
 * The picture of one pane: a stage with its points, their labels above it, and what the pointer does there. It knows no
 * signals: whoever owns it says what changed.
 */
import { spotOn } from "../../../charts/surface-events.ts";
import type { CameraPlace } from "../../../scene/camera-place.ts";
import { Stage } from "../../../scene/stage.ts";
import { rgbOf } from "../data/palettes.ts";
import type { Links } from "./links.ts";
import { type LabelPlan, Overlay } from "./overlay.ts";
import type { Places } from "./places.ts";
import { PointsLayer } from "./points-layer.ts";
import { eachOnScreen, inside, pick, type Screen, type Spot, screenOf } from "./screen.ts";
import { isFirst, USUAL } from "./sizes.ts";
import { SoftwarePicture } from "./software.ts";
import { loadAtlas, type Sprite } from "./sprite.ts";

export type Tool = "move" | "box" | "lasso";

export interface ScatterOptions {
  readonly canvas: HTMLCanvasElement;
  /** For labels and what is drawn around points. */
  readonly overlay: HTMLCanvasElement;
  /** The row under the pointer; -1 for none. */
  readonly onHover: (row: number) => void;
  /** A click; -1 for none. */
  readonly onClick: (row: number, event: PointerEvent) => void;
  /** Rows that a box or lasso encloses. */
  readonly onOutline: (rows: readonly number[], event: PointerEvent) => void;
  readonly onCamera: (place: CameraPlace) => void;
  readonly onLost: (lost: boolean) => void;
}

const GLIDE_MILLIS = 700;
/** Further than this between down and up is no click. */
const CLICK_PIXELS = 4;
/** Names wait for the end of a movement whose pictures take longer than this. */
const SLOW_MILLIS = 40;

export class Scatter {
  readonly stage: Stage;
  readonly #options: ScatterOptions;
  readonly #software = new SoftwarePicture();
  readonly #overlay: Overlay;
  #layer: PointsLayer | null = null;
  /** What the images are wanted of; one that comes late is let go. */
  #sprite: Sprite | null = null;
  #places: Places = new Float32Array(0);
  #looks: Uint8Array = new Uint8Array(0);
  #outline: Spot[] | null = null;
  #down: { readonly spot: Spot; readonly tool: Tool } | null = null;
  #glideStart = 0;
  #hoverFrame = 0;
  #pointer: Spot | null = null;
  #ground = "#ffffff";
  #still = false;
  #flat = false;
  tool: Tool = "move";
  sizeFactor = 1;

  /** @throws Error when the browser gives no WebGL2 */
  constructor(options: ScatterOptions) {
    this.#options = options;
    const { canvas, overlay, onLost, onCamera } = options;
    this.#overlay = new Overlay(overlay);
    this.stage = new Stage({
      canvas,
      onLost,
      onDraw: (moving, pixelRatio) => {
        if (!moving) onCamera(this.stage.place);
        return this.#draw(moving, pixelRatio);
      },
    });
    canvas.addEventListener("pointerdown", this.#onDown);
    canvas.addEventListener("pointermove", this.#onMove);
    canvas.addEventListener("pointerup", this.#onUp);
    canvas.addEventListener("pointercancel", this.#onCancel);
    canvas.addEventListener("pointerleave", this.#onLeave);
  }

  /** Other points, or none. */
  setRows(rows: number): void {
    if (this.#layer) {
      this.stage.scene.remove(this.#layer.object);
      this.#layer.dispose();
    }
    this.#layer = rows > 0 ? new PointsLayer(rows) : null;
    this.#places = new Float32Array(0);
    this.#looks = new Uint8Array(0);
    if (this.#layer) {
      this.#layer.background = this.#ground;
      this.#layer.moveTo(new Float32Array(rows * 3).fill(Number.NaN));
      this.stage.add(this.#layer.object);
    } else this.stage.draw();
  }

  setTheme(ground: string, accent: string, still: boolean): void {
    this.#ground = ground;
    this.#overlay.accent = accent;
    this.#still = still;
    this.stage.still = still;
    if (this.#layer) this.#layer.background = ground;
    this.stage.background = ground;
  }

  setPlaces(places: Places, glide: boolean): void {
    const layer = this.#layer;
    if (!layer || places.length !== layer.rows * 3) return;
    if (glide && !this.#still && this.#places.length === places.length && layer.rows <= 300_000) {
      layer.glideTo(places, filled(this.#places, places));
      this.#glideStart = performance.now();
    } else {
      layer.moveTo(places);
      this.#glideStart = 0;
    }
    this.#places = places;
    this.stage.moved();
  }

  setLooks(looks: Uint8Array): void {
    if (!this.#layer || looks.length !== this.#layer.rows * 4) return;
    this.#looks = looks;
    this.#layer.setLooks(looks);
    this.stage.draw();
  }

  setLabels(plan: LabelPlan | null, marked: readonly number[]): void {
    this.#overlay.plan = plan;
    this.#overlay.marked = marked;
    this.stage.draw();
  }

  /** Lines between points; null for none. */
  setLinks(links: Links | null): void {
    this.#overlay.links = links;
    this.stage.draw();
  }

  setFlat(flat: boolean): void {
    this.stage.setFlat(flat);
    this.#flat = flat;
    this.stage.draw();
  }

  /** Images instead of dots. @returns what is wrong with them, in words; null when nothing is */
  async setSprite(sprite: Sprite | null): Promise<string | null> {
    const layer = this.#layer;
    this.#sprite = sprite;
    if (!layer) return null;
    if (!sprite) {
      layer.atlas = null;
      this.stage.draw();
      return null;
    }
    const { atlas, problem } = await loadAtlas(
      sprite,
      layer.rows,
      this.stage.renderer.capabilities.maxTextureSize,
    );
    if (this.#layer !== layer || this.#sprite !== sprite) {
      atlas?.texture.dispose();
      return null;
    }
    layer.atlas = atlas;
    this.stage.draw();
    return problem;
  }

  /** The picture as it is, labels and all. */
  bitmap(): HTMLCanvasElement {
    this.stage.drawNow();
    const { canvas, overlay } = this.#options;
    const both = document.createElement("canvas");
    both.width = overlay.width;
    both.height = overlay.height;
    const context = both.getContext("2d")!;
    context.drawImage(canvas, 0, 0, both.width, both.height);
    context.drawImage(overlay, 0, 0);
    return both;
  }

  /** Every row that is shown, as it is on the screen. */
  each(visit: (row: number, x: number, y: number, depth: number, radius: number) => void): void {
    eachOnScreen(this.#screen(), this.#places, this.#isShown, (row, x, y, depth) =>
      visit(row, x, y, depth, this.#radiusOf(row, depth)),
    );
  }

  dispose(): void {
    const { canvas } = this.#options;
    canvas.removeEventListener("pointerdown", this.#onDown);
    canvas.removeEventListener("pointermove", this.#onMove);
    canvas.removeEventListener("pointerup", this.#onUp);
    canvas.removeEventListener("pointercancel", this.#onCancel);
    canvas.removeEventListener("pointerleave", this.#onLeave);
    cancelAnimationFrame(this.#hoverFrame);
    this.#layer?.dispose();
    this.stage.dispose();
  }

  readonly #isShown = (row: number): boolean => this.#looks[row * 4 + 3] !== 0;

  readonly #isFirst = (row: number): boolean => isFirst(this.#looks[row * 4 + 3]!);

  /** Half the size of a row in CSS pixels, as the shader has it. @param depth of the projection, -1 to 1 */
  readonly #radiusOf = (row: number, depth: number): number => {
    const layer = this.#layer;
    if (!layer) return 0;
    const weight = this.#looks[row * 4 + 3]! / USUAL;
    const { near, far } = this.stage.camera;
    // From the depth of the projection back to the distance from the camera.
    const distance = this.#flat ? 2 : (2 * far * near) / (far + near - depth * (far - near));
    return 0.5 * layer.size * layer.imageFactor * weight * (2 / distance);
  };

  #screen(): Screen {
    const { camera, width, height } = this.stage;
    camera.updateMatrixWorld();
    return screenOf(camera.projectionMatrix, camera.matrixWorldInverse, width, height);
  }

  /** Prepares the picture, and where no card draws it draws it. @returns whether it is drawn */
  #draw(moving: boolean, pixelRatio: number): boolean {
    const layer = this.#layer;
    const { stage } = this;
    if (layer) {
      if (this.#glideStart > 0) {
        const share = Math.min(1, (performance.now() - this.#glideStart) / GLIDE_MILLIS);
        layer.glide = share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) ** 2;
        if (share >= 1) this.#glideStart = 0;
        else stage.moved();
      }
      layer.scale = this.sizeFactor;
    }
    const distance = stage.camera.position.distanceTo(stage.target);
    const view = { moving, flat: this.#flat, pixelRatio, distance };
    // Images are left to WebGL, whatever it stands on.
    const drawn = layer !== null && stage.isSoftware && !layer.hasImages;
    const { overlay } = this.#options;
    overlay.dataset.drawn = drawn ? "points" : "";
    if (drawn)
      this.#software.draw(overlay, layer, { ...view, ...this.#screen(), background: rgbOf(this.#ground) });
    else layer?.prepare({ ...view, frameMillis: stage.frameMillis });
    this.#overlay.draw({
      moving,
      onPoints: drawn,
      slow: stage.frameMillis > SLOW_MILLIS,
      gliding: this.#glideStart > 0,
      screen: this.#screen(),
      places: this.#places,
      looks: this.#looks,
      isShown: this.#isShown,
      radiusOf: this.#radiusOf,
      outline: this.#outline,
    });
    return drawn;
  }

  #spot(event: PointerEvent): Spot {
    return spotOn(this.#options.canvas, event);
  }

  #at(spot: Spot): number {
    if (this.#places.length === 0) return -1;
    return pick(this.#screen(), this.#places, spot, this.#isShown, this.#radiusOf, this.#isFirst);
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (!event.isPrimary || event.button !== 0) return;
    const spot = this.#spot(event);
    const tool = this.tool === "move" && event.shiftKey ? "box" : this.tool;
    this.#down = { spot, tool };
    if (tool === "move") return;
    this.stage.steered = false;
    this.#options.canvas.setPointerCapture(event.pointerId);
    this.#outline = [spot];
  };

  readonly #onMove = (event: PointerEvent): void => {
    const spot = this.#spot(event);
    if (this.#down && this.#outline) {
      const { spot: from, tool } = this.#down;
      this.#outline =
        tool === "box"
          ? [from, { x: spot.x, y: from.y }, spot, { x: from.x, y: spot.y }]
          : [...this.#outline, spot];
      this.stage.draw();
      return;
    }
    if (this.#down || event.pointerType === "touch") return;
    this.#pointer = spot;
    if (this.#hoverFrame === 0)
      this.#hoverFrame = requestAnimationFrame(() => {
        this.#hoverFrame = 0;
        if (this.#pointer && !this.stage.moving) this.#options.onHover(this.#at(this.#pointer));
      });
  };

  readonly #onUp = (event: PointerEvent): void => {
    const down = this.#down;
    const outline = this.#outline;
    this.#onCancel();
    if (!down) return;
    const spot = this.#spot(event);
    if (Math.hypot(spot.x - down.spot.x, spot.y - down.spot.y) <= CLICK_PIXELS)
      this.#options.onClick(this.#at(spot), event);
    else if (outline && outline.length > 2)
      this.#options.onOutline(inside(this.#screen(), this.#places, outline, this.#isShown), event);
  };

  readonly #onCancel = (): void => {
    this.#down = null;
    this.#outline = null;
    this.stage.steered = this.tool === "move";
    this.stage.draw();
  };

  readonly #onLeave = (): void => {
    this.#pointer = null;
    this.#options.onHover(-1);
  };
}

/** Where rows come from; those that had no place come from where they go. */
function filled(from: Places, to: Places): Places {
  if (!from.some(Number.isNaN)) return from;
  return from.map((value, i) => (Number.isNaN(value) ? to[i]! : value));
}
