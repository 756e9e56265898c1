/** Tables (the extension `tables`): a row of headers, a row of dashes, and rows. */
import type { Element } from "../element.ts";
import { stripOf } from "../python-text.ts";
import type { BlockKind } from "./parser.ts";

/** A pipe at the end of a row that no backslash escapes. */
const END_BORDER = /(?<!\\)(?:\\\\)*\|$/;
const TICKS_AND_PIPES = /(\\\\)|(\\`+)|(`+)|(\\\|)|(\|)/g;

const spacesOff = (text: string): string => stripOf(text, " ");

export const table: BlockKind = {
  take(_parser, parent, blocks) {
    const rows = blocks[0]!.split("\n");
    const columns = columnsOf(rows.map(spacesOff));
    if (columns === 0) return false;
    blocks.shift();
    const hasBorder = isBordered(spacesOff(rows[0]!));
    const element = parent.add("table");
    addRow(element.add("thead"), "th", cellsOf(spacesOff(rows[0]!), hasBorder), columns);
    const body = element.add("tbody");
    for (const row of rows.slice(2)) addRow(body, "td", cellsOf(spacesOff(row), hasBorder), columns);
    if (rows.length < 3) addRow(body, "td", [], columns);
    return true;
  },
};

/** How many columns the table has; 0 where the rows are none. */
function columnsOf(rows: readonly string[]): number {
  const [header, separator] = rows;
  if (header === undefined || separator === undefined) return 0;
  const hasBorder = isBordered(header);
  const columns = cellsOf(header, hasBorder).length;
  // With one column there has to be a pipe in every row.
  if (columns === 1 && !(hasBorder && rows.slice(1).every(isBordered))) return 0;
  const dashes = cellsOf(separator, hasBorder);
  return dashes.length === columns && /^[|:\- ]*$/.test(dashes.join("")) ? columns : 0;
}

const isBordered = (row: string): boolean => row.startsWith("|") || END_BORDER.test(row);

function addRow(parent: Element, tag: string, cells: readonly string[], columns: number): void {
  const row = parent.add("tr");
  // How a column is aligned would be a style, which nothing that is shown may have.
  for (let i = 0; i < columns; i++) {
    const cell = row.add(tag);
    const text = cells[i];
    if (text !== undefined) cell.text = spacesOff(text);
  }
}

function cellsOf(row: string, hasBorder: boolean): string[] {
  return splitAtPipes(hasBorder ? row.replace(/^\|/, "").replace(END_BORDER, "") : row);
}

/** Splits a row at its pipes, but for those that are escaped or in code. */
function splitAtPipes(row: string): string[] {
  const pipes: number[] = [];
  const ticks: Ticks[] = [];
  for (const match of row.matchAll(TICKS_AND_PIPES)) {
    const [all, , escapedTicks, bareTicks, , pipe] = match;
    if (pipe !== undefined) pipes.push(match.index);
    else if (escapedTicks !== undefined || bareTicks !== undefined) {
      const escaped = escapedTicks !== undefined ? 1 : 0;
      ticks.push({
        start: match.index,
        end: match.index + all.length - 1,
        count: all.length - escaped,
        escaped,
      });
    }
  }
  const code = codeRegions(ticks);
  const cells: string[] = [];
  let from = 0;
  for (const pipe of pipes) {
    if (code.some(({ start, end }) => start <= pipe && pipe <= end)) continue;
    cells.push(row.slice(from, pipe));
    from = pipe + 1;
  }
  return [...cells, row.slice(from)];
}

/** A run of backticks. */
interface Ticks {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  /** 1 when a backslash stands before it. */
  readonly escaped: number;
}

/** From each run of backticks to the next one that is as long. */
function codeRegions(ticks: readonly Ticks[]): { readonly start: number; readonly end: number }[] {
  const regions: { start: number; end: number }[] = [];
  for (let i = 0; i < ticks.length; i++) {
    const opening = ticks[i]!;
    const size = opening.count - opening.escaped;
    const closing = size === 0 ? -1 : ticks.findIndex(({ count }, at) => at > i && count === size);
    if (closing < 0) continue;
    regions.push({ start: opening.start, end: ticks[closing]!.end });
    i = closing;
  }
  return regions;
}
