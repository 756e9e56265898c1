/**
 * The order in which TensorBoard lists a checkpoint's variables, the first of which the projector shows: TensorFlow's C++
 * hands them out in the order of its hash table, a `std::unordered_map` of libstdc++.
 * Facts: `BuildV2VarMaps` in tensorflow/c/checkpoint_reader.cc, `GetVariableToShapeMap` in
 * tensorflow/core/util/tensor_slice_reader.cc; libstdc++-v3/include/bits/hashtable.h and libsupc++/hash_bytes.cc of GCC.
 */
import type { Checkpoint } from "../../proto/index.ts";
import { getOrInsert } from "../util/get-or-insert.ts";

const orders = new WeakMap<Checkpoint, readonly string[]>();

/** Names of the variables, in stock's order. */
export function variableOrder(checkpoint: Checkpoint): readonly string[] {
  return getOrInsert(orders, checkpoint, () => {
    const once = tableOrder([...checkpoint.variables.keys()]);
    // Of version 1 they go from one such table into another.
    return checkpoint.version === 1 ? tableOrder(once) : once;
  });
}

/** Numbers of buckets: primes, each the first beyond twice the one before. */
const SIZES = [
  13, 29, 59, 127, 257, 541, 1109, 2357, 5087, 10273, 20753, 42043, 85229, 172933, 351061, 712697, 1447153,
  2938679, 5967347,
];

/** A link of the list that all entries are on: those of one bucket stand together, the newest bucket first. */
interface Link {
  next: Entry | null;
}

interface Entry extends Link {
  readonly name: string;
  readonly hash: bigint;
}

function tableOrder(names: readonly string[]): string[] {
  const first: Link = { next: null };
  let size = 1;
  /** By bucket, the link before its first entry. */
  let buckets = new Map<number, Link>();
  const bucketOf = ({ hash }: Entry) => Number(hash % BigInt(size));
  const put = (entry: Entry) => {
    const bucket = bucketOf(entry);
    const before = buckets.get(bucket) ?? first;
    entry.next = before.next;
    before.next = entry;
    if (buckets.has(bucket)) return;
    if (entry.next) buckets.set(bucketOf(entry.next), entry);
    buckets.set(bucket, first);
  };
  for (const [count, name] of names.entries()) {
    const larger = count === 0 || count >= size ? SIZES.find((prime) => prime > size) : undefined;
    if (larger !== undefined) {
      const all = entriesOf(first);
      size = larger;
      first.next = null;
      buckets = new Map();
      for (const entry of all) put(entry);
    }
    put({ name, hash: hashOf(name), next: null });
  }
  return entriesOf(first).map(({ name }) => name);
}

function entriesOf(first: Link): Entry[] {
  const entries: Entry[] = [];
  for (let entry = first.next; entry; entry = entry.next) entries.push(entry);
  return entries;
}

const MULTIPLIER = 0xc6a4a7935bd1e995n;
const SEED = 0xc70f6907n;

/** MurmurHash64A with libstdc++'s seed: what std::hash makes of a string where a pointer has 64 bits. */
function hashOf(name: string): bigint {
  const bytes = Buffer.from(name);
  const whole = bytes.length - (bytes.length % 8);
  let hash = SEED ^ times(BigInt(bytes.length));
  for (let at = 0; at < whole; at += 8) hash = times(hash ^ times(mixed(times(bytes.readBigUInt64LE(at)))));
  if (whole < bytes.length) {
    const rest = Buffer.alloc(8);
    bytes.copy(rest, 0, whole);
    hash = times(hash ^ rest.readBigUInt64LE());
  }
  return mixed(times(mixed(hash)));
}

function times(value: bigint): bigint {
  return BigInt.asUintN(64, value * MULTIPLIER);
}

function mixed(value: bigint): bigint {
  return value ^ (value >> 47n);
}
