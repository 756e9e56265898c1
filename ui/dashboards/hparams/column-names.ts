/** Names of columns that are told apart: a hyperparameter and a metric may be called alike, and as what else a row has. */
import type { Column } from "./table.ts";

/** What a row has beside its cells. */
const TAKEN: ReadonlySet<string> = new Set(["session", "status", "runs", "spread", "lost"]);

/** The name of a column with what it is: `metric:loss`. */
export const fullName = ({ id, kind }: Pick<Column, "id" | "kind">): string => `${kind}:${id.slice(2)}`;

/** The names, and where one means several columns, or what else a row has, the full one. */
export function toldApart(
  columns: readonly Pick<Column, "id" | "kind">[],
  names: readonly string[],
): readonly string[] {
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return names.map((name, i) => (times.get(name)! > 1 || TAKEN.has(name) ? fullName(columns[i]!) : name));
}
