/** The part of WebAssembly's JavaScript API that the scanner and the projector use; Node's types leave it out. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  var Module: new (bytes: Uint8Array) => Module;
  var Memory: new (size: { readonly initial: number }) => Memory;
  var Instance: new (
    module: Module,
    imports: Record<string, Record<string, (() => never) | Memory>>,
  ) => { readonly exports: Record<string, unknown> };
}
