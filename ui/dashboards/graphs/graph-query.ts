/** How a graph of a run is asked for. */
import type { GraphQuery } from "../../../graph/views.ts";

/** Parameters of a question, without those that are not set. */
export function graphQuery(run: string, type: string, tag: string, step: string, number = ""): GraphQuery {
  return {
    run,
    ...(type === "op" || type === "conceptual" || type === "traced" ? { type } : {}),
    ...(tag !== "" ? { tag } : {}),
    ...(step !== "" ? { step_tag: step } : {}),
    ...(step !== "" && number !== "" ? { step: Number(number) } : {}),
  };
}
