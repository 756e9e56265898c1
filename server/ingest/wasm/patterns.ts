/**
 * What records of a tag have in common. A training logs the same tags in the same order, and of a record that is like the
 * last one of its tag only wall time, step and value are new: all other bytes are compared, sixteen at a time, and the
 * checksum is that of the common bytes with what the new ones add to it. Nothing is taken unseen: a record of which any
 * other bit differs is decoded.
 */
import { crc32c, entry, mask, REACH } from "./crc32c";

// A pattern: as a record begins, then where in the record's data what is, then its common bytes and which bits they are.
const LENGTH: usize = 0; // u64, as in the frame
const LENGTH_CRC: usize = 8; // u32, as in the frame
const COMMON_CRC: usize = 12; // u32: of the data, with zeros where bits are not common
const WALL: usize = 16; // u32s, offsets in the data
const STEP: usize = 20;
const STEP_BYTES: usize = 24; // 0 where the event has no step
const VALUE: usize = 28;
const TAG: usize = 32;
/** Pattern of the record that came after the last one of this: a pointer, or 0. */
const NEXT: usize = 36;
/** Records of the tag that were unlike the pattern since one was like it. */
const MISSES: usize = 40;
const COMMON: usize = 48; // 16 bytes, 16 bytes of mask; and again
const SIZE: usize = 48 + 11 * 32;

/** Tags beyond these have no pattern: so many take 1.6 MB. */
const MOST_TAGS: u32 = 4096;
/** Longer varints of steps are decoded. */
const MOST_STEP_BYTES: u32 = 4;
/** Of a wall time these bytes are new in every record; the others change every three days. */
const NEW_WALL_BYTES: u32 = 5;

/** Pointers to patterns by tag; 0 where there is none. */
const patterns: usize = memory.data(4096 * 4, 16);

/** Pattern that the next record is expected to have, or 0. */
let expected: usize = 0;
/** Pattern of the record before, or 0. */
let before: usize = 0;

/** What `isLike` found in a record. */
export let likeTag: u32 = 0;
export let likeWall: f64 = 0;
export let likeStep: f64 = 0;
export let likeValue: f32 = 0;
/** Bytes of its data. */
export let likeLength: u32 = 0;

/**
 * Whether the record at `frame`, of which `rest` bytes are there, is as expected; its checksum is verified where `verify`
 * says so. Then what is new in it has been read. Up to fifteen bytes after it are read, and ignored.
 */
// @ts-expect-error: decorator
@inline
export function isAsExpected(frame: usize, rest: u32, verify: u32): bool {
  return expected !== 0 && isLike(expected, frame, rest, verify);
}

// @ts-expect-error: decorator
@inline
function isLike(pattern: usize, frame: usize, rest: u32, verify: u32): bool {
  if (load<u64>(frame) !== load<u64>(pattern, LENGTH)) return false;
  if (load<u32>(frame, 8) !== load<u32>(pattern, LENGTH_CRC)) return false;
  const length = load<u32>(pattern, LENGTH);
  if (rest < length + 16) return false;
  const data = frame + 12;
  let common = pattern + COMMON;
  let differences = i64x2.splat(0);
  for (let at: u32 = 0; at < length; at += 16, common += 32) {
    const own = v128.and(v128.load(data + at), v128.load(common, 16));
    differences = v128.or(differences, v128.xor(own, v128.load(common)));
  }
  if (v128.any_true(differences)) return false;

  const last = length - 1;
  let crc = load<u32>(pattern, COMMON_CRC);
  const wall = load<u32>(pattern, WALL);
  for (let i: u32 = 0; i < NEW_WALL_BYTES; i++) crc ^= entry(last - wall - i, load<u8>(data + wall + i));
  const stepBytes = load<u32>(pattern, STEP_BYTES);
  const step = load<u32>(pattern, STEP);
  let number: u32 = 0;
  for (let i: u32 = 0; i < stepBytes; i++) {
    const part = load<u8>(data + step + i) & 0x7f;
    crc ^= entry(last - step - i, part);
    number |= <u32>part << (i * 7);
  }
  const value = load<u32>(pattern, VALUE);
  for (let i: u32 = 0; i < 4; i++) crc ^= entry(last - value - i, load<u8>(data + value + i));
  // Whoever decodes it tells what is wrong.
  if (verify && mask(crc) !== load<u32>(data + length)) return false;

  likeTag = load<u32>(pattern, TAG);
  likeWall = load<f64>(data + wall);
  likeStep = <f64>number;
  likeValue = load<f32>(data + value);
  likeLength = length;
  return true;
}

/** The record that was as expected has been taken. */
// @ts-expect-error: decorator
@inline
export function wasAsExpected(): void {
  store<u32>(expected, 0, MISSES);
  before = expected;
  expected = load<u32>(before, NEXT);
}

/** A record came of which nothing is to be learned. */
export function forgetExpected(): void {
  expected = 0;
  before = 0;
}

/**
 * Learns from a record whose data was decoded to one point: what its tag's next ones will be like, and that it came after
 * the one before.
 *
 * @param wallAt where its wall time stands, 0 where it has none; likewise the step, of `stepBytes`, and the value
 */
export function learnPattern(
  tag: u32,
  frame: usize,
  wallAt: usize,
  stepAt: usize,
  stepBytes: u32,
  valueAt: usize,
): void {
  const length = load<u64>(frame);
  if (tag >= MOST_TAGS || length > REACH || wallAt === 0 || stepBytes > MOST_STEP_BYTES) {
    forgetExpected();
    return;
  }
  const place = patterns + (<usize>tag << 2);
  let pattern: usize = load<u32>(place);
  if (pattern === 0) {
    pattern = heap.alloc(SIZE);
    memory.fill(pattern, 0, SIZE);
    store<u32>(place, <u32>pattern);
    store<u32>(pattern, tag, TAG);
    fill(pattern, frame, wallAt, stepAt, stepBytes, valueAt);
  } else if (!isLike(pattern, frame, <u32>length + 16, 0)) {
    // Records that are never alike are not worth a pattern each time.
    const misses = load<u32>(pattern, MISSES) + 1;
    store<u32>(pattern, misses, MISSES);
    if ((misses & (misses - 1)) === 0) fill(pattern, frame, wallAt, stepAt, stepBytes, valueAt);
  }
  if (before !== 0) store<u32>(before, <u32>pattern, NEXT);
  before = pattern;
  expected = load<u32>(pattern, NEXT);
}

function fill(pattern: usize, frame: usize, wallAt: usize, stepAt: usize, stepBytes: u32, valueAt: usize): void {
  const length = load<u32>(frame);
  const data = frame + 12;
  const wall = <u32>(wallAt - data);
  const step = stepBytes > 0 ? <u32>(stepAt - data) : 0;
  const value = <u32>(valueAt - data);
  store<u64>(pattern, length, LENGTH);
  store<u32>(pattern, load<u32>(frame, 8), LENGTH_CRC);
  store<u32>(pattern, wall, WALL);
  store<u32>(pattern, step, STEP);
  store<u32>(pattern, stepBytes, STEP_BYTES);
  store<u32>(pattern, value, VALUE);
  const common = pattern + COMMON;
  memory.fill(common, 0, SIZE - COMMON);
  // Of the whole data, and then as if what is new in each record were zeros.
  let crc = crc32c(data, length);
  for (let i: u32 = 0; i < length; i++) {
    let bits: u8 = 0xff;
    if ((i >= wall && i < wall + NEW_WALL_BYTES) || (i >= value && i < value + 4)) bits = 0;
    else if (i >= step && i < step + stepBytes) bits = 0x80;
    const byte = load<u8>(data + i);
    const at = common + ((i >> 4) << 5) + (i & 15);
    store<u8>(at, byte & bits);
    store<u8>(at, bits, 16);
    crc ^= entry(length - 1 - i, byte & ~bits);
  }
  store<u32>(pattern, crc, COMMON_CRC);
}
