/** A labelled list of choices. */

interface Props<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly title: string; readonly disabled?: boolean }[];
  /** Shows the label before the list, not only to screen readers. */
  readonly labelled?: boolean;
  onChange(value: T): void;
}

export function Choice<T extends string>({ label, value, options, labelled = false, onChange }: Props<T>) {
  return (
    <label class="choice">
      {labelled && (
        <span class="muted" aria-hidden="true">
          {label}
        </span>
      )}
      <select
        aria-label={label}
        title={label}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option
            key={option.value}
            value={option.value}
            disabled={option.disabled}
            selected={option.value === value}
          >
            {option.title}
          </option>
        ))}
      </select>
    </label>
  );
}
