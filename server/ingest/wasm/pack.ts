/**
 * Takes points apart by tag and packs them into a slab, block after block, as `server/store/slab-writer.ts` does for what
 * comes in small pieces: the same numbers give the same bytes. Steps of each block ascend strictly.
 */

/** Most points of a block. */
const BLOCK_POINTS: u32 = 4096;

// Numbers of a block in the directory: those of `Field` in `server/store/slab.ts`.
const FIELDS: u32 = 20;
const COUNT: usize = 0;
const STEPS: usize = 1;
const WALLS: usize = 6;
const WALL_UNIT: usize = 11;
const WALLS_ASCEND: usize = 12;
const VALUE_OFFSET: usize = 13;
const HINT_OFFSET: usize = 14;
const LOWEST: usize = 15;
const HIGHEST: usize = 16;
const NAN: usize = 17;
const MIN: usize = 18;
const MAX: usize = 19;

// How a column is kept: `ColumnKind` in `server/store/linear-column.ts`.
const LINE: u32 = 0;
const INT8: u32 = 1;
const INT16: u32 = 2;
const INT32: u32 = 3;
const FLOAT64: u32 = 4;

/** Doubles beyond this are not exact as integers once something is added. */
const EXACT: f64 = 4503599627370496;
/** Wall times from 2^30 to 2^31 are whole multiples of 2^-22. */
const UNIT_OF_WALLS: f64 = 1.0 / 4194304.0;
const WALL_MIN: f64 = 1073741824;
const WALL_MAX: f64 = 2147483648;

const HINT_ROWS: u32 = 64;
const WIDE_ROWS: u32 = 512;

/** The points to pack, in the order of the file. */
export let tags: usize = 0;
export let steps: usize = 0;
export let walls: usize = 0;
export let values: usize = 0;
/** The same in order of tag. */
export let groupedSteps: usize = 0;
export let groupedWalls: usize = 0;
export let groupedValues: usize = 0;
let pointCapacity: u32 = 0;

/** Of each tag how many points it has, and then where its next one goes; all zero between calls. */
let counters: usize = 0;
let tagCapacity: u32 = 0;
/** Tags of the points in the order of their first ones. */
let groups: usize = 0;

/** The slab: its data and directory, and how much of them is written. */
export let data: usize = 0;
export let directory: usize = 0;
export let bytes: u32 = 0;
export let blocks: u32 = 0;

/** Tags of the blocks that the last call wrote, `written` of them. */
export let blockTags: usize = 0;
export let written: u32 = 0;
/** Groups that were not packed, `left` of them: tag, first row and the one behind the last, in order of tag. */
export let leftGroups: usize = 0;
export let left: u32 = 0;

export function init(slabBytes: u32, slabBlocks: u32): void {
  data = (heap.alloc(slabBytes + 8) + 7) & ~7;
  directory = heap.alloc(slabBlocks * FIELDS * 8);
  blockTags = heap.alloc(slabBlocks * 4);
}

/** Makes room for so many points of tags below `most`. */
export function reserve(points: u32, most: u32): void {
  if (points > pointCapacity) {
    pointCapacity = points;
    tags = heap.alloc(points * 4);
    steps = heap.alloc(points * 8);
    walls = heap.alloc(points * 8);
    values = heap.alloc(points * 4);
    groupedSteps = heap.alloc(points * 8);
    groupedWalls = heap.alloc(points * 8);
    groupedValues = heap.alloc(points * 4);
    groups = heap.alloc(points * 4);
    leftGroups = heap.alloc(points * 12);
  }
  if (most > tagCapacity) {
    tagCapacity = most;
    counters = heap.alloc(most * 4);
    memory.fill(counters, 0, most * 4);
  }
}

/** Empties the slab. */
export function clear(): void {
  bytes = 0;
  blocks = 0;
}

/** Packs `count` points, which must fit; groups of fewer than `least`, or whose steps do not ascend, are left. */
export function pack(count: u32, least: u32): void {
  written = 0;
  left = 0;
  const found = group(count);
  // Rows of the block before.
  let lastFrom: u32 = 0;
  let lastRows: u32 = 0;
  let from: u32 = 0;
  for (let g: u32 = 0; g < found; g++) {
    const tag = load<u32>(groups + (<usize>g << 2));
    const counter = counters + (<usize>tag << 2);
    const to = load<u32>(counter);
    store<u32>(counter, 0);
    const rows = to - from;
    if (rows < least || !ascend(from, to)) {
      const entry = leftGroups + <usize>left * 12;
      store<u32>(entry, tag);
      store<u32>(entry, from, 4);
      store<u32>(entry, to, 8);
      left++;
      from = to;
      continue;
    }
    // Blocks of about the same size.
    const parts = (rows + BLOCK_POINTS - 1) / BLOCK_POINTS;
    const each = (rows + parts - 1) / parts;
    for (; from < to; from += each) {
      const end = min(to, from + each);
      const shared = lastRows === end - from && areSame(lastFrom, from, lastRows);
      block(from, end, shared);
      lastFrom = from;
      lastRows = end - from;
      store<u32>(blockTags + (<usize>written << 2), tag);
      written++;
    }
    from = to;
  }
}

/** Sorts the points by tag, keeping their order within a tag; leaves in `counters` where each tag's end. Gives the tags. */
function group(count: u32): u32 {
  let found: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const tag = load<u32>(tags + (<usize>i << 2));
    const counter = counters + (<usize>tag << 2);
    const before = load<u32>(counter);
    if (before === 0) {
      store<u32>(groups + (<usize>found << 2), tag);
      found++;
    }
    store<u32>(counter, before + 1);
  }
  let next: u32 = 0;
  for (let g: u32 = 0; g < found; g++) {
    const counter = counters + (<usize>load<u32>(groups + (<usize>g << 2)) << 2);
    const rows = load<u32>(counter);
    store<u32>(counter, next);
    next += rows;
  }
  for (let i: u32 = 0; i < count; i++) {
    const counter = counters + (<usize>load<u32>(tags + (<usize>i << 2)) << 2);
    const to = <usize>load<u32>(counter);
    store<u32>(counter, <u32>to + 1);
    store<f64>(groupedSteps + (to << 3), load<f64>(steps + (<usize>i << 3)));
    store<f64>(groupedWalls + (to << 3), load<f64>(walls + (<usize>i << 3)));
    store<f32>(groupedValues + (to << 2), load<f32>(values + (<usize>i << 2)));
  }
  return found;
}

// @ts-expect-error: decorator
@inline
function stepAt(row: u32): f64 {
  return load<f64>(groupedSteps + (<usize>row << 3));
}

// @ts-expect-error: decorator
@inline
function wallAt(row: u32): f64 {
  return load<f64>(groupedWalls + (<usize>row << 3));
}

function ascend(from: u32, to: u32): bool {
  for (let i = from + 1; i < to; i++) if (!(stepAt(i) > stepAt(i - 1))) return false;
  return true;
}

/** Whether rows have the same steps and wall times as others. */
function areSame(a: u32, b: u32, rows: u32): bool {
  for (let i: u32 = 0; i < rows; i++)
    if (stepAt(a + i) !== stepAt(b + i) || wallAt(a + i) !== wallAt(b + i)) return false;
  return true;
}

/** Writes a block; `shared` where its times are those of the block before. */
function block(from: u32, to: u32, shared: bool): void {
  const entry = directory + (<usize>(blocks * FIELDS) << 3);
  blocks++;
  store<f64>(entry + (COUNT << 3), <f64>(to - from));
  if (shared) {
    const size: usize = FIELDS << 3;
    memory.copy(entry + (STEPS << 3), entry - size + (STEPS << 3), (VALUE_OFFSET - STEPS) << 3);
  } else times(entry, from, to);
  writeValues(entry, groupedValues + (<usize>from << 2), to - from);
}

function times(entry: usize, from: u32, to: u32): void {
  column(entry + (STEPS << 3), groupedSteps + (<usize>from << 3), to - from, 1);
  let unit = UNIT_OF_WALLS;
  let ascends = true;
  for (let i = from; i < to; i++) {
    const wall = wallAt(i);
    if (!(wall >= WALL_MIN && wall < WALL_MAX)) unit = 0;
    if (i > from && wall < wallAt(i - 1)) ascends = false;
  }
  column(entry + (WALLS << 3), groupedWalls + (<usize>from << 3), to - from, unit);
  store<f64>(entry + (WALL_UNIT << 3), unit);
  store<f64>(entry + (WALLS_ASCEND << 3), ascends ? 1 : 0);
}

// @ts-expect-error: decorator
@inline
function round(x: f64): f64 {
  return Math.floor(x + 0.5);
}

let slope: f64 = 0;

/** Writes a column: its kind, offset, first number, slope and last number at `layout`, the rows into the data. */
function column(layout: usize, numbers: usize, rows: u32, unit: f64): void {
  const first = load<f64>(numbers);
  const last = load<f64>(numbers + (<usize>(rows - 1) << 3));
  const kind = plan(numbers, rows, unit);
  let offset: u32 = 0;
  if (kind !== LINE) {
    const shift: u32 = kind === FLOAT64 ? 3 : kind - INT8;
    offset = aligned(shift);
    bytes = offset + (rows << shift);
    const at = data + offset;
    if (kind === FLOAT64) memory.copy(at, numbers, <usize>rows << 3);
    else
      for (let i: u32 = 0; i < rows; i++) {
        const off = <i32>((load<f64>(numbers + (<usize>i << 3)) - first) / unit - round(slope * <f64>i));
        if (kind === INT8) store<i8>(at + i, <i8>off);
        else if (kind === INT16) store<i16>(at + (<usize>i << 1), <i16>off);
        else store<i32>(at + (<usize>i << 2), off);
      }
  }
  store<f64>(layout, <f64>kind);
  store<f64>(layout, <f64>offset, 8);
  store<f64>(layout, first, 16);
  store<f64>(layout, slope, 24);
  store<f64>(layout, last, 32);
}

/** How a column is best kept; leaves the line's slope in `slope`. */
function plan(numbers: usize, rows: u32, unit: f64): u32 {
  slope = 0;
  if (unit === 0) return FLOAT64;
  const first = load<f64>(numbers);
  const line = rows > 1 ? (load<f64>(numbers + (<usize>(rows - 1) << 3)) - first) / unit / <f64>(rows - 1) : 0;
  let least: f64 = 0;
  let most: f64 = 0;
  for (let i: u32 = 1; i < rows; i++) {
    const units = (load<f64>(numbers + (<usize>i << 3)) - first) / unit;
    if (!(units <= EXACT && units >= -EXACT)) return FLOAT64;
    const off = units - round(line * <f64>i);
    if (off < least) least = off;
    else if (off > most) most = off;
  }
  const far = max(most, -1 - least);
  if (far >= 2147483648) return FLOAT64;
  slope = line;
  if (least === 0 && most === 0) return LINE;
  return far < 128 ? INT8 : far < 32768 ? INT16 : INT32;
}

/** The next offset that is a multiple of 2^shift. */
// @ts-expect-error: decorator
@inline
function aligned(shift: u32): u32 {
  const mask = (<u32>1 << shift) - 1;
  return (bytes + mask) & ~mask;
}

// Rows of the smallest and the largest number and of the first NaN among some; -1 where there is none.
let lowest: i32 = -1;
let highest: i32 = -1;
let nan: i32 = -1;

function writeValues(entry: usize, from: usize, rows: u32): void {
  const valueOffset = aligned(2);
  memory.copy(data + valueOffset, from, <usize>rows << 2);
  const hintOffset = valueOffset + (rows << 2);
  const narrow = data + hintOffset + ((rows + WIDE_ROWS - 1) / WIDE_ROWS) * 6;
  bytes = <u32>(narrow - data) + ((rows + HINT_ROWS - 1) / HINT_ROWS) * 3;
  let allLowest: i32 = -1;
  let allHighest: i32 = -1;
  let allNan: i32 = -1;
  let wideAt = data + hintOffset;
  let narrowAt = narrow;
  for (let wide: u32 = 0; wide < rows; wide += WIDE_ROWS) {
    const wideEnd = min(rows, wide + WIDE_ROWS);
    let wideLowest: i32 = -1;
    let wideHighest: i32 = -1;
    let wideNan: i32 = -1;
    for (let start = wide; start < wideEnd; start += HINT_ROWS) {
      scan(from, start, min(wideEnd, start + HINT_ROWS));
      store<u8>(narrowAt, lowest < 0 ? 0xff : <u8>(lowest - start));
      store<u8>(narrowAt, highest < 0 ? 0xff : <u8>(highest - start), 1);
      store<u8>(narrowAt, nan < 0 ? 0xff : <u8>(nan - start), 2);
      narrowAt += 3;
      wideLowest = lower(from, wideLowest, lowest);
      wideHighest = higher(from, wideHighest, highest);
      if (wideNan < 0) wideNan = nan;
    }
    store<u16>(wideAt, wideLowest < 0 ? 0xffff : <u16>(wideLowest - wide));
    store<u16>(wideAt, wideHighest < 0 ? 0xffff : <u16>(wideHighest - wide), 2);
    store<u16>(wideAt, wideNan < 0 ? 0xffff : <u16>(wideNan - wide), 4);
    wideAt += 6;
    allLowest = lower(from, allLowest, wideLowest);
    allHighest = higher(from, allHighest, wideHighest);
    if (allNan < 0) allNan = wideNan;
  }
  store<f64>(entry + (VALUE_OFFSET << 3), <f64>valueOffset);
  store<f64>(entry + (HINT_OFFSET << 3), <f64>hintOffset);
  store<f64>(entry + (LOWEST << 3), <f64>allLowest);
  store<f64>(entry + (HIGHEST << 3), <f64>allHighest);
  store<f64>(entry + (NAN << 3), <f64>allNan);
  store<f64>(entry + (MIN << 3), allLowest < 0 ? f64.NaN : <f64>valueAt(from, allLowest));
  store<f64>(entry + (MAX << 3), allHighest < 0 ? f64.NaN : <f64>valueAt(from, allHighest));
}

// @ts-expect-error: decorator
@inline
function valueAt(from: usize, row: u32): f32 {
  return load<f32>(from + (<usize>row << 2));
}

/** Looks at rows. */
function scan(from: usize, start: u32, end: u32): void {
  lowest = -1;
  highest = -1;
  nan = -1;
  let least: f32 = Infinity;
  let most: f32 = -Infinity;
  for (let row = start; row < end; row++) {
    const value = valueAt(from, row);
    if (value < least || (lowest < 0 && value === least)) {
      least = value;
      lowest = row;
    }
    if (value > most || (highest < 0 && value === most)) {
      most = value;
      highest = row;
    }
    if (nan < 0 && value !== value) nan = row;
  }
}

/** The row of the smaller number of two, the first where they are equal; -1 for none. */
function lower(from: usize, a: i32, b: i32): i32 {
  return b >= 0 && (a < 0 || valueAt(from, b) < valueAt(from, a)) ? b : a;
}

/** Likewise of the larger number. */
function higher(from: usize, a: i32, b: i32): i32 {
  return b >= 0 && (a < 0 || valueAt(from, b) > valueAt(from, a)) ? b : a;
}
