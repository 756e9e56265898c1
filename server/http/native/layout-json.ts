/** A layout of custom scalars as it comes in JSON: checked, and named where it is none. */
import type { LayoutCategory, LayoutChart, LayoutJson, LayoutMargin } from "../../api/types.ts";
import { badRequest } from "../errors.ts";

/** @throws HttpError 400 that says what is wrong, and where */
export function readLayout(given: unknown): LayoutJson {
  const { category } = fields(given, "the layout", ["category", "version"]);
  return { category: list(category, "category").map((item, i) => readCategory(item, `category[${i}]`)) };
}

function readCategory(given: unknown, at: string): LayoutCategory {
  const { title = "", chart = [], closed = false } = fields(given, at, ["title", "chart", "closed"]);
  if (typeof closed !== "boolean") throw badRequest(`${at}.closed is true or false`);
  return {
    title: text(title, `${at}.title`),
    chart: list(chart, `${at}.chart`).map((item, i) => readChart(item, `${at}.chart[${i}]`)),
    closed,
  };
}

function readChart(given: unknown, at: string): LayoutChart {
  const { title = "", multiline, margin } = fields(given, at, ["title", "multiline", "margin"]);
  if (multiline !== undefined && margin !== undefined)
    throw badRequest(`${at} has "multiline" or "margin", not both`);
  return {
    title: text(title, `${at}.title`),
    ...(multiline !== undefined && { multiline: { tag: readTags(multiline, `${at}.multiline`) } }),
    ...(margin !== undefined && { margin: { series: readSeries(margin, `${at}.margin`) } }),
  };
}

function readTags(given: unknown, at: string): string[] {
  const { tag = [] } = fields(given, at, ["tag"]);
  return list(tag, `${at}.tag`).map((item, i) => text(item, `${at}.tag[${i}]`));
}

function readSeries(given: unknown, at: string): LayoutMargin[] {
  const { series = [] } = fields(given, at, ["series"]);
  return list(series, `${at}.series`).map((item, i) => {
    const place = `${at}.series[${i}]`;
    const { value = "", lower = "", upper = "" } = fields(item, place, ["value", "lower", "upper"]);
    return {
      value: text(value, `${place}.value`),
      lower: text(lower, `${place}.lower`),
      upper: text(upper, `${place}.upper`),
    };
  });
}

function fields(given: unknown, at: string, known: readonly string[]): Record<string, unknown> {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw badRequest(`${at} is not an object`);
  const other = Object.keys(given).find((name) => !known.includes(name));
  if (other !== undefined) throw badRequest(`${at} has "${other}", and is known by ${known.join(", ")} only`);
  return { ...given };
}

function list(given: unknown, at: string): unknown[] {
  if (!Array.isArray(given)) throw badRequest(`${at} is not a list`);
  return given;
}

function text(given: unknown, at: string): string {
  if (typeof given !== "string") throw badRequest(`${at} is not a text`);
  return given;
}
