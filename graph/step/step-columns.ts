/** What one step of a graph cost, as columns: a row an execution of a node. All times are microseconds. */
import { elementBytes } from "../../proto/index.ts";

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

/** Texts by number. */
interface Texts {
  readonly texts: readonly string[];
}

export class StepColumns {
  names: Texts = { texts: [] };
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
  /** `name = Op(inputs)`; empty where the log does not tell. */
  labels: Texts = { texts: [] };
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
