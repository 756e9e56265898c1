/**
 * The step that the page looks at: one for all cards and dashboards, or a card's own. It is a moment of training, not a
 * place on the screen: it stays what it is while runs grow, and every card shows what it has nearest to it.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { choiceField, joinList, splitList, type UrlField } from "../app/url-fields.ts";
import { urlSignal } from "../app/url-state.ts";
import { useCard } from "./card-scope.ts";
import {
  formatMoment,
  type Moment,
  mergeStops,
  parseMoment,
  type StepAxis,
  type StepSeries,
  stopsOf,
} from "./moments.ts";

const momentField: UrlField<Moment | null> = {
  fallback: null,
  parse: parseMoment,
  format: (moment) => (moment === null ? undefined : formatMoment(moment)),
};

/** Moments of cards that go their own way, by the card's id; null is the newest. */
type CardMoments = ReadonlyMap<string, Moment | null>;

const cardMomentsField: UrlField<CardMoments> = {
  fallback: new Map(),
  parse: (text) =>
    new Map(
      splitList(text).map((entry) => {
        const cut = entry.indexOf("_");
        return [entry.slice(cut + 1), parseMoment(entry.slice(0, cut))];
      }),
    ),
  format: (moments) =>
    moments.size === 0
      ? undefined
      : joinList([...moments].map(([id, moment]) => `${moment ? formatMoment(moment) : ""}_${id}`)),
};

/** The moment that the whole page looks at; null is the newest, as it comes. */
export const heldStep = urlSignal("step", momentField);
/** What the sliders go by. */
export const stepAxis = urlSignal("step_axis", choiceField<StepAxis>(["step", "relative", "wall_time"]), {
  lasting: true,
});
const cardMoments = urlSignal("card_steps", cardMomentsField);

type Stops = ReadonlySignal<Float64Array>;
const linkedStops = signal<ReadonlySet<Stops>>(new Set());

/** The stops of all cards near the screen that go with the page. */
export const pageStops = computed(() => mergeStops([...linkedStops.value].map((stops) => stops.value)));

/** Lets the page's slider stop at these, too. Returns the way to stop. */
export function offerStops(stops: Stops): () => void {
  linkedStops.value = new Set([...linkedStops.peek(), stops]);
  return () => {
    linkedStops.value = new Set([...linkedStops.peek()].filter((other) => other !== stops));
  };
}

/** A card's step: the page's, or its own. */
export interface CardStep {
  /** What to show, by {@link indexAt}; null is the newest. */
  readonly moment: ReadonlySignal<Moment | null>;
  /** Whether it goes with the page. */
  readonly linked: ReadonlySignal<boolean>;
  /** What the card has, on the axis of the sliders. */
  readonly stops: ReadonlySignal<Float64Array>;
  /** Goes to a moment: the whole page, or this card where it is on its own. */
  set(moment: Moment | null): void;
  setLinked(linked: boolean): void;
}

/**
 * The step of the card that the component is in. `series` is what it has: of every run that it shows.
 * `<CardStepSlider step={…} />` is its slider.
 */
export function useCardStep(series: ReadonlySignal<readonly StepSeries[]>): CardStep {
  const { id } = useCard();
  const step = useMemo(() => makeCardStep(id, series), [id, series]);
  const linked = step.linked.value;
  useEffect(() => (linked ? offerStops(step.stops) : undefined), [step, linked]);
  return step;
}

function makeCardStep(id: string, series: ReadonlySignal<readonly StepSeries[]>): CardStep {
  const own = computed(() => cardMoments.value.get(id));
  const linked = computed(() => !cardMoments.value.has(id));
  const moment = computed(() => (linked.value ? heldStep.value : (own.value ?? null)));
  const change = (next: Moment | null | undefined): void => {
    const moments = new Map(cardMoments.peek());
    if (next === undefined) moments.delete(id);
    else moments.set(id, next);
    cardMoments.value = moments;
  };
  return {
    moment,
    linked,
    stops: computed(() => stopsOf(series.value, stepAxis.value)),
    set: (next) => {
      if (linked.peek()) heldStep.value = next;
      else change(next);
    },
    setLinked: (on) => change(on ? undefined : heldStep.peek()),
  };
}
