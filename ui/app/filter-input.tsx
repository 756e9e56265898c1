/** A field for a regular expression, with what is wrong with it below. */
import type { Signal } from "@preact/signals";
import { useId } from "preact/hooks";
import { Icon } from "./icons.tsx";

interface Props {
  readonly label: string;
  readonly text: Signal<string>;
  readonly error: string | null;
  /** What kind of text is wanted, in brackets after the label; null for nothing. */
  readonly hint?: string | null;
  /** What can be written, for whoever points at it. */
  readonly help?: string;
}

export function FilterInput({ label, text, error, hint = "regular expression", help }: Props) {
  const id = useId();
  const title = hint === null ? label : `${label} (${hint})`;
  return (
    <div class={`filter${error ? " is-wrong" : ""}`}>
      <Icon name="search" />
      <input
        type="text"
        placeholder={title}
        title={help}
        aria-label={title}
        aria-invalid={error !== null}
        aria-describedby={error ? id : undefined}
        spellcheck={false}
        autocomplete="off"
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || text.value === "") return;
          text.value = "";
          event.stopPropagation();
        }}
      />
      {text.value !== "" && (
        <button
          type="button"
          class="icon-button"
          aria-label="Clear the filter"
          title="Clear the filter"
          onClick={() => {
            text.value = "";
          }}
        >
          <Icon name="close" />
        </button>
      )}
      {error && (
        <p id={id} class="filter-error" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
