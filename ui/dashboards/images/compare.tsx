/** Two images of a card laid over each other: by a wipe, by blinking, by their difference. */
import { type ReadonlySignal, type Signal, useComputed, useSignal } from "@preact/signals";
import type { ComponentChild } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { RunRecords } from "../../../client/records-table.ts";
import { largest } from "../../../values/extremes.ts";
import { formatStep } from "../../app/format.ts";
import { CardMessage } from "../../board/card-message.tsx";
import { useCard } from "../../board/card-scope.ts";
import { Segmented } from "../../board/controls.tsx";
import { indexAt } from "../../board/moments.ts";
import type { CardStep } from "../../board/steps.ts";
import { DifferenceView } from "./difference-view.tsx";
import type { LoadedImage } from "./image-cache.ts";
import type { PanZoom } from "./pan-zoom.ts";
import { attachPanZoom } from "./pan-zoom-gestures.ts";
import { Picture } from "./picture.tsx";
import { useSteadyImage } from "./use-image.ts";

type Mode = "wipe" | "blink" | "difference";

const MODES: readonly { readonly value: Mode; readonly title: string }[] = [
  { value: "wipe", title: "Wipe" },
  { value: "blink", title: "Blink" },
  { value: "difference", title: "Difference" },
];

/** Which image stands on a side: of a run, at the slider's step or another. */
interface Side {
  readonly run: string;
  readonly sample: number;
  /** The record of the run: null is the one at the slider. */
  readonly step: number | null;
}

interface Props {
  readonly series: ReadonlySignal<readonly RunRecords[]>;
  readonly step: CardStep;
  readonly view: Signal<PanZoom>;
}

export function Compare({ series, step, view }: Props) {
  const mode = useSignal<Mode>("wipe");
  const first = series.value[0];
  const second = series.value[1] ?? first;
  const left = useSignal<Side>({ run: first?.run ?? "", sample: 0, step: null });
  // One run alone is compared with its own beginning.
  const right = useSignal<Side>({
    run: second?.run ?? "",
    sample: 0,
    step: second === first ? (first?.step[0] ?? null) : null,
  });
  const images = useComputed(() =>
    [left.value, right.value].map((side) => imageOf(side, series.value, step)),
  );
  const [a, b] = images.value;
  return (
    <div class="image-compare">
      <div class="compare-sides">
        <SidePicker name="A" side={left} series={series.value} />
        <SidePicker name="B" side={right} series={series.value} />
        <Segmented
          label="Compare by"
          choices={MODES}
          value={mode.value}
          onChange={(next) => (mode.value = next)}
        />
      </div>
      {a && b ? (
        <Pair a={a} b={b} mode={mode.value} view={view} />
      ) : (
        <CardMessage kind="empty">One of the two has no image here</CardMessage>
      )}
    </div>
  );
}

interface Placed {
  readonly key: string;
  readonly sample: number;
  readonly name: string;
}

function imageOf(side: Side, series: readonly RunRecords[], step: CardStep): Placed | null {
  const records = series.find(({ run }) => run === side.run);
  if (!records) return null;
  const at = indexAt(records, side.step === null ? step.moment.value : { axis: "step", at: side.step });
  const key = records.keys[at];
  if (key === undefined || side.sample >= (records.blobs[at] ?? 0)) return null;
  return { key, sample: side.sample, name: `${side.run}, step ${formatStep(records.step[at]!)}` };
}

interface PickerProps {
  readonly name: string;
  readonly side: Signal<Side>;
  readonly series: readonly RunRecords[];
}

/** Steps offered by name beside the slider's; a select of thousands helps nobody. */
const MOST_STEPS = 200;

function SidePicker({ name, side, series }: PickerProps) {
  const records = series.find(({ run }) => run === side.value.run);
  const samples = largest(records?.blobs ?? [], 1);
  const steps = records && records.step.length <= MOST_STEPS ? [...records.step] : [];
  const ends = records ? [records.step[0]!, records.step.at(-1)!] : [];
  return (
    <div class="compare-side">
      <strong aria-hidden="true">{name}</strong>
      <select
        aria-label={`Run of ${name}`}
        value={side.value.run}
        onChange={(event) => (side.value = { ...side.value, run: event.currentTarget.value })}
      >
        {series.map(({ run }) => (
          <option key={run} value={run}>
            {run}
          </option>
        ))}
      </select>
      <select
        aria-label={`Step of ${name}`}
        value={side.value.step ?? ""}
        onChange={(event) => {
          const text = event.currentTarget.value;
          side.value = { ...side.value, step: text === "" ? null : Number(text) };
        }}
      >
        <option value="">step of the slider</option>
        {(steps.length > 0 ? steps : ends).map((at) => (
          <option key={at} value={at}>
            step {formatStep(at)}
          </option>
        ))}
      </select>
      {samples > 1 && (
        <select
          aria-label={`Image of ${name}`}
          value={side.value.sample}
          onChange={(event) => (side.value = { ...side.value, sample: Number(event.currentTarget.value) })}
        >
          {Array.from({ length: samples }, (_, sample) => (
            <option key={sample} value={sample}>
              {sample + 1} of {samples}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

interface PairProps {
  readonly a: Placed;
  readonly b: Placed;
  readonly mode: Mode;
  readonly view: Signal<PanZoom>;
}

function Pair({ a, b, mode, view }: PairProps) {
  const { label } = useCard();
  const root = useRef<HTMLDivElement>(null);
  const states = [useSteadyImage(a.key, a.sample).state, useSteadyImage(b.key, b.sample).state] as const;
  useEffect(() => (root.current ? attachPanZoom(root.current, view) : undefined), [view]);
  const ready = states.flatMap((state): LoadedImage[] => (state.kind === "ready" ? [state.image] : []));
  const [left, right] = ready;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div
      ref={root}
      class={`compare-pair is-${mode}${view.value.scale > 1 ? " is-zoomed" : ""}`}
      role="group"
      aria-label={`Comparison in ${label}. Plus and minus zoom, arrow keys move, 0 shows all`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys zoom and move
      tabIndex={0}
    >
      {mode === "difference" && left && right ? (
        <DifferenceView a={left} b={right} view={view} />
      ) : (
        <Layers mode={mode}>
          <Picture state={states[0]} alt={`A: ${a.name}`} view={view} />
          <Picture state={states[1]} alt={`B: ${b.name}`} view={view} />
        </Layers>
      )}
    </div>
  );
}

const BLINK_MS = 600;

function Layers({ mode, children }: { mode: Mode; children: readonly [ComponentChild, ComponentChild] }) {
  const share = useSignal(50);
  const seesB = useSignal(false);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  useEffect(() => {
    if (mode !== "blink" || still) return;
    const timer = setInterval(() => {
      seesB.value = !seesB.value;
    }, BLINK_MS);
    return () => clearInterval(timer);
  }, [mode, still]);
  const clip =
    mode === "wipe" ? { clipPath: `inset(0 0 0 ${share.value}%)` } : { opacity: seesB.value ? 1 : 0 };
  return (
    <>
      <div class="compare-layers">
        <div class="compare-layer">{children[0]}</div>
        <div class="compare-layer is-top" style={clip}>
          {children[1]}
        </div>
        {mode === "wipe" && <div class="wipe-line" style={{ left: `${share.value}%` }} aria-hidden="true" />}
      </div>
      {mode === "wipe" ? (
        <label class="wipe-slider">
          <span>A</span>
          <input
            type="range"
            aria-label="Where A ends and B begins"
            min={0}
            max={100}
            step={0.5}
            value={share.value}
            onInput={(event) => (share.value = Number(event.currentTarget.value))}
          />
          <span>B</span>
        </label>
      ) : (
        <button type="button" class="text-button" onClick={() => (seesB.value = !seesB.value)}>
          Now {seesB.value ? "B" : "A"}
        </button>
      )}
    </>
  );
}
