/**
 * Filters of rows as expressions: `rate < 0.01 and optimizer == "adam"`. Columns stand by name; one whose name is no word
 * stands between backticks: `` `validation/accuracy` > 0.9 ``. The grammar is read by jsep, and nothing is ever run.
 */
import jsep, { type CoreExpression, type Expression } from "jsep";
import { expressionTest } from "../../app/expression-engine.ts";
import { fullName } from "./column-names.ts";
import type { Cell, Column, Row } from "./table.ts";

export interface RowFilter {
  /** Rows that pass. */
  test(row: Row): boolean;
  /** What is wrong with the expression, in words; then all rows pass, as while what runs its patterns is on its way. */
  readonly error: string | null;
}

jsep.addBinaryOp("or", 1);
jsep.addBinaryOp("and", 2);
jsep.addBinaryOp("in", 7);
jsep.addBinaryOp("=~", 6);
jsep.addUnaryOp("not");

type Value = Cell | readonly Value[];
type Evaluate = (row: Row) => Value;

/** A text between quotes, a name between backticks, a name with what it is. */
const TEXT_OR_NAME = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`([^`]*)`|\b((?:hparam|metric):[\w$]+)/gs;

const ALL: RowFilter = { test: () => true, error: null };

/** What people read where they forget how it is written. */
export const EXPRESSION_HELP =
  'Names of columns, session and status; < <= > >= == != in [a, b], =~ "pattern"; and, or, not; + - * / %. Names that are no words stand between backticks; hparam:NAME and metric:NAME tell those apart that are called alike.';

export function rowFilter(text: string, columns: readonly Column[]): RowFilter {
  if (text.trim() === "") return ALL;
  try {
    const quoted: string[] = [];
    // Names between backticks, and those with what they are, become words that no column has.
    const plain = text.replace(TEXT_OR_NAME, (part, inTicks?: string, full?: string) => {
      const name = inTicks ?? full;
      return name === undefined ? part : `__quoted${quoted.push(name) - 1}`;
    });
    const evaluate = compiled(jsep(plain) as CoreExpression, { columns, quoted });
    return { test: (row) => isTrue(evaluate(row)), error: null };
  } catch (error) {
    if (error instanceof NotYet) return ALL;
    return { ...ALL, error: error instanceof Error ? error.message : String(error) };
  }
}

interface Names {
  readonly columns: readonly Column[];
  readonly quoted: readonly string[];
}

function compiled(node: CoreExpression, names: Names): Evaluate {
  const inner = (part: Expression): Evaluate => compiled(part as CoreExpression, names);
  switch (node.type) {
    case "Literal": {
      const { value } = node;
      if (value instanceof RegExp) throw new Error(QUOTES);
      return () => value;
    }
    case "Identifier":
      return column(node.name, names);
    case "UnaryExpression": {
      const of = inner(node.argument);
      if (node.operator === "!" || node.operator === "not") return (row) => !isTrue(of(row));
      if (node.operator === "-") return (row) => -numberOf(of(row));
      if (node.operator === "+") return (row) => numberOf(of(row));
      break;
    }
    case "ArrayExpression": {
      const parts = node.elements.map((part) => {
        if (part === null) throw new Error("a list has an empty place");
        return inner(part);
      });
      return (row) => parts.map((part) => part(row));
    }
    case "BinaryExpression":
      if (node.operator === "=~") return matching(inner(node.left), node.right as CoreExpression);
      return binary(node.operator, inner(node.left), inner(node.right));
    case "Compound":
      throw new Error(
        node.body.length === 0 ? "there is nothing to test" : "between two tests stands and, or or",
      );
  }
  throw new Error(`${WORDS[node.type] ?? node.type} cannot be used here`);
}

const WORDS: Readonly<Record<string, string>> = {
  CallExpression: "a call",
  MemberExpression: "a dot or bracket after a name (write the name between backticks)",
  ConditionalExpression: "? and :",
  ThisExpression: "this",
};

function column(name: string, { columns, quoted }: Names): Evaluate {
  const place = /^__quoted(\d+)$/.exec(name)?.[1];
  const wanted = place === undefined ? name : (quoted[Number(place)] ?? "");
  if (place === undefined) {
    if (wanted === "session") return (row) => row.title;
    if (wanted === "status") return (row) => row.status;
    // As Python has them.
    if (wanted === "True" || wanted === "False") return () => wanted === "True";
    if (wanted === "None") return () => null;
  }
  const meant = columns.filter((one) => one.title === wanted || fullName(one) === wanted);
  const called = meant.length > 0 ? meant : columns.filter(({ id }) => id.slice(2) === wanted);
  const [first] = called;
  if (!first) throw new Error(`there is no column ${wanted}`);
  if (called.length > 1)
    throw new Error(`there are several columns ${wanted}: ${called.map(fullName).join(" and ")}`);
  const index = columns.indexOf(first);
  return (row) => row.cells[index] ?? null;
}

function binary(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  const numbers = (of: (a: number, b: number) => Value): Evaluate => {
    return (row) => of(numberOf(left(row)), numberOf(right(row)));
  };
  const ordered = (of: (a: number | string, b: number | string) => boolean): Evaluate => {
    return (row) => {
      const [a, b] = [left(row), right(row)];
      // A missing value is neither more nor less than anything; texts have an order among themselves.
      if (typeof a === "string" && typeof b === "string") return of(a, b);
      return of(numberOf(a), numberOf(b));
    };
  };
  switch (operator) {
    case "and":
    case "&&":
      return (row) => isTrue(left(row)) && isTrue(right(row));
    case "or":
    case "||":
      return (row) => isTrue(left(row)) || isTrue(right(row));
    case "==":
    case "===":
      return (row) => isSame(left(row), right(row));
    case "!=":
    case "!==":
      return (row) => !isSame(left(row), right(row));
    case "<":
      return ordered((a, b) => a < b);
    case "<=":
      return ordered((a, b) => a <= b);
    case ">":
      return ordered((a, b) => a > b);
    case ">=":
      return ordered((a, b) => a >= b);
    case "in":
      return (row) => {
        const among = right(row);
        const one = left(row);
        if (typeof among === "string") return typeof one === "string" && among.includes(one);
        return Array.isArray(among) && among.some((other) => isSame(one, other));
      };
    case "+":
      return numbers((a, b) => a + b);
    case "-":
      return numbers((a, b) => a - b);
    case "*":
      return numbers((a, b) => a * b);
    case "/":
      return numbers((a, b) => a / b);
    case "%":
      return numbers((a, b) => a % b);
    default:
      throw new Error(`${operator} cannot be used here`);
  }
}

const QUOTES = 'patterns stand in quotes: =~ "pattern"';

/** Texts that a pattern is found in. */
function matching(left: Evaluate, pattern: CoreExpression): Evaluate {
  if (pattern.type !== "Literal" || typeof pattern.value !== "string") throw new Error(QUOTES);
  const { error, test } = expressionTest(patternOf(pattern.raw), false);
  if (error !== null) throw new Error(`${pattern.raw}: ${error}`);
  if (test === null) throw new NotYet();
  return (row) => {
    const value = left(row);
    return value !== null && test(String(value));
  };
}

/** Of a text between quotes: `"\d"` and `"\\d"` are the same, a digit. */
function patternOf(raw: string): string {
  return raw.slice(1, -1).replace(/\\([\\"'])/g, "$1");
}

/** What an expression needs is on its way. */
class NotYet extends Error {}

function isTrue(value: Value): boolean {
  return value === true || (typeof value === "number" && value !== 0 && !Number.isNaN(value));
}

/** A number and its text are the same: what was logged as one is often written as the other. */
function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (typeof a === "boolean" || typeof b === "boolean")
    return String(a).toLowerCase() === String(b).toLowerCase();
  return String(a) === String(b);
}

function numberOf(value: Value): number {
  if (typeof value === "number") return value;
  return typeof value === "boolean" ? Number(value) : Number.NaN;
}
