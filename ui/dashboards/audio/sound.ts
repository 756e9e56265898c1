/** A clip's samples: decoded by the browser, cut into extremes for a waveform and into frequencies for a spectrogram. */
import FFT from "fft.js";

export interface Sound {
  /** Frames a second, as the browser decoded it. */
  readonly sampleRate: number;
  /** Of all channels together, -1 to 1. */
  readonly samples: Float32Array;
  readonly channels: number;
  readonly seconds: number;
}

/** Decodes a file of sound. Throws where the browser cannot. */
export async function decodeSound(file: Blob): Promise<Sound> {
  const bytes = await file.arrayBuffer();
  const rate = wavRate(bytes) ?? 44_100;
  const context = new OfflineAudioContext(1, 1, rate);
  const buffer = await context.decodeAudioData(bytes);
  const mixed = new Float32Array(buffer.length);
  for (let channel = 0; channel < buffer.numberOfChannels; channel++) {
    const data = buffer.getChannelData(channel);
    for (let i = 0; i < data.length; i++) mixed[i]! += data[i]! / buffer.numberOfChannels;
  }
  return {
    sampleRate: buffer.sampleRate,
    samples: mixed,
    channels: buffer.numberOfChannels,
    seconds: buffer.duration,
  };
}

/** Rates between which browsers resample; outside of them a clip is decoded at another. */
const RATES = [8000, 96_000] as const;

/** Frames a second as a WAV file's header has it, so that nothing is resampled; null for other files. */
function wavRate(bytes: ArrayBuffer): number | null {
  if (bytes.byteLength < 28) return null;
  const view = new DataView(bytes);
  if (view.getUint32(0) !== 0x52494646 || view.getUint32(12) !== 0x666d7420) return null; // "RIFF", "fmt "
  const rate = view.getUint32(24, true);
  return rate >= RATES[0] && rate <= RATES[1] ? rate : null;
}

/** Smallest and largest sample of each of `columns` even parts, interleaved. */
export function extremes(samples: Float32Array, columns: number): Float32Array {
  const found = new Float32Array(columns * 2);
  for (let column = 0; column < columns; column++) {
    const from = Math.floor((column * samples.length) / columns);
    const to = Math.max(from + 1, Math.floor(((column + 1) * samples.length) / columns));
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = from; i < Math.min(to, samples.length); i++) {
      low = Math.min(low, samples[i]!);
      high = Math.max(high, samples[i]!);
    }
    found[column * 2] = low <= high ? low : 0;
    found[column * 2 + 1] = low <= high ? high : 0;
  }
  return found;
}

/** Samples of a window: some 20 ms of speech. */
const WINDOW = 512;
/** What is fainter than this is black. */
const FLOOR_DECIBELS = -90;

/**
 * Loudness by time and frequency, 0 (silent) to 1 (as loud as can be), a column after the other, low frequencies first:
 * Hann windows, one in the middle of each of `columns` even parts.
 */
export function spectrogram(samples: Float32Array, columns: number): { bins: number; values: Float32Array } {
  const fft = new FFT(WINDOW);
  const bins = WINDOW / 2;
  const values = new Float32Array(columns * bins);
  const window = new Float32Array(WINDOW);
  const input = new Array<number>(WINDOW).fill(0);
  const output = fft.createComplexArray();
  for (let i = 0; i < WINDOW; i++) window[i] = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (WINDOW - 1));
  for (let column = 0; column < columns; column++) {
    const start = Math.round(((column + 0.5) * samples.length) / columns - WINDOW / 2);
    for (let i = 0; i < WINDOW; i++) input[i] = (samples[start + i] ?? 0) * window[i]!;
    fft.realTransform(output, input);
    for (let bin = 0; bin < bins; bin++) {
      // A full-scale sine in a Hann window has a quarter of the window's length.
      const size = Math.hypot(output[2 * bin]!, output[2 * bin + 1]!) / (WINDOW / 4);
      const decibels = 20 * Math.log10(Math.max(size, 1e-12));
      values[column * bins + bin] = Math.min(1, Math.max(0, 1 - decibels / FLOOR_DECIBELS));
    }
  }
  return { bins, values };
}
