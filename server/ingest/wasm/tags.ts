/** Interned tags: bytes to a small number, in an open-addressed hash table, with a flag for the file being read. */

const SLOT: usize = 16; // hash u32, length u32, bytes pointer u32, id u32

let slots: usize = 0;
let capacity: u32 = 0;
let count: u32 = 0;
/** One byte an id: 1 when the tag is a scalar series of the file being read. */
let flags: usize = 0;

function allocate(size: u32): void {
  capacity = size;
  const bytes = <usize>size * SLOT;
  slots = heap.alloc(bytes);
  memory.fill(slots, 0xff, bytes); // an id of all ones is an empty slot
  const grown = heap.alloc(size);
  memory.fill(grown, 0, size);
  if (count > 0) memory.copy(grown, flags, count);
  flags = grown;
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
  for (; p < end; p++) h = (h ^ load<u8>(p)) * 0x100000001b3;
  h ^= h >> 32;
  return <u32>h ^ <u32>(h >> 17);
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
      if (memory.compare(load<u32>(slot, 8), at, length) === 0) return id;
    i = (i + 1) & (capacity - 1);
  }
  return -1;
}

// @ts-expect-error: decorator
@inline
export function isScalar(id: i32): bool {
  return load<u8>(flags + <usize>id) !== 0;
}

/** Marks a tag as a scalar series of the file being read, or not. */
export function setScalar(id: u32, yes: u32): void {
  store<u8>(flags + id, <u8>yes);
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
