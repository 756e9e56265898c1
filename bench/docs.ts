/** Makes docs/benchmarks.md from the last output of each benchmark: `npm run bench:docs`. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { outputFolder, type Report } from "./tools/report.ts";

const NAMES = [
  "ingest",
  "ingest-runs",
  "growth",
  "startup",
  "live",
  "query",
  "memory",
  "write",
  "callback",
  "trace",
  "records",
  "projector",
  "projector-page",
  "projection",
  "pages-images",
  "growing",
  "graph",
  "export",
];

type KeptReport = Report & { readonly machine: string; readonly date: string };

function section({ title, how, header, rows, notes, machine, date }: KeptReport, name: string): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [
    `## ${title}`,
    how,
    [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n"),
    notes.map((note) => `- ${note}`).join("\n"),
    `\`npm run bench:${name.replace("-runs", " 10000 10 100").replace("pages-", "pages ")}\` on ${machine}, ${date}.`,
  ].join("\n\n");
}

const sections = NAMES.flatMap((name) => {
  const file = `${outputFolder}${name}.json`;
  if (!existsSync(file)) {
    console.warn(`no output of bench:${name}: run it first`);
    return [];
  }
  return [section(JSON.parse(readFileSync(file, "utf8")) as KeptReport, name)];
});
const intro =
  "Made by `npm run bench:docs` from the output of the benchmarks, each of which measures both sides in one run. " +
  "Machines are noisy: read the ratios, and run them on yours.";
const target = fileURLToPath(new URL("../docs/benchmarks.md", import.meta.url));
writeFileSync(target, `# Benchmarks\n\n${intro}\n\n${sections.join("\n\n")}\n`);
