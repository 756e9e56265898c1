/**
 * NumPy's files: one array, or several in a zip. Format: numpy/lib/format.py; half floats are widened, strings are labels.
 */
import { unzipSync } from "fflate";
import { columnsSource, type MemoryColumn, memoryColumn } from "./columns-source.ts";
import { FileError, type Source } from "./source.ts";

interface NpyArray {
  readonly shape: readonly number[];
  readonly data: Float32Array<ArrayBuffer> | readonly string[] | Float64Array<ArrayBuffer>;
}

export function isNpy(bytes: Uint8Array): boolean {
  return bytes[0] === 0x93 && new TextDecoder("latin1").decode(bytes.subarray(1, 6)) === "NUMPY";
}

/** @throws FileError */
export function npySource(bytes: Uint8Array): Source {
  const array = parseNpy(bytes);
  const columns = columnsOf("vectors", array);
  return columnsSource("NumPy array", columns, array.shape[0] ?? 0);
}

/** Every array of a zip that has as many rows as the largest matrix; of the others is said why not. @throws FileError */
export function npzSource(bytes: Uint8Array): Source {
  const found: string[] = [];
  const arrays = Object.entries(unzip(bytes)).flatMap(([file, content]) => {
    const name = file.replace(/\.npy$/, "");
    try {
      const array = parseNpy(content);
      return [{ name, array, columns: columnsOf(name, array) }];
    } catch (error) {
      found.push(`${file}: ${error instanceof Error ? error.message : String(error)}; left out`);
      return [];
    }
  });
  const sizeOf = ({ array: { shape } }: (typeof arrays)[number]): number =>
    shape.length === 2 ? (shape[0] ?? 0) * (shape[1] ?? 0) : 0;
  const largest = [...arrays].sort((a, b) => sizeOf(b) - sizeOf(a))[0];
  const rows = largest?.array.shape[0] ?? 0;
  if (!largest || rows === 0)
    throw new FileError(["the zip holds no array that can be read", ...found].join("; "));
  const columns = arrays.flatMap((one) => {
    if (one.array.shape[0] === rows) return one.columns;
    found.push(`${one.name} has the shape [${one.array.shape.join(", ")}], not ${rows} rows; left out`);
    return [];
  });
  return columnsSource("NumPy arrays in a zip", columns, rows, found);
}

function unzip(bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes);
  } catch (error) {
    throw new FileError(`the zip cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function columnsOf(name: string, { shape, data }: NpyArray): MemoryColumn[] {
  const [rows = 0, dims = 1] = shape;
  if (shape.length === 1 || (shape.length === 2 && dims === 1)) return [memoryColumn(name, data)];
  if (shape.length !== 2 || dims === 0 || rows === 0)
    throw new FileError(`an array of shape [${shape.join(", ")}] is neither a matrix nor a column`);
  if (data instanceof Float32Array) return [{ name, kind: "matrix", dims, data }];
  if (data instanceof Float64Array) return [{ name, kind: "matrix", dims, data: new Float32Array(data) }];
  return Array.from({ length: dims }, (_, d) =>
    memoryColumn(
      `${name} ${d + 1}`,
      Array.from({ length: rows }, (_row, row) => data[row * dims + d]),
    ),
  );
}

/** @throws FileError */
export function parseNpy(bytes: Uint8Array): NpyArray {
  if (!isNpy(bytes)) throw new FileError("it is no NumPy array");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6]! >= 2;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = (wide ? 12 : 10) + length;
  const header = new TextDecoder("latin1").decode(bytes.subarray(wide ? 12 : 10, start));
  const descr = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const shape = (/'shape':\s*\(([^)]*)\)/.exec(header)?.[1] ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean)
    .map(Number);
  if (descr === undefined)
    throw new FileError("its values are records or Python objects; arrays of numbers and text can be read");
  const count = shape.reduce((product, size) => product * size, 1);
  const data = readValues(descr, view, start, count);
  const columns = shape[1] ?? 1;
  if (/'fortran_order':\s*True/.test(header) && shape.length === 2)
    return { shape, data: turned(data, shape[0]!, columns) };
  return { shape: shape.length === 0 ? [1] : shape, data };
}

function turned(data: NpyArray["data"], rows: number, columns: number): NpyArray["data"] {
  if (!(data instanceof Float32Array || data instanceof Float64Array))
    return Array.from(
      { length: data.length },
      (_, i) => data[(i % columns) * rows + Math.floor(i / columns)]!,
    );
  const result = data.slice();
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      result[row * columns + column] = data[column * rows + row]!;
  return result;
}

type Reader = (view: DataView, at: number, little: boolean) => number;

const READERS: Readonly<Record<string, Reader>> = {
  f2: (view, at, little) => half(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  b1: (view, at) => view.getUint8(at),
};

function readValues(descr: string, view: DataView, start: number, count: number): NpyArray["data"] {
  const [, order = "|", kind = "", size = "0"] = /^([<>|=]?)([a-zA-Z])(\d+)$/.exec(descr) ?? [];
  const little = order !== ">";
  const width = kind === "U" ? 4 * Number(size) : Number(size);
  const there = Math.floor((view.byteLength - start) / Math.max(1, width));
  if (there < count) throw new FileError(`it ends early: ${there} of ${count} values are there`);
  if (kind === "U" || kind === "S") return readTexts(kind, view, start, count, width, little);
  const read = READERS[kind + size];
  if (!read) throw new FileError(`its values are of type ${descr}, which cannot be read`);
  if (descr === "<f4" && (view.byteOffset + start) % 4 === 0 && view.buffer instanceof ArrayBuffer)
    return new Float32Array(view.buffer.slice(view.byteOffset + start, view.byteOffset + start + 4 * count));
  const exact = kind !== "f" || width === 8;
  const data = exact ? new Float64Array(count) : new Float32Array(count);
  for (let i = 0; i < count; i++) data[i] = read(view, start + i * width, little);
  return data;
}

function readTexts(
  kind: string,
  view: DataView,
  start: number,
  count: number,
  width: number,
  little: boolean,
): string[] {
  return Array.from({ length: count }, (_, i) => {
    const from = start + i * width;
    if (kind === "S")
      return new TextDecoder()
        .decode(new Uint8Array(view.buffer, view.byteOffset + from, width))
        .replace(/\0+$/, "");
    const letters: string[] = [];
    for (let at = from; at < from + width; at += 4) {
      const letter = view.getUint32(at, little);
      if (letter > 0) letters.push(String.fromCodePoint(letter));
    }
    return letters.join("");
  });
}

function half(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const size =
    exponent === 31
      ? fraction === 0
        ? Number.POSITIVE_INFINITY
        : Number.NaN
      : exponent === 0
        ? fraction * 2 ** -24
        : (1 + fraction / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
}
