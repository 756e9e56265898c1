/** `tsboard --ingest` as people start it, killed and started again while a training writes to it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { createWriter, type EventFileError, HttpSink } from "../../summary/index.ts";
import { readEvents, scalarsOf } from "../summary/event-files.ts";
import { temporaryDirectory } from "../tools/records.ts";

const bin = fileURLToPath(new URL("../../dist/command/bin.js", import.meta.url));
const token = "a token of the test's own".replaceAll(/\W/g, "-");

interface Started {
  readonly child: ChildProcess;
  /** What it printed so far. */
  readonly output: () => string;
}

function start(args: readonly string[], environment: Record<string, string> = {}): Started {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [bin, "--index_cache", "off", ...args], { env, stdio: "pipe" });
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk));
  return { child, output: () => text };
}

/** Starts a server and waits for what it prints. */
async function serve(args: readonly string[], environment: Record<string, string> = {}) {
  const { child, output } = start(["--port", "0", ...args], environment);
  await expect.poll(output, { timeout: 15_000 }).toMatch(/events are taken at \S+.*\n/);
  const url = /at (http:\S+)/.exec(output())?.[1] ?? "";
  return { child, url, output: output() };
}

describe("the token", () => {
  test("is made and printed unless one is given, and then not shown again", async () => {
    const logdir = temporaryDirectory();
    const made = await serve(["--logdir", logdir, "--ingest"]);
    const printed = /events are taken at (\S+) with the token (\S+)/.exec(made.output);
    expect(printed?.[1]).toBe(`${made.url}api/v1/ingest/events`);
    const writer = createWriter(new HttpSink(made.url, { token: printed?.[2] ?? "", run: "run" }));
    await writer.close();
    expect(readEvents(path.join(logdir, "run"))).toHaveLength(1);
    const flag = await serve(["--logdir", logdir, "--ingest", "--ingest-token", token]);
    const variable = await serve(["--logdir", logdir, "--ingest"], { TSBOARD_INGEST_TOKEN: token });
    for (const { output } of [flag, variable]) expect(output).not.toContain("token");
  });

  test.each([
    [["--ingest", "--ingest_token", "short"], "a token has at least 16 characters, not 5"],
    [["--ingest", "--ingest_origin", "lab.example"], '"lab.example" is no origin'],
    [["--ingest_token", token], "need --ingest"],
    [["--ingest_remote"], "need --ingest"],
  ])("%j is refused in words", async (args, words) => {
    const { child, output } = start(["--logdir", "logs", ...args]);
    expect((await once(child, "exit"))[0]).toBe(1);
    expect(output()).toContain(words);
  });
});

test("killed again and again while a training writes: every event is there once, in order", {
  timeout: 60_000,
}, async () => {
  const logdir = temporaryDirectory();
  const flags = ["--logdir", logdir, "--ingest", "--ingest_token", token];
  let server = await serve(flags);
  const port = new URL(server.url).port;
  const errors: EventFileError[] = [];
  const sink = new HttpSink(server.url, { token, run: "run", retryMillis: 50, retries: 8 });
  const writer = createWriter(sink, {
    flushMillis: 5,
    flushBytes: 16 << 20,
    onError: (error) => errors.push(error),
  });
  let step = 0;
  let stop = false;
  const training = (async () => {
    while (!stop) {
      for (let i = 0; i < 20; i++) writer.scalar("loss", step, { step: step++ });
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  })();
  for (let kill = 0; kill < 3; kill++) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    server.child.kill("SIGKILL");
    await once(server.child, "exit");
    server = await serve([...flags, "--port", port]);
  }
  stop = true;
  await training;
  await writer.close();
  const files = readdirSync(path.join(logdir, "run"));
  expect(files).toHaveLength(1);
  const steps = scalarsOf(readEvents(path.join(logdir, "run")).slice(1)).map((scalar) => Number(scalar.step));
  expect(errors.map((error) => error.lost)).toEqual(errors.map(() => 0));
  expect(steps).toHaveLength(step);
  expect(steps.every((value, i) => value === i)).toBe(true);
});
