/** Draws a clip as waveform or spectrogram, and where it is being played. */
import { LayeredPlot } from "../../charts/layered-plot.ts";
import type { ChartTheme } from "../../charts/theme.ts";
import type { SoundView } from "./settings.ts";
import { extremes, type Sound, spectrogram } from "./sound.ts";

export class SoundPlot extends LayeredPlot {
  #sound: Sound | null = null;
  #view: SoundView = "waveform";
  #color = "";
  /** Part of the clip that was played, 0 to 1. */
  #played = 0;

  constructor(host: HTMLElement, theme: ChartTheme) {
    super(host, theme, 8);
  }

  set(sound: Sound | null, view: SoundView, color: string): void {
    [this.#sound, this.#view, this.#color] = [sound, view, color];
    this.invalidate();
  }

  /** How long the clip is that is drawn. */
  get seconds(): number {
    return this.#sound?.seconds ?? 0;
  }

  setPlayed(part: number): void {
    this.#played = part;
    this.redrawHover();
  }

  protected override drawPicture(context: CanvasRenderingContext2D): void {
    if (this.#sound && this.#view === "waveform") this.#drawWave(context, this.#sound);
    else if (this.#sound) this.#drawSpectrum(context, this.#sound);
  }

  protected override drawHover(context: CanvasRenderingContext2D): void {
    context.fillStyle = this.theme.accent;
    if (this.#played > 0) context.fillRect(Math.round(this.#played * this.width), 0, 1.5, this.height);
  }

  protected override readings(): Readonly<Record<string, number>> {
    return { samples: this.#sound?.samples.length ?? 0 };
  }

  #drawWave(context: CanvasRenderingContext2D, { samples }: Sound): void {
    const columns = Math.max(1, Math.floor(this.width));
    const found = extremes(samples, columns);
    const middle = this.height / 2;
    context.fillStyle = this.theme.grid;
    context.fillRect(0, middle, this.width, 1);
    context.fillStyle = this.#color;
    // What is between two columns is drawn with the second: else short clips are a dot a sample.
    let before: readonly [top: number, bottom: number] | null = null;
    for (let column = 0; column < columns; column++) {
      const top = middle - clipped(found[column * 2 + 1]!) * middle;
      const bottom = middle - clipped(found[column * 2]!) * middle;
      const [from, to]: readonly [number, number] = before
        ? [Math.min(top, before[1]), Math.max(bottom, before[0])]
        : [top, bottom];
      context.fillRect(column, from, 1, Math.max(1, to - from));
      before = [top, bottom];
    }
  }

  #drawSpectrum(context: CanvasRenderingContext2D, { samples, sampleRate }: Sound): void {
    const columns = Math.max(1, Math.min(1024, Math.floor(this.width)));
    const { bins, values } = spectrogram(samples, columns);
    const image = new ImageData(columns, bins);
    for (let column = 0; column < columns; column++)
      for (let bin = 0; bin < bins; bin++) {
        const at = ((bins - 1 - bin) * columns + column) * 4;
        image.data.set(heat(values[column * bins + bin]!), at);
      }
    const small = new OffscreenCanvas(columns, bins);
    small.getContext("2d")?.putImageData(image, 0, 0);
    context.drawImage(small, 0, 0, this.width, this.height);
    context.font = `11px ${this.theme.font}`;
    context.fillStyle = "#fff";
    context.textBaseline = "top";
    context.fillText(`${sampleRate / 2000} kHz`, 4, 3);
    context.textBaseline = "bottom";
    context.fillText("0", 4, this.height - 2);
  }
}

const clipped = (value: number): number => Math.min(1, Math.max(-1, value));

/** Black over violet and orange to white, in even steps of lightness. */
const HEAT = [
  [0, 0, 4],
  [66, 10, 104],
  [147, 38, 103],
  [221, 81, 58],
  [252, 165, 10],
  [252, 255, 220],
] as const;

function heat(value: number): [number, number, number, number] {
  const place = value * (HEAT.length - 1);
  const index = Math.min(HEAT.length - 2, Math.floor(place));
  const share = place - index;
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(HEAT[index]![channel] * (1 - share) + HEAT[index + 1]![channel] * share);
  return [mix(0), mix(1), mix(2), 255];
}
