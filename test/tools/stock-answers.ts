/** Answers that stock TensorBoard gave on test/corpus/logs, and how they are compared with ours. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { seenIn } from "./seen.ts";

export const corpusLogs = fileURLToPath(new URL("../corpus/logs", import.meta.url));

export interface SavedRequest {
  readonly url: string;
  readonly body?: string;
  readonly type?: string;
}

export interface Answer {
  readonly status: number;
  /** Content type without parameters. */
  readonly type: string;
  readonly body: Buffer;
}

/** Every saved request with stock's answer. */
export function savedAnswers(): [SavedRequest, Answer][] {
  const file = new URL("../corpus/stock-answers.json.gz", import.meta.url);
  const saved: Record<string, { status: number; type: string; body: string }> = JSON.parse(
    gunzipSync(readFileSync(file)).toString(),
  );
  return Object.entries(saved).map(([request, { status, type, body }]) => [
    JSON.parse(request),
    { status, type, body: Buffer.from(body, "base64") },
  ]);
}

export async function ask(base: string, { url, body, type }: SavedRequest): Promise<Answer> {
  const response = await fetch(
    new URL(url, base),
    body === undefined ? {} : { method: "POST", body, headers: { "Content-Type": type ?? "" } },
  );
  return {
    status: response.status,
    type: (response.headers.get("content-type") ?? "").split(";")[0]!,
    body: Buffer.from(await response.arrayBuffer()),
  };
}

/** Keys of JSON objects whose values each server makes up. */
const OPAQUE = new Set(["blob_key", "query", "imageId", "imageBlobKey"]);

/** An answer in a form in which equal answers are equal. */
export function comparable(request: SavedRequest, { status, type, body }: Answer): unknown {
  // The words of an error are free, the status is not.
  if (status >= 400) return { status };
  if (type === "application/json")
    return { status, type, json: comparableJson(request, JSON.parse(body.toString())) };
  if (type === "text/csv") return { status, type, lines: body.toString().split("\r\n") };
  if (type === "text/x-protobuf") return { status, type, text: sortedBlocks(body.toString()) };
  return { status, type, bytes: body.toString("base64") };
}

function comparableJson({ url }: SavedRequest, value: unknown): unknown {
  if (url === "data/environment")
    return Object.keys(value as object)
      .filter((key) => key !== "debug")
      .sort();
  if (url === "data/plugins_listing") return listing(value as Record<string, Record<string, unknown>>);
  // RustBoard lists tags in the order of its hash maps, another in every process.
  if (url === "data/plugin/text/tags")
    return Object.fromEntries(
      Object.entries(value as Record<string, string[]>).map(([run, tags]) => [run, [...tags].sort()]),
    );
  return normalise(value);
}

/** Of plugins that are only redirects elsewhere nothing is expected. */
function listing(plugins: Record<string, Record<string, unknown>>): unknown {
  return Object.entries(plugins)
    .filter(([name]) => !/redirect|debugger/.test(name))
    .map(([name, { enabled, tab_name, disable_reload }]) => [name, enabled, tab_name, disable_reload]);
}

function normalise(value: unknown): unknown {
  if (typeof value === "string") return value.includes("<") ? { seen: seenIn(value) } : value;
  if (Array.isArray(value)) return value.map(normalise);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, OPAQUE.has(key) ? "…" : normalise(item)]);
  return Object.fromEntries(entries);
}

/** Protobuf text with the entries of maps, which have no order, sorted. */
function sortedBlocks(text: string): string {
  const MAPS = new Set(["attr", "arg_attr", "ret", "control_ret", "resource_arg_unique_id"]);
  const lines = text.split("\n");
  let at = 0;
  const block = (): string => {
    const out: string[] = [];
    const maps: string[] = [];
    for (; at < lines.length; at++) {
      const line = lines[at]!.trim();
      if (line === "") continue;
      if (line === "}") break;
      if (!line.endsWith("{")) {
        out.push(line);
        continue;
      }
      const name = line.slice(0, -1).trim();
      at++;
      (MAPS.has(name) ? maps : out).push(`${name}{${block()}}`);
    }
    return [...out, ...maps.sort()].join(";");
  };
  return block();
}
