/** What can be exported, by the name of its plugin. */
import type { Table } from "../table.ts";
import { audio } from "./audio.ts";
import { histograms } from "./histograms.ts";
import { hparams } from "./hparams.ts";
import { images } from "./images.ts";
import type { TableInput } from "./input.ts";
import { prCurves } from "./pr-curves.ts";
import { scalars } from "./scalars.ts";
import { text } from "./text.ts";

interface TableKind {
  readonly table: (input: TableInput) => Table;
  /** Its values are files of their own, and the table says where they are. */
  readonly hasFiles?: boolean;
}

export const TABLES = {
  scalars: { table: scalars },
  histograms: { table: histograms },
  text: { table: text },
  hparams: { table: hparams },
  pr_curves: { table: prCurves },
  images: { table: images, hasFiles: true },
  audio: { table: audio, hasFiles: true },
} as const satisfies Record<string, TableKind>;

export type TableName = keyof typeof TABLES;

export const TABLE_NAMES = Object.keys(TABLES).filter((name): name is TableName => name in TABLES);

export const isTableName = (name: string): name is TableName => Object.hasOwn(TABLES, name);

export const hasFiles = (name: TableName): boolean => "hasFiles" in TABLES[name];
