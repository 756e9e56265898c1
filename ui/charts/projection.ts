/** Data columns to pixels, in bulk: the inner loop of drawing. */
import type { Frame } from "./frame.ts";
import type { Scale } from "./scale.ts";

/** Pixel positions of a line's points; views on buffers that the next call overwrites. */
export interface Projected {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

let bufferX = new Float32Array(4096);
let bufferY = new Float32Array(4096);

export function project(frame: Frame, x: Float64Array, y: Float32Array): Projected {
  if (x.length > bufferX.length) {
    bufferX = new Float32Array(x.length * 2);
    bufferY = new Float32Array(x.length * 2);
  }
  const { left, top, width, height } = frame.plot;
  projectColumn(x, frame.x, left, width, bufferX);
  projectColumn(y, frame.y, top + height, -height, bufferY);
  return { x: bufferX.subarray(0, x.length), y: bufferY.subarray(0, x.length) };
}

function projectColumn(
  values: Float64Array | Float32Array,
  scale: Scale,
  origin: number,
  length: number,
  out: Float32Array,
): void {
  const low = scale.toAxis(scale.range[0]);
  const factor = length / (scale.toAxis(scale.range[1]) - low);
  if (scale.log) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      out[i] = value > 0 ? origin + (Math.log10(value) - low) * factor : Number.NaN;
    }
  } else {
    for (let i = 0; i < values.length; i++) out[i] = origin + (values[i]! - low) * factor;
  }
}
