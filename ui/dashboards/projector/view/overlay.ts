/** What stands above the points: lines of sequences, names, rings around points that matter, and what the hand draws. */
import { clearCanvas, drawLabels, type Label, type LabelLook, scaleToCss } from "./labels.ts";
import { drawLinks, type Links } from "./links.ts";
import type { Places } from "./places.ts";
import { eachOnScreen, type Screen, type Spot } from "./screen.ts";

/** What the labels speak of; rows in the order of their importance. */
export interface LabelPlan {
  readonly textOf: (row: number) => string;
  /** Pointed at, looked at, selected, near: always tried first. */
  readonly strong: readonly number[];
  /** So many others are tried, where there is room; 0: none. */
  readonly others: number;
  readonly clusters: readonly { readonly text: string; readonly row: number }[];
  readonly look: LabelLook;
}

/** The picture that it stands above. */
export interface Below {
  /** Whether another picture follows soon. */
  readonly moving: boolean;
  /** Whether the points are on the same canvas, and stay. */
  readonly onPoints: boolean;
  /** Whether pictures take long. */
  readonly slow: boolean;
  /** Whether points are on their way from place to place. */
  readonly gliding: boolean;
  readonly screen: Screen;
  readonly places: Places;
  /** Red, green, blue and weight of each row. */
  readonly looks: Uint8Array;
  readonly isShown: (row: number) => boolean;
  /** Half the size of a row, CSS pixels. @param depth of the projection, -1 to 1 */
  readonly radiusOf: (row: number, depth: number) => number;
  /** Box or lasso under way, CSS pixels. */
  readonly outline: readonly Spot[] | null;
}

const MOST_STRONG = 300;
const NO_LOOK: LabelLook = { font: "sans-serif", text: "#000", muted: "#555", ground: "#fff" };

export class Overlay {
  readonly #canvas: HTMLCanvasElement;
  plan: LabelPlan | null = null;
  links: Links | null = null;
  /** Rows with rings, the first with the strongest. */
  marked: readonly number[] = [];
  accent = "#1464c8";

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
  }

  draw(below: Below): void {
    const canvas = this.#canvas;
    const { moving, onPoints, slow, gliding, outline } = below;
    // Names that are drawn anew cost as much as the points: where pictures are slow they wait for the end of the movement.
    const waits = moving && slow && !outline;
    // Never "visible", which would show it where the whole picture is hidden.
    canvas.style.visibility = waits && !onPoints ? "hidden" : "";
    if (waits) return;
    if (!onPoints) clearCanvas(canvas);
    const context = canvas.getContext("2d");
    if (!context) return;
    const rests = !gliding && below.places.length > 0;
    canvas.dataset.links = String(rests ? this.#drawLinks(context, below) : 0);
    const labels = rests ? this.#labels(below) : [];
    canvas.dataset.labels = String(drawLabels(canvas, labels, this.plan?.look ?? NO_LOOK));
    if (rests) this.#drawMarks(context, below);
    if (outline) this.#drawOutline(context, outline);
  }

  #drawLinks(context: CanvasRenderingContext2D, below: Below): number {
    if (!this.links) return 0;
    scaleToCss(context);
    const { looks, moving } = below;
    const spotOf = (row: number): Spot | null => {
      let spot: Spot | null = null;
      at(below, row, (x, y) => {
        spot = { x, y };
      });
      return spot;
    };
    const colorOf = (row: number) => `rgb(${looks[4 * row]} ${looks[4 * row + 1]} ${looks[4 * row + 2]})`;
    return drawLinks(context, this.links, moving, spotOf, colorOf);
  }

  #labels(below: Below): Label[] {
    const { plan } = this;
    if (!plan) return [];
    const labels: Label[] = [];
    const add = (row: number, text: string, strong: boolean, centred: boolean): void =>
      at(below, row, (x, y) => labels.push({ x, y, text, strong, centred }));
    for (const row of plan.strong.slice(0, MOST_STRONG)) add(row, plan.textOf(row), true, false);
    for (const { text, row } of plan.clusters) add(row, text, true, true);
    // In steps over all rows: some from everywhere, the same from picture to picture.
    const rows = below.places.length / 3;
    const tried = Math.min(rows, below.moving ? plan.others / 4 : plan.others);
    const every = rows / Math.max(1, tried);
    for (let i = 0; i < tried; i++) {
      const row = Math.floor(i * every);
      add(row, plan.textOf(row), false, false);
    }
    return labels;
  }

  #drawMarks(context: CanvasRenderingContext2D, below: Below): void {
    context.strokeStyle = this.accent;
    for (const [i, row] of this.marked.entries())
      at(below, row, (x, y, depth) => {
        context.lineWidth = i === 0 ? 2 : 1.25;
        context.beginPath();
        context.arc(x, y, Math.max(4, below.radiusOf(row, depth) + 2.5), 0, 2 * Math.PI);
        context.stroke();
      });
  }

  #drawOutline(context: CanvasRenderingContext2D, outline: readonly Spot[]): void {
    context.beginPath();
    for (const { x, y } of outline) context.lineTo(x, y);
    context.closePath();
    context.strokeStyle = this.accent;
    context.lineWidth = 1.5;
    context.stroke();
    context.globalAlpha = 0.12;
    context.fillStyle = this.accent;
    context.fill();
    context.globalAlpha = 1;
  }
}

/** Calls back with where a row is, if it is to be seen. */
function at(
  { screen, places, isShown }: Below,
  row: number,
  visit: (x: number, y: number, depth: number) => void,
): void {
  eachOnScreen(
    screen,
    places.subarray(row * 3, row * 3 + 3),
    () => isShown(row),
    (_, x, y, depth) => visit(x, y, depth),
  );
}
