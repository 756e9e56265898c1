/** The odd logs and stock TensorBoard's answers on them, saved beside the program that makes them. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { writeFile } from "../tools/records.ts";
import type { Answer } from "../tools/stock-answers.ts";
import type { OddRequest } from "./requests/request.ts";

const logsFile = fileURLToPath(new URL("./logs.json.gz", import.meta.url));
const answersFile = fileURLToPath(new URL("./stock-answers.json.gz", import.meta.url));

/** Files by their path, as base64: some of the names are such that not every system could check them out. */
type Files = Record<string, string>;

interface SavedAnswer {
  readonly request: OddRequest;
  readonly status: number;
  readonly type: string;
  /** Text, or bytes as base64. */
  readonly text?: string;
  readonly bytes?: string;
}

/** A request, and what was answered. */
export interface Exchange {
  readonly request: OddRequest;
  readonly answer: Answer;
}

/** Writes the logs below a directory, a folder for each server. */
export function unpackLogs(directory: string): void {
  const files: Files = JSON.parse(gunzipSync(readFileSync(logsFile)).toString());
  for (const [name, content] of Object.entries(files))
    writeFile(directory, name, Buffer.from(content, "base64"));
}

export function saveLogs(files: ReadonlyMap<string, Buffer>): void {
  const packed: Files = Object.fromEntries(
    [...files].map(([name, bytes]) => [name, bytes.toString("base64")]),
  );
  writeFileSync(logsFile, gzipSync(JSON.stringify(packed), { level: 9 }));
}

/** By folder, what stock was asked and what it answered. */
export function savedAnswers(): Map<string, Exchange[]> {
  const saved: Record<string, SavedAnswer[]> = JSON.parse(gunzipSync(readFileSync(answersFile)).toString());
  const asked = Object.entries(saved).map(([folder, answers]): [string, Exchange[]] => [
    folder,
    answers.map(({ request, status, type, text, bytes }) => ({
      request,
      answer: {
        status,
        type,
        body: text === undefined ? Buffer.from(bytes ?? "", "base64") : Buffer.from(text),
      },
    })),
  ]);
  return new Map(asked);
}

export function saveAnswers(answers: ReadonlyMap<string, readonly Exchange[]>): void {
  const saved = Object.fromEntries([...answers].map(([folder, asked]) => [folder, asked.map(savedForm)]));
  writeFileSync(answersFile, gzipSync(JSON.stringify(saved), { level: 9 }));
}

function savedForm({ request, answer: { status, type, body } }: Exchange): SavedAnswer {
  const text = body.toString();
  const isText = Buffer.from(text).equals(body);
  return { request, status, type, ...(isText ? { text } : { bytes: body.toString("base64") }) };
}
