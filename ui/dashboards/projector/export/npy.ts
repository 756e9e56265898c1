/** NumPy's file format, version 1.0: a header in words, padded to 64 bytes, then the numbers. */

export function npyOf(data: Float32Array, rows: number, columns: number): Blob {
  const words = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  const padded = Math.ceil((10 + words.length + 1) / 64) * 64;
  const header = new Uint8Array(padded);
  header.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
  new DataView(header.buffer).setUint16(8, padded - 10, true);
  header.fill(0x20, 10);
  header.set(new TextEncoder().encode(words), 10);
  header[padded - 1] = 0x0a;
  return new Blob([header, data as Float32Array<ArrayBuffer>], { type: "application/octet-stream" });
}
