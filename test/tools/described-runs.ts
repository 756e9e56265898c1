/** What a training left: tags by run, with their plugins, steps and shapes. */
import { readdirSync } from "node:fs";
import path from "node:path";
import { decodeTensor, fromWire } from "../../proto/index.ts";
import { readEvents } from "../summary/event-files.ts";

export interface DescribedTag {
  readonly plugin: string;
  readonly steps: readonly (number | bigint)[];
  /** Of the first tensor. */
  readonly shape: readonly number[];
}

export type DescribedRuns = Readonly<Record<string, Readonly<Record<string, DescribedTag>>>>;

/** The runs below a folder, and the model's configuration in them. */
export function described(folder: string): { runs: DescribedRuns; config: string } {
  let config = "";
  const runs = readdirSync(folder).map((run) => {
    const tags = new Map<string, { plugin: string; steps: (number | bigint)[]; shape: readonly number[] }>();
    for (const { step, summary } of readEvents(path.join(folder, run)))
      for (const { tag, metadata, tensor } of summary?.value ?? []) {
        const { shape, data } = decodeTensor(tensor ?? {});
        const known = tags.get(tag!) ?? { plugin: metadata?.pluginData?.pluginName ?? "", steps: [], shape };
        known.steps.push(fromWire(step));
        tags.set(tag!, known);
        if (tag === "keras") config = Buffer.from(data[0] as Uint8Array).toString();
      }
    return [run, Object.fromEntries(tags)];
  });
  return { runs: Object.fromEntries(runs), config };
}
