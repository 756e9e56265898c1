/** What a box holds, added up: operations of each kind, devices, and what TPUs can run. */
import { OP } from "./boxes/box-tree.ts";
import { LIBRARY } from "./definition/node-columns.ts";
import type { GraphModel } from "./model.ts";
import type { StepView } from "./step/step-view.ts";
import { isTpuCompatible } from "./tpu-ops.ts";

export interface Contents {
  readonly ops: Record<string, number>;
  readonly devices: Record<string, number>;
  readonly tpu_compatible: number;
  readonly xla_clusters: Record<string, number>;
  /** Null where nothing of it has any that can be told. */
  readonly parameters: number | null;
  readonly flops: number | null;
}

/** @param step what says on which devices nodes ran; without one, where they are to run counts */
export function contentsOf(model: GraphModel, box: number, step: StepView | null): Contents {
  const { tree, columns } = model;
  const devices = step?.devices ?? { names: columns.deviceNames.texts, of: columns.device };
  const clusters = new Map<string, number>();
  let parameters: number | null = null;
  let flops: number | null = null;
  const end = tree.ends[box]!;
  // Operations on a device are counted by number: a graph's root has all of them.
  const kinds = columns.opNames.texts.length * 2;
  const pairs = new PairCounts(devices.names.length * kinds);
  for (let inner = box; inner < end; inner++) {
    if (tree.types[inner] !== OP) continue;
    const row = tree.rows[inner]!;
    const inFunction = columns.names[row]!.startsWith(LIBRARY) ? 1 : 0;
    pairs.add(devices.of[row]! * kinds + columns.op[row]! * 2 + inFunction);
    if (columns.cluster[row] !== 0) add(clusters, columns.clusterNames.texts[columns.cluster[row]!]!, 1);
    parameters = added(parameters, model.parameters[row]!);
    flops = added(flops, model.flops[row]!);
  }
  const counts = { ops: new Map<string, number>(), devices: new Map<string, number>(), tpu: 0 };
  for (const [pair, count] of pairs.entries()) {
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
    xla_clusters: Object.fromEntries(clusters),
    parameters,
    flops,
  };
}

/** Small numbers that come again and again, counted, in the order in which they came. */
class PairCounts {
  readonly #counts: Uint32Array | Map<number, number>;
  readonly #order: number[] = [];

  /** @param size all numbers are below it; where that is too much for a place each, they are looked up */
  constructor(size: number) {
    this.#counts = size <= MOST_PLACES ? new Uint32Array(size) : new Map();
  }

  add(pair: number): void {
    const counts = this.#counts;
    if (counts instanceof Map) {
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    } else if (counts[pair]!++ === 0) this.#order.push(pair);
  }

  entries(): Iterable<readonly [pair: number, count: number]> {
    const counts = this.#counts;
    return counts instanceof Map ? counts : this.#order.map((pair) => [pair, counts[pair]!] as const);
  }
}

const MOST_PLACES = 4096;

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

/** NaN is not known. */
function added(sum: number | null, value: number): number | null {
  return Number.isNaN(value) ? sum : (sum ?? 0) + value;
}
