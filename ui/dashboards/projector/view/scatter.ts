/**
 * The picture of one pane: a stage with its points, their labels above it, and what the pointer does there. It knows no
 * signals: whoever owns it says what changed.
 */
import { LinearFilter, TextureLoader } from "three";
import type { CameraPlace } from "../../../scene/camera-place.ts";
import { Stage } from "../../../scene/stage.ts";
import { rgbOf } from "../data/palettes.ts";
import { clearCanvas, drawLabels, type Label, type LabelLook, scaleToCss } from "./labels.ts";
import { drawLinks, type Links } from "./links.ts";
import type { Places } from "./places.ts";
import { type Atlas, PointsLayer } from "./points-layer.ts";
import { eachOnScreen, inside, pick, type Screen, type Spot, screenOf } from "./screen.ts";
import { USUAL } from "./sizes.ts";
import { SoftwarePicture } from "./software.ts";

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

/** What the labels speak of; rows in the order of their importance. */
export interface LabelPlan {
  readonly textOf: (row: number) => string;
  /** Pointed at, looked at, selected, near: always tried first. */
  readonly strong: readonly number[];
  /** Others, where there is room; null: none of them. */
  readonly others: number;
  readonly clusters: readonly { readonly text: string; readonly row: number }[];
  readonly look: LabelLook;
}

const GLIDE_MILLIS = 700;
/** Further than this between down and up is no click. */
const CLICK_PIXELS = 4;
const MOST_STRONG = 300;
const SLOW_MILLIS = 40;

export class Scatter {
  readonly stage: Stage;
  readonly #options: ScatterOptions;
  readonly #software = new SoftwarePicture();
  #layer: PointsLayer | null = null;
  #places: Places = new Float32Array(0);
  #looks: Uint8Array = new Uint8Array(0);
  #plan: LabelPlan | null = null;
  #links: Links | null = null;
  #outline: Spot[] | null = null;
  #down: { readonly spot: Spot; readonly tool: Tool } | null = null;
  #glideStart = 0;
  #hoverFrame = 0;
  #pointer: Spot | null = null;
  #marked: readonly number[] = [];
  #accent = "#1464c8";
  #ground = "#ffffff";
  #still = false;
  #flat = false;
  tool: Tool = "move";
  sizeFactor = 1;

  /** @throws Error when the browser gives no WebGL2 */
  constructor(options: ScatterOptions) {
    this.#options = options;
    const { canvas, onLost, onCamera } = options;
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
    this.#accent = accent;
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
    this.#plan = plan;
    this.#marked = marked;
    this.stage.draw();
  }

  /** Lines between points; null for none. */
  setLinks(links: Links | null): void {
    this.#links = links;
    this.stage.draw();
  }

  setFlat(flat: boolean): void {
    this.stage.setFlat(flat);
    this.#flat = flat;
    this.stage.draw();
  }

  /** Images instead of dots. @returns what is wrong with them, in words; null when nothing is */
  async setSprite(
    sprite: { readonly address: string; readonly width: number; readonly height: number } | null,
  ): Promise<string | null> {
    const layer = this.#layer;
    if (!layer) return null;
    if (!sprite) {
      layer.atlas = null;
      this.stage.draw();
      return null;
    }
    const texture = await new TextureLoader().loadAsync(sprite.address);
    const { width: sheetWidth, height: sheetHeight } = texture.image;
    const most = this.stage.renderer.capabilities.maxTextureSize;
    if (sheetWidth > most || sheetHeight > most)
      return `The sprite has ${sheetWidth} × ${sheetHeight} pixels; this browser draws ${most} × ${most} at most: points are dots`;
    const { width, height } = sprite;
    if (width < 1 || height < 1 || width > sheetWidth || height > sheetHeight)
      return `The sprite has ${sheetWidth} × ${sheetHeight} pixels, in which images of ${width} × ${height} do not fit: points are dots`;
    const room = Math.floor(sheetWidth / width) * Math.floor(sheetHeight / height);
    texture.flipY = false;
    texture.minFilter = LinearFilter;
    texture.generateMipmaps = false;
    const atlas: Atlas = {
      texture,
      width,
      height,
      sheetWidth,
      sheetHeight,
      onBlack: isOnBlack(texture.image),
    };
    if (this.#layer !== layer) return null;
    layer.atlas = atlas;
    this.stage.draw();
    return room < layer.rows
      ? `The sprite has room for ${room} images of ${width} × ${height}, but there are ${layer.rows} points: the last have none`
      : null;
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
    this.#drawOverlay(moving, drawn);
    return drawn;
  }

  /** @param onPoints whether the points are on the overlay, and stay */
  #drawOverlay(moving: boolean, onPoints: boolean): void {
    const { overlay } = this.#options;
    // Names that are drawn anew cost as much as the points: where pictures are slow they wait for the end of the movement.
    const waits = moving && this.stage.frameMillis > SLOW_MILLIS && !this.#outline;
    overlay.style.visibility = waits && !onPoints ? "hidden" : "visible";
    if (waits) return;
    if (!onPoints) clearCanvas(overlay);
    const context = overlay.getContext("2d");
    if (!context) return;
    this.#drawLinks(context, moving);
    const labels = this.#glideStart > 0 ? [] : this.#labels(moving);
    const look = this.#plan?.look ?? { font: "sans-serif", text: "#000", muted: "#555", ground: "#fff" };
    overlay.dataset.labels = String(drawLabels(overlay, labels, look));
    this.#drawMarks(context);
    if (this.#outline) this.#drawOutline(context, this.#outline);
  }

  #drawLinks(context: CanvasRenderingContext2D, moving: boolean): void {
    const { overlay } = this.#options;
    const links = this.#glideStart > 0 || this.#places.length === 0 ? null : this.#links;
    if (!links) {
      overlay.dataset.links = "0";
      return;
    }
    scaleToCss(context);
    const screen = this.#screen();
    const looks = this.#looks;
    const spotOf = (row: number): Spot | null => {
      let spot: Spot | null = null;
      eachOnScreen(
        screen,
        this.#places.subarray(row * 3, row * 3 + 3),
        () => this.#isShown(row),
        (_, x, y) => {
          spot = { x, y };
        },
      );
      return spot;
    };
    const colorOf = (row: number) => `rgb(${looks[4 * row]} ${looks[4 * row + 1]} ${looks[4 * row + 2]})`;
    overlay.dataset.links = String(drawLinks(context, links, moving, spotOf, colorOf));
  }

  /** Rings around the points that matter. */
  #drawMarks(context: CanvasRenderingContext2D): void {
    if (this.#glideStart > 0) return;
    const screen = this.#screen();
    context.strokeStyle = this.#accent;
    for (const [i, row] of this.#marked.entries()) {
      const own = this.#places.subarray(row * 3, row * 3 + 3);
      eachOnScreen(
        screen,
        own,
        () => this.#isShown(row),
        (_row, x, y, depth) => {
          context.lineWidth = i === 0 ? 2 : 1.25;
          context.beginPath();
          context.arc(x, y, Math.max(4, this.#radiusOf(row, depth) + 2.5), 0, 2 * Math.PI);
          context.stroke();
        },
      );
    }
  }

  #drawOutline(context: CanvasRenderingContext2D, outline: readonly Spot[]): void {
    context.beginPath();
    for (const { x, y } of outline) context.lineTo(x, y);
    context.closePath();
    context.strokeStyle = this.#accent;
    context.lineWidth = 1.5;
    context.stroke();
    context.globalAlpha = 0.12;
    context.fillStyle = this.#accent;
    context.fill();
    context.globalAlpha = 1;
  }

  #labels(moving: boolean): Label[] {
    const plan = this.#plan;
    if (!plan || this.#places.length === 0) return [];
    const screen = this.#screen();
    const labels: Label[] = [];
    const at = (row: number, text: string, strong: boolean, centred: boolean): void =>
      eachOnScreen(
        screen,
        this.#places.subarray(row * 3, row * 3 + 3),
        () => this.#isShown(row),
        (_, x, y) => labels.push({ x, y, text, strong, centred }),
      );
    for (const row of plan.strong.slice(0, MOST_STRONG)) at(row, plan.textOf(row), true, false);
    for (const { text, row } of plan.clusters) at(row, text, true, true);
    // In steps over all rows: some from everywhere, the same from picture to picture.
    const rows = this.#places.length / 3;
    const tried = Math.min(rows, moving ? plan.others / 4 : plan.others);
    const every = rows / Math.max(1, tried);
    for (let i = 0; i < tried; i++) {
      const row = Math.floor(i * every);
      at(row, plan.textOf(row), false, false);
    }
    return labels;
  }

  #spot(event: PointerEvent): Spot {
    const { left, top } = this.#options.canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  #at(spot: Spot): number {
    if (this.#places.length === 0) return -1;
    return pick(this.#screen(), this.#places, spot, this.#isShown, this.#radiusOf);
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

/** Whether most of an image is black, as ink on paper turned round is: digits, say. */
function isOnBlack(image: CanvasImageSource): boolean {
  const side = 128;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) return false;
  context.imageSmoothingEnabled = false;
  context.drawImage(image, 0, 0, side, side);
  const { data } = context.getImageData(0, 0, side, side);
  let black = 0;
  for (let at = 0; at < data.length; at += 4)
    if (data[at]! + data[at + 1]! + data[at + 2]! < 24 && data[at + 3]! > 250) black++;
  return black > 0.5 * side * side;
}

/** Where rows come from; those that had no place come from where they go. */
function filled(from: Places, to: Places): Places {
  if (!from.some(Number.isNaN)) return from;
  return from.map((value, i) => (Number.isNaN(value) ? to[i]! : value));
}
