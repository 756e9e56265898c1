/** JSON lines, or one list of objects: a field that is a list of numbers is the vector. */
import { columnsSource, memoryColumn } from "./columns-source.ts";
import { FileError, type Source } from "./source.ts";

export function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/** @throws FileError when no line is an object or a list */
export function jsonSource(text: string): Source {
  const found: string[] = [];
  const lines: number[] = [];
  const objects = /^\s*\[/.test(text) && !/^\s*\[[^\n]*\]\s*\n\s*\[/.test(text) ? wholeList(text) : null;
  const rows = objects ?? jsonLines(text, found, lines);
  if (rows.length === 0)
    throw new FileError(`no line is an object or a list of numbers; ${found[0] ?? "the file is empty"}`);
  const name = (row: number): string => (lines[row] === undefined ? `row ${row}` : `line ${lines[row]}`);
  // A line that is no JSON is nothing, in the place of a list.
  if (rows.every((row) => row === null || Array.isArray(row)))
    return columnsSource("JSON", [memoryColumn("vectors", rows)], rows.length, found, name);
  const records = rows.map((row) =>
    typeof row === "object" && row !== null
      ? new Map<string, unknown>(Object.entries(row))
      : new Map<string, unknown>(),
  );
  const names = new Set(records.flatMap((record) => [...record.keys()]));
  const columns = [...names].map((key) =>
    memoryColumn(
      key,
      records.map((record) => record.get(key)),
    ),
  );
  return columnsSource(objects ? "JSON" : "JSON lines", columns, rows.length, found, name);
}

function wholeList(text: string): readonly unknown[] | null {
  try {
    const parsed = parse(text);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** A string, or what Python's json writes for numbers that JSON does not have. */
const STRING_OR_NAMED = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/** @throws SyntaxError */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const plain = text.replace(STRING_OR_NAMED, (found) => {
      if (found.startsWith('"')) return found;
      // Beyond the largest number JSON reads infinity.
      return found.endsWith("NaN") ? "null" : found.replace("Infinity", "1e999");
    });
    if (plain === text) throw error;
    return JSON.parse(plain);
  }
}

/** A line that is no JSON keeps its place, empty, so that rows stay in step. */
function jsonLines(text: string, found: string[], lines: number[]): readonly unknown[] {
  const rows: unknown[] = [];
  let good = 0;
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === "") continue;
    try {
      const parsed = parse(line);
      rows.push(parsed);
      if (typeof parsed === "object" && parsed !== null) good++;
      else found.push(`line ${i + 1} is neither an object nor a list`);
    } catch (error) {
      found.push(`line ${i + 1} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
      rows.push(null);
    }
    lines.push(i + 1);
  }
  return good > 0 ? rows : [];
}
