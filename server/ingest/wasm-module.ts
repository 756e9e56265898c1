/** WebAssembly of `wasm/`, as the build puts it beside this file. */
import { readFileSync } from "node:fs";
import { getOrInsert } from "../util/get-or-insert.ts";

const compiled = new Map<string, WebAssembly.Module>();

/** Numbers that a module exports change: they are read as `value`. */
export interface WasmGlobal {
  readonly value: number;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** A new instance of a module, with memory of its own. */
export function instantiate<Exports>(name: "scan" | "pack"): Exports {
  const file = new URL(`./generated/${name}.wasm`, import.meta.url);
  const module = getOrInsert(compiled, name, () => new WebAssembly.Module(readFileSync(file)));
  const abort = (): never => {
    throw new Error(`${name}.wasm: out of memory`);
  };
  return new WebAssembly.Instance(module, { env: { abort } }).exports as Exports;
}
