/** The operation that ran: as the graph has it, or the step's own label `name = Op(inputs)`. */
import type { JoinedStep } from "./joined-step.ts";

export function opOfExecution(joined: JoinedStep, execution: number): string | null {
  const { model, step, rowOf } = joined;
  if (joined.isInGraph(execution)) return model.columns.opOf(rowOf[execution]!);
  const label = step.labels.texts[step.label[execution]!]!;
  return /(?:^|= )([A-Za-z_]\w*)\(/.exec(label)?.[1] ?? null;
}
