/** Sound as TensorFlow 1 writes it: WAV, with what a player needs beside it. */
import type { pb } from "../../../proto/codec.ts";
import { ShapeError } from "../../errors.ts";
import { encodeWav } from "../../wav.ts";

/** Clips of equal length, [count, frames] or [count, frames, channels], from -1 to 1. */
export interface Clips {
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array;
}

/**
 * The first clips.
 *
 * @param sampleRate frames a second
 * @throws ShapeError when the shape is none of those above
 */
export function encodeClips(
  { shape, data }: Clips,
  sampleRate: number,
  maxClips: number,
): pb.Summary.Audio.$Properties[] {
  const [count = 0, lengthFrames = 0, numChannels = 1] = shape;
  if (shape.length < 2 || shape.length > 3 || numChannels === 0)
    throw new ShapeError(`clips are [count, frames] or [count, frames, channels], not [${shape.join(", ")}]`);
  const size = lengthFrames * numChannels;
  return Array.from({ length: Math.min(count, maxClips) }, (_, i) => ({
    sampleRate,
    numChannels,
    lengthFrames,
    encodedAudioString: encodeWav(data.subarray(i * size, (i + 1) * size), numChannels, sampleRate),
    contentType: "audio/wav",
  }));
}
