/** The checkpoints that make_files.py had TensorFlow write, and what is in them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type ByteSource, openBundle, openSavedSlices, sourceOf } from "../../../proto/checkpoint/index.ts";

export const folder = fileURLToPath(new URL("./files/", import.meta.url));

/** A tensor as Python has it in JSON. */
export interface Expected {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}

export const expected: Readonly<Record<string, Readonly<Record<string, Expected>>>> = JSON.parse(
  readFileSync(path.join(folder, "expected.json"), "utf8"),
);

export function bytesOf(name: string): Uint8Array {
  return new Uint8Array(readFileSync(path.join(folder, name)));
}

/** Opens a checkpoint of either version. */
export function open(prefix: string, fileOf = (name: string): ByteSource => sourceOf(name, bytesOf(name))) {
  if (isBundle(prefix))
    return openBundle({
      index: fileOf(`${prefix}.index`),
      shard: async (ending) => fileOf(`${prefix}${ending}`),
    });
  return openSavedSlices(filesOf(prefix).map(fileOf));
}

export function isBundle(prefix: string): boolean {
  return existsSync(path.join(folder, `${prefix}.index`));
}

/** Names of a checkpoint's files. */
export function filesOf(prefix: string): string[] {
  return readdirSync(folder).filter(
    (name) => name === prefix || (/^(?:\.|-\d)/.test(name.slice(prefix.length)) && name.startsWith(prefix)),
  );
}
