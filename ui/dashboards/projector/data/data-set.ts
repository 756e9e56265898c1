/** Points and what is known of them, wherever they come from: a log folder or a file that was dropped. */
import type { RunEmbeddings } from "../../../../client/embeddings.ts";
import type { Column } from "./columns.ts";

/** Where it comes from. */
export type Origin =
  | {
      readonly kind: "log";
      readonly run: string;
      readonly name: string;
      readonly tensor: string;
      readonly step: number | null;
    }
  | { readonly kind: "file"; readonly name: string };

export interface DataSet {
  readonly origin: Origin;
  readonly title: string;
  readonly rows: number;
  readonly dims: number;
  readonly columns: readonly Column[];
  /** Images of the points in one; null where there are none. */
  readonly sprite: { readonly address: string; readonly width: number; readonly height: number } | null;
  readonly hasBookmarks: boolean;
  /** What is wrong with its files, and what was done about it. */
  readonly problems: readonly string[];
}

/** A tensor of a run over its steps. */
export interface TensorSteps {
  readonly run: string;
  readonly tensor: string;
  /** In order; one where it has no steps. */
  readonly embeddings: RunEmbeddings["tensors"];
}

/** A run's embeddings, those of one tensor together. */
export function tensorsOf(runs: readonly RunEmbeddings[]): TensorSteps[] {
  return runs.flatMap(({ run, tensors }) => {
    const byName = new Map<string, RunEmbeddings["tensors"][number][]>();
    for (const one of tensors) {
      const own = byName.get(one.tensor);
      if (own) own.push(one);
      else byName.set(one.tensor, [one]);
    }
    return [...byName].map(([tensor, embeddings]) => ({
      run,
      tensor,
      embeddings: embeddings.sort((a, b) => (a.step ?? 0) - (b.step ?? 0)),
    }));
  });
}

/** How many numbers a tensor has at each step; null where only reading tells. */
export function sizeOf({ embeddings }: TensorSteps): { readonly rows: number; readonly dims: number } | null {
  const shape = embeddings.at(-1)?.shape;
  const [rows, dims] = shape ?? [];
  return rows === undefined || dims === undefined ? null : { rows, dims };
}
