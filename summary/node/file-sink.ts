/**
 * The event file: every write is placed at an offset of its own, so that a write which is still under way can
 * be repeated synchronously (the same bytes at the same place) when the process ends, and a failed one is cut
 * back to the last whole record.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { makeDirectory } from "../../files/make-directory.ts";
import { wholeRecords } from "../record-buffer.ts";
import { type Sink, WriteFailure } from "../sink.ts";

const writeAt = promisify(fs.write);
const close = promisify(fs.close);

/** What an event file's name is made of. */
export interface EventFileName {
  /** Seconds since the epoch. */
  readonly seconds: number;
  readonly host: string;
  /** Null: neither it nor the writer's number, as TensorFlow 1 names files. */
  readonly pid: number | null;
  /** What the name ends with, such as `.v2`. */
  readonly suffix: string;
}

/** This machine's name and this process's number. */
export function thisProcess(): { host: string; pid: number } {
  return { host: os.hostname(), pid: process.pid };
}

/** A write that has not settled. */
interface Flight {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** How the synchronous repetition went, once there was one. */
  repeated?: "written" | WriteFailure;
}

export class FileSink implements Sink {
  private readonly directory: string;
  private readonly parts: EventFileName;
  private file: { readonly descriptor: number; readonly path: string } | undefined;
  /** Where the next record goes: the end of the last whole one. */
  private position = 0;
  private flight: Flight | undefined;

  /** Names a file in `directory`, both of which are made by {@link open} or the first write. */
  constructor(directory: string, parts: EventFileName) {
    this.directory = path.resolve(directory);
    this.parts = parts;
  }

  get name(): string {
    return this.file?.path ?? this.pathOf(0);
  }

  /** Creates the file. Throws the system's error. */
  open(): number {
    if (this.file !== undefined) return this.file.descriptor;
    makeDirectory(this.directory);
    // The number tells apart the writers of one process in one second; the first that is free is taken.
    for (let number = 0; ; number++) {
      const file = this.pathOf(number);
      try {
        this.file = { descriptor: fs.openSync(file, "wx"), path: file };
        return this.file.descriptor;
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      }
    }
  }

  /** Throws where the file was removed since: it can be written to, and nobody will ever read it. */
  private openThatIsThere(): number {
    const descriptor = this.open();
    if (fs.fstatSync(descriptor).nlink > 0) return descriptor;
    throw new Error(
      "the file was removed while it was written, perhaps with its folder: what was in it is lost, and nothing more can be kept",
    );
  }

  async write(records: Uint8Array): Promise<void> {
    const flight: Flight = { bytes: records, start: this.position };
    let done = 0;
    try {
      const descriptor = this.openThatIsThere();
      this.flight = flight;
      while (done < records.length) {
        const { bytesWritten } = await writeAt(
          descriptor,
          records,
          done,
          records.length - done,
          flight.start + done,
        );
        done += bytesWritten;
      }
    } catch (error) {
      if (flight.repeated !== "written") throw this.cutBack(flight, error, done);
    } finally {
      this.flight = undefined;
    }
    // Had the repetition failed, its cut may have taken away what this write had put there.
    if (flight.repeated instanceof WriteFailure)
      throw this.cutBack(flight, flight.repeated.cause, flight.repeated.taken);
    if (flight.repeated === undefined) this.position = flight.start + records.length;
  }

  writeSync(records: Uint8Array): void {
    if (this.flight !== undefined && this.flight.repeated === undefined) this.repeat(this.flight);
    if (this.flight?.repeated instanceof WriteFailure) throw new WriteFailure(this.flight.repeated.cause, 0);
    this.putSync({ bytes: records, start: this.position });
  }

  async close(): Promise<void> {
    const { file } = this;
    if (file === undefined) return;
    try {
      this.openThatIsThere();
    } finally {
      this.file = undefined;
      await close(file.descriptor);
    }
  }

  private repeat(flight: Flight): void {
    try {
      this.putSync(flight);
      flight.repeated = "written";
    } catch (error) {
      flight.repeated = error instanceof WriteFailure ? error : new WriteFailure(error, 0);
    }
  }

  private putSync(flight: Flight): void {
    let done = 0;
    try {
      const descriptor = this.openThatIsThere();
      const { bytes, start } = flight;
      while (done < bytes.length)
        done += fs.writeSync(descriptor, bytes, done, bytes.length - done, start + done);
    } catch (error) {
      throw this.cutBack(flight, error, done);
    }
    this.position = flight.start + flight.bytes.length;
  }

  /** After `done` bytes of a failed write: ends the file at the last whole record. */
  private cutBack(flight: Flight, cause: unknown, done: number): WriteFailure {
    const taken = wholeRecords(flight.bytes, done).bytes;
    this.position = flight.start + taken;
    try {
      if (this.file !== undefined) fs.ftruncateSync(this.file.descriptor, this.position);
    } catch {
      // Not a regular file, or a device that is gone. The next write goes to the same place.
    }
    return new WriteFailure(cause, taken);
  }

  private pathOf(number: number): string {
    const { seconds, host, pid, suffix } = this.parts;
    const stamp = String(Math.floor(seconds)).padStart(10, "0");
    // Where two writers without it meet in one second, one gets a number all the same.
    const writer = pid !== null ? `.${pid}.${number}` : number > 0 ? `.${number}` : "";
    return path.join(this.directory, `events.out.tfevents.${stamp}.${host}${writer}${suffix}`);
  }
}
