/**
 * Brings docs/benchmarks.md up to date with the last output of each benchmark: `npm run bench:docs`. Sections of benchmarks
 * that were not run here stay as they are.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { outputFolder, type Report } from "./tools/report.ts";

const NAMES = [
  "ingest",
  "ingest-1000-runs",
  "ingest-10000-runs",
  "growth",
  "startup",
  "live",
  "live-dashboards",
  "query",
  "memory",
  "write",
  "callback",
  "trace",
  "records",
  "projector",
  "projector-page-opening",
  "projector-page-points",
  "projector-page-million",
  "projector-page-umap",
  "projector-page-umap-all",
  "projection",
  "pages-images",
  "pages-histograms",
  "pages-hparams",
  "growing",
  "graph",
  "graph-visits",
  "graph-panning",
  "graph-opening",
  "graph-panels",
  "export",
];

const target = fileURLToPath(new URL("../docs/benchmarks.md", import.meta.url));
const [, ...before] = readFileSync(target, "utf8").split(/^(?=## )/m);

/** What a section ends with: how it is made again. */
function commandOf(name: string): string {
  const command = name
    .replace(/-(\d+)-runs$/, (_, runs) => ` ${runs} 10 ${1e5 / Number(runs)}`)
    .replace("pages-", "pages ")
    .replace(/^graph-?/, "graph ")
    .replace(/^graph $/, "graph boxes")
    .replace("-page-", "-page ");
  return `\`npm run bench:${command}\``;
}

type KeptReport = Report & { readonly machine: string; readonly date: string };

function section({ title, how, header, rows, notes, machine, date }: KeptReport, name: string): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [
    `## ${title}`,
    how,
    [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n"),
    notes.map((note) => `- ${note}`).join("\n"),
    `${commandOf(name)} on ${machine}, ${date}.`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const sections = NAMES.flatMap((name) => {
  const file = `${outputFolder}${name}.json`;
  if (!existsSync(file)) {
    const kept = before
      .filter((text) => text.includes(`\n${commandOf(name)} on `))
      .map((text) => text.trim());
    console.warn(`no output of bench:${name}: ${kept.length > 0 ? "its section stays" : "run it first"}`);
    return kept;
  }
  return [section(JSON.parse(readFileSync(file, "utf8")) as KeptReport, name)];
});
const intro =
  "Made by `npm run bench:docs` from the output of the benchmarks, each of which measures both sides in one run. " +
  "Machines are noisy: read the ratios, and run them on yours.";
writeFileSync(target, `# Benchmarks\n\n${intro}\n\n${sections.join("\n\n")}\n`);
