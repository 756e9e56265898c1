/** What a box holds, added up: operations of each kind, devices, and what TPUs can run. */
import { OP } from "./boxes/box-tree.ts";
import { LIBRARY } from "./definition/node-columns.ts";
import type { GraphModel } from "./model.ts";
import type { JoinedStep } from "./step/joined-step.ts";
import { isTpuCompatible } from "./tpu-ops.ts";

export interface Contents {
  readonly ops: Record<string, number>;
  readonly devices: Record<string, number>;
  readonly tpu_compatible: number;
  /** Null where nothing of it has any that can be told. */
  readonly parameters: number | null;
  readonly flops: number | null;
}

/** @param step what says on which devices nodes ran; without one, where they are to run counts */
export function contentsOf(model: GraphModel, box: number, step: JoinedStep | null): Contents {
  const { tree, columns } = model;
  const devices = step?.devices ?? { names: columns.deviceNames.texts, of: columns.device };
  const pairs = new Map<number, number>();
  let parameters: number | null = null;
  let flops: number | null = null;
  const end = tree.ends[box]!;
  // Operations on a device are counted by number: a graph's root has all of them.
  const kinds = columns.opNames.texts.length * 2;
  for (let inner = box; inner < end; inner++) {
    if (tree.types[inner] !== OP) continue;
    const row = tree.rows[inner]!;
    const inFunction = columns.names[row]!.startsWith(LIBRARY) ? 1 : 0;
    const pair = devices.of[row]! * kinds + columns.op[row]! * 2 + inFunction;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    parameters = added(parameters, model.parameters[row]!);
    flops = added(flops, model.flops[row]!);
  }
  const counts = { ops: new Map<string, number>(), devices: new Map<string, number>(), tpu: 0 };
  for (const [pair, count] of pairs) {
    const device = devices.names[Math.floor(pair / kinds)]!;
    const op = columns.opNames.texts[(pair % kinds) >> 1]!;
    add(counts.ops, op, count);
    if (device !== "") add(counts.devices, device, count);
    if (isTpuCompatible(op, (pair & 1) === 1, device)) counts.tpu += count;
  }
  return {
    ops: Object.fromEntries(counts.ops),
    devices: Object.fromEntries(counts.devices),
    tpu_compatible: counts.tpu,
    parameters,
    flops,
  };
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

/** NaN is not known. */
function added(sum: number | null, value: number): number | null {
  return Number.isNaN(value) ? sum : (sum ?? 0) + value;
}
