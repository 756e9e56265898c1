/** Clusters of the picture or of the vectors, named by what sets them apart. */
import { useSignal } from "@preact/signals";
import { count, formatStep } from "../../../app/format.ts";
import { findClusters } from "../state/inspecting.ts";
import { clusters } from "../state/looks.ts";
import { main } from "../state/pane.ts";
import { select } from "../state/selection.ts";
import { Button, Part } from "./field.tsx";
import { Traits } from "./traits.tsx";

export function ClustersPanel() {
  const found = clusters.value;
  const opened = useSignal<number | null>(null);
  const least = useSignal<number | undefined>(undefined);
  if (!main.picture.value) return null;
  const total = main.rows.value;
  const outside = found ? total - found.sizes.reduce((sum, size) => sum + size, 0) : 0;
  return (
    <Part title="Clusters">
      <div class="pj-row">
        <Button act={() => void findClusters("picture", least.value)}>
          {found ? "Find again" : "Find clusters"}
        </Button>
        <Button act={() => void findClusters("vectors", least.value)}>In the vectors</Button>
      </div>
      <div class="pj-field">
        <label for="pj-least">Smallest</label>
        <input
          id="pj-least"
          type="number"
          min="2"
          step="1"
          placeholder="by size"
          value={least.value ?? ""}
          onChange={(event) => {
            const value = Math.floor(Number(event.currentTarget.value));
            least.value = value >= 2 ? value : undefined;
          }}
        />
      </div>
      {found && (
        <>
          <p class="muted" role="status">
            {count(found.sizes.length, "cluster")}
            {outside > 0 && `, ${formatStep(outside)} points in none`}
          </p>
          <ul class="pj-clusters" aria-label="Clusters">
            {found.names.map(({ name, traits }, index) => (
              <li key={index}>
                <button
                  type="button"
                  class="pj-category"
                  aria-expanded={opened.value === index}
                  title="Select its points"
                  onClick={() => {
                    opened.value = opened.value === index ? null : index;
                    const rows = Array.from(found.labels.keys()).filter((row) => found.labels[row] === index);
                    select(rows, total);
                  }}
                >
                  <span>{name}</span>
                  <small>{formatStep(found.sizes[index] ?? 0)}</small>
                </button>
                {opened.value === index && <Traits traits={traits} />}
              </li>
            ))}
          </ul>
        </>
      )}
    </Part>
  );
}
