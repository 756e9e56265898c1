/** What differs between two nodes that are taken to be the same, in words. */
import { attributeText } from "../attribute-text.ts";
import { MOST_ATTRIBUTES } from "../calls.ts";
import { attributesOf } from "../definition/node-definition.ts";
import { outputShapes } from "../definition/output-shapes.ts";
import { shapeLabel } from "../edge-label.ts";
import type { GraphModel } from "../model.ts";

/** Letters of an attribute that are compared, and shown. */
const COMPARED = 1 << 16;
const SHOWN = 120;
const OUTPUT_SHAPES = "_output_shapes";

/** Whether both are the same to the byte; where they are not, they may still say the same. */
export function isSame(before: GraphModel, row: number, after: GraphModel, other: number): boolean {
  const a = bytesOf(before, row);
  const b = bytesOf(after, other);
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function bytesOf({ columns }: GraphModel, row: number): Uint8Array {
  return columns.bytes.subarray(columns.start[row]!, columns.end[row]!);
}

/** @param renamed names that are taken to be the same, before and after */
export function changesOf(
  before: GraphModel,
  row: number,
  after: GraphModel,
  other: number,
  renamed: ReadonlyMap<string, string>,
): string[] {
  const changes: string[] = [];
  const note = (what: string, old: string, now: string) => {
    if (old !== now) changes.push(`${what}: ${shown(old)} -> ${shown(now)}`);
  };
  note("operation", before.columns.opOf(row), after.columns.opOf(other));
  note("device", before.columns.deviceOf(row), after.columns.deviceOf(other));
  note("inputs", inputsText(before, row, renamed), inputsText(after, other, new Map()));
  note("output shapes", shapesText(before, row), shapesText(after, other));
  const old = attributeTexts(before, row);
  const now = attributeTexts(after, other);
  for (const [name, value] of old) note(`attribute ${name}`, value, now.get(name) ?? "");
  for (const [name, value] of now) if (!old.has(name)) note(`attribute ${name}`, "", value);
  return changes;
}

function shown(text: string): string {
  if (text === "") return "none";
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function inputsText(model: GraphModel, row: number, renamed: ReadonlyMap<string, string>): string {
  const { columns, connections, tree } = model;
  const inputs: string[] = [];
  for (let i = columns.inputStart[row]!; i < columns.inputStart[row + 1]!; i++) {
    const from = connections.from[i]!;
    const name = from < 0 ? "(missing)" : tree.rowNames[from]!;
    const output = connections.output[i]!;
    const isControl = (connections.flags[i]! & 1) !== 0;
    inputs.push(`${isControl ? "^" : ""}${renamed.get(name) ?? name}${output === 0 ? "" : `:${output}`}`);
  }
  return inputs.join(", ");
}

function shapesText(model: GraphModel, row: number): string {
  const shapes = outputShapes(model.columns, row) ?? [];
  return shapes.map((shape) => shapeLabel(shape) ?? "unknown").join(", ");
}

function attributeTexts({ columns }: GraphModel, row: number): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of attributesOf(columns, row)) {
    if (texts.size === MOST_ATTRIBUTES) break;
    if (name !== OUTPUT_SHAPES) texts.set(name, attributeText(value(), COMPARED));
  }
  return texts;
}
