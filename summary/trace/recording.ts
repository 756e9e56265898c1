/** What a trace remembers while the step runs: records of scopes, kernels, and of what was there before them. */
import type { TensorInfo } from "./tensorflow.ts";

/**
 * - `named`: `tf.tidy(name, …)`, our own `nameScope`, a layer, a loss or a metric.
 * - `operation`: one of TensorFlow.js's operations; it gets a name only where it is made of several kernels.
 * - `kernel`: what a kernel runs in turn.
 * - `custom`: a function with a gradient of its own; it gets no name.
 * - `gradients`: a backpropagation.
 * - `mirror`: in one, the gradient of a kernel or of a custom function.
 * - `loss`: of a model that is trained: what is in no layer.
 * - `optimizer`: an update of variables.
 */
export type ScopeKind =
  | "root"
  | "named"
  | "operation"
  | "kernel"
  | "custom"
  | "gradients"
  | "mirror"
  | "loss"
  | "optimizer";

export interface ScopeRecord {
  readonly kind: ScopeKind;
  readonly name: string;
  readonly parent: ScopeRecord | null;
  /** The layer or optimiser whose scope it is. */
  readonly owner?: object | undefined;
  /** Of a mirror: what it is the gradient of. Of a kernel's scope: the kernel. */
  readonly of?: Source | ScopeRecord | undefined;
  /** Kernels in it at any depth, but not those that run in kernels. */
  kernels: number;
  /** Of an operation: from when to when it ran, in milliseconds. */
  ran?: { readonly from: number; to: number };
}

/** A tensor as one of the outputs of what it came from. */
export interface TensorRef {
  readonly source: Source;
  readonly index: number;
}

/** What tensors come from. */
export type Source = KernelRecord | TensorSource;

export interface OutputRecord {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly dataId: object;
}

interface SourceRecord {
  /** Where it gets its name. */
  readonly scope: ScopeRecord;
  readonly backEnd: string;
  readonly device: string;
  outputs: readonly OutputRecord[];
}

/** A kernel that ran. */
export interface KernelRecord extends SourceRecord {
  readonly kind: "kernel";
  /** Where it computed, once it has. */
  device: string;
  /** As TensorFlow.js calls it, such as `Conv2D`. */
  readonly kernel: string;
  readonly inputs: readonly TensorRef[];
  /** Assignments to variables that it reads, which came before it. */
  readonly after: readonly AssignRecord[];
  readonly attrs: Readonly<Record<string, unknown>>;
  /** Kernels that it ran. */
  readonly inner: KernelRecord[];
  /** Milliseconds, by the clock of the process. */
  readonly start: number;
  /** With that of kernels that it ran; undefined where the back end cannot tell. */
  millis: number | undefined;
  /** Whether the clock told, and not the back end's own timer. */
  isByClock: boolean;
}

/** What was not computed in the step: a variable, an input from outside, or a constant. */
export interface TensorSource extends SourceRecord {
  readonly kind: "variable" | "input" | "constant";
  /** As the caller calls it. */
  readonly given: string | undefined;
  /** Of a variable: as TensorFlow.js knows it. */
  readonly own: string | undefined;
  readonly id: number | undefined;
  /** When it came into the step. */
  readonly start: number;
  /** Of a small constant. */
  readonly values: ArrayLike<unknown> | undefined;
}

/** A variable that got a new value. */
export interface AssignRecord {
  readonly kind: "assign";
  readonly variable: TensorSource;
  readonly value: TensorRef;
  readonly scope: ScopeRecord;
  readonly after: readonly AssignRecord[];
}

/** Data that was alive in the step. */
export interface Allocation {
  /** Counted from 1. */
  readonly id: number;
  readonly bytes: number;
  /** Milliseconds; undefined for what was there before the step. */
  readonly at: number | undefined;
  freedAt: number | undefined;
  /** Bytes alive in all, when this was. */
  readonly inUse: number;
}

/** All of a step. */
export interface Recording {
  readonly start: number;
  /** In the order in which they began. */
  readonly kernels: readonly KernelRecord[];
  /** In their order among the kernels: `before` kernels came first. */
  readonly assigns: readonly { readonly record: AssignRecord; readonly before: number }[];
  readonly allocations: ReadonlyMap<Source, readonly Allocation[]>;
  readonly allocationOf: (dataId: object) => Allocation | undefined;
  readonly peaks: ReadonlyMap<KernelRecord, KernelMemory>;
  /** Layers that ran. */
  readonly layers: readonly object[];
}

/** Of what a kernel allocated itself. */
export interface KernelMemory {
  /** Most that was alive at once, while it ran. */
  readonly peak: number;
  /** Alive when it ended. */
  readonly live: number;
  /** Alive in all when it ended. */
  readonly inUse: number;
}

export function outputOf({ dtype, shape, dataId }: TensorInfo): OutputRecord {
  return { dtype, shape, dataId };
}
