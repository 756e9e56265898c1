/** Reports as people read them: a block a run, with its files and a table of its tags. */
import path from "node:path";
import { largest } from "../../../values/extremes.ts";
import { count, number } from "../../words.ts";
import { bytes, duration, printable, time, wrap } from "../words.ts";
import type { FileReport, LeftOut, RunReport, TagReport } from "./report.ts";

/** Of a line, without what a block is indented by. */
const WIDTH = 74;

/** A run's lines, with an empty one at the end. */
export function runText({ run, files, tags }: RunReport): string {
  const head = `${printable(run)}: ${valuesOf(tags)} in ${count(files.length, "file")}`;
  const several = files.length > 1;
  return [head, ...files.flatMap((file) => fileLines(file, several)), ...tagLines(tags), ""].join("\n");
}

function valuesOf(tags: readonly TagReport[]): string {
  const values = tags.reduce((sum, tag) => sum + tag.values, 0);
  return `${count(values, "value")} of ${count(tags.length, "tag")}`;
}

/** @param several whether the run has other files: then the table does not tell what this one holds */
function fileLines(file: FileReport, several: boolean): string[] {
  const { torn_bytes, first_wall_time: first, last_wall_time: last } = file;
  const size = `${count(file.records, "record")}, ${bytes(file.bytes)}`;
  const lines = [first === null || last === null ? size : `${size}, ${period(first, last)}`];
  if (several && file.tags.length > 0) lines.push(`${valuesOf(file.tags)}, steps ${allSteps(file.tags)}`);
  const writer = [file.writer && `written by ${printable(file.writer)}`, printable(file.file_version ?? "")];
  if (writer.some(Boolean)) lines.push(writer.filter(Boolean).join(", "));
  lines.push(...damageLines(file));
  if (torn_bytes > 0) lines.push(`ends inside a record: its ${count(torn_bytes, "byte")} wait for the rest`);
  return [`  ${printable(path.basename(file.path))}`, ...lines.map((line) => `    ${line}`)];
}

function damageLines({ damage, more_damage }: FileReport): string[] {
  const lines = damage.flatMap(({ offset, message }) => {
    const where = offset === null ? "" : ` at byte ${number(offset)}`;
    return wrap(`DAMAGED${where}: ${printable(message)}`, WIDTH);
  });
  return more_damage > 0 ? [...lines, `DAMAGED: and ${count(more_damage, "more problem")}`] : lines;
}

function period(first: number, last: number): string {
  return first === last ? `${time(first)} UTC` : `${time(first)} UTC, over ${duration(last - first)}`;
}

const HEADER = ["kind", "values", "steps", "tag"] as const;

/** The table of tags; the tag stands last, so that a long one pushes nothing aside. */
function tagLines(tags: readonly TagReport[]): string[] {
  if (tags.length === 0) return [];
  const rows = tags.map((tag) => [tag.kind, number(tag.values), steps(tag), tag.tag].map(printable));
  const widths = HEADER.map((title, i) =>
    largest(
      rows.map((row) => row[i]!.length),
      title.length,
    ),
  );
  const line = ([kind, values, range, tag]: readonly string[]) =>
    `  ${kind!.padEnd(widths[0]!)}  ${values!.padStart(widths[1]!)}  ${range!.padEnd(widths[2]!)}  ${tag}`.trimEnd();
  return ["", line(HEADER), ...rows.flatMap((row, i) => [line(row), ...oddities(tags[i]!)])];
}

function allSteps(tags: readonly TagReport[]): string {
  let [min, max] = [tags[0]?.min_step ?? 0, tags[0]?.max_step ?? 0];
  for (const { min_step, max_step } of tags) {
    if (min_step < min) min = min_step;
    if (max_step > max) max = max_step;
  }
  return min === max ? number(min) : `${number(min)} to ${number(max)}`;
}

function steps({ first_step: first, last_step: last }: TagReport): string {
  return first === last ? number(first) : `${number(first)} to ${number(last)}`;
}

/** What is not as usual in a tag, a line each. */
function oddities(tag: TagReport): string[] {
  const { steps_back, out_of_order, overtaken, duplicate_steps, nan, infinite, misfits } = tag;
  const lines: string[] = [];
  if (steps_back > 0) {
    const pairs = out_of_order.map(([before, after]) => `${number(before)} to ${number(after)}`);
    const more = steps_back > pairs.length ? `, and ${number(steps_back - pairs.length)} more` : "";
    lines.push(`steps go back ${count(steps_back, "time")}: ${pairs.join(", ")}${more}`);
    if (tag.min_step !== tag.first_step || tag.max_step !== tag.last_step)
      lines.push(`smallest step ${number(tag.min_step)}, largest ${number(tag.max_step)}`);
  }
  if (overtaken > 0)
    lines.push(
      `${count(overtaken, "value was", "values were")} overtaken by a later one of the same or a smaller step`,
    );
  if (duplicate_steps > 0)
    lines.push(`${count(duplicate_steps, "value has", "values have")} a step that came before`);
  if (nan > 0) lines.push(`${count(nan, "value is", "values are")} NaN`);
  if (infinite > 0) lines.push(`${count(infinite, "value is", "values are")} infinite`);
  if (misfits > 0)
    lines.push(`${count(misfits, "value is", "values are")} not of the tag's kind, and left out`);
  return lines.map((text) => `      ${text}`);
}

/** The last lines: sums, and what was left out. */
export function totalText(total: Total, leftOut: readonly LeftOut[]): string {
  const lines = leftOut.map(
    ({ path: where, message }) => `LEFT OUT ${printable(where)}: ${printable(message)}`,
  );
  const sums = [
    count(total.runs, "run"),
    count(total.files, "file"),
    count(total.records, "record"),
    bytes(total.bytes),
  ];
  lines.push(
    `${sums.join(", ")}; ${total.damaged > 0 ? `${count(total.damaged, "file is", "files are")} damaged` : "no damage"}`,
  );
  return lines.join("\n");
}

/** Sums over all runs. */
export interface Total {
  readonly runs: number;
  readonly files: number;
  readonly records: number;
  readonly bytes: number;
  /** Files that are damaged, dead or unreadable. */
  readonly damaged: number;
}

export function addRun(total: Total, { files }: RunReport): Total {
  const sum = (of: (file: FileReport) => number) => files.reduce((all, file) => all + of(file), 0);
  return {
    runs: total.runs + 1,
    files: total.files + files.length,
    records: total.records + sum(({ records }) => records),
    bytes: total.bytes + sum((file) => file.bytes),
    damaged: total.damaged + files.filter(isDamaged).length,
  };
}

/** Whether something of a file was lost; one that ends inside a record may still be written to. */
export function isDamaged({ state }: FileReport): boolean {
  return state !== "whole" && state !== "torn";
}
