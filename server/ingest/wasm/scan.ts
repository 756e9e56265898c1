/**
 * The event scan: walks TFRecord frames in linear memory, verifies both CRCs, and decodes the common event
 * (scalar values of known tags, or of new ones whose like was seen in another run) straight into columns. It stops at any other record and hands it to the caller,
 * who decodes it with the general codec and then calls again: so order is kept and nothing common is slow.
 */
import { initCrc32c, maskedCrc32c, maskedCrc32cOf8 } from "./crc32c";
import {
  forgetExpected,
  isAsExpected,
  learnPattern,
  likeLength,
  likeStep,
  likeTag,
  likeValue,
  likeWall,
  wasAsExpected,
} from "./patterns";
import {
  findTag,
  initTags,
  internTag,
  isLearned,
  isLikeFirst,
  kindOf,
  learnFirst,
  NEW_SCALAR,
  reserveTag,
  SCALAR,
  setKind,
  UNKNOWN,
} from "./tags";

export { internTag, isLearned, reserveTag, setKind };

// Why scan() returned.
/** The input ends inside a frame (or exactly after one): give more bytes from `position` on. */
const NEED_MORE: u32 = 0;
/** The columns are full: take them and call again. */
const FULL: u32 = 1;
/** The record at `payload`, `payloadLength` is the caller's; `position` is already after it. */
const OTHER: u32 = 2;
/** The length at `position` does not match its CRC. */
const BAD_LENGTH: u32 = 3;
/** The data at `payload` does not match its CRC; `position` is already after the record. */
const BAD_DATA: u32 = 4;
/** The length at `position` matches its CRC, and no event can be that long. */
const TOO_LONG: u32 = 6;

/** Protocol buffers end at 2 GiB. */
const MOST_BYTES: u64 = 0x7fffffff;

/** Where the input is, and how many bytes fit. */
export let input: usize = 0;
/** Room for the bytes of a tag to intern. */
export let scratch: usize = 0;
/** Columns of decoded points; `count` of them are filled. */
export let tags: usize = 0;
export let steps: usize = 0;
export let walls: usize = 0;
export let values: usize = 0;
export let count: u32 = 0;
/** Records that the points came in. */
export let records: u32 = 0;
/** Next frame, as an offset in the input. */
export let position: u32 = 0;
/** The record that is the caller's, or damaged: its data as an offset in the input, and its length. */
export let payload: u32 = 0;
export let payloadLength: u32 = 0;
/** Earliest wall time of the points since the caller last set it. */
export let earliest: f64 = Infinity;
/** Tags that were unknown in the run until now: `fresh` of them, in the order of their first values. */
export let freshTags: usize = 0;
export let fresh: u32 = 0;

/** An event that holds no values, from its tenth byte on: behind the wall time. */
let plain: usize = 0;
let plainLength: u32 = 0;
const MOST_PLAIN: u32 = 1024;

/** Whether first values are learned from the event that is decoded. */
let learning: bool = false;

let columnCapacity: u32 = 0;

/** Bytes after the input that may be read with it. */
const AFTER: u32 = 16;

/** Where wall time, step and value of the event stand that was decoded last; 0 for what it does not have. */
let wallAt: usize = 0;
let stepAt: usize = 0;
let valueAt: usize = 0;
let stepBytes: u32 = 0;

export function init(inputBytes: u32, points: u32, scratchBytes: u32): void {
  initCrc32c();
  initTags();
  input = heap.alloc(inputBytes + AFTER);
  scratch = heap.alloc(scratchBytes);
  columnCapacity = points;
  tags = heap.alloc(points * 4);
  steps = heap.alloc(points * 8);
  walls = heap.alloc(points * 8);
  values = heap.alloc(points * 4);
  freshTags = heap.alloc(points * 4);
  plain = heap.alloc(MOST_PLAIN);
}

/** Empties the columns. */
export function clear(): void {
  count = 0;
  records = 0;
  earliest = Infinity;
}

/** Forgets the fresh tags, which the caller has taken. */
export function clearFresh(): void {
  fresh = 0;
}

/** Learns what first values of tags are like, those that are NEW_SCALAR, from the data of an event in the input. */
export function learn(at: u32, length: u32): void {
  const before = count;
  const seen = earliest;
  learning = true;
  event(input + at, input + at + length);
  learning = false;
  count = before;
  earliest = seen;
}

/** Learns an event that holds no values: its like is passed over, but for the wall time. */
export function learnPlain(at: u32, length: u32): void {
  const start = input + at;
  const end = start + length;
  if (length < 9 || length > MOST_PLAIN || load<u8>(start) !== 0x09) return;
  cursor = start + 9;
  while (cursor < end) {
    // Numbers and texts: no second wall time.
    const wire = load<u8>(cursor++) & 7;
    if (wire === 0) varint(end);
    else if (wire !== 2 || field(end) === 0) return;
  }
  if (cursor !== end) return;
  plainLength = length;
  memory.copy(plain, start, length);
}

// @ts-expect-error: decorator
@inline
function isPlain(start: usize, end: usize): bool {
  const length = <u32>(end - start);
  return length >= 9 && plainLength === length && load<u8>(start) === 0x09 && memory.compare(start + 9, plain + 9, length - 9) === 0;
}

/** Appends one point that the caller decoded. */
export function push(tag: u32, step: f64, wall: f64, value: f32): void {
  emit(tag, step, wall, value);
}

/** Whether there is room for a point. */
export function room(): bool {
  return count < columnCapacity;
}

/** Scans frames from `start` to `end` (offsets in the input); the data's CRC is verified unless told not to. */
export function scan(start: u32, end: u32, verify: u32): u32 {
  let at = start;
  while (true) {
    position = at;
    if (end - at < 12) return NEED_MORE;
    const frame = input + at;
    if (count < columnCapacity && isAsExpected(frame, end - at, verify) && kindOf(likeTag) === SCALAR) {
      emit(likeTag, likeStep, likeWall, likeValue);
      if (likeWall < earliest) earliest = likeWall;
      at += likeLength + 16;
      records++;
      wasAsExpected();
      continue;
    }
    if (maskedCrc32cOf8(frame) !== load<u32>(frame, 8)) return BAD_LENGTH;
    const length64 = load<u64>(frame);
    // Before anything is added to it: sums of what a file says may wrap.
    if (length64 > MOST_BYTES) return TOO_LONG;
    const length = <u32>length64;
    if (end - at < 16 || length > end - at - 16) return NEED_MORE;
    const data = frame + 12;
    payload = at + 12;
    payloadLength = length;
    if (verify && maskedCrc32c(data, length) !== load<u32>(data + length)) {
      position = at + length + 16;
      return BAD_DATA;
    }
    const before = count;
    const freshBefore = fresh;
    let result = event(data, data + length);
    if (result === FULL || result === OTHER) {
      count = before;
      forgetFresh(freshBefore);
    }
    if (result === FULL) {
      if (before > 0) return FULL;
      result = OTHER; // more values in one event than the columns hold
    }
    at += length + 16;
    if (result === OTHER) {
      position = at;
      forgetExpected();
      return OTHER;
    }
    if (count === before + 1) learnPattern(load<u32>(tags + (<usize>before << 2)), frame, wallAt, stepAt, stepBytes, valueAt);
    else forgetExpected();
    records++;
  }
}

/** Takes back what the tags are that came last. */
function forgetFresh(keep: u32): void {
  while (fresh > keep) {
    fresh--;
    setKind(load<u32>(freshTags + ((<usize>fresh) << 2)), UNKNOWN);
  }
}

// @ts-expect-error: decorator
@inline
function emit(tag: u32, step: f64, wall: f64, value: f32): void {
  store<u32>(tags + (<usize>count << 2), tag);
  store<f64>(steps + (<usize>count << 3), step);
  store<f64>(walls + (<usize>count << 3), wall);
  store<f32>(values + (<usize>count << 2), value);
  count++;
}

/** Cursor of the varint reader; past the end when the bytes are malformed. */
let cursor: usize = 0;

// @ts-expect-error: decorator
@inline
function varint(end: usize): u64 {
  const first = cursor < end ? load<u8>(cursor) : 0x80;
  if (first < 0x80) {
    cursor++;
    return first;
  }
  return longVarint(end);
}

function longVarint(end: usize): u64 {
  let result: u64 = 0;
  for (let shift: u64 = 0; shift < 70; shift += 7) {
    if (cursor >= end) break;
    const byte = load<u8>(cursor++);
    result |= (<u64>(byte & 0x7f)) << shift;
    if (byte < 0x80) return result;
  }
  cursor = usize.MAX_VALUE;
  return 0;
}

/** Moves over a length-delimited field; gives its start, or 0 when it does not fit. */
// @ts-expect-error: decorator
@inline
function field(end: usize): usize {
  const length = varint(end);
  if (cursor > end || length > <u64>(end - cursor)) return 0;
  const start = cursor;
  cursor += <usize>length;
  return start;
}

/** Not a reason to return: an event was decoded. */
const DONE: u32 = 5;
/** Beyond this a double is not exact: such steps go the general way. */
const MAX_SAFE: i64 = 9007199254740991;

/** Decodes an Event whose summary holds only scalars of known tags, else gives OTHER. */
function event(start: usize, end: usize): u32 {
  let wall: f64 = 0;
  let step: i64 = 0;
  let summary: usize = 0;
  let summaryEnd: usize = 0;
  if (isPlain(start, end)) {
    wall = load<f64>(start, 1);
    if (!isFinite<f64>(wall)) return OTHER;
    if (wall < earliest) earliest = wall;
    return DONE;
  }
  wallAt = 0;
  stepBytes = 0;
  cursor = start;
  while (cursor < end) {
    const key = load<u8>(cursor++);
    if (key === 0x09) {
      if (end - cursor < 8) return OTHER;
      wall = load<f64>(cursor);
      wallAt = cursor;
      cursor += 8;
    } else if (key === 0x10) {
      stepAt = cursor;
      step = <i64>varint(end);
      stepBytes = <u32>(cursor - stepAt);
    } else if (key === 0x2a) {
      if (summary !== 0) return OTHER;
      summary = field(end);
      if (summary === 0) return OTHER;
      summaryEnd = cursor;
    } else return OTHER;
  }
  if (cursor !== end || summary === 0 || summary === summaryEnd) return OTHER;
  if (step > MAX_SAFE || step < -MAX_SAFE || !isFinite<f64>(wall)) return OTHER;
  cursor = summary;
  while (cursor < summaryEnd) {
    if (load<u8>(cursor++) !== 0x0a) return OTHER;
    const value = field(summaryEnd);
    if (value === 0) return OTHER;
    const next = cursor;
    if (count >= columnCapacity) return FULL;
    const result = summaryValue(value, next, <f64>step, wall);
    if (result !== DONE) return result;
    cursor = next;
  }
  if (wall < earliest) earliest = wall;
  return DONE;
}

function summaryValue(start: usize, end: usize, step: f64, wall: f64): u32 {
  let tag: i32 = -1;
  let value: f32 = 0;
  let have = 0;
  let simple = false;
  let metadata: usize = 0;
  let metadataLength: u32 = 0;
  cursor = start;
  while (cursor < end) {
    const key = load<u8>(cursor++);
    if (key === 0x0a) {
      const bytes = field(end);
      if (bytes === 0) return OTHER;
      tag = findTag(bytes, <u32>(cursor - bytes));
    } else if (key === 0x15) {
      if (end - cursor < 4) return OTHER;
      value = load<f32>(cursor);
      valueAt = cursor;
      cursor += 4;
      simple = true;
      have++;
    } else if (key === 0x42) {
      const tensor = field(end);
      if (tensor === 0) return OTHER;
      const after = cursor;
      if (!scalarTensor(tensor, after)) return OTHER;
      value = tensorValue;
      cursor = after;
      have++;
    } else if (key === 0x4a) {
      const bytes = field(end);
      if (bytes === 0) return OTHER;
      // What is in several would be put together: that is not for here.
      if (metadata !== 0) return OTHER;
      metadata = bytes;
      metadataLength = <u32>(cursor - bytes);
    } else if (key === 0x3a) {
      if (field(end) === 0) return OTHER; // node_name is not used
    } else return OTHER;
  }
  if (cursor !== end || have !== 1 || tag < 0) return OTHER;
  const kind = kindOf(tag);
  if (kind === UNKNOWN) {
    if (!isLikeFirst(tag, metadata, metadataLength, simple)) return OTHER;
    setKind(tag, SCALAR);
    store<u32>(freshTags + ((<usize>fresh) << 2), tag);
    fresh++;
  } else if (kind === NEW_SCALAR) {
    if (!learning) return OTHER;
    learnFirst(tag, metadata, metadataLength, simple);
    setKind(tag, SCALAR);
  } else if (kind !== SCALAR) return OTHER;
  emit(<u32>tag, step, wall, value);
  return DONE;
}

let tensorValue: f32 = 0;

/** Whether the TensorProto is one DT_FLOAT of rank 0; its value is left in `tensorValue`. */
function scalarTensor(start: usize, end: usize): bool {
  let have = 0;
  let float = false;
  cursor = start;
  while (cursor < end) {
    const key = load<u8>(cursor++);
    if (key === 0x08) {
      float = varint(end) === 1;
    } else if (key === 0x12) {
      if (varint(end) !== 0) return false;
    } else if (key === 0x18) {
      varint(end);
    } else if (key === 0x22 || key === 0x2a) {
      if (end - cursor < 5 || load<u8>(cursor) !== 4) return false;
      tensorValue = load<f32>(cursor, 1);
      valueAt = cursor + 1;
      cursor += 5;
      have++;
    } else if (key === 0x2d) {
      if (end - cursor < 4) return false;
      tensorValue = load<f32>(cursor);
      valueAt = cursor;
      cursor += 4;
      have++;
    } else return false;
  }
  return cursor === end && float && have === 1;
}
