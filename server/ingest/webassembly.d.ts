/** The part of WebAssembly's JavaScript API that the scanner uses; Node's types leave it out. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  var Module: new (bytes: Uint8Array) => Module;
  var Instance: new (
    module: Module,
    imports: Record<string, Record<string, () => never>>,
  ) => { readonly exports: Record<string, unknown> };
}
