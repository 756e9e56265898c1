/** The whole picture, small, with a frame around what is in the window; drag it to look elsewhere. */
import type { Scene } from "../picture/scene.ts";
import { css } from "./colours.ts";
import type { GraphView } from "./graph-view.ts";
import type { Look } from "./look.ts";

const WIDTH = 168;
const HEIGHT = 112;

export class Minimap {
  readonly #canvas: HTMLCanvasElement;
  readonly #frame: HTMLElement;
  readonly #view: GraphView;
  readonly #abort = new AbortController();
  #scene: Scene | null = null;
  #look: Look | null = null;
  #scale = 1;
  #left = 0;
  #top = 0;

  constructor(canvas: HTMLCanvasElement, frame: HTMLElement, view: GraphView) {
    this.#canvas = canvas;
    this.#frame = frame;
    this.#view = view;
    const look = (event: PointerEvent): void => {
      if (event.buttons !== 1) return;
      const box = canvas.getBoundingClientRect();
      view.centreOn(
        (event.clientX - box.left - this.#left) / this.#scale,
        (event.clientY - box.top - this.#top) / this.#scale,
      );
    };
    canvas.addEventListener(
      "pointerdown",
      (event) => {
        canvas.setPointerCapture(event.pointerId);
        look(event);
      },
      { signal: this.#abort.signal },
    );
    canvas.addEventListener("pointermove", look, { signal: this.#abort.signal });
  }

  /** Follows the view; draws the boxes anew only when scene or colours have changed. */
  update(look: Look | null): void {
    const { scene } = this.#view;
    if (scene !== this.#scene || look !== this.#look) {
      this.#scene = scene;
      this.#look = look;
      this.#paint();
    }
    const { camera, size } = this.#view;
    const x = camera.x * this.#scale + this.#left;
    const y = camera.y * this.#scale + this.#top;
    const [right, bottom] = [
      Math.min(WIDTH, x + (size.width / camera.scale) * this.#scale),
      Math.min(HEIGHT, y + (size.height / camera.scale) * this.#scale),
    ];
    const [left, top] = [Math.max(0, x), Math.max(0, y)];
    const style = this.#frame.style;
    style.transform = `translate(${left}px, ${top}px)`;
    style.width = `${Math.max(4, right - left)}px`;
    style.height = `${Math.max(4, bottom - top)}px`;
  }

  dispose(): void {
    this.#abort.abort();
  }

  #paint(): void {
    const look = this.#look;
    const scene = this.#scene;
    const context = this.#canvas.getContext("2d");
    if (!context || !look || !scene) return;
    const ratio = window.devicePixelRatio || 1;
    this.#canvas.width = WIDTH * ratio;
    this.#canvas.height = HEIGHT * ratio;
    const bounds = this.#view.bounds();
    this.#scale = Math.min((WIDTH - 8) / bounds.width, (HEIGHT - 8) / bounds.height);
    this.#left = (WIDTH - bounds.width * this.#scale) / 2 - bounds.x * this.#scale;
    this.#top = (HEIGHT - bounds.height * this.#scale) / 2 - bounds.y * this.#scale;
    const scale = this.#scale * ratio;
    context.setTransform(scale, 0, 0, scale, this.#left * ratio, this.#top * ratio);
    for (let i = 1; i < scene.boxes.length; ) {
      const box = scene.boxes[i]!;
      const colour = look.fill(box)[0]?.colour;
      if (colour) context.fillStyle = css(colour, box.open ? 0.35 : 1);
      context.fillRect(box.x, box.y, box.width, box.height);
      context.strokeStyle = look.theme.border;
      context.lineWidth = 0.5 / this.#scale;
      context.strokeRect(box.x, box.y, box.width, box.height);
      // What is less than two pixels high has no inside here.
      i = box.height * this.#scale < 2 ? box.end : i + 1;
    }
  }
}
