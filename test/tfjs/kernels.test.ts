/** What wasm lacks for training; that the kernels compute what the plain back end does is in test/examples/backend.test.ts. */
import "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { registerWasmKernels } from "../../tfjs/index.ts";

const NAMES = ["BatchMatMul", "Conv2DBackpropFilter", "UnsortedSegmentSum"];
const kernels = () => NAMES.map((name) => tf.getKernel(name, "wasm"));

test("are added once, whether there were any or not", () => {
  const [plain, ...lacking] = kernels();
  // A version that brings its own is a good day to delete ours.
  expect(lacking).toEqual([undefined, undefined]);
  registerWasmKernels(tf);
  const added = kernels();
  expect(added).not.toContain(undefined);
  expect(added[0]).not.toBe(plain);
  registerWasmKernels(tf);
  for (const [i, kernel] of kernels().entries()) expect(kernel).toBe(added[i]);
});

test("without the back end it is said what to import", () => {
  const empty = { ...tf, getKernel: () => undefined };
  expect(() => registerWasmKernels(empty)).toThrow("@tensorflow/tfjs-backend-wasm is to be imported first");
});
