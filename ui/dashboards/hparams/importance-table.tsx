/** How much each hyperparameter has to do with the column that is looked at, as a table with bars. */
import type { ReadonlySignal } from "@preact/signals";
import { formatValue } from "../../app/format.ts";
import type { FoundImportance } from "./importance.ts";
import type { Column } from "./table.ts";

interface Props {
  readonly found: ReadonlySignal<FoundImportance>;
  readonly target: Column | undefined;
}

export function ImportanceTable({ found, target }: Props) {
  const { rows, explained, least } = found.value;
  if (!target || rows.length === 0) return null;
  return (
    <details class="hp-importance" open>
      <summary>
        What has to do with {target.title}
        <span class="muted">
          {least === null ? explainedWords(explained) : `importance takes at least ${least} rows`}
        </span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div class="hp-importance-rows" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Hyperparameter</th>
              <th scope="col" title="Share of what a random forest predicts worse where this one is shuffled">
                Importance
              </th>
              <th scope="col" title="Spearman's rank correlation: whether one grows with the other">
                Correlation
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ column, share, correlation }) => (
              <tr key={column.id} data-column={column.id}>
                <th scope="row">{column.title}</th>
                <td>
                  <span class="hp-bar" style={{ "--share": share ?? 0 }} />
                  {share === null ? (least === null ? "…" : "–") : `${formatValue(100 * share, 2)} %`}
                </td>
                <td>
                  <span
                    class={`hp-bar is-signed${(correlation ?? 0) < 0 ? " is-negative" : ""}`}
                    style={{ "--share": Math.abs(correlation ?? 0) }}
                  />
                  {correlation === null ? "–" : formatValue(correlation, 2)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function explainedWords(explained: number | null): string {
  if (explained === null) return "";
  if (explained <= 0) return "a forest finds nothing that predicts it";
  return `a forest explains ${formatValue(100 * explained, 2)} % of its variance`;
}
