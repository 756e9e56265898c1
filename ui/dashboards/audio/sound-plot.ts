/** Draws a clip as waveform or spectrogram, and where it is being played. */
import { PixelCanvas } from "../../charts/pixel-canvas.ts";
import type { ChartTheme } from "../../charts/theme.ts";
import type { SoundView } from "./settings.ts";
import { extremes, type Sound, spectrogram } from "./sound.ts";

export class SoundPlot {
  readonly #picture = new PixelCanvas("chart-lines");
  readonly #cursor = new PixelCanvas("chart-hover");
  #sound: Sound | null = null;
  #view: SoundView = "waveform";
  #color = "";
  #theme: ChartTheme;
  #width = 0;
  #height = 0;
  /** Part of the clip that was played, 0 to 1. */
  #played = 0;
  #stale = true;
  #pending = 0;

  constructor(host: HTMLElement, theme: ChartTheme) {
    this.#theme = theme;
    host.append(this.#picture.element, this.#cursor.element);
  }

  /** The canvas that takes the pointer. */
  get surface(): HTMLCanvasElement {
    return this.#cursor.element;
  }

  set(sound: Sound | null, view: SoundView, color: string): void {
    [this.#sound, this.#view, this.#color] = [sound, view, color];
    this.#invalidate();
  }

  setPlayed(part: number): void {
    this.#played = part;
    this.#schedule();
  }

  setTheme(theme: ChartTheme): void {
    this.#theme = theme;
    this.#invalidate();
  }

  resize(width: number, height: number): void {
    if (width === this.#width && height === this.#height) return;
    [this.#width, this.#height] = [width, height];
    this.#invalidate();
  }

  dispose(): void {
    cancelAnimationFrame(this.#pending);
    this.#picture.dispose();
    this.#cursor.dispose();
  }

  #invalidate(): void {
    this.#stale = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#pending === 0) this.#pending = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#pending = 0;
    if (this.#width < 8 || this.#height < 8) return;
    if (this.#stale) {
      this.#stale = false;
      this.#picture.clear(this.#width, this.#height);
      if (this.#sound && this.#view === "waveform") this.#drawWave(this.#sound);
      else if (this.#sound) this.#drawSpectrum(this.#sound);
      // What tests of the whole path read: set in the frame that draws it.
      this.#picture.element.dataset.samples = String(this.#sound?.samples.length ?? 0);
    }
    this.#cursor.clear(this.#width, this.#height);
    const { context } = this.#cursor;
    context.fillStyle = this.#theme.accent;
    if (this.#played > 0) context.fillRect(Math.round(this.#played * this.#width), 0, 1.5, this.#height);
  }

  #drawWave({ samples }: Sound): void {
    const { context } = this.#picture;
    const columns = Math.max(1, Math.floor(this.#width));
    const found = extremes(samples, columns);
    const middle = this.#height / 2;
    context.fillStyle = this.#theme.grid;
    context.fillRect(0, middle, this.#width, 1);
    context.fillStyle = this.#color;
    for (let column = 0; column < columns; column++) {
      const top = middle - clipped(found[column * 2 + 1]!) * middle;
      const bottom = middle - clipped(found[column * 2]!) * middle;
      context.fillRect(column, top, 1, Math.max(1, bottom - top));
    }
  }

  #drawSpectrum({ samples, sampleRate }: Sound): void {
    const { context } = this.#picture;
    const columns = Math.max(1, Math.min(1024, Math.floor(this.#width)));
    const { bins, values } = spectrogram(samples, columns);
    const image = new ImageData(columns, bins);
    for (let column = 0; column < columns; column++)
      for (let bin = 0; bin < bins; bin++) {
        const at = ((bins - 1 - bin) * columns + column) * 4;
        image.data.set(heat(values[column * bins + bin]!), at);
      }
    const small = new OffscreenCanvas(columns, bins);
    small.getContext("2d")?.putImageData(image, 0, 0);
    context.drawImage(small, 0, 0, this.#width, this.#height);
    context.font = `11px ${this.#theme.font}`;
    context.fillStyle = "#fff";
    context.textBaseline = "top";
    context.fillText(`${sampleRate / 2000} kHz`, 4, 3);
    context.textBaseline = "bottom";
    context.fillText("0", 4, this.#height - 2);
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
