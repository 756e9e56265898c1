/** However a training program ends, what it logged is in the file. For SIGKILL see crash.test.ts. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { readEvents, scalarsOf, temporaryDirectory } from "./event-files.ts";
import { childArguments, READY_STEPS } from "./training-child.ts";

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly directory: string;
}

/** Runs a program of training-child.ts; `act` is called with its output so far whenever there is more. */
async function run(
  how: string,
  act: (child: ChildProcess, output: string) => void = () => {},
): Promise<Ended> {
  const directory = temporaryDirectory();
  const [command, ...args] = childArguments(how, directory);
  const child = spawn(command!, args, { stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout.on("data", (data) => {
    output += data;
    act(child, output);
  });
  const [code, signal] = await once(child, "close");
  return { code, signal, output, directory };
}

function steps(directory: string): number[] {
  return scalarsOf(readEvents(directory).slice(1)).map((scalar) => Number(scalar.step));
}

const ALL = Array.from({ length: READY_STEPS }, (_, step) => step);

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s ends the program, and nothing is lost",
  async (signal) => {
    const ended = await run("wait", (child) => child.kill(signal));
    expect(ended).toMatchObject({ code: null, signal });
    expect(steps(ended.directory)).toEqual(ALL);
  },
);

test("a signal that the program handles itself is left to it", async () => {
  const ended = await run("ownHandler", (child, output) => {
    if (output === "ready\n") child.kill("SIGTERM");
  });
  expect(ended).toMatchObject({ code: 7, output: "ready\nown handler\n" });
  expect(steps(ended.directory)).toEqual(ALL);
});

test.each([
  ["exit", 3],
  ["throw", 1],
  ["reject", 1],
  ["end", 0],
  ["writing", 0],
] as const)("%s: code %i, and nothing is lost", async (how, code) => {
  const ended = await run(how);
  expect(ended.code).toBe(code);
  expect(steps(ended.directory)).toEqual(ALL);
});

test("what is logged while the process ends is written too", async () => {
  const ended = await run("late");
  expect(steps(ended.directory)).toEqual([...ALL, READY_STEPS]);
});
