/** Files of vectors from this machine: picked, or dropped anywhere on the page; and the choice of their columns. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { count } from "../../../app/format.ts";
import { Button } from "../panels/field.tsx";
import {
  choose,
  type Dropped,
  dropped,
  droppedError,
  reading,
  sizeInWords,
  skipFile,
  takeChoice,
  takeFiles,
} from "../state/dropped.ts";
import type { SourceColumn } from "./source.ts";

export function FilePicker() {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div class="pj-files">
      <input
        ref={input}
        type="file"
        multiple
        class="visually-hidden"
        tabIndex={-1}
        aria-label="Files of vectors or metadata"
        onChange={(event) => {
          void takeFiles(event.currentTarget.files ?? []);
          event.currentTarget.value = "";
        }}
      />
      <Button act={() => input.current?.click()}>Open files…</Button>
      <span class="muted">or drop them here: TSV, CSV, NPY, NPZ, Arrow, Parquet, JSON lines.</span>
    </div>
  );
}

export function DropTarget({ children }: { children: ComponentChildren }) {
  const over = useSignal(false);
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped here; a button opens them as well
    <div
      class={`pj-drop${over.value ? " is-over" : ""}`}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        over.value = true;
      }}
      onDragLeave={(event) => {
        if (event.target === event.currentTarget) over.value = false;
      }}
      onDrop={(event) => {
        over.value = false;
        if (!hasFiles(event)) return;
        event.preventDefault();
        void takeFiles(event.dataTransfer?.files ?? []);
      }}
    >
      {children}
      {droppedError.value !== null && (
        <p class="pj-notice pj-error" role="alert">
          {droppedError.value}
          <button type="button" class="text-button" onClick={() => (droppedError.value = null)}>
            Close
          </button>
        </p>
      )}
      {reading.value !== null && dropped.value === null && (
        <p class="pj-notice" role="status">
          Reading {reading.value}…
        </p>
      )}
      {dropped.value && <ColumnsDialog file={dropped.value} />}
    </div>
  );
}

/** Which columns are the vectors, and which are told of the points. */
function ColumnsDialog({ file }: { file: Dropped }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { columns, choice } = file;
  // The next file's columns are others: the person may have closed the dialog of the one before.
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, [columns]);
  const isVector = new Set(choice.vectors);
  const isMetadata = new Set(choice.metadata);
  const setUse = (column: SourceColumn, use: string): void => {
    const vectors = choice.vectors.filter((name) => name !== column.name);
    const metadata = choice.metadata.filter((name) => name !== column.name);
    if (use === "metadata") metadata.push(column.name);
    // A column of vectors is all of them; columns of numbers go together.
    const kept = column.kind === "vector" ? [] : vectors.filter((name) => kindOf(columns, name) === "number");
    choose({ vectors: use === "vectors" ? [...kept, column.name] : vectors, metadata });
  };
  const dims = columns.filter(({ name }) => isVector.has(name)).reduce((sum, column) => sum + column.dims, 0);
  return (
    <dialog
      ref={dialog}
      class="pj-dialog"
      aria-label={`Columns of ${file.name}`}
      onClose={() => void skipFile()}
    >
      <h2>{file.name}</h2>
      <p class="muted">
        {file.format}, {sizeInWords(file)}.{" "}
        {dims > 0
          ? `Vectors of ${count(dims, "dimension")}.`
          : "No vectors: its columns are added to the points."}
      </p>
      <div class="pj-dialog-columns">
        <table class="pj-table">
          <thead>
            <tr>
              <th scope="col">Column</th>
              <th scope="col">Use</th>
              <th scope="col">First values</th>
            </tr>
          </thead>
          <tbody>
            {columns.slice(0, 300).map((column) => (
              <tr key={column.name}>
                <th scope="row">{column.name}</th>
                <td>
                  <select
                    aria-label={`Use of ${column.name}`}
                    value={
                      isVector.has(column.name)
                        ? "vectors"
                        : isMetadata.has(column.name)
                          ? "metadata"
                          : "none"
                    }
                    onChange={(event) => setUse(column, event.currentTarget.value)}
                  >
                    {column.kind !== "text" && <option value="vectors">Vectors</option>}
                    <option value="metadata">Metadata</option>
                    <option value="none">Leave out</option>
                  </select>
                </td>
                <td class="muted">{column.sample.slice(0, 3).join(", ").slice(0, 80)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {columns.length > 300 && <p class="muted">and {columns.length - 300} more, taken as suggested</p>}
      </div>
      <div class="pj-row">
        <Button act={() => void takeChoice()}>{dims > 0 ? "Show" : "Add"}</Button>
        <Button act={() => void skipFile()}>Cancel</Button>
      </div>
    </dialog>
  );
}

function kindOf(columns: readonly SourceColumn[], name: string): string | undefined {
  return columns.find((column) => column.name === name)?.kind;
}
