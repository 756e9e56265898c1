/** Controls that dashboards fill their toolbar with: one of a few, on or off, a number. */
import { useId } from "preact/hooks";
import "./toolbar.css";

interface SegmentedProps<T extends string> {
  readonly label: string;
  /** `about` says more than the title has room for. */
  readonly choices: readonly { readonly value: T; readonly title: string; readonly about?: string }[];
  readonly value: T;
  onChange(value: T): void;
}

/** One of a few, all in sight. */
export function Segmented<T extends string>({ label, choices, value, onChange }: SegmentedProps<T>) {
  const name = useId();
  return (
    <div class="segmented" role="radiogroup" aria-label={label}>
      {choices.map((choice) => (
        <label key={choice.value} class={value === choice.value ? "is-on" : ""} title={choice.about}>
          <input
            type="radio"
            name={name}
            aria-label={choice.about === undefined ? undefined : `${choice.title}: ${choice.about}`}
            checked={value === choice.value}
            onChange={() => onChange(choice.value)}
          />
          {choice.title}
        </label>
      ))}
    </div>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly title?: string;
  readonly on: boolean;
  readonly disabled?: boolean;
  onChange(on: boolean): void;
}

/** On or off. Several in a row stand in `<div class="toggles">`. */
export function Toggle({ label, title, on, disabled = false, onChange }: ToggleProps) {
  return (
    <label class={`toggle${on ? " is-on" : ""}`} title={title}>
      <input
        type="checkbox"
        checked={on}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}

interface SliderProps {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  /** With a field for the number, in steps of `fieldStep`. */
  readonly fieldStep?: number;
  onChange(value: number): void;
}

/** A number: by slider, and in a field beside it. */
export function Slider({ label, min, max, step, fieldStep = step, value, onChange }: SliderProps) {
  const id = useId();
  const set = (text: string): void => {
    const number = Number(text);
    if (text !== "" && Number.isFinite(number)) onChange(Math.min(max, Math.max(min, number)));
  };
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
      <input
        type="number"
        aria-label={`${label} value`}
        min={min}
        max={max}
        step={fieldStep}
        value={value}
        onChange={(event) => set(event.currentTarget.value)}
      />
    </div>
  );
}
