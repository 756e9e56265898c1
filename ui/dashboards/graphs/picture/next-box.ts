/** Which box comes next when somebody goes through the picture by keys. */
import type { Scene, SceneBox } from "./scene.ts";

/** A direction of the screen: -1, 0 or 1 each. */
export type Step = readonly [x: number, y: number];

/** How much more it counts to lie aside than to lie further on. */
const ASIDE = 2;

/** The first box of a scope that is open, or of the whole picture. */
export function firstBox(scene: Scene, around: SceneBox | null): SceneBox | null {
  const index = around ? scene.index.get(around.id)! : 0;
  return scene.boxes[index]?.open ? (childrenOf(scene, index)[0] ?? null) : null;
}

/** The nearest box in a direction: in the same scope, or else beside the scope. */
export function boxBeside(scene: Scene, from: SceneBox, step: Step): SceneBox | null {
  for (let at: SceneBox | undefined = from; at && at.parent >= 0; at = scene.boxes[at.parent]) {
    const found = nearest(at, childrenOf(scene, at.parent), step);
    if (found) return found;
  }
  return null;
}

/** The scope that a box is in; null for those of the root. */
export function boxAround(scene: Scene, { parent }: SceneBox): SceneBox | null {
  const around = scene.boxes[parent];
  return around?.item ? around : null;
}

function childrenOf(scene: Scene, index: number): SceneBox[] {
  const children: SceneBox[] = [];
  const { end } = scene.boxes[index]!;
  for (let i = index + 1; i < end; i = scene.boxes[i]!.end) children.push(scene.boxes[i]!);
  return children;
}

function nearest(from: SceneBox, boxes: readonly SceneBox[], [dx, dy]: Step): SceneBox | null {
  let best: SceneBox | null = null;
  let least = Infinity;
  for (const box of boxes) {
    const x = box.x + box.width / 2 - from.x - from.width / 2;
    const y = box.y + box.height / 2 - from.y - from.height / 2;
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (along < 1 || aside > ASIDE * along) continue;
    if (along + ASIDE * aside < least) [best, least] = [box, along + ASIDE * aside];
  }
  return best;
}
