/**
 * A training program that tests start and end in every way: `training-child.ts <how> <logdir>`. It logs
 * scalars of consecutive steps and says `ready` where it waits to be ended.
 */
import { existsSync, rmSync } from "node:fs";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createFileWriter, type EventFileError } from "../../summary/index.ts";

/** Command and arguments that run the program below. */
export function childArguments(how: string, logdir: string): string[] {
  const flags = ["--conditions=tsboard-source", "--import", "tsx"];
  return [process.execPath, ...flags, fileURLToPath(import.meta.url), how, logdir];
}

/** Steps logged before a program says that it is ready. */
export const READY_STEPS = 1000;

const PROGRAMS: Record<string, (logdir: string) => void | Promise<void>> = {
  /** Waits for ever. */
  wait(logdir) {
    logAndStay(logdir);
  },

  /** Has something to do on a signal itself, and ends when it has. */
  ownHandler(logdir) {
    process.on("SIGTERM", () => {
      console.log("own handler");
      setTimeout(() => process.exit(7), 50);
    });
    logAndStay(logdir);
  },

  exit(logdir) {
    logAndStay(logdir);
    process.exit(3);
  },

  throw(logdir) {
    logAndStay(logdir);
    throw new Error("training failed");
  },

  async reject(logdir) {
    logAndStay(logdir);
    await Promise.reject(new Error("training failed"));
  },

  /** Ends without closing the writer. */
  end(logdir) {
    log(logdir);
  },

  /** Logs on while the process is ending. */
  late(logdir) {
    const writer = log(logdir);
    process.on("exit", () => writer.scalar("loss", READY_STEPS, { step: READY_STEPS }));
  },

  /** Ends while a write is under way. */
  writing(logdir) {
    const writer = log(logdir);
    void writer.flush();
    process.exit(0);
  },

  /** Logs more than the disk takes, then ends as if nothing were. */
  async fill(logdir) {
    const writer = createFileWriter(logdir, { flushBytes: 8192, flushMillis: 50 });
    for (let step = 0; step < 20_000; step++) {
      writer.scalar("loss", step, { step });
      if (step % 100 === 0) await new Promise(setImmediate);
    }
    await writer.close();
    console.log("trained to the end");
  },

  /**
   * Trains while the disk refuses, says `told` when it is told so, and goes on for a while. With `BALLAST` it then
   * deletes that file, which makes room.
   */
  async refused(logdir) {
    let told = false;
    const onError = (error: EventFileError) => {
      told = true;
      console.error(error.message);
    };
    const writer = createFileWriter(logdir, { flushMillis: 20, onError });
    let step = 0;
    const train = async (steps: number) => {
      for (const end = step + steps; step < end; step++) {
        writer.scalar("loss", step, { step });
        if (step % 50 === 0) await sleep(1);
      }
    };
    while (!told) await train(50);
    console.log("told");
    if (process.env.BALLAST) rmSync(process.env.BALLAST);
    await train(1000);
    // As long as a disk may take to be mended, at most.
    for (let waited = 0; waited < 100 && !existsSync(writer.path); waited++) await sleep(50);
    await writer.close();
    console.log(`trained ${step} steps`);
  },
};

function log(logdir: string) {
  const writer = createFileWriter(logdir, { flushMillis: 60_000 });
  for (let step = 0; step < READY_STEPS; step++) writer.scalar("loss", step, { step });
  return writer;
}

function logAndStay(logdir: string): void {
  log(logdir);
  setInterval(() => {}, 60_000);
  console.log("ready");
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await PROGRAMS[process.argv[2] ?? ""]?.(process.argv[3] ?? "");
