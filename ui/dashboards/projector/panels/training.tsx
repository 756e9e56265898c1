/** How a point's neighbourhood changed over the training: its nearest points at every step, and how many stayed. */
import { useSignal } from "@preact/signals";
import { describeError } from "../../../app/api.ts";
import { formatStep } from "../../../app/format.ts";
import { startProjection } from "../../../workers/start-projection.ts";
import { textAt } from "../data/columns.ts";
import { loadFromLog } from "../data/from-log.ts";
import { labelling } from "../state/looks.ts";
import { chosen } from "../state/opening.ts";
import { loadOptions } from "../state/project.ts";
import { openStep } from "../state/settings.ts";
import { Button } from "./field.tsx";

const NEAREST = 10;

interface AtStep {
  readonly step: number;
  readonly rows: Uint32Array;
}

export function Training({ row }: { row: number }) {
  const found = useSignal<{ readonly row: number; readonly steps: readonly AtStep[] } | null>(null);
  const work = useSignal<AbortController | null>(null);
  const error = useSignal<string | null>(null);
  const tensor = chosen.value;
  if (!tensor || tensor.embeddings.length < 2) return null;

  const follow = async (): Promise<void> => {
    const own = new AbortController();
    work.value = own;
    error.value = null;
    const client = startProjection();
    const steps: AtStep[] = [];
    try {
      for (const embedding of tensor.embeddings) {
        const { vectors } = await loadFromLog(
          tensor.run,
          { ...embedding, has_metadata: false },
          () => {},
          own.signal,
        );
        if (row >= vectors.rows) continue;
        await client.load(vectors, loadOptions.peek(), { signal: own.signal });
        const { rows } = await client.nearest({ of: row, k: NEAREST }, { signal: own.signal });
        steps.push({ step: embedding.step ?? 0, rows });
        found.value = { row, steps: [...steps] };
      }
    } catch (reason) {
      if (!own.signal.aborted) error.value = describeError(reason);
    } finally {
      client.close();
      if (work.value === own) work.value = null;
    }
  };

  const column = labelling.value;
  const nameOf = (other: number): string => (column ? textAt(column, other) : `#${other}`);
  const steps = found.value?.row === row ? found.value.steps : [];
  return (
    <>
      <h3>Over the training</h3>
      <div class="pj-row">
        {work.value ? (
          <>
            <span role="status">
              Step {steps.length + 1} of {tensor.embeddings.length}
            </span>
            <Button act={() => work.value?.abort()}>Stop</Button>
          </>
        ) : (
          <Button act={() => void follow()}>Follow its neighbours</Button>
        )}
      </div>
      {error.value && <p class="pj-error">{error.value}</p>}
      {steps.length > 0 && (
        <table class="pj-table pj-training" aria-label="Neighbours over the training">
          <thead>
            <tr>
              <th scope="col">step</th>
              <th scope="col">stayed</th>
              <th scope="col">nearest</th>
            </tr>
          </thead>
          <tbody>
            {steps.map(({ step, rows }, i) => {
              const before = i > 0 ? new Set(steps[i - 1]!.rows) : null;
              const stayed = before ? rows.filter((other) => before.has(other)).length : null;
              return (
                <tr key={step}>
                  <th scope="row">
                    <button type="button" class="text-button" onClick={() => (openStep.value = String(step))}>
                      {formatStep(step)}
                    </button>
                  </th>
                  <td>{stayed === null ? "" : `${stayed} of ${rows.length}`}</td>
                  <td>
                    {Array.from(rows.slice(0, 5), (other, at) => (
                      <span key={other} class={before && !before.has(other) ? "is-new" : ""}>
                        {at > 0 && ", "}
                        {nameOf(other)}
                      </span>
                    ))}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </>
  );
}
