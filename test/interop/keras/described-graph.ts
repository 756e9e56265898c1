/** The graph that our server makes of a model's configuration, as oracle/keras_callback.py describes stock's. */

import { kerasModelToGraph } from "../../../graph/keras/model-graph.ts";
import { DataType } from "../../../proto/index.ts";

export interface DescribedNode {
  readonly class: string;
  readonly dtype: string;
  readonly inputs: readonly string[];
}

export type DescribedGraph = Readonly<Record<string, DescribedNode>>;

export function graphOf(config: unknown): DescribedGraph {
  const nodes = (kerasModelToGraph(config).node ?? []).map(({ name, attr, input }) => {
    const node: DescribedNode = {
      class: new TextDecoder().decode(attr?.keras_class?.s ?? new Uint8Array()),
      dtype: DataType[attr?.dtype?.type ?? DataType.DT_INVALID],
      inputs: input ?? [],
    };
    return [name, node] as const;
  });
  return Object.fromEntries(nodes);
}
