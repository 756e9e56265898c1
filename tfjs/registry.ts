/** What is used of TensorFlow.js, which is handed in: its registry of kernels, and its wasm back end. */

export interface TensorInfoLike {
  readonly dataId: object;
  readonly shape: readonly number[];
  readonly dtype: string;
}

export interface KernelParams {
  readonly inputs: Readonly<Record<string, TensorInfoLike | undefined>>;
  readonly attrs?: Readonly<Record<string, unknown>> | undefined;
  readonly backend: object;
}

export interface KernelLike {
  readonly kernelName: string;
  readonly backendName: string;
  kernelFunc(params: KernelParams): TensorInfoLike | TensorInfoLike[];
}

/** How a convolution lies over its images: `backend_util.computeConv2DInfo`. */
export interface Conv2DInfo {
  readonly batchSize: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly padInfo: { readonly top: number; readonly left: number };
}

/**
 * What is used of TensorFlow.js, `@tensorflow/tfjs-core` or a package that exports all of it.
 *
 * @example
 * import * as tf from "@tensorflow/tfjs-core";
 *
 * const registry: KernelRegistry = tf;
 * console.log(typeof registry.getKernel); // function
 */
export interface KernelRegistry {
  getKernel(kernelName: string, backendName: string): KernelLike | undefined;
  registerKernel(kernel: KernelLike): void;
  unregisterKernel(kernelName: string, backendName: string): void;
  readonly backend_util: {
    computeConv2DInfo(
      inShape: never,
      filterShape: never,
      strides: never,
      dilations: never,
      pad: never,
      roundingMode: never,
    ): Conv2DInfo;
  };
}

/** What is used of tfjs-backend-wasm's back end, which kernels are handed. */
export interface WasmBackend {
  makeOutput(shape: readonly number[], dtype: "float32"): TensorInfoLike;
  typedArrayFromHeap(tensor: TensorInfoLike): Float32Array;
  disposeData(dataId: object): unknown;
}

/** A kernel of the wasm back end. Throws Error where it is not loaded. */
export function wasmKernel(tf: KernelRegistry, name: string): KernelLike {
  const kernel = tf.getKernel(name, "wasm");
  if (kernel !== undefined) return kernel;
  throw new Error(`wasm has no ${name} kernel: @tensorflow/tfjs-backend-wasm is to be imported first`);
}

export function one(result: TensorInfoLike | TensorInfoLike[]): TensorInfoLike {
  return Array.isArray(result) ? result[0]! : result;
}
