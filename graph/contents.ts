/** What a box holds, added up: operations of each kind, devices, and what TPUs can run. */
import { OP } from "./boxes/box-tree.ts";
import type { GraphModel } from "./model.ts";
import { isTpuCompatible } from "./tpu-ops.ts";

export interface Contents {
  readonly ops: Record<string, number>;
  readonly devices: Record<string, number>;
  readonly tpu_compatible: number;
  /** Null where nothing of it has any that can be told. */
  readonly parameters: number | null;
  readonly flops: number | null;
}

/** @param deviceOf device on which a row ran, or is to run; empty: not known */
export function contentsOf(model: GraphModel, box: number, deviceOf: (row: number) => string): Contents {
  const { tree, columns } = model;
  const ops = new Map<string, number>();
  const devices = new Map<string, number>();
  let tpu = 0;
  let parameters: number | null = null;
  let flops: number | null = null;
  for (let inner = box; inner < tree.ends[box]!; inner++) {
    if (tree.types[inner] !== OP) continue;
    const row = tree.rows[inner]!;
    const op = columns.opOf(row);
    ops.set(op, (ops.get(op) ?? 0) + 1);
    const device = deviceOf(row);
    if (device !== "") devices.set(device, (devices.get(device) ?? 0) + 1);
    if (isTpuCompatible(op, columns.names[row]!, device)) tpu++;
    parameters = added(parameters, model.parameters[row]!);
    flops = added(flops, model.flops[row]!);
  }
  return {
    ops: Object.fromEntries(ops),
    devices: Object.fromEntries(devices),
    tpu_compatible: tpu,
    parameters,
    flops,
  };
}

/** NaN is not known. */
function added(sum: number | null, value: number): number | null {
  return Number.isNaN(value) ? sum : (sum ?? 0) + value;
}
