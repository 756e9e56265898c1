/** On which device a back end computes, named as TensorFlow names devices; and how it tells how long kernels take. */

import type { Timer } from "./engine-hooks.ts";
import type { KernelRecord } from "./recording.ts";
import type { BackEndData, Engine, TensorInfo } from "./tensorflow.ts";

/** Back ends that have computed when a kernel returns, so that the clock tells. */
const SYNCHRONOUS = new Set(["cpu", "wasm", "tensorflow"]);
const ON_GPU = new Set(["webgl", "webgpu"]);

/**
 * The back end is the job's name, but for TensorFlow's own, which is `localhost` there too. Of tfjs-node-gpu it is the
 * first GPU if it uses one, where TensorFlow places whatever has a kernel for it: it does not tell what had none.
 */
export function deviceOf({ backendName, backend }: Pick<Engine, "backendName" | "backend">): string {
  return deviceName(backendName, ON_GPU.has(backendName) || backend.isUsingGpuDevice === true);
}

function deviceName(backEnd: string, isGpu: boolean): string {
  const job = backEnd === "tensorflow" ? "localhost" : backEnd;
  return `/job:${job}/replica:0/task:0/device:${isGpu ? "GPU" : "CPU"}:0`;
}

/**
 * Where a kernel computed: back ends for GPUs compute small tensors on the CPU (`shouldExecuteOnCPU` of
 * tfjs-backend-webgl), whose results are not on the GPU when the kernel returns.
 */
export function computedOn(
  { backendName, backend }: Pick<Engine, "backendName" | "backend">,
  outputs: readonly TensorInfo[],
): string {
  const here = deviceOf({ backendName, backend });
  if (!ON_GPU.has(backendName) || outputs.length === 0) return here;
  const data = backend.texData ?? backend.tensorMap;
  // To get what it has not, it would fetch that from another back end.
  const isOnCpu = ({ dataId }: TensorInfo): boolean =>
    data?.has(dataId) === true && isNotOnGpu(data.get(dataId));
  return outputs.every(isOnCpu) ? deviceName(backendName, false) : here;
}

/** Values, and no texture of WebGL's or buffer of WebGPU's; a complex tensor has none of these itself. */
function isNotOnGpu({ values, texture, resource }: BackEndData): boolean {
  return values != null && texture == null && resource == null;
}

/** Times kernels: by the clock, or by the back end's own timer, which answers later. */
export class KernelTimes {
  private readonly engine: Engine;
  private readonly now: () => number;
  private readonly pending: Promise<void>[] = [];

  constructor(engine: Engine, now: () => number) {
    this.engine = engine;
    this.now = now;
  }

  readonly time: Timer = (record, run) => {
    const { engine } = this;
    if (SYNCHRONOUS.has(record.backEnd)) {
      const start = this.now();
      const result = run();
      record.millis = this.now() - start;
      record.isByClock = true;
      return result;
    }
    const { backend } = engine;
    if (backend.time === undefined || backend.timerAvailable?.() !== true) return run();
    const start = this.now();
    // The back end would go on timing after an exception.
    let outcome: { readonly result: unknown } | { readonly error: unknown } | undefined;
    const timing = backend.time(() => {
      try {
        outcome = { result: run() };
      } catch (error) {
        outcome = { error };
      }
    });
    const called = this.now() - start;
    if (outcome !== undefined && "error" in outcome) throw outcome.error;
    this.pending.push(timing.then(({ kernelMs }) => setMillis(record, kernelMs, called)));
    return outcome?.result;
  };

  /** Resolves when the back end has told all times. */
  async settled(): Promise<void> {
    await Promise.all(this.pending);
  }
}

/** A kernel for which the device did nothing was computed in the call: WebGL does so with small tensors. */
function setMillis(record: KernelRecord, kernelMs: unknown, called: number): void {
  if (typeof kernelMs === "number") record.millis = kernelMs > 0 ? kernelMs : called;
}
