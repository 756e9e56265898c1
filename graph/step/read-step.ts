/** Reads a RunMetadata into columns, without an object a message: a step may have a hundred thousand executions. */
import { readShape } from "../definition/output-shapes.ts";
import { SpanStrings, Strings } from "../definition/strings.ts";
import {
  eachField,
  int64,
  isSpan,
  isVarint,
  LENGTH,
  type Reader,
  readerOf,
  spanEnd,
  VARINT,
} from "../definition/wire.ts";
import { GraphError } from "../graph-error.ts";
import { StepColumns, type StepOutput } from "./step-columns.ts";

// Field numbers: `proto/schema/run_metadata.proto`.
const RUN_METADATA_STEP_STATS = 1;
const STEP_STATS_DEVICE = 1;
const DEVICE = { name: 1, node: 2, thread: 3 };
const ENTRY = { key: 1, value: 2 };
const EXECUTION = { name: 1, start: 2, end: 5, memory: 6, output: 7, label: 8, thread: 10 };
const NANOS = { start: 13, end: 16 };
const MEMORY = { allocator: 1, total: 2, records: 6 };
// Tags: a field's number and wire type.
const RECORD_MICROS_TAG = (1 << 3) | VARINT;
const RECORD_BYTES_TAG = (2 << 3) | VARINT;
const OUTPUT_SLOT_TAG = (1 << 3) | VARINT;
const OUTPUT_TENSOR_TAG = (3 << 3) | LENGTH;
const TENSOR_DTYPE_TAG = (1 << 3) | VARINT;
const TENSOR_SHAPE_TAG = (2 << 3) | LENGTH;
const TENSOR_ALLOCATION_TAG = (4 << 3) | LENGTH;
const ALLOCATION_REQUESTED_TAG = (1 << 3) | VARINT;
const ALLOCATION_ALLOCATED_TAG = (2 << 3) | VARINT;
const ALLOCATION_ALLOCATOR_TAG = (3 << 3) | LENGTH;
const ALLOCATION_POINTER_TAG = (6 << 3) | VARINT;

/** @throws GraphError when the bytes are no RunMetadata */
export function readStep(runMetadata: Uint8Array): StepColumns {
  const reading = new StepReader(runMetadata);
  try {
    return reading.read();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new GraphError(
      `what the log holds is not a RunMetadata: at byte ${reading.place} of ${runMetadata.length}, after ${reading.executions} executions: ${why}`,
    );
  }
}

class StepReader {
  readonly #reader: Reader;
  readonly #step = new StepColumns();
  readonly #names: SpanStrings;
  readonly #labels: SpanStrings;
  readonly #allocators = new Strings();

  constructor(bytes: Uint8Array) {
    this.#reader = readerOf(bytes);
    this.#names = new SpanStrings(bytes);
    this.#labels = new SpanStrings(bytes);
  }

  /** Where the reader is in the bytes. */
  get place(): number {
    return this.#reader.pos;
  }

  get executions(): number {
    return this.#step.length;
  }

  read(): StepColumns {
    const reader = this.#reader;
    eachField(reader, reader.len, (field, type) => {
      if (field !== RUN_METADATA_STEP_STATS || !isSpan(type)) return;
      eachField(reader, spanEnd(reader), (inside, insideType) => {
        if (inside === STEP_STATS_DEVICE && isSpan(insideType)) this.#device(spanEnd(reader));
      });
    });
    this.#step.names = { texts: this.#names.texts() };
    this.#step.labels = { texts: this.#labels.texts() };
    return this.#step;
  }

  #device(end: number): void {
    const reader = this.#reader;
    const step = this.#step;
    const device = step.devices.push("") - 1;
    const threads = new Map<number, string>();
    step.threads.push(threads);
    eachField(reader, end, (field, type) => {
      if (!isSpan(type)) return;
      if (field === DEVICE.name) step.devices[device] = reader.string();
      else if (field === DEVICE.node) this.#execution(device, spanEnd(reader));
      else if (field === DEVICE.thread) this.#thread(threads, spanEnd(reader));
    });
  }

  #thread(threads: Map<number, string>, end: number): void {
    const reader = this.#reader;
    let key = 0;
    let name = "";
    eachField(reader, end, (field, type) => {
      if (field === ENTRY.key && isVarint(type)) key = reader.uint32();
      else if (field === ENTRY.value && isSpan(type)) name = reader.string();
    });
    threads.set(key, name);
  }

  /** The hot path: no closures, and no texts. */
  #execution(device: number, end: number): void {
    const reader = this.#reader;
    const step = this.#step;
    const execution = step.length;
    let name = -1;
    let label = -1;
    let thread = 0;
    let [startMicros, startNanos, endMicros, endNanos] = [0, 0, 0, 0];
    // The row must be there for what is in it.
    step.name.push(0);
    step.bytes.push(0);
    while (reader.pos < end) {
      const tag = reader.uint32();
      const field = tag >>> 3;
      if ((tag & 7) === VARINT) {
        const value = int64(reader);
        if (field === EXECUTION.start) startMicros = value;
        else if (field === EXECUTION.end) endMicros = value;
        else if (field === EXECUTION.thread) thread = value >>> 0;
        else if (field === NANOS.start) startNanos = value;
        else if (field === NANOS.end) endNanos = value;
      } else if ((tag & 7) === LENGTH) {
        const until = spanEnd(reader);
        if (field === EXECUTION.name) name = this.#names.numberOf(reader.pos, until);
        else if (field === EXECUTION.label) label = this.#labels.numberOf(reader.pos, until);
        else if (field === EXECUTION.memory) this.#memory(execution, until);
        else if (field === EXECUTION.output) this.#output(execution, until);
        reader.pos = until;
      } else reader.skipType(tag & 7);
    }
    if (reader.pos > end) throw new RangeError("a field reaches past the end of its message");
    step.name[execution] = name === -1 ? this.#names.numberOf(0, 0) : name;
    step.label.push(label === -1 ? this.#labels.numberOf(0, 0) : label);
    step.device.push(device);
    step.thread.push(thread);
    step.start.push(startMicros > 0 ? startMicros : startNanos / 1000);
    // Kernels of less than a microsecond have their time in nanoseconds only.
    step.duration.push(Math.max(0, endMicros > 0 ? endMicros : endNanos / 1000));
    step.wholeDuration.push(Math.max(0, endMicros));
  }

  #memory(execution: number, end: number): void {
    const reader = this.#reader;
    const step = this.#step;
    const first = step.records.length;
    let allocator = "";
    while (reader.pos < end) {
      const tag = reader.uint32();
      const field = tag >>> 3;
      if ((tag & 7) === VARINT) {
        const value = int64(reader);
        if (field === MEMORY.total) step.bytes[execution]! += Math.max(0, value);
      } else if ((tag & 7) === LENGTH) {
        const until = spanEnd(reader);
        if (field === MEMORY.allocator) allocator = this.#allocator(until);
        else if (field === MEMORY.records) this.#record(execution, until);
        reader.pos = until;
      } else reader.skipType(tag & 7);
    }
    // Its name may come after the records.
    for (let i = first; i < step.records.length; i++) step.records[i] = { ...step.records[i]!, allocator };
  }

  #record(execution: number, end: number): void {
    const reader = this.#reader;
    let micros = 0;
    let bytes = 0;
    while (reader.pos < end) {
      const tag = reader.uint32();
      if (tag === RECORD_MICROS_TAG) micros = int64(reader);
      else if (tag === RECORD_BYTES_TAG) bytes = int64(reader);
      else reader.skipType(tag & 7);
    }
    this.#step.records.push({ execution, allocator: "", micros, bytes });
  }

  #output(execution: number, end: number): void {
    const reader = this.#reader;
    let slot = 0;
    let tensor = NO_TENSOR;
    while (reader.pos < end) {
      const tag = reader.uint32();
      if (tag === OUTPUT_SLOT_TAG) slot = int64(reader);
      else if (tag === OUTPUT_TENSOR_TAG) tensor = this.#tensor(spanEnd(reader));
      else reader.skipType(tag & 7);
    }
    this.#step.outputs.push({ execution, slot, ...tensor });
  }

  #tensor(end: number): Tensor {
    const reader = this.#reader;
    let { dtype, shape, bytes, allocator, pointer } = NO_TENSOR;
    while (reader.pos < end) {
      const tag = reader.uint32();
      if (tag === TENSOR_DTYPE_TAG) dtype = int64(reader);
      else if (tag === TENSOR_SHAPE_TAG) shape = readShape(reader, spanEnd(reader));
      else if (tag === TENSOR_ALLOCATION_TAG) {
        const allocationEnd = spanEnd(reader);
        while (reader.pos < allocationEnd) {
          const inside = reader.uint32();
          if (inside === ALLOCATION_ALLOCATOR_TAG) {
            const until = spanEnd(reader);
            allocator = this.#allocator(until);
            reader.pos = until;
          } else if (inside === ALLOCATION_POINTER_TAG) pointer = `${int64(reader)}`;
          else if (inside === ALLOCATION_REQUESTED_TAG || inside === ALLOCATION_ALLOCATED_TAG)
            bytes = Math.max(bytes, int64(reader));
          else reader.skipType(inside & 7);
        }
      } else reader.skipType(tag & 7);
    }
    return { dtype, shape, bytes, allocator, pointer };
  }

  /** Text from the reader's place. */
  #allocator(end: number): string {
    const reader = this.#reader;
    return this.#allocators.texts[this.#allocators.numberOfSpan(reader.buf, reader.pos, end)]!;
  }
}

type Tensor = Omit<StepOutput, "execution" | "slot">;

const NO_TENSOR: Tensor = { dtype: 0, shape: null, bytes: 0, allocator: "", pointer: "" };
