/** Arrow tables in one record batch, made from typed arrays as they are. */
import {
  type Batch,
  batchType,
  Column,
  type DataType,
  dictionary,
  field,
  float32,
  float64,
  int8,
  int16,
  int32,
  int64,
  list,
  tableFromColumns,
  tableToIPC,
  uint8,
  uint16,
  uint32,
  uint64,
  utf8,
} from "@uwdata/flechette";
import type { NumericArray } from "../../../proto/index.ts";
import { getOrInsert } from "../../util/get-or-insert.ts";

/** A column of numbers. @param nulls rows that have none */
export function numberColumn(values: NumericArray, nulls?: readonly boolean[]): Column<unknown> {
  return columnOf(typeOf(values), { length: values.length, values, ...validityOf(nulls) });
}

/** Steps: whole numbers as doubles, or as 64-bit integers where one of them passes 2^53. */
export function stepColumn(steps: readonly (number | bigint)[], nulls?: readonly boolean[]): Column<unknown> {
  const wide = steps.some((step) => typeof step === "bigint");
  return numberColumn(wide ? BigInt64Array.from(steps, BigInt) : Float64Array.from(steps, Number), nulls);
}

/** A column of names that repeat. @param texts null for a row that has none */
export function repeatedTextColumn(texts: readonly (string | null)[]): Column<unknown> {
  const places = new Map<string, number>();
  const indices = Int32Array.from(texts, (text) =>
    text === null ? -1 : getOrInsert(places, text, () => places.size),
  );
  return nameColumn([...places.keys()], indices);
}

/** A column of names by number. @param indices of each row's name; -1 for a row that has none */
export function nameColumn(names: readonly string[], indices: Int32Array): Column<unknown> {
  const text = utf8();
  const type = dictionary(text, int32());
  const nulls = indices.includes(-1) ? Array.from(indices, (index) => index < 0) : [];
  const batch = batchOf<NameBatch>(type, { length: indices.length, values: indices, ...validityOf(nulls) });
  // The library tells dictionaries by their type: the very same object.
  batch.setDictionary(columnOf(text, textParts(names)));
  return new Column([batch], type);
}

export function textColumn(texts: readonly string[]): Column<unknown> {
  return columnOf(utf8(), textParts(texts));
}

/**
 * A column of lists of numbers, of the arrays' own type where all have the same, else of doubles.
 *
 * @param lists null for a row that has none
 * @param otherwise an array of the type that the column has where no row has a list
 */
export function numberListColumn(
  lists: readonly (NumericArray | null)[],
  otherwise: NumericArray,
): Column<unknown> {
  const present = lists.filter((one) => one !== null);
  const [first = otherwise] = present;
  const own = kindOf(first);
  const same = present.every((one) => one instanceof own.Kind);
  const parts = same ? present : present.map((one) => Float64Array.from<number | bigint>(one, Number));
  const values = joined(parts, same ? own : DOUBLES);
  return listColumn(lists, batchOf(typeOf(values), { length: values.length, values }));
}

/** A column of lists of text. @param lists null for a row that has none */
export function textListColumn(lists: readonly (readonly string[] | null)[]): Column<unknown> {
  const texts = lists.flatMap((one) => one ?? []);
  return listColumn(lists, batchOf(utf8(), textParts(texts)));
}

/** An Arrow stream. @param metadata of the schema, under the key `tsboard` */
export function encodeTable(
  columns: readonly (readonly [string, Column<unknown>])[],
  metadata: unknown,
): Uint8Array {
  const table = tableFromColumns(columns.map(([name, column]): [string, Column<unknown>] => [name, column]));
  table.schema.metadata = new Map([["tsboard", JSON.stringify(metadata)]]);
  const bytes = tableToIPC(table, { format: "stream" });
  if (!bytes) throw new Error("the Arrow table could not be encoded");
  return bytes;
}

const DOUBLES = { Kind: Float64Array, type: float64 } as const;
/** Arrays of numbers, and Arrow's types for them. */
const KINDS = [
  { Kind: Float32Array, type: float32 },
  DOUBLES,
  { Kind: Int8Array, type: int8 },
  { Kind: Int16Array, type: int16 },
  { Kind: Int32Array, type: int32 },
  { Kind: Uint8Array, type: uint8 },
  { Kind: Uint16Array, type: uint16 },
  { Kind: Uint32Array, type: uint32 },
  { Kind: BigInt64Array, type: int64 },
  { Kind: BigUint64Array, type: uint64 },
] as const;

function kindOf(values: NumericArray): (typeof KINDS)[number] {
  const found = KINDS.find(({ Kind }) => values instanceof Kind);
  if (!found) throw new TypeError(`Arrow has no type for ${values.constructor.name}`);
  return found;
}

function typeOf(values: NumericArray): DataType {
  return kindOf(values).type();
}

/** Arrays of one kind, one after the other. */
function joined(arrays: readonly NumericArray[], { Kind }: (typeof KINDS)[number]): NumericArray {
  const bytes = new Uint8Array(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of arrays) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return new Kind(bytes.buffer);
}

interface Parts {
  readonly length: number;
  readonly nullCount?: number;
  readonly validity?: Uint8Array;
  readonly values?: NumericArray;
  readonly offsets?: Int32Array;
  readonly children?: readonly Batch<unknown>[];
}

/** What the library makes of a dictionary type, though its declarations do not say so. */
interface NameBatch extends Batch<unknown> {
  setDictionary(names: Column<unknown>): void;
}

function batchOf<B extends Batch<unknown> = Batch<unknown>>(type: DataType, parts: Parts): B {
  return new (batchType(type))({ nullCount: 0, validity: new Uint8Array(0), type, ...parts });
}

function columnOf(type: DataType, parts: Parts): Column<unknown> {
  return new Column([batchOf(type, parts)], type);
}

function listColumn(lists: readonly (ArrayLike<unknown> | null)[], child: Batch<unknown>): Column<unknown> {
  const offsets = new Int32Array(lists.length + 1);
  for (const [i, one] of lists.entries()) offsets[i + 1] = offsets[i]! + (one?.length ?? 0);
  const nulls = lists.map((one) => one === null);
  const type = list(field("item", child.type));
  return columnOf(type, { length: lists.length, offsets, children: [child], ...validityOf(nulls) });
}

/** A bit a row, set where there is a value. */
function validityOf(nulls: readonly boolean[] = []): Pick<Parts, "nullCount" | "validity"> {
  const nullCount = nulls.filter(Boolean).length;
  if (nullCount === 0) return {};
  const validity = new Uint8Array(Math.ceil(nulls.length / 64) * 8);
  for (const [i, isNull] of nulls.entries()) if (!isNull) validity[i >> 3]! |= 1 << (i & 7);
  return { nullCount, validity };
}

function textParts(texts: readonly string[]): Parts {
  const offsets = new Int32Array(texts.length + 1);
  const parts = texts.map((text) => Buffer.from(text));
  for (const [i, part] of parts.entries()) offsets[i + 1] = offsets[i]! + part.length;
  return { length: texts.length, offsets, values: Buffer.concat(parts) };
}
