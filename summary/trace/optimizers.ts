/** Updates of variables as scopes: TensorFlow.js's optimisers all have `applyGradients` (tfjs-core's `optimizers/`). */
import type { ModelLike } from "../callback/model.ts";
import type { Patches } from "./patches.ts";
import type { StepRecorder } from "./step-recorder.ts";
import { isObject, isTensor, isVariable, type TensorFlowLike } from "./tensorflow.ts";

/** Those that TensorFlow.js has, and the model's, which may be one's own. */
export function hookOptimizers(
  tf: TensorFlowLike,
  model: ModelLike | undefined,
  recorder: StepRecorder,
  patches: Patches,
): void {
  const enter = (self: object, run: () => unknown): unknown => {
    // One that extends another calls its method.
    if (recorder.scope.owner === self) return run();
    return recorder.within(recorder.child("optimizer", nameOf(self), { owner: self }), run);
  };
  const owners = new Set(Object.values(tf).flatMap(ownersOf));
  if (model?.optimizer !== undefined && !owners.has(Reflect.getPrototypeOf(model.optimizer) ?? {}))
    owners.add(model.optimizer);
  for (const owner of owners) patches.wrap(owner, "applyGradients", enter);
}

/** The prototype, if it is an optimiser's class. */
function ownersOf(value: unknown): object[] {
  const prototype: unknown = typeof value === "function" ? value.prototype : undefined;
  return isObject(prototype) && Object.hasOwn(prototype, "applyGradients") ? [prototype] : [];
}

function nameOf(optimizer: object): string {
  const getClassName: unknown = Reflect.get(optimizer, "getClassName");
  const name: unknown = typeof getClassName === "function" ? getClassName.call(optimizer) : undefined;
  return typeof name === "string" && name !== "" ? name : "optimizer";
}

/**
 * What an optimiser calls its own variables and tensors, by their ids: those in lists of `{ originalName, variable }` by
 * that name (`c1/kernel/m`), single ones by the field that they are in.
 */
export function slotNames(optimizer: object): Map<number, string> {
  const names = new Map<number, string>();
  for (const [field, value] of Object.entries(optimizer)) {
    if (isTensor(value) && value.id !== undefined) names.set(value.id, field);
    if (!Array.isArray(value)) continue;
    for (const slot of value)
      if (isObject(slot) && "variable" in slot && isVariable(slot.variable) && "originalName" in slot)
        names.set(slot.variable.id, String(slot.originalName));
  }
  return names;
}
