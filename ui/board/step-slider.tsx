/** Sliders over steps: the page's, which plays, and a card's. */
import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Icon } from "../app/icons.tsx";
import { useCard } from "./card-scope.ts";
import { type Moment, momentAtStop, momentText, type StepAxis, stopAtMoment } from "./moments.ts";
import { heldRange, rangeText } from "./range.ts";
import { type CardStep, heldStep, pageStops, stepAxis } from "./steps.ts";
import "./step-slider.css";

/** Stops a second while it plays. */
const PLAY_MS = 200;

const AXES: readonly { readonly value: StepAxis; readonly title: string }[] = [
  { value: "step", title: "Step" },
  { value: "relative", title: "Relative" },
  { value: "wall_time", title: "Wall time" },
];

interface TrackProps {
  readonly label: string;
  readonly stops: ReadonlySignal<Float64Array>;
  readonly moment: ReadonlySignal<Moment | null>;
  set(moment: Moment | null): void;
}

/** The slider itself: arrow keys go a stop on or back, Home and End to the ends; the end follows what is new. */
function Track({ label, stops: all, moment, set }: TrackProps) {
  const stops = all.value;
  const axis = stepAxis.value;
  const at = stopAtMoment(stops, moment.value, axis);
  return (
    <input
      type="range"
      class="step-track"
      aria-label={label}
      aria-valuetext={describe(stops, moment.value, axis)}
      min={0}
      max={Math.max(0, stops.length - 1)}
      step={1}
      value={Math.max(0, at)}
      disabled={stops.length < 2}
      onInput={(event) => set(momentAtStop(stops, Number(event.currentTarget.value), axis))}
    />
  );
}

function describe(stops: Float64Array, moment: Moment | null, axis: StepAxis): string {
  if (moment) return momentText(moment);
  const last = stops.at(-1);
  return last === undefined ? "nothing yet" : `${momentText({ axis, at: last })}, newest`;
}

function Value({ stops, moment }: Pick<TrackProps, "stops" | "moment">) {
  const axis = stepAxis.value;
  const last = stops.value.at(-1);
  const shown = moment.value ?? (last === undefined ? null : { axis, at: last });
  return (
    <output class="step-value" title={moment.value ? undefined : "The newest, as it comes"}>
      {shown === null ? "–" : momentText(shown)}
      {moment.value === null && shown !== null && <small> newest</small>}
    </output>
  );
}

/** The page's: for the toolbar. */
export function StepBar({ children }: { children?: ComponentChildren }) {
  const playing = usePlaying();
  const moment = heldStep.value;
  return (
    <fieldset class="step-bar" aria-label="Step of the whole page">
      <select
        aria-label="Steps by"
        value={stepAxis.value}
        onChange={(event) => {
          const chosen = AXES.find(({ value }) => value === event.currentTarget.value);
          if (!chosen) return;
          heldStep.value = null;
          stepAxis.value = chosen.value;
        }}
      >
        {AXES.map(({ value, title }) => (
          <option key={value} value={value}>
            {title}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="icon-button"
        aria-label={playing.value ? "Pause" : "Play through the steps"}
        title={playing.value ? "Pause" : "Play through the steps"}
        disabled={pageStops.value.length < 2}
        onClick={() => (playing.value = !playing.value)}
      >
        <Icon name={playing.value ? "pause" : "play"} />
      </button>
      <Track
        label="Step"
        stops={pageStops}
        moment={heldStep}
        set={(next) => {
          playing.value = false;
          heldStep.value = next;
        }}
      />
      <Value stops={pageStops} moment={heldStep} />
      <button
        type="button"
        // Its place is kept: the track would shrink under the hand that drags it, and let go of it.
        class={`icon-button${moment === null ? " is-away" : ""}`}
        aria-label="Let go of the step: show the newest"
        title="Show the newest"
        onClick={() => {
          playing.value = false;
          heldStep.value = null;
        }}
      >
        <Icon name="close" />
      </button>
      <RangeNote />
      {children}
    </fieldset>
  );
}

/** Says that the page looks at a stretch only, also where no chart has its handles; a click lets go of it. */
function RangeNote() {
  const range = heldRange.value;
  if (range === null || !(Number.isFinite(range.from) || Number.isFinite(range.to))) return null;
  return (
    <button
      type="button"
      class="text-button step-range"
      title="Only a range is shown; click for all of it"
      onClick={() => (heldRange.value = null)}
    >
      Range: {rangeText.value} <Icon name="close" />
    </button>
  );
}

/** Goes a stop on while it is true; from the first when it starts at the end. Ends at the end. */
function usePlaying() {
  const playing = useSignal(false);
  useEffect(() => {
    if (!playing.value) return;
    const go = (index: number): void => {
      heldStep.value = momentAtStop(pageStops.peek(), index, stepAxis.peek());
    };
    const now = (): number => stopAtMoment(pageStops.peek(), heldStep.peek(), stepAxis.peek());
    if (now() >= pageStops.peek().length - 1) go(0);
    const timer = setInterval(() => {
      go(now() + 1);
      if (now() >= pageStops.peek().length - 1) playing.value = false;
    }, PLAY_MS);
    return () => clearInterval(timer);
  }, [playing.value]);
  return playing;
}

/** A card's: its place below what the card shows. */
export function CardStepSlider({ step }: { step: CardStep }) {
  const { label } = useCard();
  const linked = step.linked.value;
  return (
    <div class="card-step">
      <Track label={`Step: ${label}`} stops={step.stops} moment={step.moment} set={step.set} />
      <Value stops={step.stops} moment={step.moment} />
      <button
        type="button"
        class={`icon-button${linked ? "" : " is-active"}`}
        aria-pressed={linked}
        aria-label={`Step with the whole page: ${label}`}
        title={
          linked ? "Goes with the page; click to step on its own" : "On its own; click to go with the page"
        }
        onClick={() => step.setLinked(!linked)}
      >
        <Icon name={linked ? "link" : "unlink"} />
      </button>
    </div>
  );
}
