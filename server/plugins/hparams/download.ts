/** The table of session groups as a file: JSON, CSV or LaTeX. */
import type { pb } from "../../../proto/index.ts";
import { type Scalar, scalarOf } from "../../hparams/value.ts";
import { badRequest } from "../../http/errors.ts";
import { toJson } from "../../http/json.ts";
import { type CsvFloat, toCsv } from "../csv.ts";
import type { SessionGroup } from "./session-groups.ts";

/** Null for a metric that was not measured; a missing hyperparameter is empty text. */
type Cell = Scalar | null;

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Hyperparameters and metrics in the experiment's order, a row a group; only the columns that are visible. */
export function tableOf(
  { hparamInfos, metricInfos }: pb.hparams.Experiment.$Properties,
  groups: readonly SessionGroup[],
  visibility: readonly unknown[],
): Table {
  const hparams = hparamInfos ?? [];
  const metrics = (metricInfos ?? []).map(({ name, displayName }) => {
    const { group = "", tag = "" } = name ?? {};
    return { id: `${group}.${tag}`, title: displayName || tag || "" };
  });
  const visible = <T>(row: readonly T[]): T[] => row.filter((_, i) => visibility[i]);
  return {
    header: visible([
      ...hparams.map(({ name, displayName }) => displayName || name || ""),
      ...metrics.map(({ title }) => title),
    ]),
    rows: groups.map((group) => {
      const values = new Map(
        group.metricValues.map(({ name, value }) => [`${name.group}.${name.tag}`, value]),
      );
      return visible([
        ...hparams.map(({ name }) => scalarOf(group.hparams.get(name ?? "")) ?? ""),
        ...metrics.map(({ id }) => values.get(id) ?? null),
      ]);
    }),
  };
}

/** The file's text and its content type. @throws HttpError 400 when the format is not known */
export function formatTable(table: Table, format: string | undefined): { body: string; type: string } {
  switch (format) {
    case "json":
      return { body: toJson(table), type: "application/json" };
    case "csv":
      return {
        body: toCsv(
          table.header,
          table.rows.map((row) => row.map(csvCell)),
        ),
        type: "text/csv",
      };
    case "latex":
      return { body: latexTable(table), type: "application/x-latex" };
    default:
      throw badRequest(`format "${format}" is none of json, csv, latex`);
  }
}

function csvCell(value: Cell): string | CsvFloat {
  if (typeof value === "number") return { float: value };
  if (typeof value === "boolean") return value ? "True" : "False";
  return value ?? "";
}

function latexTable({ header, rows }: Table): string {
  const line = (cells: readonly Cell[]) => cells.map(latexCell).join(" & ");
  return [
    `\\begin{table}[tbp]\n\\begin{tabular}{${"l".repeat(header.length)}}\n`,
    `${line(header)} \\\\ \\hline\n`,
    ...rows.map((row) => `${line(row)} \\\\\n`),
    "\\hline\n\\end{tabular}\n\\end{table}\n",
  ].join("");
}

function latexCell(value: Cell): string {
  if (value === null) return "-";
  if (typeof value === "boolean") return `$${Number(value)}$`;
  if (typeof value === "string") return value.replaceAll("_", "\\_").replaceAll("%", "\\%");
  if (Number.isNaN(value)) return "$\\mathrm{NaN}$";
  if (!Number.isFinite(value)) return `$${value < 0 ? "-" : "+"}\\infty$`;
  return `$${threeDigits(value)}$`;
}

/** Three significant digits without trailing zeros, as C's `%.3g`; powers of ten beyond 1e-5 … 1e3. */
function threeDigits(value: number): string {
  const [digits, exponent] = value.toExponential(2).split("e") as [string, string];
  const power = Number(exponent);
  if (Object.is(value, -0)) return "-0";
  if (power >= -4 && power < 3) return String(Number(value.toPrecision(3)));
  return `${Number(digits)}\\cdot 10^{${power}}`;
}
