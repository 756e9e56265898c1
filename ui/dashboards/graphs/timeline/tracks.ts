/** A step's executions ordered for drawing: rows of a lane and a depth, each sorted by start. */
import type { GraphTimeline } from "../../../../graph/views.ts";

/** Micros at the left and right edge of what is in sight. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export interface Track {
  readonly lane: number;
  readonly depth: number;
  /** Executions by start. */
  readonly order: Int32Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

export interface LanePlace {
  readonly device: string;
  readonly thread: string;
  /** Rows from the top of all. */
  readonly row: number;
  readonly rows: number;
}

export interface Tracks {
  readonly timeline: GraphTimeline;
  readonly tracks: readonly Track[];
  readonly lanes: readonly LanePlace[];
  /** Rows of all lanes, one more a lane for its name. */
  readonly rows: number;
  readonly span: number;
  readonly count: number;
}

export function tracksOf(timeline: GraphTimeline): Tracks {
  const count = timeline.name.length;
  const depths = new Map<number, number[]>();
  const most = new Array<number>(timeline.lanes.length).fill(0);
  for (let i = 0; i < count; i++) {
    const lane = timeline.lane[i]!;
    const depth = timeline.depth[i]!;
    most[lane] = Math.max(most[lane] ?? 0, depth + 1);
    const key = lane * 4096 + Math.min(4095, depth);
    const list = depths.get(key);
    if (list) list.push(i);
    else depths.set(key, [i]);
  }
  const tracks = [...depths].map(([key, list]) => {
    const order = Int32Array.from(list).sort((a, b) => timeline.start_micros[a]! - timeline.start_micros[b]!);
    return {
      lane: Math.floor(key / 4096),
      depth: key % 4096,
      order,
      starts: Float64Array.from(order, (i) => timeline.start_micros[i]!),
      ends: Float64Array.from(order, (i) => timeline.start_micros[i]! + timeline.duration_micros[i]!),
    };
  });
  let row = 0;
  const lanes = timeline.lanes.map(({ device, thread }, lane) => {
    const place = { device, thread, row, rows: most[lane]! };
    row += most[lane]! + 1;
    return place;
  });
  return {
    timeline,
    tracks,
    lanes,
    rows: row,
    span: timeline.span_micros > 0 ? timeline.span_micros : 1,
    count,
  };
}

/** First index whose value is at least `wanted`. */
export function lowerBound(values: Float64Array, wanted: number, from = 0): number {
  let [low, high] = [from, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Execution at a time in a row of all lanes; -1 where there is none. */
export function executionAt({ tracks, lanes }: Tracks, row: number, micros: number, reach: number): number {
  for (const track of tracks) {
    if (lanes[track.lane]!.row + 1 + track.depth !== row) continue;
    const after = lowerBound(track.starts, micros + reach);
    for (const k of [after - 1, after - 2])
      if (k >= 0 && track.starts[k]! <= micros + reach && track.ends[k]! >= micros - reach)
        return track.order[k]!;
  }
  return -1;
}
