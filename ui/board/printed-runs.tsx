/** The runs and their colours, for paper: on the screen the list at the side is that. */
import { formatStep } from "../app/format.ts";
import { enabledRuns } from "../app/runs.ts";
import { runColors } from "../app/session.ts";

/** More names would fill pages. */
const MOST = 150;

export function PrintedRuns() {
  const runs = [...enabledRuns.value];
  return (
    <ul class="printed-runs" aria-label="Runs">
      {runs.slice(0, MOST).map((run) => (
        <li key={run}>
          <span class="swatch" style={{ background: runColors.color(run, "light") }} />
          {run}
        </li>
      ))}
      {runs.length > MOST && <li>and {formatStep(runs.length - MOST)} more</li>}
    </ul>
  );
}
