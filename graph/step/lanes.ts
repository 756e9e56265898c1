/** Executions in lanes, one a device and thread, and in each lane on levels, so that none is drawn over another. */
import type { StepColumns } from "./step-columns.ts";

export interface Lanes {
  readonly lanes: readonly { readonly device: string; readonly thread: string }[];
  /** Of each execution. */
  readonly lane: Uint32Array;
  readonly depth: Uint32Array;
  /** Duration without what ran inside of it on the same thread. */
  readonly self: Float64Array;
}

export function lanesOf(step: StepColumns): Lanes {
  const lanes: { device: string; thread: string }[] = [];
  const numbers = new Map<string, number>();
  const members: number[][] = [];
  const lane = new Uint32Array(step.length);
  for (let execution = 0; execution < step.length; execution++) {
    const device = step.device[execution]!;
    const thread = step.thread[execution]!;
    const key = `${device} ${thread}`;
    let number = numbers.get(key);
    if (number === undefined) {
      number = lanes.push({ device: step.devices[device]!, thread: threadName(step, device, thread) }) - 1;
      numbers.set(key, number);
      members.push([]);
    }
    lane[execution] = number;
    members[number]!.push(execution);
  }
  const depth = new Uint32Array(step.length);
  const self = Float64Array.from(step.duration);
  for (const own of members) stack(step, own, depth, self);
  return { lanes, lane, depth, self };
}

function threadName(step: StepColumns, device: number, thread: number): string {
  return step.threads[device]!.get(thread) ?? String(thread);
}

/** The outermost first; each on the first level that is free. */
function stack(
  step: StepColumns,
  executions: readonly number[],
  depth: Uint32Array,
  self: Float64Array,
): void {
  const sorted = [...executions].sort(
    (a, b) => step.start[a]! - step.start[b]! || step.duration[b]! - step.duration[a]!,
  );
  const ends: number[] = [];
  const open: number[] = [];
  const inside = new Map<number, number>();
  let nested = true;
  for (const execution of sorted) {
    const start = step.start[execution]!;
    const end = step.end(execution);
    let level = 0;
    while (level < ends.length && ends[level]! > start) level++;
    ends[level] = end;
    depth[execution] = level;
    while (open.length > 0 && step.end(open.at(-1)!) <= start) open.pop();
    const around = open.at(-1);
    if (around !== undefined) {
      if (step.end(around) < end) nested = false;
      inside.set(around, (inside.get(around) ?? 0) + step.duration[execution]!);
    }
    open.push(execution);
  }
  // Where some overlap without being inside, the log has several threads under one number, and what is inside of what
  // is chance.
  if (nested) for (const [around, micros] of inside) self[around] = Math.max(0, self[around]! - micros);
}
