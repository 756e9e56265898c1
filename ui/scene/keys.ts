/** Keys that turn what is on a stage, and zoom. */
import type { Stage } from "./stage.ts";

const TURN = 0.12;
const ZOOM = 1.2;

/** What people are told of the keys. */
export const STAGE_KEYS = "Arrow keys turn, plus and minus zoom, 0 shows all";

/** Does what the key says; false for a key that says nothing here. */
export function turnByKey(stage: Stage, { key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  const action = ACTIONS[key];
  action?.(stage);
  return action !== undefined;
}

const ACTIONS: Readonly<Record<string, (stage: Stage) => void>> = {
  ArrowLeft: (stage) => stage.turn(-TURN, 0),
  ArrowRight: (stage) => stage.turn(TURN, 0),
  ArrowUp: (stage) => stage.turn(0, TURN),
  ArrowDown: (stage) => stage.turn(0, -TURN),
  "+": (stage) => stage.zoomBy(ZOOM),
  "=": (stage) => stage.zoomBy(ZOOM),
  "-": (stage) => stage.zoomBy(1 / ZOOM),
  "0": (stage) => stage.resetCamera(),
};
