/** Sound at a step, kept as 16-bit PCM in WAV: the audio dashboard. */
import { pb } from "../../proto/codec.ts";
import { encodeTensor } from "../../proto/tensor.ts";
import { checkOptions, type OptionNames, SUMMARY_OPTIONS } from "../check-options.ts";
import { describe } from "../checks.ts";
import { ShapeError, ValueError } from "../errors.ts";
import { flatten, isNested, type NestedNumbers } from "../nested.ts";
import type { SummaryOptions } from "../options.ts";
import type { Plugin, Recorder } from "../recorder.ts";
import { checkShape, isTensorLike, opened, type TensorLike } from "../tensor-like.ts";
import { encodeWav, type SampleArray } from "../wav.ts";

/**
 * How samples are laid out, and how fast they are played.
 *
 * @example
 * const options: AudioOptions = { sampleRate: 8000, shape: [100, 2], step: 1 };
 * writer.audio("stereo", new Float32Array(200), options);
 */
export interface AudioOptions extends SummaryOptions {
  /** Frames a second. */
  readonly sampleRate: number;
  /**
   * [frames], [frames, channels] or [count, frames, channels], channels interleaved.
   * Default: the tensor's own; one channel for a typed array.
   */
  readonly shape?: readonly number[] | undefined;
  /** Clips written at most, the first ones. Default 3. */
  readonly maxOutputs?: number | undefined;
}

const AUDIO: Plugin = {
  name: "audio",
  content: pb.AudioPluginData.encode({ encoding: pb.AudioPluginData.Encoding.WAV }).finish(),
};
const DEFAULT_OUTPUTS = 3;
/** Beyond, floats are no sound that is a little too loud, but integers. */
const LOUDEST = 2;
const OPTIONS: OptionNames<AudioOptions> = {
  ...SUMMARY_OPTIONS,
  sampleRate: true,
  shape: true,
  maxOutputs: true,
};

/**
 * Writes clips of equal length.
 *
 * @param samples floats from -1 to 1 (what lies outside is cut off) or 16-bit integers
 * @returns whether they were kept
 * @throws ShapeError when the shape does not fit or is not one of those above
 * @throws ValueError when the samples are of another type, or the rate or `maxOutputs` is out of range
 * @throws TagError, StepError
 * @example
 * const samples = Float32Array.from({ length: 8000 }, (_, i) => Math.sin(i * 0.3) * 0.5);
 * writer.audio("tone", samples, { step: 0, sampleRate: 8000 });
 */
export function audio(
  recorder: Recorder,
  tag: string,
  samples: SampleArray | TensorLike | NestedNumbers,
  options: AudioOptions,
): boolean {
  checkOptions(options, OPTIONS, () => `audio "${tag}"`);
  const { sampleRate, maxOutputs = DEFAULT_OUTPUTS } = options;
  if (!Number.isSafeInteger(sampleRate) || sampleRate <= 0)
    throw new ValueError(`sampleRate must be a positive integer, not ${describe(sampleRate)}`);
  if (!Number.isSafeInteger(maxOutputs) || maxOutputs < 0)
    throw new ValueError(`maxOutputs must be an integer of 0 or more, not ${describe(maxOutputs)}`);
  const given = isNested(samples) ? flatten(samples) : isTensorLike(samples) ? opened(samples) : undefined;
  const data = given?.data ?? samples;
  if (!isSampleArray(data))
    throw new ValueError(`samples are floats or 16-bit integers, not ${describe(data)}`);
  const shape = options.shape ?? given?.shape ?? [data.length];
  checkShape(shape, data.length);
  const [count, frames, channels] = threeDimensions(shape);
  const size = frames * channels;
  if (!(data instanceof Int16Array) && data.some((sample) => sample > LOUDEST || sample < -LOUDEST))
    recorder.tellOnce(
      "loud clips",
      `audio "${tag}": floats go from -1 to 1, and these go far beyond: what does is cut off. Give an Int16Array, or divide by 32768`,
    );
  // TensorFlow writes a label beside every clip, always empty.
  const rows = Array.from({ length: Math.min(count, maxOutputs) }, (_, i) => [
    encodeWav(data.subarray(i * size, (i + 1) * size), channels, sampleRate),
    "",
  ]);
  return recorder.tensor(tag, AUDIO, encodeTensor(rows.flat(), [rows.length, 2]), options);
}

function threeDimensions(shape: readonly number[]): readonly [number, number, number] {
  const [count, frames, channels] =
    shape.length === 3 ? shape : shape.length === 2 ? [1, ...shape] : [1, ...shape, 1];
  if (shape.length === 0 || shape.length > 3 || count === undefined || frames === undefined || !channels)
    throw new ShapeError(
      `a clip's shape is [frames], [frames, channels] or [count, …], not [${shape.join(", ")}]`,
    );
  return [count, frames, channels];
}

function isSampleArray(data: unknown): data is SampleArray {
  return data instanceof Float32Array || data instanceof Float64Array || data instanceof Int16Array;
}
