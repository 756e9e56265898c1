/** A run's colour and name, in front of what is the run's alone. */

import { MiddleCut } from "../app/middle-cut.tsx";
import { runColors } from "../app/session.ts";
import { scheme } from "../app/theme.ts";
import "./run-label.css";

export function RunLabel({ run }: { run: string }) {
  return (
    <span class="run-label" title={run}>
      <span class="run-swatch" style={{ background: runColors.color(run, scheme.value) }} />
      <MiddleCut text={run} />
    </span>
  );
}
