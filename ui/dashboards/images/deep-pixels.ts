/**
 * PNG images of 16 bits a channel, which browsers cut to 8 before brightness and contrast see them: decoded whole, so that
 * what is dark in them can be brought to light.
 */
import { decode } from "fast-png";

export interface DeepPixels {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  readonly channels: number;
  readonly data: Uint16Array;
  /** Smallest and largest value, alpha left out. */
  readonly range: readonly [number, number];
}

/** @throws Error when the bytes are no PNG of 16 bits that decodes */
export function decodeDeep(bytes: Uint8Array): DeepPixels {
  const { width, height, channels, data } = decode(bytes);
  if (!(data instanceof Uint16Array)) throw new Error("not 16 bits a channel");
  const colours = channels === 2 || channels === 4 ? channels - 1 : channels;
  let [low, high] = [65535, 0];
  for (let i = 0; i < data.length; i += channels)
    for (let c = 0; c < colours; c++) {
      const value = data[i + c]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return { width, height, channels, data, range: [low, high] };
}

/** Red, green, blue and alpha of 16 bits, at a size: of another, each pixel is the nearest. */
export function deepRgba(pixels: DeepPixels, width: number, height: number): Uint16Array {
  const { data, channels } = pixels;
  const out = new Uint16Array(width * height * 4);
  const isGrey = channels < 3;
  const hasAlpha = channels === 2 || channels === 4;
  for (let y = 0, to = 0; y < height; y++) {
    const row = Math.floor((y * pixels.height) / height) * pixels.width;
    for (let x = 0; x < width; x++, to += 4) {
      const from = (row + Math.floor((x * pixels.width) / width)) * channels;
      out[to] = data[from]!;
      out[to + 1] = data[isGrey ? from : from + 1]!;
      out[to + 2] = data[isGrey ? from : from + 2]!;
      out[to + 3] = hasAlpha ? data[from + channels - 1]! : 65535;
    }
  }
  return out;
}

/** Values of 8 bits as those of 16 that mean the same. */
export function deepened(values: Uint8ClampedArray): Uint16Array {
  return Uint16Array.from(values, (value) => value * 257);
}

export interface Levels {
  /** Factor of all values, as CSS's `brightness`. */
  readonly brightness: number;
  /** Factor of the distance from the middle, as CSS's `contrast`. */
  readonly contrast: number;
  /** Whether the image's own smallest and largest value become black and white first. */
  readonly stretch: boolean;
}

/** RGBA of 8 bits, brightness first and contrast then, both on all 16 bits. */
export function toneDeep(pixels: DeepPixels, levels: Levels): Uint8ClampedArray<ArrayBuffer> {
  const { data, channels, width, height } = pixels;
  const tone = toneTable(pixels.range, levels);
  const out = new Uint8ClampedArray(width * height * 4);
  const isGrey = channels < 3;
  for (let i = 0, at = 0; i < data.length; i += channels, at += 4) {
    out[at] = tone[data[i]!]!;
    out[at + 1] = tone[data[isGrey ? i : i + 1]!]!;
    out[at + 2] = tone[data[isGrey ? i : i + 2]!]!;
    out[at + 3] = channels === 2 || channels === 4 ? data[i + channels - 1]! >> 8 : 255;
  }
  return out;
}

/** What becomes of each of the 65,536 values. */
function toneTable([low, high]: DeepPixels["range"], levels: Levels): Uint8ClampedArray {
  const [from, span] = levels.stretch && high > low ? [low, high - low] : [0, 65535];
  const table = new Uint8ClampedArray(65536);
  for (let value = 0; value < 65536; value++) {
    const bright = Math.min(1, Math.max(0, ((value - from) / span) * levels.brightness));
    table[value] = ((bright - 0.5) * levels.contrast + 0.5) * 255;
  }
  return table;
}
