/** A recording as RunMetadata: time and memory of every node, by device. */
import type { pb } from "../../proto/codec.ts";
import { encodeShape } from "../../proto/tensor.ts";
import { dataType, isDType } from "../graph/dtype.ts";
import type { Allocation, KernelRecord, OutputRecord, Recording, ScopeRecord, Source } from "./recording.ts";
import type { TracedNode } from "./traced-graph.ts";

/** @param epoch milliseconds since 1970 at which the recording's clock was 0 */
export function tracedMetadata(
  recording: Recording,
  nodes: readonly TracedNode[],
  epoch: number,
): pb.RunMetadata.$Properties {
  const devices = new Map<string, pb.NodeExecStats.$Properties[]>();
  const clock = new Clock(epoch);
  for (const { record, node } of nodes) {
    // Nothing runs for an assignment: the variable takes the tensor as it is.
    if (record.kind === "assign") continue;
    const stats = devices.get(record.device) ?? [];
    devices.set(record.device, stats);
    stats.push({
      nodeName: node.name,
      timelineLabel: `${node.name} = ${node.op}(${node.input.filter((input) => !input.startsWith("^")).join(", ")})`,
      ...clock.times(record),
      output: record.outputs.map((output, slot) => outputStats(output, slot, record.backEnd, recording)),
      memory: memoryOf(record, recording, clock),
    });
  }
  const devStats = [...devices].map(([device, nodeStats]) => ({ device, nodeStats }));
  return { stepStats: { devStats } };
}

/** When something ran, in milliseconds. */
interface Span {
  readonly start: number;
  readonly millis: number;
}

/** What a node took: with what TensorFlow.js does around the kernel, and the kernel alone. */
interface NodeTimes {
  readonly all: Span;
  readonly kernel: Span;
}

/** Undefined where the back end cannot tell. */
function timesOf(record: Source): NodeTimes | undefined {
  if (record.kind !== "kernel") {
    const nothing = { start: record.start, millis: 0 };
    return { all: nothing, kernel: nothing };
  }
  const { start, millis, inner } = record;
  if (millis === undefined) return undefined;
  const all = operationOf(record) ?? { start, millis };
  // Without kernels that ran in it: so that the times of all add up to the step's.
  const others = inner.reduce((sum, kernel) => sum + (operationOf(kernel)?.millis ?? kernel.millis ?? 0), 0);
  const own = (span: Span): Span => ({ ...span, millis: Math.max(0, span.millis - others) });
  return { all: own(all), kernel: own({ start, millis }) };
}

/** The operation of TensorFlow.js that is this kernel and nothing else, where the clock times the kernel. */
function operationOf({ scope, start, millis = 0, isByClock }: KernelRecord): Span | undefined {
  if (!isByClock) return undefined;
  let outermost: ScopeRecord["ran"];
  for (let at: ScopeRecord | null = scope; at !== null && at.kernels === 1; at = at.parent)
    if (at.kind === "operation") outermost = at.ran;
    else if (at.kind !== "custom") break;
  if (outermost === undefined || !(outermost.from <= start && outermost.to >= start + millis))
    return undefined;
  return { start: outermost.from, millis: outermost.to - outermost.from };
}

/** Times as TensorFlow writes them: since the epoch, and from there, in microseconds and in nanoseconds. */
class Clock {
  private readonly epoch: number;

  constructor(epoch: number) {
    this.epoch = epoch;
  }

  micros(at: number): number {
    return Math.round((this.epoch + at) * 1000);
  }

  /** Of what does not tell how long it took, the start only. */
  times(record: Source): pb.NodeExecStats.$Properties {
    const times = timesOf(record);
    const allStartMicros = this.micros(times?.all.start ?? record.start);
    const from = { allStartMicros, scheduledMicros: allStartMicros };
    if (times === undefined) return from;
    const { all, kernel } = times;
    const before = kernel.start - all.start;
    const [opEnd, end] = [before + kernel.millis, Math.max(all.millis, before + kernel.millis)];
    return {
      ...from,
      opStartRelMicros: Math.round(before * 1e3),
      opEndRelMicros: Math.round(opEnd * 1e3),
      allEndRelMicros: Math.round(end * 1e3),
      opStartRelNanos: Math.round(before * 1e6),
      opEndRelNanos: Math.round(opEnd * 1e6),
      allEndRelNanos: Math.round(end * 1e6),
    };
  }
}

function outputStats(
  { dtype, shape, dataId }: OutputRecord,
  slot: number,
  allocatorName: string,
  { allocationOf }: Recording,
): pb.NodeOutput.$Properties {
  const allocation = allocationOf(dataId);
  return {
    slot,
    tensorDescription: {
      ...(isDType(dtype) && { dtype: dataType(dtype) }),
      shape: encodeShape(shape),
      ...(allocation !== undefined && {
        allocationDescription: {
          requestedBytes: allocation.bytes,
          allocatedBytes: allocation.bytes,
          allocatorName,
          allocationId: allocation.id,
        },
      }),
    },
  };
}

/** Nothing for what allocated nothing, such as a reshape that shares its input's data. */
function memoryOf(
  record: Source,
  { allocations, peaks, start }: Recording,
  clock: Clock,
): pb.AllocatorMemoryUsed.$Properties[] {
  const own = allocations.get(record) ?? [];
  const [last] = own.slice(-1);
  if (last === undefined) return [];
  const totalBytes = sumOf(own.filter(({ at }) => at !== undefined));
  const kernel = record.kind === "kernel" ? peaks.get(record) : undefined;
  return [
    {
      allocatorName: record.backEnd,
      totalBytes,
      peakBytes: kernel?.peak ?? sumOf(own),
      liveBytes: kernel?.live ?? sumOf(own),
      allocatorBytesInUse: kernel?.inUse ?? last.inUse,
      allocationRecords: own.flatMap((allocation) => recordsOf(allocation, start, clock)),
    },
  ];
}

/** As TensorFlow has it: what is freed is allocated with less than nothing. */
function recordsOf(
  { bytes, at, freedAt }: Allocation,
  start: number,
  clock: Clock,
): pb.AllocationRecord.$Properties[] {
  const made = { allocMicros: clock.micros(at ?? start), allocBytes: bytes };
  return freedAt === undefined ? [made] : [made, { allocMicros: clock.micros(freedAt), allocBytes: -bytes }];
}

function sumOf(allocations: readonly Allocation[]): number {
  return allocations.reduce((sum, { bytes }) => sum + bytes, 0);
}
