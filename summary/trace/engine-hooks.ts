/**
 * Stands in front of the engine's methods while a step is traced, and tells a recorder what they are called for. Where
 * things happen in TensorFlow.js is said in tfjs-core's `engine.ts`, `tape.ts` and `operation.ts`.
 */
import type { Patches } from "./patches.ts";
import type { KernelRecord } from "./recording.ts";
import type { StepRecorder } from "./step-recorder.ts";
import { type Engine, isVariable, type KernelCall, type TapeNode, tensorsIn } from "./tensorflow.ts";

/** What TensorFlow.js adds to the names of its operations where it opens a scope for them. */
const OPERATION_SUFFIX = "__op";
/** The kernel of clones. */
const CLONE = "Identity";

export type Timer = (record: KernelRecord, run: () => unknown) => unknown;

export function hookEngine(
  engine: Engine,
  recorder: StepRecorder,
  patches: Patches,
  time: Timer,
  now: () => number,
): void {
  hookScopes(engine, recorder, patches, now);
  hookKernels(engine, recorder, patches, time);
  hookTensors(engine, recorder, patches, now);
}

function hookScopes(engine: Engine, recorder: StepRecorder, patches: Patches, now: () => number): void {
  /** The scopes around those that are open. */
  const open: StepRecorder["scope"][] = [];
  /** How many were open where backpropagations began. */
  const gradients: number[] = [];
  patches.replace(engine, "gradients", (original) => (...args) => {
    gradients.push(open.length);
    try {
      return original.apply(engine, args);
    } finally {
      gradients.pop();
    }
  });
  patches.replace(engine, "startScope", (original) => (name) => {
    original.call(engine, name);
    const isGradients = gradients.at(-1) === open.length;
    open.push(recorder.scope);
    if (isGradients && name === "forward") recorder.scope = recorder.forward();
    else if (isGradients && name === "backward") recorder.scope = recorder.child("gradients", "gradients");
    else if (name?.endsWith(OPERATION_SUFFIX)) {
      recorder.scope = recorder.child("operation", name.slice(0, -OPERATION_SUFFIX.length));
      recorder.scope.ran = { from: now(), to: Number.NaN };
    } else if (name) recorder.scope = recorder.child("named", name);
  });
  patches.replace(engine, "endScope", (original) => (result) => {
    original.call(engine, result);
    if (recorder.scope.ran !== undefined) recorder.scope.ran.to = now();
    // A scope may have been opened before the step.
    recorder.scope = open.pop() ?? recorder.scope;
  });
}

function hookKernels(engine: Engine, recorder: StepRecorder, patches: Patches, time: Timer): void {
  patches.replace(engine, "runKernelFunc", (original) => (call: KernelCall) => {
    const run = () => original.call(engine, call);
    const { kernelName, inputs, attrs = {} } = call;
    if (kernelName === undefined) return recorder.custom(run);
    const [copied] = kernelName === CLONE ? tensorsIn(inputs) : [];
    if (copied !== undefined) return recorder.clone(copied, run);
    return recorder.kernel(kernelName, inputs, attrs, (record) => time(record, run));
  });
  patches.replace(engine, "addTapeNode", (original) => (kernel, inputs, outputs, ...rest) => {
    const of = recorder.taped(outputs);
    original.call(engine, kernel, inputs, outputs, ...rest);
    const node = engine.state.activeTape?.at(-1);
    if (of !== undefined && node !== undefined) inMirror(node, recorder, of);
  });
}

/** A gradient's function is called for each output first, and then what it gives for each input. */
function inMirror(node: TapeNode, recorder: StepRecorder, of: Parameters<StepRecorder["mirror"]>[0]): void {
  const { gradient } = node;
  if (gradient === undefined) return;
  const inside = <Result>(run: () => Result): Result => recorder.within(recorder.mirror(of), run);
  node.gradient = (dys) => {
    const entries = Object.entries(inside(() => gradient(dys)));
    return Object.fromEntries(entries.map(([input, make]) => [input, () => inside(make)]));
  };
}

function hookTensors(engine: Engine, recorder: StepRecorder, patches: Patches, now: () => number): void {
  const { state } = engine;
  const bytesOf = (dataId: object) => state.tensorInfo.get(dataId)?.bytes ?? 0;
  patches.replace(engine, "makeTensor", (original) => (values, ...rest) => {
    const tensor = original.call(engine, values, ...rest);
    recorder.constant(tensor, values);
    return tensor;
  });
  patches.replace(engine, "trackTensor", (original) => (tensor, backEnd) => {
    const isNew = !state.tensorInfo.has(tensor.dataId);
    original.call(engine, tensor, backEnd);
    if (isNew) recorder.memory.allocated(tensor.dataId, bytesOf(tensor.dataId), now());
  });
  patches.replace(engine, "removeDataId", (original) => (dataId, backEnd) => {
    const bytes = bytesOf(dataId);
    original.call(engine, dataId, backEnd);
    if (!state.tensorInfo.has(dataId)) recorder.memory.freed(dataId, bytes, now());
  });
  patches.replace(engine, "incRef", (original) => (tensor, backEnd) => {
    original.call(engine, tensor, backEnd);
    if (isVariable(tensor)) recorder.assigned(tensor);
  });
}
