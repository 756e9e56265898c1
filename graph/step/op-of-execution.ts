/** The operation that ran: as the graph has it, or the step's own label `name = Op(inputs)`. */
import type { JoinedStep } from "./joined-step.ts";

export function opOfExecution({ model, step, rowOf }: JoinedStep, execution: number): string | null {
  const row = rowOf[execution]!;
  if (row !== -1) return model.columns.opOf(row);
  const label = step.labels.texts[step.label[execution]!]!;
  return /(?:^|= )([A-Za-z_]\w*)\(/.exec(label)?.[1] ?? null;
}
