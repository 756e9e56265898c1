/** The difference of two steps: time and memory of every node that ran in either. */
import { groupBy } from "../group-by.ts";
import type { JoinedStep } from "../step/joined-step.ts";
import { opOfExecution } from "../step/op-of-execution.ts";
import type { GraphStepDiff } from "../views.ts";

interface Cost {
  readonly op: string | null;
  readonly micros: number;
  readonly bytes: number;
}

export function diffSteps(before: JoinedStep, after: JoinedStep): GraphStepDiff {
  const old = costs(before);
  const now = costs(after);
  const names = new Set([...old.keys(), ...now.keys()]);
  return {
    rows: Array.from(names, (name) => {
      const a = old.get(name);
      const b = now.get(name);
      return {
        name,
        op: b?.op ?? a?.op ?? null,
        before_micros: a?.micros ?? null,
        after_micros: b?.micros ?? null,
        before_bytes: a?.bytes ?? null,
        after_bytes: b?.bytes ?? null,
      };
    }),
  };
}

function costs(joined: JoinedStep): Map<string, Cost> {
  const { step, shownNames } = joined;
  const executions = Array.from(step.name, (_, execution) => execution);
  const groups = groupBy(executions, (execution) => shownNames[step.name[execution]!]!);
  return new Map(
    [...groups].map(([name, own]) => [
      name,
      {
        op: opOfExecution(joined, own[0]!),
        micros: own.reduce((sum, one) => sum + step.duration[one]!, 0),
        bytes: own.reduce((sum, one) => sum + step.bytes[one]!, 0),
      },
    ]),
  );
}
