/** Event files for tests: encoded event by event, written where a test wants them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { encodeRecord, pb } from "../../proto/index.ts";

export { frameStart } from "./frame-start.ts";

export type EventProperties = pb.Event.$Properties;

/** A legacy scalar event. */
export function scalarEvent(
  tag: string,
  step: number,
  value: number,
  wallTime = 1e9 + step,
): EventProperties {
  return { wallTime, step, summary: { value: [{ tag, simpleValue: value }] } };
}

/** The first event of every file. */
export const versionEvent: EventProperties = { wallTime: 1e9, fileVersion: "brain.Event:2" };

/** Bytes of an event file with these events. */
export function eventFile(...events: readonly EventProperties[]): Buffer {
  return Buffer.concat(events.map((event) => encodeRecord(pb.Event.encode(event).finish())));
}

/** A new empty directory, removed when the test ends. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), "tsboard-test-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Writes a file below a directory, with the folders on the way; gives its path. */
export function writeFile(directory: string, name: string, bytes: Uint8Array): string {
  const file = path.join(directory, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}
