/** What one step of a graph cost, as columns: a row an execution of a node. All times are microseconds. */
import { elementBytes } from "../../proto/index.ts";
import { Strings } from "../definition/strings.ts";
import { eachField, int64, isSpan, isVarint, type Reader, readerOf, spanEnd } from "../definition/wire.ts";
import { GraphError } from "../graph-error.ts";

// Field numbers: `proto/schema/run_metadata.proto`.
const RUN_METADATA_STEP_STATS = 1;
const STEP_STATS_DEVICE = 1;
const DEVICE = { name: 1, node: 2, thread: 3 };
const ENTRY = { key: 1, value: 2 };
const EXECUTION = { name: 1, start: 2, end: 5, memory: 6, output: 7, label: 8, thread: 10 };
const NANOS = { start: 13, end: 16 };
const MEMORY = { allocator: 1, total: 2, peak: 3, records: 6 };
const RECORD = { micros: 1, bytes: 2 };
const OUTPUT = { slot: 1, tensor: 3 };
const TENSOR = { dtype: 1, shape: 2, allocation: 4 };
const ALLOCATION = { requested: 1, allocated: 2, allocator: 3, pointer: 6 };
const SHAPE = { dim: 2, unknownRank: 3 };
const DIM_SIZE = 1;

/** Bytes that came (positive) and went (negative) while a node ran, or later. */
export interface AllocationRecord {
  readonly execution: number;
  readonly allocator: string;
  readonly micros: number;
  readonly bytes: number;
}

/** A tensor that an execution gave. */
export interface StepOutput {
  readonly execution: number;
  readonly slot: number;
  readonly dtype: number;
  readonly shape: readonly number[] | null;
  /** As the log tells; 0 where it does not. */
  readonly bytes: number;
  readonly allocator: string;
  /** Where it is, as text; empty where the log does not tell. Tensors that share memory have the same. */
  readonly pointer: string;
}

export class StepColumns {
  readonly names = new Strings();
  readonly devices: string[] = [];
  /** Names of threads by device and number. */
  readonly threads: ReadonlyMap<number, string>[] = [];
  readonly records: AllocationRecord[] = [];
  readonly outputs: StepOutput[] = [];
  /** Of each execution: its name's number, its device's, and its thread. */
  readonly name: number[] = [];
  readonly device: number[] = [];
  readonly thread: number[] = [];
  /** Since the epoch, or whatever the writer counts from. */
  readonly start: number[] = [];
  readonly duration: number[] = [];
  /** As TensorBoard counts it: whole microseconds. 0 is not told. */
  readonly wholeDuration: number[] = [];
  /** Bytes asked for. */
  readonly bytes: number[] = [];
  /** Most that its allocators held at once for it. */
  readonly peak: number[] = [];
  /** `name = Op(inputs)`; empty where the log does not tell. */
  readonly labels = new Strings();
  readonly label: number[] = [];

  get length(): number {
    return this.name.length;
  }

  /** Start of the first execution that has one. */
  get firstStart(): number {
    let first = Number.POSITIVE_INFINITY;
    for (const start of this.start) if (start > 0 && start < first) first = start;
    return Number.isFinite(first) ? first : 0;
  }

  end(execution: number): number {
    return this.start[execution]! + this.duration[execution]!;
  }

  nameOf(execution: number): string {
    return this.names.texts[this.name[execution]!]!;
  }

  deviceOf(execution: number): string {
    return this.devices[this.device[execution]!]!;
  }
}

/** Bytes of the outputs of each execution: as told, or of their shapes and types. */
export function outputBytes(step: StepColumns): Float64Array {
  const bytes = new Float64Array(step.length);
  for (const output of step.outputs) bytes[output.execution]! += bytesOfOutput(output);
  return bytes;
}

export function bytesOfOutput({ bytes, shape, dtype }: StepOutput): number {
  if (bytes > 0 || shape === null) return bytes;
  const elements = shape.reduce((product, size) => product * Math.max(0, size), 1);
  return elements * bytesOfElement(dtype);
}

/** 0 of types whose elements are of any size. */
function bytesOfElement(dtype: number): number {
  try {
    return elementBytes(dtype);
  } catch {
    return 0;
  }
}

/** @throws GraphError when the bytes are no RunMetadata */
export function readStep(runMetadata: Uint8Array): StepColumns {
  const step = new StepColumns();
  const reader = readerOf(runMetadata);
  try {
    eachField(reader, runMetadata.length, (field, type) => {
      if (field !== RUN_METADATA_STEP_STATS || !isSpan(type)) return;
      eachField(reader, spanEnd(reader), (inside, insideType) => {
        if (inside === STEP_STATS_DEVICE && isSpan(insideType)) readDevice(step, reader, spanEnd(reader));
      });
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new GraphError(
      `what the log holds is not a RunMetadata: at byte ${reader.pos} of ${runMetadata.length}, after ${step.length} executions: ${why}`,
    );
  }
  return step;
}

function readDevice(step: StepColumns, reader: Reader, end: number): void {
  const device = step.devices.push("") - 1;
  const threads = new Map<number, string>();
  step.threads.push(threads);
  eachField(reader, end, (field, type) => {
    if (!isSpan(type)) return;
    if (field === DEVICE.name) step.devices[device] = reader.string();
    else if (field === DEVICE.node) readExecution(step, device, reader, spanEnd(reader));
    else if (field === DEVICE.thread) readThread(threads, reader, spanEnd(reader));
  });
}

function readThread(threads: Map<number, string>, reader: Reader, end: number): void {
  let key = 0;
  let name = "";
  eachField(reader, end, (field, type) => {
    if (field === ENTRY.key && isVarint(type)) key = reader.uint32();
    else if (field === ENTRY.value && isSpan(type)) name = reader.string();
  });
  threads.set(key, name);
}

function readExecution(step: StepColumns, device: number, reader: Reader, end: number): void {
  const execution = step.length;
  let name = "";
  let label = "";
  let thread = 0;
  let bytes = 0;
  let peak = 0;
  const micros = { start: 0, end: 0 };
  const nanos = { start: 0, end: 0 };
  // The row must be there for what is in it.
  step.name.push(0);
  eachField(reader, end, (field, type) => {
    if (isVarint(type)) {
      if (field === EXECUTION.start) micros.start = int64(reader);
      else if (field === EXECUTION.end) micros.end = int64(reader);
      else if (field === EXECUTION.thread) thread = reader.uint32();
      else if (field === NANOS.start) nanos.start = int64(reader);
      else if (field === NANOS.end) nanos.end = int64(reader);
    } else if (isSpan(type)) {
      if (field === EXECUTION.name) name = reader.string();
      else if (field === EXECUTION.label) label = reader.string();
      else if (field === EXECUTION.memory) {
        const memory = readMemory(step, execution, reader, spanEnd(reader));
        bytes += Math.max(0, memory.total);
        peak += Math.max(0, memory.peak);
      } else if (field === EXECUTION.output) readOutput(step, execution, reader, spanEnd(reader));
    }
  });
  step.name[execution] = step.names.numberOf(name);
  step.device.push(device);
  step.thread.push(thread);
  step.start.push(micros.start > 0 ? micros.start : nanos.start / 1000);
  // Kernels of less than a microsecond have their time in nanoseconds only.
  step.duration.push(Math.max(0, micros.end > 0 ? micros.end : nanos.end / 1000));
  step.wholeDuration.push(Math.max(0, micros.end));
  step.bytes.push(bytes);
  step.peak.push(peak);
  step.label.push(step.labels.numberOf(label));
}

function readMemory(step: StepColumns, execution: number, reader: Reader, end: number) {
  let allocator = "";
  let total = 0;
  let peak = 0;
  const records: { micros: number; bytes: number }[] = [];
  eachField(reader, end, (field, type) => {
    if (field === MEMORY.allocator && isSpan(type)) allocator = reader.string();
    else if (field === MEMORY.total && isVarint(type)) total = int64(reader);
    else if (field === MEMORY.peak && isVarint(type)) peak = int64(reader);
    else if (field === MEMORY.records && isSpan(type)) records.push(readRecord(reader, spanEnd(reader)));
  });
  for (const record of records) step.records.push({ execution, allocator, ...record });
  return { total, peak };
}

function readRecord(reader: Reader, end: number): { micros: number; bytes: number } {
  const record = { micros: 0, bytes: 0 };
  eachField(reader, end, (field, type) => {
    if (field === RECORD.micros && isVarint(type)) record.micros = int64(reader);
    else if (field === RECORD.bytes && isVarint(type)) record.bytes = int64(reader);
  });
  return record;
}

function readOutput(step: StepColumns, execution: number, reader: Reader, end: number): void {
  let slot = 0;
  let tensor = { dtype: 0, shape: null as number[] | null, bytes: 0, allocator: "", pointer: "" };
  eachField(reader, end, (field, type) => {
    if (field === OUTPUT.slot && isVarint(type)) slot = int64(reader);
    else if (field === OUTPUT.tensor && isSpan(type)) tensor = readTensor(reader, spanEnd(reader));
  });
  step.outputs.push({ execution, slot, ...tensor });
}

function readTensor(reader: Reader, end: number) {
  const tensor = { dtype: 0, shape: null as number[] | null, bytes: 0, allocator: "", pointer: "" };
  eachField(reader, end, (field, type) => {
    if (field === TENSOR.dtype && isVarint(type)) tensor.dtype = int64(reader);
    else if (field === TENSOR.shape && isSpan(type)) tensor.shape = readShape(reader, spanEnd(reader));
    else if (field === TENSOR.allocation && isSpan(type))
      eachField(reader, spanEnd(reader), (inside, insideType) => {
        if (inside === ALLOCATION.allocator && isSpan(insideType)) tensor.allocator = reader.string();
        else if (inside === ALLOCATION.pointer && isVarint(insideType)) tensor.pointer = `${int64(reader)}`;
        else if (!isVarint(insideType)) return;
        else if (inside === ALLOCATION.requested || inside === ALLOCATION.allocated)
          tensor.bytes = Math.max(tensor.bytes, int64(reader));
      });
  });
  return tensor;
}

function readShape(reader: Reader, end: number): number[] | null {
  const dims: number[] = [];
  let unknown = false;
  eachField(reader, end, (field, type) => {
    if (field === SHAPE.unknownRank && isVarint(type)) unknown = reader.bool();
    else if (field === SHAPE.dim && isSpan(type)) {
      let size = 0;
      eachField(reader, spanEnd(reader), (inside, insideType) => {
        if (inside === DIM_SIZE && isVarint(insideType)) size = int64(reader);
      });
      dims.push(size);
    }
  });
  return unknown ? null : dims;
}
