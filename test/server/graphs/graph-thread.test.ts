/** The thread that answers about graphs, as it is installed: what it opens, and that it holds no process. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFileWriter } from "../../../summary/index.ts";

const logdir = mkdtempSync(path.join(tmpdir(), "tsboard-graph-thread-"));
afterAll(() => rmSync(logdir, { recursive: true, force: true }));

const server = fileURLToPath(new URL("../../../dist/server/index.js", import.meta.url));

/** A thread inherits what makes Node run a program from its command line: so it runs one from a file. */
async function printed(name: string, program: string): Promise<string> {
  const file = path.join(logdir, `${name}.mjs`);
  writeFileSync(file, program);
  const run = promisify(execFile)(process.execPath, [file, server, logdir], { timeout: 50_000 });
  return (await run).stdout.trim();
}

beforeAll(async () => {
  for (const [run, node] of [
    ["net", "x"],
    ["other", "y"],
  ] as const) {
    const writer = createFileWriter(path.join(logdir, run));
    writer.graph({ node: [{ name: node, op: "Placeholder" }] });
    await writer.close();
  }
});

const ASKED = `
  const [server, logdir] = process.argv.slice(2);
  const { startServer } = await import(server);
  const running = await startServer({ logdir, port: 0 });
  await running.loaded;
  const answer = await fetch(running.url + "api/v1/graph/scope?run=net&name=");
  console.log((await answer.json()).children.map(({ name }) => name).join());
  await running.close();
`;

test("a process that asked about graphs ends when its server is closed", { timeout: 60_000 }, async () => {
  expect(await printed("asked", ASKED)).toBe("x");
});

/** Sees what the thread is sent: whether with the bytes of a graph, and when that was before anybody asked. */
const AHEAD = `
  import { Worker } from "node:worker_threads";
  const [server, logdir] = process.argv.slice(2);
  const sent = [];
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.inquiry) sent.push(message.inquiry.bytes.size);
    return post.call(this, message, ...rest);
  };
  const { startServer } = await import(server);
  const running = await startServer({ logdir, port: 0 });
  while (sent.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
  const before = sent.splice(0).join();
  const name = async (run) => {
    const answer = await fetch(running.url + "api/v1/graph/scope?name=&run=" + run);
    return (await answer.json()).children.map(({ name }) => name).join();
  };
  console.log(before, await name("net"), await name("other"), sent.join());
  await running.close();
`;

test("graphs are opened when the logs are read, before anybody asks", { timeout: 60_000 }, async () => {
  expect(await printed("ahead", AHEAD)).toBe("1,1 x y 0,0");
});

/** As a server that is closed again before it had a moment to. */
const CLOSED = `
  const [server, logdir] = process.argv.slice(2);
  const { startServer } = await import(server);
  const running = await startServer({ logdir, port: 0 });
  await running.loaded;
  await running.close();
  console.log("closed");
`;

test("a server that is closed at once opens none, and holds no process", { timeout: 60_000 }, async () => {
  expect(await printed("closed", CLOSED)).toBe("closed");
});
