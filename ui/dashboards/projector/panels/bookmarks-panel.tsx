/** Saved views: kept for this visit, saved to a file and read from one; stock TensorBoard's page reads and writes the same. */
import { useSignal, useSignalEffect } from "@preact/signals";
import { useId } from "preact/hooks";
import { Icon } from "../../../app/icons.tsx";
import { fileName, save } from "../../../board/save.ts";
import {
  bookmarkError,
  fetchStates,
  removeView,
  restore,
  saveView,
  states,
  takeStates,
} from "../state/bookmarking.ts";
import { main } from "../state/pane.ts";
import { Button, Part } from "./field.tsx";

export function BookmarksPanel() {
  const label = useSignal("");
  const id = useId();
  useSignalEffect(() => {
    const data = main.data.value;
    bookmarkError.value = null;
    if (data) void fetchStates(data);
  });
  if (!main.picture.value) return null;
  return (
    <Part title="Bookmarks">
      <form
        class="pj-row"
        onSubmit={(event) => {
          event.preventDefault();
          saveView(label.value.trim());
          label.value = "";
        }}
      >
        <input
          class="pj-text"
          type="text"
          aria-label="Name of the view"
          placeholder="Name of the view"
          value={label.value}
          onInput={(event) => (label.value = event.currentTarget.value)}
        />
        <button type="submit" class="pj-button">
          Save view
        </button>
      </form>
      {bookmarkError.value !== null && (
        <p class="pj-error" role="alert">
          {bookmarkError.value}
        </p>
      )}
      {states.value.length > 0 && (
        <ul class="pj-clusters" aria-label="Saved views">
          {states.value.map((state, i) => (
            <li key={`${i} ${state.label}`} class="pj-row pj-view">
              <button
                type="button"
                class="pj-category"
                aria-pressed={state.isSelected}
                onClick={() => restore(state)}
              >
                <span>{state.label}</span>
                <small>{state.selectedProjection}</small>
              </button>
              <button
                type="button"
                class="icon-button"
                aria-label={`Remove ${state.label}`}
                title="Remove"
                onClick={() => removeView(i)}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="pj-row">
        <Button
          disabled={states.value.length === 0}
          act={() =>
            save(
              new Blob([JSON.stringify(states.value)], { type: "application/json" }),
              `${fileName(main.data.peek()?.title ?? "points")}-bookmarks.json`,
            )
          }
        >
          Download
        </Button>
        <input
          id={id}
          type="file"
          accept=".json,.txt,application/json"
          class="visually-hidden"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = "";
            file?.text().then(
              (text) => takeText(text),
              () => {},
            );
          }}
        />
        <label class="pj-button pj-label-button" for={id}>
          Load…
        </label>
      </div>
    </Part>
  );
}

function takeText(text: string): void {
  try {
    takeStates(JSON.parse(text));
  } catch (error) {
    bookmarkError.value = `The file is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}
