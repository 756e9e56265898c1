/**
 * Interned tags: bytes to a small number, in an open-addressed hash table; with what each is in the run being read, and
 * what the first value of the tag was like in some run, so that the like can be taken for a first value at sight.
 */

const SLOT: usize = 16; // hash u32, length u32, bytes pointer u32, id u32

let slots: usize = 0;
let capacity: u32 = 0;
let count: u32 = 0;

/** What a tag is in the run being read. Odd: a scalar series. */
export const UNKNOWN: u32 = 0;
export const SCALAR: u32 = 1;
export const NO_SCALAR: u32 = 2;
/** A scalar series whose first value is in the event that is learned from. */
export const NEW_SCALAR: u32 = 3;

/** One byte an id. */
let kinds: usize = 0;
/** Of each id its first value's metadata, bytes pointer u32 and length u32 + 1; with the high bit when it had a simple_value. */
let firsts: usize = 0;
const FIRST: usize = 8;
const SIMPLE: u32 = 0x80000000;

function allocate(size: u32): void {
  capacity = size;
  const bytes = <usize>size * SLOT;
  slots = heap.alloc(bytes);
  memory.fill(slots, 0xff, bytes); // an id of all ones is an empty slot
  kinds = grown(kinds, size, 1);
  firsts = grown(firsts, size, FIRST);
}

/** A larger table of `each` bytes an id, with what was in the smaller one. */
function grown(table: usize, size: u32, each: usize): usize {
  const larger = heap.alloc(size * each);
  memory.fill(larger, 0, size * each);
  if (count > 0) memory.copy(larger, table, count * each);
  return larger;
}

export function initTags(): void {
  allocate(1024);
}

// @ts-expect-error: decorator
@inline
function hashOf(at: usize, length: u32): u32 {
  let h: u64 = (<u64>length + 1) * 0x9e3779b97f4a7c15;
  let p = at;
  const end = at + length;
  for (; p + 8 <= end; p += 8) h = rotl<u64>((h ^ load<u64>(p)) * 0x9e3779b97f4a7c15, 29);
  // What is over, with bytes that were taken already, is one round as well.
  if (p < end && length >= 8) h = rotl<u64>((h ^ load<u64>(end - 8)) * 0x9e3779b97f4a7c15, 29);
  else for (; p < end; p++) h = (h ^ load<u8>(p)) * 0x100000001b3;
  h ^= h >> 32;
  return <u32>h ^ <u32>(h >> 17);
}

/** Whether the same bytes are in two places. */
// @ts-expect-error: decorator
@inline
function isSame(a: usize, b: usize, length: u32): bool {
  let i: u32 = 0;
  for (; i + 8 <= length; i += 8) if (load<u64>(a + i) !== load<u64>(b + i)) return false;
  if (i === length) return true;
  if (length >= 8) return load<u64>(a + length - 8) === load<u64>(b + length - 8);
  for (; i < length; i++) if (load<u8>(a + i) !== load<u8>(b + i)) return false;
  return true;
}

/** The id of a tag, or -1 when it was never interned. */
// @ts-expect-error: decorator
@inline
export function findTag(at: usize, length: u32): i32 {
  const hash = hashOf(at, length);
  let i = hash & (capacity - 1);
  while (true) {
    const slot = slots + <usize>i * SLOT;
    const id = load<i32>(slot, 12);
    if (id < 0) return -1;
    if (load<u32>(slot) === hash && load<u32>(slot, 4) === length)
      if (isSame(load<u32>(slot, 8), at, length)) return id;
    i = (i + 1) & (capacity - 1);
  }
  return -1;
}

// @ts-expect-error: decorator
@inline
export function kindOf(id: i32): u32 {
  return load<u8>(kinds + <usize>id);
}

/** Says what a tag is in the run being read. */
export function setKind(id: u32, kind: u32): void {
  store<u8>(kinds + id, <u8>kind);
}

/** Whether it is known what a first value of the tag is like. */
export function isLearned(id: u32): bool {
  return load<u32>(firsts + (<usize>id) * FIRST, 4) !== 0;
}

/** Keeps what a first value of the tag is like; `metadata` may be 0, for none. */
export function learnFirst(id: u32, metadata: usize, length: u32, simple: bool): void {
  if (isLearned(id)) return;
  const bytes = heap.alloc(length);
  memory.copy(bytes, metadata, length);
  store<u32>(firsts + (<usize>id) * FIRST, <u32>bytes);
  store<u32>(firsts + (<usize>id) * FIRST, (length + 1) | (simple ? SIMPLE : 0), 4);
}

/** Whether a value is like the first one of the tag that was learned. */
export function isLikeFirst(id: u32, metadata: usize, length: u32, simple: bool): bool {
  const first = firsts + (<usize>id) * FIRST;
  if (load<u32>(first, 4) !== ((length + 1) | (simple ? SIMPLE : 0))) return false;
  return memory.compare(load<u32>(first), metadata, length) === 0;
}

/** Interns the tag of `length` bytes at `at`; gives its id. */
export function internTag(at: usize, length: u32): u32 {
  const found = findTag(at, length);
  if (found >= 0) return <u32>found;
  const bytes = heap.alloc(length);
  memory.copy(bytes, at, length);
  const id = reserveTag();
  place(hashOf(bytes, length), length, <u32>bytes, id);
  return id;
}

/** An id that no bytes lead to: for a tag too long to be worth a place here, which the caller decodes each time. */
export function reserveTag(): u32 {
  if ((count + 1) * 2 > capacity) grow();
  return count++;
}

function place(hash: u32, length: u32, bytes: u32, id: u32): void {
  let i = hash & (capacity - 1);
  while (load<i32>(slots + <usize>i * SLOT, 12) >= 0) i = (i + 1) & (capacity - 1);
  const slot = slots + <usize>i * SLOT;
  store<u32>(slot, hash);
  store<u32>(slot, length, 4);
  store<u32>(slot, bytes, 8);
  store<u32>(slot, id, 12);
}

function grow(): void {
  const old = slots;
  const oldCapacity = capacity;
  allocate(capacity * 2);
  for (let i: u32 = 0; i < oldCapacity; i++) {
    const slot = old + <usize>i * SLOT;
    if (load<i32>(slot, 12) >= 0)
      place(load<u32>(slot), load<u32>(slot, 4), load<u32>(slot, 8), load<u32>(slot, 12));
  }
}
