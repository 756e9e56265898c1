/** Figures of a benchmark: medians, quantiles and ratios; printed, and kept for the table in docs/benchmarks.md. */
import { mkdirSync, writeFileSync } from "node:fs";
import os from "node:os";
import { fileURLToPath } from "node:url";

/** Where the last output of each benchmark is kept; not committed. */
export const outputFolder = fileURLToPath(new URL("../output/", import.meta.url));

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which a share of the values lies; nearest rank. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export const seconds = (millis: number): string => `${(millis / 1000).toFixed(2)} s`;
export const millis = (value: number): string => `${value.toFixed(1)} ms`;
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
/** A ratio, with the lowest and highest of its rounds. */
export function ratios(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

/** What a benchmark found, in the form of its table. */
export interface Report {
  /** Heading in the docs. */
  readonly title: string;
  /** What was done, in a sentence or two. */
  readonly how: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Ratios, bars and what could not be measured. */
  readonly notes: readonly string[];
}

/** Prints a report, and keeps it under `name`. */
export function report(name: string, found: Report): void {
  const { how, header, rows, notes } = found;
  console.log(how);
  table(header, rows);
  for (const note of notes) console.log(note);
  mkdirSync(outputFolder, { recursive: true });
  const machine = `${os.cpus().length} cores (${os.cpus()[0]?.model.trim() ?? "unknown"}), ${megabytes(os.totalmem())}, Node ${process.version}`;
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(`${outputFolder}${name}.json`, `${JSON.stringify({ ...found, machine, date }, null, 2)}\n`);
}

/** How a bar was met, as a note. */
export function bar(what: string, value: number, limit: number, show: (value: number) => string): string {
  return `${what}: bar ${show(limit)}, found ${show(value)}: ${value <= limit ? "held" : "MISSED"}`;
}

/** Prints rows in columns. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [header, ...rows];
  const widths = header.map((_, i) => Math.max(...all.map((row) => (row[i] ?? "").length)));
  for (const row of all)
    console.log(
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join("  ")
        .trimEnd(),
    );
}
