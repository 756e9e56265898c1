/**
 * Follows one step: told of every scope, kernel, tensor and assignment, it remembers which kernel took what from which, in
 * which scope and how long, and what was alive.
 *
 * Tensors are known by their ids. `Identity` is the kernel of clones: what comes out of it is what went in. Variables keep
 * their id when they get a new value.
 */
import { MemoryLedger } from "./memory-ledger.ts";
import {
  type AssignRecord,
  type KernelRecord,
  outputOf,
  type Recording,
  type ScopeKind,
  type ScopeRecord,
  type Source,
  type TensorRef,
  type TensorSource,
} from "./recording.ts";
import { isVariable, type TensorInfo, tensorsIn, type VariableInfo } from "./tensorflow.ts";

/** Constants of so many elements are written with their values. */
const MOST_VALUES = 16;

/** A call that has not returned. */
type Frame =
  | { readonly kind: "kernel"; readonly record: KernelRecord; readonly saved: SavedOutput[] }
  | { readonly kind: "custom"; readonly scope: ScopeRecord }
  | { readonly kind: "clone"; readonly of: TensorRef };

/** A kernel's result that was cloned for its gradient before the kernel returned. */
interface SavedOutput {
  readonly output: TensorInfo;
  readonly clones: readonly TensorInfo[];
}

export interface Surroundings {
  readonly backEnd: () => { readonly name: string; readonly device: string };
  /** Device on which the kernel computed that just gave these. */
  readonly computedOn: (outputs: readonly TensorInfo[]) => string;
  /** Milliseconds. */
  readonly now: () => number;
  /** Of data that is alive; undefined where it is not known. */
  readonly bytesOf: (dataId: object) => number | undefined;
  readonly isRegistered: (variable: VariableInfo) => boolean;
  /** Names that the caller gave to tensors. */
  readonly names: ReadonlyMap<TensorInfo, string>;
  /** Bytes alive before the step. */
  readonly inUse: number;
}

export class StepRecorder {
  readonly root: ScopeRecord = { kind: "root", name: "", parent: null, kernels: 0 };
  readonly memory: MemoryLedger;
  /** Those that ran. */
  readonly layers: object[] = [];
  /** The scope that is open. */
  scope: ScopeRecord = this.root;
  private readonly around: Surroundings;
  private readonly start: number;
  private readonly frames: Frame[] = [];
  private readonly kernels: KernelRecord[] = [];
  private readonly assigns: { record: AssignRecord; before: number }[] = [];
  private readonly byTensor = new Map<number, TensorRef>();
  private readonly byData = new Map<object, TensorRef>();
  private readonly lastAssign = new Map<TensorSource, AssignRecord>();
  private readonly clones = new Set<number>();
  private trainSteps = 0;
  private readonly mirrors = new Map<ScopeRecord, Map<Source | ScopeRecord, ScopeRecord>>();

  constructor(around: Surroundings) {
    this.around = around;
    this.start = around.now();
    this.memory = new MemoryLedger(around.inUse);
  }

  get recording(): Recording {
    return {
      start: this.start,
      kernels: this.kernels,
      assigns: this.assigns,
      allocations: this.memory.allocations,
      allocationOf: (dataId) => this.memory.of(dataId),
      peaks: this.memory.kernels,
      layers: this.layers,
    };
  }

  /** A scope in the one that is open, or in another. */
  child(
    kind: ScopeKind,
    name: string,
    about: Partial<Pick<ScopeRecord, "owner" | "of" | "parent">> = {},
  ): ScopeRecord {
    return { kind, name, parent: this.scope, kernels: 0, ...about };
  }

  /** Calls the train step of a model: what it computes forward is its loss, but for what layers do. */
  inTraining<Result>(run: () => Result): Result {
    this.trainSteps++;
    try {
      return run();
    } finally {
      this.trainSteps--;
    }
  }

  /** The scope of what a backpropagation is of. */
  forward(): ScopeRecord {
    return this.trainSteps > 0 ? this.child("loss", "loss") : this.scope;
  }

  within<Result>(scope: ScopeRecord, fn: () => Result): Result {
    const before = this.scope;
    this.scope = scope;
    try {
      return fn();
    } finally {
      this.scope = before;
    }
  }

  /**
   * A kernel's call.
   *
   * @param run runs it, and sets in the record how long it took
   */
  kernel(name: string, inputs: object, attrs: object, run: (record: KernelRecord) => unknown): unknown {
    const taken = tensorsIn(inputs).map((tensor) => this.refOf(tensor));
    const { name: backEnd, device } = this.around.backEnd();
    const record: KernelRecord = {
      kind: "kernel",
      kernel: name,
      scope: this.scope,
      backEnd,
      device,
      inputs: taken,
      after: this.assignsBefore(taken),
      attrs: { ...attrs },
      outputs: [],
      inner: [],
      start: this.around.now(),
      millis: undefined,
      isByClock: false,
    };
    const saved: SavedOutput[] = [];
    const inner = this.child("kernel", name, { of: record });
    const before = this.kernels.length;
    this.kernels.push(record);
    // A kernel that threw gave nothing, nor did those that it ran.
    const failed = () => this.kernels.splice(before);
    const result = this.inFrame(
      { kind: "kernel", record, saved },
      () => this.within(inner, () => run(record)),
      failed,
    );
    const outputs = tensorsIn({ result });
    record.outputs = outputs.map(outputOf);
    record.device = this.around.computedOn(outputs);
    for (const [index, tensor] of outputs.entries()) this.produced(tensor, { source: record, index });
    for (const { output, clones } of saved)
      for (const clone of clones) this.produced(clone, this.refOf(output));
    const outer = this.frames.findLast((frame) => frame.kind === "kernel");
    if (outer === undefined) this.countIn(record.scope);
    else outer.record.inner.push(record);
    return result;
  }

  /** A function with a gradient of its own. */
  custom<Result>(run: () => Result): Result {
    const scope = this.child("custom", "");
    const frame: Frame = { kind: "custom", scope };
    return this.inFrame(frame, () => this.within(scope, run));
  }

  /** A clone: no node, but another name of what it copies. */
  clone(original: TensorInfo, run: () => unknown): unknown {
    const frame = this.frames.at(-1);
    // What a kernel takes in is known when it runs.
    const isOutput = frame?.kind === "kernel" && this.known(original) === undefined;
    const of = isOutput ? undefined : this.refOf(original);
    const result = of === undefined ? run() : this.inFrame({ kind: "clone", of }, run);
    const clones = tensorsIn({ result });
    for (const { id } of clones) if (id !== undefined) this.clones.add(id);
    if (isOutput) frame.saved.push({ output: original, clones });
    if (of === undefined) return result;
    for (const clone of clones) {
      this.produced(clone, of);
      this.hold(of.source, clone);
    }
    return result;
  }

  /** A tensor that is made of values. */
  constant(tensor: TensorInfo, values: unknown, scope = this.scope): void {
    const source = this.source("constant", tensor, scope, copyOf(values, tensor));
    this.hold(source, tensor);
    this.produced(tensor, { source, index: 0 });
  }

  assigned(variable: VariableInfo): void {
    const { dataId, shape, dtype } = variable;
    const value = this.byData.get(dataId) ?? this.refOf({ dataId, shape, dtype });
    const { source } = this.refOf(variable);
    if (source.kind !== "variable") return;
    const after = this.lastAssign.get(source);
    const record: AssignRecord = {
      kind: "assign",
      variable: source,
      value,
      scope: this.scope,
      after: after === undefined ? [] : [after],
    };
    this.assigns.push({ record, before: this.kernels.length });
    this.lastAssign.set(source, record);
  }

  /** What is on the tape for these outputs: the gradient of what? */
  taped(outputs: readonly TensorInfo[]): Source | ScopeRecord | undefined {
    const [first] = outputs;
    const frame = this.frames.at(-1);
    const known = first?.id !== undefined && this.clones.has(first.id) && this.byTensor.get(first.id);
    if (known) return known.source;
    if (frame?.kind === "kernel") return frame.record;
    return frame?.kind === "custom" ? frame.scope : frame?.of.source;
  }

  /** The scope of the gradient of something, in the backpropagation that is under way. */
  mirror(of: Source | ScopeRecord): ScopeRecord {
    let gradients: ScopeRecord | null = this.scope;
    while (gradients !== null && gradients.kind !== "gradients") gradients = gradients.parent;
    if (gradients === null) return this.scope;
    const known = this.mirrors.get(gradients) ?? new Map<Source | ScopeRecord, ScopeRecord>();
    this.mirrors.set(gradients, known);
    const mirror = known.get(of) ?? { kind: "mirror", name: "", parent: gradients, of, kernels: 0 };
    known.set(of, mirror);
    return mirror;
  }

  private inFrame<Result>(frame: Frame, run: () => Result, failed: () => void = () => {}): Result {
    this.frames.push(frame);
    if (frame.kind === "kernel") this.memory.begin(frame.record);
    let returned = false;
    try {
      const result = run();
      returned = true;
      return result;
    } finally {
      this.frames.pop();
      if (frame.kind === "kernel") this.memory.end();
      if (!returned) failed();
    }
  }

  private countIn(scope: ScopeRecord): void {
    for (let at: ScopeRecord | null = scope; at !== null; at = at.parent) at.kernels++;
  }

  private produced(tensor: TensorInfo, ref: TensorRef): void {
    if (tensor.id !== undefined) this.byTensor.set(tensor.id, ref);
    this.byData.set(tensor.dataId, ref);
  }

  private known({ id, dataId }: TensorInfo): TensorRef | undefined {
    return id === undefined ? this.byData.get(dataId) : this.byTensor.get(id);
  }

  private refOf(tensor: TensorInfo): TensorRef {
    const known = this.known(tensor);
    if (known !== undefined) return known;
    const kind = isVariable(tensor) && this.around.isRegistered(tensor) ? "variable" : "input";
    const source = this.source(kind, tensor, this.scope, undefined);
    this.hold(source, tensor);
    const ref = { source, index: 0 };
    this.produced(tensor, ref);
    return ref;
  }

  private source(
    kind: TensorSource["kind"],
    tensor: TensorInfo,
    scope: ScopeRecord,
    values: ArrayLike<unknown> | undefined,
  ): TensorSource {
    const { name: backEnd, device } = this.around.backEnd();
    const given = this.around.names.get(tensor);
    const own = isVariable(tensor) ? tensor.name : undefined;
    const start = kind === "constant" ? this.around.now() : this.start;
    return {
      kind,
      given,
      own,
      id: tensor.id,
      scope,
      backEnd,
      device,
      outputs: [outputOf(tensor)],
      start,
      values,
    };
  }

  private hold(source: Source, { dataId }: TensorInfo): void {
    const bytes = this.around.bytesOf(dataId);
    if (bytes !== undefined) this.memory.hold(source, dataId, bytes);
  }

  private assignsBefore(inputs: readonly TensorRef[]): AssignRecord[] {
    const assigns = inputs.flatMap(({ source }) => {
      const assign = source.kind === "variable" ? this.lastAssign.get(source) : undefined;
      return assign === undefined ? [] : [assign];
    });
    return [...new Set(assigns)];
  }
}

function copyOf(values: unknown, { shape }: TensorInfo): ArrayLike<unknown> | undefined {
  const count = shape.reduce((a, b) => a * b, 1);
  if (count > MOST_VALUES) return undefined;
  if (Array.isArray(values)) return [...values];
  return ArrayBuffer.isView(values) && "slice" in values && typeof values.slice === "function"
    ? values.slice()
    : undefined;
}
