/** The built command `tsboard`, run in a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const bin = fileURLToPath(new URL("../../dist/command/bin.js", import.meta.url));

/** How a process ended, and all that it printed. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has printed on standard error so far. */
  readonly said: () => string;
}

/** Starts the command; it is killed when the test ends, if it has not ended by then. */
export function start(...args: readonly string[]): Started {
  return startWith({}, ...args);
}

/** @param environment variables besides those of this process */
export function startWith(
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Started {
  return startIn(process.cwd(), environment, ...args);
}

/** @param cwd the folder in which it is started */
export function startIn(
  cwd: string,
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Started {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [bin, ...args], { stdio: "pipe", env, cwd });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => resolve({ code, out, err }));
  });
  return { child, ended, said: () => err };
}

/** Runs the command to its end. */
export function runToEnd(...args: readonly string[]): Promise<Ended> {
  return start(...args).ended;
}

/** A server that is up: its address as it prints it, and what it had to say by then. */
export interface Serving {
  readonly url: string;
  readonly err: string;
  readonly started: Started;
}

export function serve(...args: readonly string[]): Promise<Serving> {
  return untilServing(start("--index_cache", "off", ...args));
}

export function untilServing(started: Started): Promise<Serving> {
  return new Promise((resolve, reject) => {
    let out = "";
    started.child.stdout!.on("data", (chunk: Buffer) => {
      out += chunk;
      const match = /at (http:\S+)/.exec(out);
      if (match) resolve({ url: match[1]!, err: started.said(), started });
    });
    void started.ended.then((ended) => reject(new Error(ended.err)));
  });
}
