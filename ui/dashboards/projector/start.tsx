/** What there is to open: tensors of the logs, and files from this machine. Nothing heavy starts before one is chosen. */
import { count, formatBytes, formatStep } from "../../app/format.ts";
import { Segmented } from "../../board/controls.tsx";
import { Snippets } from "../../board/log-guide.tsx";
import { sizeOf, type TensorSteps } from "./data/data-set.ts";
import { FilePicker } from "./files/file-picker.tsx";
import { guide } from "./guide.ts";
import { choose, list, listError, listed, tensors } from "./state/opening.ts";
import { main } from "./state/pane.ts";
import { KIND_TITLES, kind } from "./state/settings.ts";

export function Start() {
  const failed = main.error.value;
  return (
    <section class="pj-start" aria-label="Embeddings">
      {failed !== null && (
        <p class="pj-error" role="alert">
          {failed}
        </p>
      )}
      <h2>{tensors.value.length > 0 ? "Which embedding?" : "Embeddings"}</h2>
      <Tensors />
      <FilePicker />
    </section>
  );
}

function Tensors() {
  if (listError.value !== null)
    return (
      <p class="pj-error" role="alert">
        The embeddings of the logs could not be listed: {listError.value}.{" "}
        <button type="button" class="text-button" onClick={() => void list()}>
          Try again
        </button>
      </p>
    );
  if (listed.value === null) return <p class="muted">Asking the server for embeddings…</p>;
  const problems = listed.value.flatMap(({ run, checkpoint_problem }) =>
    checkpoint_problem === null ? [] : [`${run}: ${checkpoint_problem}`],
  );
  if (tensors.value.length === 0)
    return (
      <>
        <p class="muted">
          The logs hold no embeddings: no run has a <code>projector_config.pbtxt</code> or a checkpoint with
          matrices. Files of vectors can be opened all the same.
        </p>
        <Snippets guide={guide} />
      </>
    );
  return (
    <>
      <div class="pj-row">
        <span class="muted">Show first</span>
        <Segmented
          label="Projection to show first"
          choices={(["pca", "umap", "tsne"] as const).map((value) => ({ value, title: KIND_TITLES[value] }))}
          value={kind.value === "custom" || kind.value === "columns" ? "pca" : kind.value}
          onChange={(value) => (kind.value = value)}
        />
      </div>
      <ul class="pj-tensors">
        {tensors.value.map((tensor) => (
          <li key={`${tensor.run}\0${tensor.tensor}`}>
            <Tensor tensor={tensor} />
          </li>
        ))}
      </ul>
      {problems.map((problem) => (
        <p key={problem} class="pj-error">
          {problem}
        </p>
      ))}
    </>
  );
}

function Tensor({ tensor }: { tensor: TensorSteps }) {
  const { run, tensor: name, embeddings } = tensor;
  const size = sizeOf(tensor);
  const last = embeddings.at(-1);
  const facts = [
    size
      ? `${formatStep(size.rows)} × ${size.dims}, ${formatBytes(size.rows * size.dims * 4)}`
      : "size unknown",
    ...(embeddings.length > 1 ? [count(embeddings.length, "step")] : []),
    ...(last?.has_metadata ? ["metadata"] : []),
    ...(last?.sprite ? ["images"] : []),
    ...(last?.has_bookmarks ? ["bookmarks"] : []),
  ];
  return (
    <button type="button" class="pj-tensor" onClick={() => choose(run, name)}>
      <b>{name}</b>
      {run !== "." && <span class="muted">{run}</span>}
      <small class="muted">{facts.join(" · ")}</small>
    </button>
  );
}
