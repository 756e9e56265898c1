/**
 * Tables as text: tabs, commas, semicolons or spaces between, with or without a header, in any encoding that says what it
 * is. Also word2vec's and GloVe's files, whose first word is the point's name. A row that does not fit is kept, without
 * the values that are missing, so that rows stay in step with those of other files.
 */
import {
  type Choice,
  FileError,
  INDEX,
  isNearlyAll,
  MatrixBuilder,
  Problems,
  type ReadTable,
  type Source,
  type SourceColumn,
  TextColumn,
} from "./source.ts";

/** Lines that are looked at to tell what columns there are. */
const SAMPLE_LINES = 200;
/** Wider tables are none: each column is listed for people to choose from. */
const MOST_COLUMNS = 100_000;

/** The text of a file whatever wrote it; null when it is none. */
export function decodeText(bytes: Uint8Array): string | null {
  const [a, b, c] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  const marked = a === 0xef && b === 0xbb && c === 0xbf;
  if (!marked && bytes.subarray(0, 4096).includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: !marked }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** A line that is not blank, and its number in the file from 1. */
interface Line {
  readonly number: number;
  readonly cells: string[];
}

export function textSource(text: string): Source {
  const delimiter = delimiterOf(text);
  const head: Line[] = [];
  for (const line of linesOf(text, delimiter)) {
    if (line.cells.length > MOST_COLUMNS)
      throw new FileError(
        `line ${line.number} has ${line.cells.length} values, and a table has ${MOST_COLUMNS} columns at most`,
      );
    head.push(line);
    if (head.length > SAMPLE_LINES) break;
  }
  const [first] = head;
  if (!first) throw new FileError("the file has no line with anything in it");
  const counted = isWord2vecHead(first, head[1]);
  const rows = counted ? head.slice(1) : head;
  const width = rows[0]?.cells.length ?? 0;
  const header = !counted && hasHeader(rows);
  const body = header ? rows.slice(1) : rows;
  const names = uniqueNames(header ? first.cells : undefined, width, body);
  const columns = names.map((name, at): SourceColumn => {
    const sample = body.slice(0, SAMPLE_LINES).map(({ cells }) => cells[at] ?? "");
    return { name, kind: isNumeric(sample) ? "number" : "text", dims: 1, sample: sample.slice(0, 5) };
  });
  const skip = counted || header ? 1 : 0;
  return {
    format: { "\t": "Tab-separated text", ",": "CSV", ";": "CSV with semicolons", " ": "Text with spaces" }[
      delimiter
    ],
    columns,
    rows: null,
    read: (choice) => readText(linesOf(text, delimiter), skip, columns, choice),
  };
}

function readText(
  lines: Iterable<Line>,
  skip: number,
  columns: readonly SourceColumn[],
  choice: Choice,
): ReadTable {
  const problems = new Problems();
  const at = new Map(columns.map(({ name }, i) => [name, i]));
  const vectorAt = choice.vectors.map((name) => at.get(name) ?? -1);
  const texts = choice.metadata.map((name) => ({ name, at: at.get(name) ?? -1, column: new TextColumn() }));
  const matrix = new MatrixBuilder(vectorAt.length);
  let left = skip;
  for (const { number, cells } of lines) {
    if (left-- > 0) continue;
    const fits = cells.length === columns.length;
    if (!fits) problems.add(`line ${number} has ${cells.length} values, not ${columns.length}`);
    const row = matrix.next();
    for (const [d, place] of vectorAt.entries()) {
      const cell = cells[place];
      const value = cell === undefined ? Number.NaN : toNumber(cell);
      // Of a row of another length nobody knows which value stands where.
      if (fits) row[d] = value;
      if (fits && Number.isNaN(value) && !isNan(cell))
        problems.add(
          `line ${number}, ${columns[place]?.name}: ${JSON.stringify(cell?.slice(0, 40) ?? "")} is no number`,
        );
    }
    for (const { at: place, column } of texts) column.push(cells[place] ?? null);
  }
  return {
    rows: matrix.rows,
    dims: vectorAt.length,
    data: matrix.finish(),
    columns: texts.map(({ name, column }) => column.finish(name)),
    problems: problems.list,
  };
}

function* linesOf(text: string, delimiter: Delimiter): Generator<Line> {
  let number = 0;
  for (let at = 0; at < text.length; ) {
    number++;
    const own = number;
    if (delimiter === "," || delimiter === ";") {
      const { cells, end, lines } = quotedLine(text, at, delimiter);
      number += lines;
      at = end;
      if (cells.length > 1 || cells[0]?.trim() !== "") yield { number: own, cells };
    } else {
      const end = lineEnd(text, at);
      const line = text.slice(at, end);
      at = afterLine(text, end);
      if (line.trim() === "") continue;
      yield { number: own, cells: delimiter === "\t" ? line.split("\t") : line.trim().split(/\s+/) };
    }
  }
}

const LINE_END = /[\r\n]/g;

function lineEnd(text: string, from: number): number {
  // To look for either by itself goes on to the end of a text that has none.
  LINE_END.lastIndex = from;
  return LINE_END.test(text) ? LINE_END.lastIndex - 1 : text.length;
}

function afterLine(text: string, end: number): number {
  return text[end] === "\r" && text[end + 1] === "\n" ? end + 2 : end + 1;
}

/** A line whose cells may stand in quotes, with line ends in them (RFC 4180). */
function quotedLine(
  text: string,
  start: number,
  delimiter: string,
): { cells: string[]; end: number; lines: number } {
  const plainEnd = lineEnd(text, start);
  const plain = text.slice(start, plainEnd);
  if (!plain.includes('"'))
    return { cells: plain.split(delimiter), end: afterLine(text, plainEnd), lines: 0 };
  const cells: string[] = [];
  let lines = 0;
  let at = start;
  for (;;) {
    let cell = "";
    if (text[at] === '"') {
      for (at++; at < text.length; at++) {
        if (text[at] === '"') {
          if (text[at + 1] !== '"') break;
          at++;
        }
        if (text[at] === "\n") lines++;
        cell += text[at];
      }
      at++;
    }
    while (at < text.length && text[at] !== delimiter && text[at] !== "\n" && text[at] !== "\r")
      cell += text[at++];
    cells.push(cell);
    if (text[at] !== delimiter) return { cells, end: afterLine(text, at), lines };
    at++;
  }
}

type Delimiter = "\t" | "," | ";" | " ";

function delimiterOf(text: string): Delimiter {
  const start = Math.max(0, text.search(/\S/));
  const line = text.slice(start, lineEnd(text, start));
  if (line.includes("\t")) return "\t";
  if (line.includes(",")) return ",";
  if (line.includes(";")) return ";";
  // Words with spaces between are a label; numbers with spaces between are values.
  const cells = line.trim().split(/\s+/);
  const numbers = cells.filter((cell) => !Number.isNaN(toNumber(cell))).length;
  return cells.length > 1 && numbers >= cells.length - 1 ? " " : "\t";
}

/** `400000 300`: how many rows and dimensions follow. */
function isWord2vecHead({ cells }: Line, second: Line | undefined): boolean {
  const dims = Number(cells[1]);
  return cells.length === 2 && cells.every((cell) => /^\d+$/.test(cell)) && second?.cells.length === dims + 1;
}

/** Words on top of numbers, or of words where there are several columns: as in stock, a tab in the first line says so. */
function hasHeader([first, ...others]: readonly Line[]): boolean {
  if (!first || others.length === 0 || first.cells.length < 2) return false;
  const index = indexColumns(first, others);
  const named = first.cells.slice(index);
  const words = named.filter((cell) => Number.isNaN(toNumber(cell)) && !isNan(cell));
  if (words.length === named.length) return true;
  // pandas counts columns that were given no name, from 0.
  const counted = named.filter((cell) => !words.includes(cell));
  return index > 0 && counted.every((cell, i) => cell === String(i));
}

/** Columns that pandas writes for a table's index: nothing on top of them, and something in every row. */
function indexColumns(first: Line, others: readonly Line[]): number {
  const named = first.cells.findIndex((cell) => cell.trim() !== "");
  const isIndex = (at: number): boolean => others.every(({ cells }) => (cells[at] ?? "").trim() !== "");
  return Array.from({ length: Math.max(0, named) }, (_, at) => at).every(isIndex) ? Math.max(0, named) : 0;
}

function uniqueNames(header: readonly string[] | undefined, width: number, body: readonly Line[]): string[] {
  const taken = new Map<string, number>();
  const onlyText = width === 1 && !isNumeric(body.map(({ cells }) => cells[0] ?? ""));
  return Array.from({ length: width }, (_, at) => {
    const cells = body.map((line) => line.cells[at] ?? "");
    const given = header?.[at]?.trim();
    const other = header ? INDEX : String(at + 1);
    const name = given || (onlyText || (at === 0 && !isNumeric(cells)) ? "label" : other);
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** Nearly all are numbers: a column with a slip in it is still one of numbers. */
function isNumeric(cells: readonly string[]): boolean {
  const given = cells.filter((cell) => cell.trim() !== "");
  const numbers = given.filter((cell) => isNan(cell) || !Number.isNaN(toNumber(cell))).length;
  return isNearlyAll(numbers, given.length);
}

function isNan(cell: string | undefined): boolean {
  return /^\s*[+-]?(nan|null|none|na|n\/a|)\s*$/i.test(cell ?? "");
}

/** As Python's `float()` has numbers; NaN for anything else. */
export function toNumber(cell: string): number {
  const value = Number(cell);
  if (!Number.isNaN(value)) return cell.trim() === "" || /^\s*[+-]?0[xob]/i.test(cell) ? Number.NaN : value;
  const named = /^\s*([+-]?)inf(inity)?\s*$/i.exec(cell);
  return named ? (named[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) : Number.NaN;
}
