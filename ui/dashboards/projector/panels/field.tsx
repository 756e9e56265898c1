/** A labelled choice from a list, and a part of a panel that opens and closes. */
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly title: string }[];
  onChange(value: string): void;
}

export function Select({ label, value, choices, onChange }: SelectProps) {
  const id = useId();
  return (
    <div class="pj-field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={choices.some((choice) => choice.value === value) ? value : choices[0]?.value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </select>
    </div>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  onChange(value: string): void;
}

export function TextField({ label, value, placeholder = "", onChange }: TextProps) {
  const id = useId();
  return (
    <div class="pj-field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}

interface PartProps {
  readonly title: string;
  readonly open?: boolean;
  readonly children: ComponentChildren;
}

export function Part({ title, open = true, children }: PartProps) {
  return (
    <details class="pj-part" open={open}>
      <summary>
        <h2>{title}</h2>
      </summary>
      <div class="pj-part-body">{children}</div>
    </details>
  );
}

export function Button({
  act,
  children,
  disabled = false,
}: {
  act: () => void;
  children: ComponentChildren;
  disabled?: boolean;
}) {
  return (
    <button type="button" class="pj-button" disabled={disabled} onClick={act}>
      {children}
    </button>
  );
}
