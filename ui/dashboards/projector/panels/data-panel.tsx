/** What is open: the tensor and its step, its size, and what is wrong with it. */
import { useSignal } from "@preact/signals";
import { useEffect, useId } from "preact/hooks";
import { count, formatStep } from "../../../app/format.ts";
import type { Normalise } from "../../../projection/types.ts";
import { sizeOf } from "../data/data-set.ts";
import { takeFiles } from "../state/dropped.ts";
import { choose, chosen, closeTensor, tensors } from "../state/opening.ts";
import { main } from "../state/pane.ts";
import { metric, normalise, openStep, sampleRows } from "../state/settings.ts";
import { Button, Part, Select } from "./field.tsx";

export function DataPanel() {
  const data = main.data.value;
  const loaded = main.loaded.value;
  const own = chosen.value;
  return (
    <Part title="Data">
      {data?.origin.kind === "file" ? (
        <p>
          <b>{data.title}</b>
        </p>
      ) : (
        <Select
          label="Tensor"
          value={own ? `${own.run}\0${own.tensor}` : ""}
          choices={tensors.value.map((tensor) => ({
            value: `${tensor.run}\0${tensor.tensor}`,
            title: titleOf(tensor),
          }))}
          onChange={(value) => {
            const [run = "", tensor = ""] = value.split("\0");
            choose(run, tensor);
          }}
        />
      )}
      <Steps />
      {data && loaded && (
        <p class="muted">
          {count(data.rows, "point")} of {count(data.dims, "dimension")}
          {loaded.used + loaded.leftOut.length < data.rows &&
            `, of which ${formatStep(loaded.used)} are shown: a sample`}
          {loaded.duplicates > 0 && `, ${formatStep(loaded.duplicates)} equal to another`}
          {loaded.constantDims > 0 && `, ${count(loaded.constantDims, "dimension")} the same in all`}
        </p>
      )}
      <Problems />
      {data && <Sample rows={data.rows} />}
      {loaded && <Distances used={loaded.normalise} />}
      <div class="pj-row">
        <Button act={closeTensor}>Open another…</Button>
        <MoreFiles />
      </div>
    </Part>
  );
}

/** How vectors are normalised, and which distance counts. */
function Distances({ used }: { used: Normalise }) {
  return (
    <>
      <Select
        label="Normalise"
        value={normalise.value === "" ? used : normalise.value}
        choices={[
          { value: "sphere", title: "Sphere: centred, length one" },
          { value: "none", title: "As they are" },
        ]}
        onChange={(value) => (normalise.value = value === "none" ? "none" : "sphere")}
      />
      <Select
        label="Distance"
        value={metric.value}
        choices={[
          { value: "cosine", title: "Cosine" },
          { value: "euclidean", title: "Euclidean" },
        ]}
        onChange={(value) => (metric.value = value === "euclidean" ? "euclidean" : "cosine")}
      />
    </>
  );
}

/** What TensorBoard's page takes of many rows, by what it does with them. */
const SAMPLES = [
  [5_000, "TensorBoard's UMAP"],
  [10_000, "its t-SNE"],
  [50_000, "its PCA"],
  [100_000, "all that it reads"],
] as const;

/** How many rows are taken: all, where nothing else is said. */
function Sample({ rows }: { rows: number }) {
  const offered = SAMPLES.filter(([size]) => size < rows).map(([size, what]) => ({
    value: String(size),
    title: `${formatStep(size)} by chance (as many as ${what})`,
  }));
  const own = sampleRows.value;
  const isOther = own > 0 && own < rows && !offered.some(({ value }) => value === String(own));
  if (offered.length === 0 && !isOther) return null;
  return (
    <Select
      label="Rows"
      value={own > 0 && own < rows ? String(own) : ""}
      choices={[
        { value: "", title: "All" },
        ...(isOther ? [{ value: String(own), title: `${formatStep(own)} by chance` }] : []),
        ...offered,
      ]}
      onChange={(value) => (sampleRows.value = Number(value))}
    />
  );
}

/** Metadata from this machine, or other vectors. */
function MoreFiles() {
  const id = useId();
  return (
    <>
      <input
        id={id}
        type="file"
        multiple
        class="visually-hidden"
        onChange={(event) => {
          void takeFiles(event.currentTarget.files ?? []);
          event.currentTarget.value = "";
        }}
      />
      <label class="pj-button pj-label-button" for={id}>
        Add a file…
      </label>
    </>
  );
}

function titleOf(tensor: (typeof tensors.value)[number]): string {
  const size = sizeOf(tensor);
  const shape = size ? ` (${formatStep(size.rows)} × ${size.dims})` : "";
  return `${tensor.run === "." ? "" : `${tensor.run}: `}${tensor.tensor}${shape}`;
}

const PLAY_MILLIS = 1300;

/** The same tensor over the training. */
function Steps() {
  const playing = useSignal(false);
  const embeddings = chosen.value?.embeddings ?? [];
  const data = main.data.value;
  const shown = data?.origin.kind === "log" ? data.origin.step : null;
  const at = embeddings.findIndex(({ step }) => String(step ?? "") === openStep.value);
  const index = at < 0 ? embeddings.length - 1 : at;
  const last = embeddings.length - 1;
  useEffect(() => {
    // The next when this one is shown.
    if (!playing.value || shown !== embeddings[index]?.step || main.task.value) return;
    if (index === last) {
      playing.value = false;
      return;
    }
    const timer = setTimeout(() => (openStep.value = String(embeddings[index + 1]?.step ?? "")), PLAY_MILLIS);
    return () => clearTimeout(timer);
  }, [playing.value, shown, index, main.task.value]);
  if (embeddings.length < 2 || data?.origin.kind === "file") return null;
  return (
    <div class="pj-steps">
      <label for="pj-step">Step {formatStep(embeddings[index]?.step ?? 0)}</label>
      <input
        id="pj-step"
        type="range"
        min="0"
        max={last}
        step="1"
        value={index}
        aria-valuetext={`step ${embeddings[index]?.step}`}
        onChange={(event) => {
          playing.value = false;
          openStep.value = String(embeddings[Number(event.currentTarget.value)]?.step ?? "");
        }}
      />
      <Button
        act={() => {
          if (!playing.value && index === last) openStep.value = String(embeddings[0]?.step ?? "");
          playing.value = !playing.value;
        }}
      >
        {playing.value ? "Stop" : "Play"}
      </Button>
    </div>
  );
}

const MOST_SHOWN = 6;

function Problems() {
  const data = main.data.value;
  const left = main.loaded.value?.leftOut ?? [];
  const problems = [...(data?.problems ?? [])];
  if (left.length > 0)
    problems.push(
      `${count(left.length, "point")} with NaN or infinities ${left.length === 1 ? "has" : "have"} no place: row ${[...left.slice(0, 5)].join(", ")}${left.length > 5 ? " and others" : ""}`,
    );
  const placed = (data?.rows ?? 0) - left.length;
  if (data && placed < 3)
    problems.push(
      `${placed === 1 ? "1 point is" : `${count(placed, "point")} are`} too few for a projection to say anything`,
    );
  if (data && data.dims > data.rows && data.rows >= 3)
    problems.push(`More dimensions than points: only the first ${data.rows - 1} components say something`);
  if (problems.length === 0) return null;
  return (
    <ul class="pj-problems" role="status" aria-label="Problems">
      {problems.slice(0, MOST_SHOWN).map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
      {problems.length > MOST_SHOWN && (
        <li>
          <details>
            <summary>{problems.length - MOST_SHOWN} more</summary>
            {problems.slice(MOST_SHOWN).map((problem) => (
              <div key={problem}>{problem}</div>
            ))}
          </details>
        </li>
      )}
    </ul>
  );
}
