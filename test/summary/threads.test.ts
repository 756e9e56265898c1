/** Writers in threads of Node, as docs/coming-from.md tells: what an end from outside takes, and how to ask for one instead. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { readEvents, scalarsOf, temporaryDirectory } from "./event-files.ts";

const LOGGED = 100;

/** A thread that has logged, half of it flushed, and then waits. */
async function started(): Promise<{ worker: Worker; steps(): number[] }> {
  const directory = temporaryDirectory();
  // Threads load no TypeScript.
  const entry = new URL("../../dist/summary/index.js", import.meta.url).href;
  const program = `
    import { parentPort } from "node:worker_threads";
    import { createFileWriter } from ${JSON.stringify(entry)};
    const writer = createFileWriter(${JSON.stringify(directory)}, { flushMillis: 60_000 });
    for (let step = 0; step < ${LOGGED}; step++) {
      if (step === ${LOGGED / 2}) writer.flushSync();
      writer.scalar("loss", step, { step });
    }
    parentPort.once("message", async (how) => {
      if (how === "end") await writer.close();
      process.exit();
    });
    parentPort.postMessage("ready");`;
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(program)}`), { execArgv: [] });
  await once(worker, "message");
  const steps = () => scalarsOf(readEvents(directory).slice(1)).map((scalar) => Number(scalar.step));
  return { worker, steps };
}

const ALL = Array.from({ length: LOGGED }, (_, step) => step);

test("terminate() takes what was not flushed, and leaves whole what was", async () => {
  const { worker, steps } = await started();
  await worker.terminate();
  expect(steps()).toEqual(ALL.slice(0, LOGGED / 2));
});

test.each(["end", "exit"])("a thread that is asked to %s loses nothing", async (how) => {
  const { worker, steps } = await started();
  worker.postMessage(how);
  await once(worker, "exit");
  expect(steps()).toEqual(ALL);
});
