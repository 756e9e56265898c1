/** The WebAssembly of `assembly/`: `npm run build -- wasm` writes it to bytes.js. */

/** In base 64, so that it loads alike in workers and in Node. */
export const kernelBytes: string;
