/** Hyperparameters: a row for each of a run, by name. */

import { SESSION_START, sessionStart } from "../../../hparams/metadata.ts";
import { type Value, valueJson } from "../../../hparams/value.ts";
import { toJson } from "../../../http/json.ts";
import { messageOf } from "../../../logdir/discover.ts";
import { inBatches } from "../batches.ts";
import type { Cell, Column, Table } from "../table.ts";
import type { TableInput } from "./input.ts";

/** A column has one type, and values of hyperparameters have several: their text, with the type beside it. */
export function hparams(input: TableInput): Table {
  const columns: Column[] = [
    { name: "run", type: "label", labels: input.catalog.runs },
    { name: "hparam", type: "text" },
    { name: "type", type: "text" },
    { name: "value", type: "text" },
  ];
  return { name: "hparams", columns, batches: inBatches(columns, rowsOf(input)) };
}

function* rowsOf({ catalog, notes }: TableInput): Generator<readonly Cell[]> {
  for (const { run, series, runPlace } of catalog.series) {
    if (series.tag !== SESSION_START) continue;
    try {
      const { hparams = {} } = sessionStart(series.metadata.content);
      const names = Object.keys(hparams ?? {}).sort();
      for (const name of names) yield [runPlace, name, ...typedText(hparams?.[name] ?? {})];
    } catch (error) {
      notes.add(`the hyperparameters of run "${run.name}" were left out: ${messageOf(error)}`);
    }
  }
}

function typedText(value: Value): [type: string, text: string] {
  const plain = valueJson(value);
  if (typeof plain === "string") return ["string", plain];
  if (typeof plain === "number") return ["number", String(plain)];
  if (typeof plain === "boolean") return ["bool", String(plain)];
  return ["json", toJson(plain)];
}
