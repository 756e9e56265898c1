/** The command as people start it: the built `tsboard` in a process of its own. */
import { spawn } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { normalise } from "../../server/commands/arguments.ts";
import { bin, runToEnd, serve, start, startIn } from "../tools/command.ts";
import { eventFile, frameStart, scalarEvent, temporaryDirectory, writeFile } from "../tools/records.ts";

function logs(): string {
  const logdir = temporaryDirectory();
  writeFile(logdir, "run/events.out.tfevents.1", eventFile(scalarEvent("loss", 1, 0.5)));
  return logdir;
}

const json = async (url: URL): Promise<unknown> => (await fetch(url)).json();

/** A port that is taken for the length of the test. */
async function takenPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

describe("flags", () => {
  test("are spelled with _ or -, and values stay as they are", () => {
    expect(normalise(["--path-prefix", "/a-b", "--window-title=x-y", "--logdir", "a_b-c"])).toEqual([
      "--path_prefix",
      "/a-b",
      "--window_title=x-y",
      "--logdir",
      "a_b-c",
    ]);
  });

  test("a folder is served whatever it is called, and so is one that is to come", async () => {
    const logdir = temporaryDirectory();
    mkdirSync(path.join(logdir, "exports"));
    const said = async (folder: string) => {
      const { child, ended } = startIn(logdir, {}, folder, "--port", "0");
      child.stdout!.once("data", () => child.kill("SIGTERM"));
      return (await ended).out;
    };
    expect(await said("exports")).toMatch(/at http/);
    expect(await said("runs")).toMatch(/at http/);
  });

  test("--version is the package's, --help lists them", async () => {
    expect((await runToEnd("--version")).out.trim()).toBe(manifest.version);
    const { out } = await runToEnd("--help");
    for (const flag of [
      "--logdir",
      "--logdir_spec",
      "--port",
      "--host",
      "--path_prefix",
      "--reload_interval",
    ])
      expect(out).toContain(flag);
  });

  test.each([
    [[], "say where the logs are"],
    [["exprot", "logs"], 'there is no command "exprot": did you mean `tsboard export`?'],
    [["insepct"], "did you mean `tsboard inspect`?"],
    [["halp"], "did you mean `tsboard help`?"],
    [["--logdir", "a", "--logdir_spec", "b:c"], "not both"],
    [["--logdir_spec", "name:"], 'no path in "name:"'],
    [["--logdir", "a", "--port", "99999"], "a port is a number from 0 to 65535"],
    [["--logdir", "a", "--path_prefix", "x"], 'starts with "/"'],
    [["--logdir", "a", "--samples_per_plugin", "scalars"], '"scalars" is not of the form plugin=number'],
    [["--logdir", "a", "--nonsense"], "--nonsense"],
  ])("%j is refused in words", async (args, words) => {
    const { code, err } = await runToEnd(...args);
    expect(code).toBe(1);
    expect(err).toContain(words);
  });
});

describe("a server", () => {
  test("answers both faces under its prefix, with TensorBoard's flags", async () => {
    const ignored = ["--load_fast=false", "--reload_multifile", "true", "--purge_orphaned_data=false"];
    const { url } = await serve(
      ...["--logdir", logs(), "--port=0", "--path-prefix", "/tb", "--window_title", "My runs"],
      ...["--reload_interval", "1", "--samples_per_plugin", "scalars=0", ...ignored],
    );
    expect(url).toMatch(/^http:\/\/localhost:\d+\/tb\/$/);
    expect(await json(new URL("data/runs", url))).toEqual(["run"]);
    expect(await json(new URL("experiment/x/data/runs", url))).toEqual(["run"]);
    expect(await json(new URL("api/v1/status", url))).toMatchObject({ window_title: "My runs" });
    expect(await (await fetch(url)).text()).toContain("<!doctype html>");
    expect((await fetch(new URL("/data/runs", url))).status).toBe(404);
  });

  test("names runs after --logdir_spec", async () => {
    const { url } = await serve("--logdir_spec", `first:${logs()},second:${logs()}`, "--port", "0");
    expect(await json(new URL("data/runs", url))).toEqual(["first/run", "second/run"]);
  });

  test("says when its port is taken", async () => {
    const port = await takenPort();
    const { code, err } = await runToEnd("--logdir", logs(), "--port", String(port));
    expect(code).toBe(1);
    expect(err).toContain(`port ${port} is in use`);
  });

  test("remembers nothing of large files with --index_cache off, not even where it was started", async () => {
    const [logdir, cwd] = [temporaryDirectory(), temporaryDirectory()];
    writeFile(logdir, "run/events.out.tfevents.1", eventFile({ graphDef: new Uint8Array(2 << 20) }));
    const args = ["--logdir", logdir, "--port", "0", "--index_cache", "off"];
    const child = spawn(process.execPath, [bin, ...args], { cwd, stdio: "pipe" });
    const ended = new Promise((resolve) => child.once("exit", resolve));
    onTestFinished(() => void child.kill("SIGKILL"));
    const line = await new Promise<string>((resolve) =>
      child.stdout.once("data", (chunk: Buffer) => resolve(String(chunk))),
    );
    const url = /at (http:\S+)/.exec(line)?.[1];
    await expect.poll(() => json(new URL("data/runs", url))).toEqual(["run"]);
    child.kill("SIGTERM");
    await ended;
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("ends at SIGTERM", async () => {
    const { child, ended } = start("--logdir", logs(), "--port", "0");
    await new Promise((resolve) => child.stdout!.once("data", resolve));
    child.kill("SIGTERM");
    expect((await ended).code).toBe(0);
  });

  test("ends at a second SIGINT, whatever the first one waits for", async () => {
    const { child, ended } = start("--logdir", logs(), "--port", "0");
    await new Promise((resolve) => child.stdout!.once("data", resolve));
    child.kill("SIGINT");
    child.kill("SIGINT");
    // By itself, or by the second signal, which nobody holds back.
    expect([0, null]).toContain((await ended).code);
  });

  test("ends at SIGTERM while clients hold connections and threads read", async () => {
    const logdir = temporaryDirectory();
    const record = eventFile({ graphDef: new Uint8Array(1 << 20) });
    for (let run = 0; run < 30; run++)
      writeFile(
        logdir,
        `run${run}/events.out.tfevents.1`,
        Buffer.concat([record, frameStart(2n ** 64n - 8n)]),
      );
    const { url, started } = await serve("--logdir", logdir, "--port", "0");
    const events = await fetch(new URL("api/v1/events", url));
    started.child.kill("SIGTERM");
    expect((await started.ended).code).toBe(0);
    await events.text().catch(() => {});
  });
});

describe("a length that wraps", () => {
  test.each(["inspect", "export"])("%s ends and names it", async (command) => {
    const logdir = temporaryDirectory();
    const bytes = Buffer.concat([
      eventFile(scalarEvent("loss", 1, 0.5)),
      frameStart(2n ** 64n - 12n),
      Buffer.alloc(4),
    ]);
    writeFile(logdir, "run/events.out.tfevents.1", bytes);
    const { code, out, err } = await runToEnd(command, logdir);
    expect(code).toBe(0);
    expect(out + err).toContain("which no event can have");
  });
});

describe("what is wrong with the logs", () => {
  /** The line that the server prints to its log about it. */
  async function complaint(logdir: string, pattern: RegExp): Promise<string> {
    const { child } = start("--logdir", logdir, "--port", "0");
    let text = "";
    return new Promise((resolve) => {
      child.stderr!.on("data", (chunk: Buffer) => {
        text += chunk;
        const line = text.split("\n").find((one) => pattern.test(one));
        if (line !== undefined) resolve(line);
      });
    });
  }

  test("is said in the log: which file, where, and what was kept", async () => {
    const logdir = logs();
    const file = eventFile(scalarEvent("loss", 1, 0.5), scalarEvent("loss", 2, 0.25));
    file[20]! ^= 1;
    const path = writeFile(logdir, "damaged/events.out.tfevents.1", file);
    expect(await complaint(logdir, /events/)).toMatch(
      new RegExp(`^tsboard: ${path}, byte \\d+: .*does not match its CRC.*others are kept$`),
    );
  });

  test("is said where there is no such directory yet", async () => {
    const missing = `${temporaryDirectory()}/later`;
    expect(await complaint(missing, /later/)).toBe(`tsboard: ${missing}: does not exist (yet)`);
  });
});
