/** One clip: seen, played with the browser's own controls, and saved. A click on the picture goes to that place. */
import { batch, useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { blobUrl, describeError, fetchBlob } from "../../app/api.ts";
import { formatDuration } from "../../app/format.ts";
import { runColors } from "../../app/session.ts";
import { scheme } from "../../app/theme.ts";
import { useCardCanvas, useDrawn } from "../../board/card-canvas.ts";
import { loop, view } from "./settings.ts";
import { decodeSound, type Sound } from "./sound.ts";
import { SoundPlot } from "./sound-plot.ts";

interface Props {
  readonly run: string;
  readonly id: string;
  readonly index: number;
  readonly label: string;
  /** It began to play, or ended, or another clip took its place. */
  onPlaying(index: number, playing: boolean): void;
}

export function Clip({ run, id, index, label, onPlaying }: Props) {
  const sound = useSignal<Sound | null>(null);
  const problem = useSignal<string | null>(null);
  /** Until the clip has come, the picture of the one before stays. */
  const came = useSignal(false);
  const player = useRef<HTMLAudioElement>(null);
  const { host, drawing: plot } = useCardCanvas((element, theme) => new SoundPlot(element, theme));
  useEffect(() => {
    const stop = new AbortController();
    came.value = false;
    fetchBlob(id, index, stop.signal)
      .then(async (file) => {
        if (file.size === 0) throw new Error("this clip is empty");
        const decoded = await decodeSound(file).catch(() => {
          throw new Error("this browser cannot decode the clip; it can still be saved");
        });
        if (decoded.samples.length === 0) throw new Error("this clip has no samples");
        return { sound: decoded, problem: null };
      })
      .catch((reason: unknown) => ({ sound: null, problem: describeError(reason) }))
      .then((shown) => {
        if (stop.signal.aborted) return;
        batch(() => {
          sound.value = shown.sound;
          problem.value = shown.problem;
          came.value = true;
        });
      });
    return () => stop.abort();
  }, [id, index]);
  useDrawn(plot, (drawn) => drawn.set(sound.value, view.value, runColors.color(run, scheme.value)));
  useFollowing(plot, player);
  useEffect(() => () => onPlaying(index, false), [index]);
  return (
    <figure class="clip" aria-label={label} aria-busy={!came.value}>
      <div class="plot clip-plot">
        <div class="chart" ref={host} />
        {problem.value !== null && (
          <p class="clip-problem" role="status">
            {problem.value}
          </p>
        )}
      </div>
      <figcaption>
        {/* biome-ignore lint/a11y/useMediaCaption: nothing tells what is said in it */}
        <audio
          ref={player}
          src={blobUrl(id, index)}
          controls
          preload="none"
          loop={loop.value}
          onPlay={() => onPlaying(index, true)}
          onPause={() => onPlaying(index, false)}
          // What another file stops is emptied, and not told as paused.
          onEmptied={() => onPlaying(index, false)}
          aria-label={label}
        />
        <span class="clip-facts">{sound.value ? facts(sound.value) : ""}</span>
      </figcaption>
    </figure>
  );
}

function facts({ seconds, sampleRate, channels }: Sound): string {
  const heard = channels === 1 ? "mono" : channels === 2 ? "stereo" : `${channels} channels`;
  return `${formatDuration(seconds)}, ${sampleRate / 1000} kHz, ${heard}`;
}

/** The picture shows where the clip is played, and a click on it goes there. */
function useFollowing(plot: SoundPlot | null, player: { readonly current: HTMLAudioElement | null }): void {
  useEffect(() => {
    const audio = player.current;
    if (!plot || !audio) return;
    const stop = new AbortController();
    const listen = { signal: stop.signal };
    let frame = 0;
    const follow = (): void => {
      cancelAnimationFrame(frame);
      plot.setPlayed(audio.duration > 0 ? audio.currentTime / audio.duration : 0);
      if (!audio.paused) frame = requestAnimationFrame(follow);
    };
    for (const type of ["play", "seeked", "timeupdate", "emptied"])
      audio.addEventListener(type, follow, listen);
    plot.surface.addEventListener(
      "click",
      (event) => {
        const part = event.offsetX / plot.surface.clientWidth;
        // It is loaded only when it is played, and keeps the place until then.
        audio.currentTime = part * (audio.duration > 0 ? audio.duration : plot.seconds);
        void audio.play().catch(() => {});
      },
      listen,
    );
    return () => {
      stop.abort();
      cancelAnimationFrame(frame);
    };
  }, [plot, player]);
}
