/**
 * JSON as the compatible face writes it: NaN and infinities as the strings "NaN", "Infinity", "-Infinity", and
 * integers beyond 2^53 digit by digit.
 */
import type { Response } from "express";

/** The JSON text of plain data; a Map is an object whose names come from logs. Undefined properties are left out. */
export function toJson(value: unknown): string {
  switch (typeof value) {
    case "number":
      if (Object.is(value, -0)) return "-0.0";
      return Number.isFinite(value) ? String(value) : `"${value}"`;
    case "bigint":
      return value.toString();
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return `[${value.map(toJson).join(",")}]`;
      if (value instanceof Map) return objectToJson([...value]);
      return objectToJson(Object.entries(value));
    case "undefined":
      return "null";
    default:
      return JSON.stringify(value);
  }
}

function objectToJson(entries: readonly [string, unknown][]): string {
  const parts: string[] = [];
  for (const [key, item] of entries)
    if (item !== undefined) parts.push(`${JSON.stringify(key)}:${toJson(item)}`);
  return `{${parts.join(",")}}`;
}

/** Answers with plain data as JSON, whose content type has no charset. */
export function sendJson(response: Response, value: unknown): void {
  response.setHeader("Content-Type", "application/json");
  response.send(Buffer.from(toJson(value)));
}
