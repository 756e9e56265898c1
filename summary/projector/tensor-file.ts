/**
 * The vectors' file: float32 as bytes, little-endian. Stock TensorBoard reads every such file as tab-separated text
 * first and takes it for binary only when a line is no UTF-8 (projector_plugin.py, `_read_tensor_tsv_file`); bytes
 * that happen to look like text it fails on. Those few matrices are written as text.
 */
import type { Points } from "./vectors.ts";

export interface TensorFile {
  readonly name: "tensors.bytes" | "tensors.tsv";
  readonly bytes: Uint8Array;
}

const NEWLINE = 0x0a;

export function tensorFile(points: Points): TensorFile {
  const bytes = littleEndian(points.data);
  if (isTakenForBinary(bytes)) return { name: "tensors.bytes", bytes };
  return { name: "tensors.tsv", bytes: new TextEncoder().encode(toTsv(points)) };
}

function littleEndian(data: Float32Array): Uint8Array {
  const bytes = new Uint8Array(data.length * 4);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < data.length; i++) view.setFloat32(i * 4, data[i]!, true);
  return bytes;
}

/** Whether the first line with anything in it is no UTF-8. */
function isTakenForBinary(bytes: Uint8Array): boolean {
  const start = bytes.findIndex((byte) => byte !== NEWLINE);
  if (start < 0) return false;
  const newline = bytes.indexOf(NEWLINE, start);
  const line = bytes.subarray(start, newline < 0 ? bytes.length : newline);
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(line);
    return false;
  } catch {
    return true;
  }
}

/** The shortest decimals that give the doubles, and so the floats, back. */
function toTsv({ count, dimensions, data }: Points): string {
  const rows = Array.from({ length: count }, (_, i) =>
    data.subarray(i * dimensions, (i + 1) * dimensions).join("\t"),
  );
  return `${rows.join("\n")}\n`;
}
