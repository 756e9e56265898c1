/** From one scene to the next so that the eye can follow: what is in both moves, what is new grows out of its place. */
import type { Scene, SceneBox, SceneLine } from "./scene.ts";

export const TRANSITION_MS = 220;

interface Start {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class Transition {
  readonly scene: Scene;
  readonly #boxes: readonly SceneBox[];
  readonly #lines: readonly SceneLine[];
  readonly #boxStarts: (Start | null)[];
  readonly #lineStarts: (Float64Array | null)[];
  readonly #began = performance.now();

  constructor(from: Scene, to: Scene) {
    this.#boxes = to.boxes;
    this.#lines = to.lines;
    this.#boxStarts = startsOf(from, to);
    const lines = new Map(from.lines.map((line) => [line.id, line]));
    this.#lineStarts = to.lines.map((line) => {
      const before = lines.get(line.id);
      return before ? resampled(before.points, line.points.length / 2) : null;
    });
    this.scene = {
      ...to,
      boxes: to.boxes.map((box) => ({ ...box })),
      lines: to.lines.map((line) => ({ ...line, points: line.points.slice() })),
    };
  }

  /** Moves `scene` to where it is now; true while it is not at its end. */
  advance(now: number): boolean {
    const share = Math.min(1, (now - this.#began) / TRANSITION_MS);
    const t = share * share * (3 - 2 * share);
    this.scene.boxes.forEach((box, i) => {
      const [start, end] = [this.#boxStarts[i]!, this.#boxes[i]!];
      if (!start) return;
      box.x = start.x + (end.x - start.x) * t;
      box.y = start.y + (end.y - start.y) * t;
      box.width = start.width + (end.width - start.width) * t;
      box.height = start.height + (end.height - start.height) * t;
    });
    this.scene.lines.forEach((line, i) => {
      const [start, end] = [this.#lineStarts[i], this.#lines[i]!.points];
      if (!start) return;
      for (let k = 0; k < end.length; k++) line.points[k] = start[k]! + (end[k]! - start[k]!) * t;
    });
    return share < 1;
  }

  /** Share of a new line's strength: they appear when boxes are nearly in place. */
  strength(now: number): number {
    return Math.max(0, Math.min(1, ((now - this.#began) / TRANSITION_MS - 0.5) * 2));
  }

  isNewLine(index: number): boolean {
    return this.#lineStarts[index] === null;
  }
}

/** A box that was not there starts as the box around it was, in proportion. */
function startsOf(from: Scene, to: Scene): (Start | null)[] {
  const starts: (Start | null)[] = [];
  to.boxes.forEach((box) => {
    const index = from.index.get(box.id);
    if (index !== undefined) starts.push({ ...from.boxes[index]! });
    else if (box.parent < 0) starts.push(null);
    else {
      const [around, start] = [to.boxes[box.parent]!, starts[box.parent]];
      const [sx, sy] = start
        ? [start.width / (around.width || 1), start.height / (around.height || 1)]
        : [1, 1];
      const corner = start ?? around;
      starts.push({
        x: corner.x + (box.x - around.x) * sx,
        y: corner.y + (box.y - around.y) * sy,
        width: box.width * sx,
        height: box.height * sy,
      });
    }
  });
  return starts;
}

/** The same line with another number of points, evenly along its corners. */
function resampled(points: Float64Array, count: number): Float64Array {
  const last = points.length / 2 - 1;
  const result = new Float64Array(count * 2);
  for (let i = 0; i < count; i++) {
    const at = count === 1 ? 0 : (i / (count - 1)) * last;
    const k = Math.min(last - 1, Math.floor(at));
    const t = at - k;
    for (const axis of [0, 1])
      result[2 * i + axis] = points[2 * k + axis]! * (1 - t) + points[2 * (k + 1) + axis]! * t;
  }
  return result;
}
