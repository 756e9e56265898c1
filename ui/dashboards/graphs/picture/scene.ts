/** The picture, arranged: boxes in boxes and lines between them, all in one coordinate system, ready to be drawn. */
import type { Chip, PictureEdge } from "./frame.ts";
import type { Item } from "./items.ts";

export interface SceneChip {
  readonly chip: Chip;
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface SceneBox {
  readonly id: string;
  /** Null for the root, which has no border. */
  readonly item: Item | null;
  readonly text: string;
  readonly depth: number;
  /** Index of the box around it; -1 for the root. */
  readonly parent: number;
  x: number;
  y: number;
  width: number;
  height: number;
  readonly open: boolean;
  /** Index after its last descendant: boxes stand in preorder. */
  end: number;
  /** Its own lines, `lines[firstLine] … lines[endLine - 1]`. */
  firstLine: number;
  endLine: number;
  readonly chips: readonly SceneChip[];
  readonly aside: "main" | "input" | "output" | "function";
  /** Words above columns of what is put aside. */
  readonly captions: readonly { readonly text: string; readonly x: number; readonly y: number }[];
}

export interface SceneLine {
  readonly id: string;
  readonly edge: PictureEdge;
  /** `x, y, x, y, …` */
  points: Float64Array;
  /** Which end is at a border and goes on beyond it. */
  readonly goesOn: "" | "from" | "to";
}

export interface Scene {
  readonly boxes: readonly SceneBox[];
  readonly lines: readonly SceneLine[];
  readonly index: ReadonlyMap<string, number>;
  /** Lines run along this axis. */
  readonly vertical: boolean;
}

export const EMPTY_SCENE: Scene = { boxes: [], lines: [], index: new Map(), vertical: true };

/** Innermost box at a point of the scene, not the root; null where there is none. */
export function boxAt(scene: Scene, x: number, y: number): SceneBox | null {
  let found: SceneBox | null = null;
  for (let i = 0; i < scene.boxes.length; ) {
    const box = scene.boxes[i]!;
    if (x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height) {
      found = box;
      i++;
    } else i = hasChips(box) ? i + 1 : box.end;
  }
  return found?.item ? found : null;
}

/** Annotations stand outside of their box, so a miss of a closed one says nothing. */
function hasChips(box: SceneBox): boolean {
  return box.chips.length > 0 && !box.open;
}

export function chipAt(scene: Scene, x: number, y: number, height: number): SceneChip | null {
  for (const box of scene.boxes)
    for (const chip of box.chips)
      if (x >= chip.x && x <= chip.x + chip.width && y >= chip.y && y <= chip.y + height) return chip;
  return null;
}

/** The box of an id, or of the innermost open or closed box that holds it. */
export function boxOf(scene: Scene, id: string): SceneBox | null {
  const index = scene.index.get(id);
  return index === undefined ? null : scene.boxes[index]!;
}

/** Line within `reach` of a point; the nearest. */
export function lineAt(scene: Scene, x: number, y: number, reach: number): SceneLine | null {
  let best: SceneLine | null = null;
  let least = reach;
  for (const line of scene.lines) {
    const distance = distanceTo(line.points, x, y, least);
    if (distance < least) [best, least] = [line, distance];
  }
  return best;
}

function distanceTo(points: Float64Array, x: number, y: number, enough: number): number {
  let least = Infinity;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const [ax, ay, bx, by] = [points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!];
    if (x < Math.min(ax, bx) - enough || x > Math.max(ax, bx) + enough) continue;
    if (y < Math.min(ay, by) - enough || y > Math.max(ay, by) + enough) continue;
    const length = (bx - ax) ** 2 + (by - ay) ** 2;
    const t =
      length === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
    least = Math.min(least, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
  }
  return least;
}
