/**
 * Tables of what is known of each point, as TensorBoard's page reads them: a tab in the first line makes it a header, one
 * column without is called `label`, and blank lines are none.
 * Facts: `parseMetadata` in tensorboard/plugins/projector/vz_projector/data-provider.ts.
 */
import { stat } from "node:fs/promises";
import { readWhole } from "../logdir/open-file.ts";
import { count, number } from "../words.ts";
import { decodeText } from "./text-file.ts";

export interface MetadataTable {
  readonly columns: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly rows: number;
  /** What is wrong, line by line. */
  readonly problems: readonly string[];
}

/** A table that cannot be used, in words. */
export class MetadataError extends Error {}

/** What fits one string of V8. */
const MAX_BYTES = 1 << 29;
/** Most cells that may be missing: each takes memory, and a few bytes can ask for any number of them. */
const MOST_MISSING = 1 << 22;
/** Problems that are told one by one. */
const MAX_PROBLEMS = 20;

/** @throws MetadataError */
export async function readMetadata(file: string): Promise<MetadataTable> {
  const { size } = await stat(file);
  if (size > MAX_BYTES)
    throw new MetadataError(`"${file}" has ${count(size, "byte")}: ${number(MAX_BYTES)} can be read`);
  const text = decodeText(await readWhole(file, file));
  if (text === null) throw new MetadataError(`"${file}" is no text`);
  return parseMetadata(text);
}

/**
 * @param text with plain line ends
 * @throws MetadataError where nearly all of it would be missing
 */
export function parseMetadata(text: string): MetadataTable {
  const problems: string[] = [];
  const note = (say: () => string): void => {
    if (problems.length <= MAX_PROBLEMS) problems.push(problems.length < MAX_PROBLEMS ? say() : "and more");
  };
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const header = lines[0]?.includes("\t") ? lines[0].split("\t") : null;
  const names = header ?? ["label"];
  // Those that are there have a sign each between them.
  const missing = names.length * lines.length - text.length - 1;
  if (missing > MOST_MISSING)
    throw new MetadataError(
      `${count(lines.length, "line")} of ${count(names.length, "column")} are more cells than the file has: ${number(missing)} would be missing, and ${number(MOST_MISSING)} may`,
    );
  const values = names.map((): string[] => []);
  for (let at = header ? 1 : 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.trim() === "") {
      note(() => `line ${at + 1} is blank and no row`);
      continue;
    }
    const cells = header ? line.split("\t") : [line];
    if (cells.length !== names.length)
      note(() => `line ${at + 1} has ${count(cells.length, "value")} for ${count(names.length, "column")}`);
    for (const [column, list] of values.entries()) list.push(cells[column] ?? "");
  }
  const columns = names.map((name, i) => ({ name: name.trim() || `column ${i + 1}`, values: values[i]! }));
  return { columns, rows: values[0]!.length, problems };
}
