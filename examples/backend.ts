/**
 * Picks the TensorFlow.js back end of an example: the fastest that is installed, in the order tfjs-node-gpu,
 * tfjs-node, wasm, cpu; it says which it took and why.
 */

import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
// tfjs-core's Node build registers no gradients, and its register_all_gradients.js cannot be loaded by Node (ES
// modules without extensions); the build of tfjs-layers registers all of them in the registry that both share.
import type { LayersModel } from "@tensorflow/tfjs-layers";
import "@tensorflow/tfjs-layers";
import * as tf from "@tensorflow/tfjs-core";
import { trace } from "tsboard";
import { registerWasmKernels } from "tsboard/tfjs";
import { type Flags, parseFlags, type Values } from "./common/flags.ts";

/** The names `--backend` and TSBOARD_BACKEND take, fastest first. */
export const backendNames = ["gpu", "node", "wasm", "cpu"] as const;
export type BackendName = (typeof backendNames)[number];

/** What an example's help says of `--backend`. */
export const backendHelp = `  --backend NAME         ${backendNames.join(", ")} (default: TSBOARD_BACKEND, or the first of these that is installed)
`;

const backendFlag = { backend: { type: "string" } } as const;

/**
 * Reads an example's flags, `--backend` among them, picks the back end, and says which.
 *
 * @throws where a flag makes no sense, or the back end does not load
 */
export async function setUpTraining<const Own extends Flags>(
  args: readonly string[],
  own: Own,
): Promise<Values<Own & typeof backendFlag>> {
  const values = parseFlags(args, { ...own, ...backendFlag });
  console.log(`TensorFlow.js back end: ${(await pickBackend(values.backend)).reason}`);
  return values;
}

/** The back end in use. */
export interface Backend {
  readonly name: BackendName;
  /** One line for people: which back end, and why this one. */
  readonly reason: string;
}

/**
 * Makes the named back end TensorFlow.js's own; without a name the one in TSBOARD_BACKEND, and without that the
 * first of `backendNames` that loads.
 *
 * @throws when a back end was asked for by name and does not load.
 */
export async function pickBackend(asked = process.env.TSBOARD_BACKEND || undefined): Promise<Backend> {
  if (asked !== undefined) {
    const name = parseBackendName(asked);
    const problem = await tryBackend(name);
    if (problem !== undefined) throw new Error(`back end "${name}" does not load: ${problem}`);
    return { name, reason: `${describe(name)}, as asked` };
  }
  const missing: string[] = [];
  for (const name of backendNames) {
    const problem = await tryBackend(name);
    if (problem === undefined) {
      const why = missing.length === 0 ? "the fastest there is" : missing.join("; ");
      return { name, reason: `${describe(name)} (${why})` };
    }
    missing.push(`${loaders[name].what}: ${problem}`);
  }
  throw new Error(`no TensorFlow.js back end loads: ${missing.join("; ")}`);
}

/** Reads a back end's name. @throws when there is no such back end. */
export function parseBackendName(text: string): BackendName {
  const name = backendNames.find((known) => known === text);
  if (!name) throw new Error(`no back end "${text}"; there are ${backendNames.join(", ")}`);
  return name;
}

/**
 * Runs a step, and says on which device each of its kernels ran: a line each, as TensorFlow prints them with
 * `log_device_placement`.
 *
 * @param model whose layers are named in it
 */
export async function devicePlacement(step: () => unknown, model?: LayersModel): Promise<string[]> {
  const { graph, metadata } = await trace(tf, step, { model });
  const timed = (metadata.stepStats?.devStats ?? []).flatMap(({ nodeStats }) => nodeStats ?? []);
  const ran = new Set(timed.map(({ nodeName }) => nodeName));
  const kernels = (graph.node ?? []).filter(({ name, input }) => ran.has(name) && input?.length);
  return kernels.map(({ name, op, device }) => `${name}: (${op}): ${device}`);
}

interface Loader {
  /** What is loaded, as people call it. */
  readonly what: string;
  /** Loads the code and returns the name under which TensorFlow.js knows the back end. */
  load(): Promise<string>;
}

const loaders: Record<BackendName, Loader> = {
  gpu: {
    what: "tfjs-node-gpu",
    load() {
      // Read when the library starts: without it TensorFlow takes all memory of the GPU at once.
      process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= "true";
      return loadNative("@tensorflow/tfjs-node-gpu");
    },
  },
  node: { what: "tfjs-node", load: () => loadNative("@tensorflow/tfjs-node") },
  wasm: { what: "wasm", load: loadWasm },
  cpu: {
    what: "plain JavaScript",
    load: async () => {
      await import("@tensorflow/tfjs-backend-cpu");
      return "cpu";
    },
  },
};

/** Undefined where the back end is now in use, otherwise why it is not. */
async function tryBackend(name: BackendName): Promise<string | undefined> {
  try {
    const registered = await loaders[name].load();
    return (await tf.setBackend(registered)) ? undefined : "failed to start";
  } catch (error) {
    if (isMissing(error)) return "not installed";
    return error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
  }
}

/** What scripts/native.ts builds, and from there upwards our own packages. */
const installed = createRequire(new URL("../.cache/native/", import.meta.url));

// tfjs-node is no dependency of ours: its install downloads a native library. It is taken where it is installed beside
// us, or where `npm run test:native` has built it.
async function loadNative(module: string): Promise<string> {
  await import(pathToFileURL(installed.resolve(module)).href);
  if (tf.findBackendFactory("tensorflow") === null) {
    throw new Error("it brings a second copy of tfjs-core; install the same version of both");
  }
  return "tensorflow";
}

async function loadWasm(): Promise<string> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  const file = "@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm";
  setWasmPaths(path.dirname(createRequire(import.meta.url).resolve(file)) + path.sep);
  registerWasmKernels(tf);
  return "wasm";
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
}

function describe(name: BackendName): string {
  if (name !== "wasm") return loaders[name].what;
  // Threads stay off in Node by tfjs-backend-wasm's own choice (tensorflow/tfjs#3830).
  return tf.env().getBool("WASM_HAS_SIMD_SUPPORT") ? "wasm with SIMD" : "wasm without SIMD";
}
