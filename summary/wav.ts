/** WAV files of 16-bit PCM: a header of 44 bytes, then frames of little-endian samples. */

/**
 * Samples of sound: floats from -1 to 1, or 16-bit integers.
 *
 * @example
 * const samples: SampleArray = Int16Array.of(0, 1000, -1000, 0);
 * writer.audio("click", samples, { step: 0, sampleRate: 8000 });
 */
export type SampleArray = Float32Array | Float64Array | Int16Array;

const HEADER_BYTES = 44;
const SAMPLE_BYTES = 2;
const PCM = 1;

/**
 * Encodes one clip; floats are scaled as `tf.audio.encode_wav` scales them.
 *
 * @param samples channels interleaved: floats from -1 to 1, or 16-bit integers
 * @param channels 1 or more
 * @param sampleRate frames a second
 */
export function encodeWav(samples: SampleArray, channels: number, sampleRate: number): Uint8Array {
  const dataBytes = samples.length * SAMPLE_BYTES;
  const bytes = new Uint8Array(HEADER_BYTES + dataBytes);
  const view = new DataView(bytes.buffer);
  const frameBytes = channels * SAMPLE_BYTES;
  putText(bytes, 0, "RIFF");
  view.setUint32(4, HEADER_BYTES - 8 + dataBytes, true);
  putText(bytes, 8, "WAVEfmt ");
  view.setUint32(16, 16, true); // bytes of the format that follows
  view.setUint16(20, PCM, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, SAMPLE_BYTES * 8, true);
  putText(bytes, 36, "data");
  view.setUint32(40, dataBytes, true);
  const float = !(samples instanceof Int16Array);
  for (let i = 0; i < samples.length; i++)
    view.setInt16(HEADER_BYTES + i * SAMPLE_BYTES, float ? toInt16(samples[i]!) : samples[i]!, true);
  return bytes;
}

function toInt16(sample: number): number {
  const scaled = sample * 32768;
  // Halves away from zero, as C rounds.
  const rounded = scaled < 0 ? -Math.round(-scaled) : Math.round(scaled);
  return Math.min(32767, Math.max(-32768, rounded));
}

function putText(bytes: Uint8Array, offset: number, text: string): void {
  for (let i = 0; i < text.length; i++) bytes[offset + i] = text.charCodeAt(i);
}
