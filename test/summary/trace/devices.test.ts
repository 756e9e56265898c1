/** On which device a kernel computed, as far as back ends tell. */
import { describe, expect, test } from "vitest";
import { computedOn, deviceOf } from "../../../summary/trace/devices.ts";
import type { BackEndData } from "../../../summary/trace/tensorflow.ts";

const on = (backEnd: string, device: string) => `/job:${backEnd}/replica:0/task:0/device:${device}`;

/** Tensors whose data a back end has as it is given; null: another back end has it. */
function withData(name: "texData" | "tensorMap", ...all: readonly (BackEndData | null)[]) {
  const tensors = all.map(() => ({ dataId: {}, shape: [2], dtype: "float32" }));
  const data = new Map(tensors.flatMap(({ dataId }, i) => (all[i] ? [[dataId, all[i]] as const] : [])));
  const get = (dataId: object): BackEndData => {
    const found = data.get(dataId);
    if (!found) throw new Error("it would be moved here");
    return found;
  };
  return { tensors, backend: { [name]: { has: (dataId: object) => data.has(dataId), get } } };
}

describe.each([
  ["webgl", "texData", { texture: {} }],
  ["webgpu", "tensorMap", { resource: {} }],
] as const)("%s", (backendName, name, onGpu) => {
  const cpu = { values: new Float32Array(2), texture: null, resource: null };
  test.each([
    ["on the GPU", [{ values: null, ...onGpu }], "GPU:0"],
    ["on the GPU, and read from there", [{ values: new Float32Array(2), ...onGpu }], "GPU:0"],
    ["on the CPU", [cpu, cpu], "CPU:0"],
    ["on both", [cpu, { values: null, ...onGpu }], "GPU:0"],
    ["in parts elsewhere, as complex ones", [{ values: null }], "GPU:0"],
    ["with another back end", [null], "GPU:0"],
    ["of no outputs", [], "GPU:0"],
  ])("a result that is %s", (_where, all, device) => {
    const { tensors, backend } = withData(name, ...all);
    expect(computedOn({ backendName, backend }, tensors)).toBe(on(backendName, device));
  });
});

test("other back ends compute where they are", () => {
  const { tensors } = withData("texData", { values: [1] });
  for (const [backendName, backend, device] of [
    ["cpu", {}, on("cpu", "CPU:0")],
    ["wasm", {}, on("wasm", "CPU:0")],
    ["tensorflow", { isUsingGpuDevice: false }, on("localhost", "CPU:0")],
    ["tensorflow", { isUsingGpuDevice: true }, on("localhost", "GPU:0")],
  ] as const) {
    expect(deviceOf({ backendName, backend })).toBe(device);
    expect(computedOn({ backendName, backend }, tensors)).toBe(device);
  }
});
