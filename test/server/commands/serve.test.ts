/** `tsboard serve`, its log directories and addresses: what is not as it should be is said in words. */
import { chmodSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runToEnd, serve, startWith, untilServing } from "../../tools/command.ts";
import { eventFile, scalarEvent, temporaryDirectory, writeFile } from "../../tools/records.ts";

function writeRun(logdir: string, run = "run"): string {
  return writeFile(logdir, `${run}/events.out.tfevents.1`, eventFile(scalarEvent("loss", 1, 0.5)));
}

function logs(): string {
  const logdir = temporaryDirectory();
  writeRun(logdir);
  return logdir;
}

/** Whether somebody listens. */
function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3000 });
    const end = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false));
  });
}

const runsAt = async (url: string): Promise<unknown> => (await fetch(new URL("data/runs", url))).json();

describe("a server is started", () => {
  test.each([
    ["by its name, with TensorBoard's flags", (dir: string) => ["serve", "--logdir", dir, "--port", "0"]],
    ["by the directory alone", (dir: string) => [dir, "--port=0"]],
    ["on the port that stock calls default", (dir: string) => [dir, "--port", "default"]],
    ["on all addresses", (dir: string) => [dir, "--bind_all", "--port=0"]],
  ])("%s", async (_name, args) => {
    const { url, err } = await untilServing(
      startWith({ XDG_CACHE_HOME: temporaryDirectory() }, ...args(logs())),
    );
    await expect.poll(() => runsAt(url)).toEqual(["run"]);
    expect(err).toBe("");
  });
});

describe("who may ask and frame", () => {
  test("without --host only this machine's own address answers, with --bind_all every one", async () => {
    /** Another address of this machine than those that `localhost` stands for: of Linux, all of 127.0.0.0/8 are. */
    const elsewhere = [
      ...(process.platform === "linux" ? ["127.0.0.2"] : []),
      ...Object.values(networkInterfaces())
        .flat()
        .flatMap((one) => (one && !one.internal && one.family === "IPv4" ? [one.address] : [])),
    ];
    const answering = async (url: string): Promise<string[]> => {
      const port = Number(new URL(url).port);
      const found = await Promise.all(elsewhere.map((address) => isOpen(address, port)));
      return elsewhere.filter((_, i) => found[i]);
    };
    const { url } = await serve(logs(), "--port=0");
    expect(await runsAt(url)).toEqual(["run"]);
    expect(await answering(url)).toEqual([]);
    expect(await answering((await serve(logs(), "--port=0", "--bind_all")).url)).toEqual(elsewhere);
  });

  const answers = async (url: string, host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request(new URL("data/logdir", url), { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });

  test("names of a proxy come from the environment, too", async () => {
    const { url } = await untilServing(
      startWith(
        { TSBOARD_ALLOWED_HOST: "hub.example,other.example" },
        logs(),
        "--port=0",
        "--allowed_host=x.example",
      ),
    );
    for (const host of ["hub.example", "other.example:443", "x.example"])
      expect(await answers(url, host)).toBe(200);
    expect(await answers(url, "evil.example")).toBe(403);
  });

  test("pages are named by their origins", async () => {
    const { url } = await serve(
      logs(),
      "--port=0",
      "--frame_ancestor",
      "https://Hub.example/,https://*.lab.example:*",
    );
    for (const path of ["", "data/runs", "data/plugin_entry.html?name=projector"]) {
      const { headers } = await fetch(new URL(path, url));
      const policy = /frame-ancestors ([^;]*)/.exec(headers.get("content-security-policy") ?? "")?.[1];
      expect(policy?.split(" ")).toEqual(
        expect.arrayContaining(["'self'", "http://localhost:*", "vscode-webview:", "https://hub.example"]),
      );
      expect(policy).not.toMatch(/(^| )(\*|https?:)( |$)/);
    }
    const { code, err } = await runToEnd(logs(), "--frame_ancestor", "hub.example; script-src *");
    expect([code, err]).toEqual([1, expect.stringContaining("give its origin, as in https://hub.example")]);
  });
});

describe("a log directory", () => {
  test("that does not exist is said, and found once it does", async () => {
    const logdir = path.join(temporaryDirectory(), "later");
    const { url, started } = await serve(logdir, "--port", "0", "--reload_interval", "0.2");
    await expect.poll(() => started.said()).toBe(`tsboard: ${logdir}: does not exist (yet)\n`);
    writeRun(logdir);
    await expect.poll(() => runsAt(url)).toEqual(["run"]);
  });

  test("that looks like several tells of the flag that takes them", async () => {
    const logdir = `${logs()},${logs()}`;
    const { err } = await serve("--logdir", logdir, "--port", "0");
    expect(err).toBe("tsboard: several directories are given with --logdir_spec\n");
  });

  test("that starts with ~ is in the home directory, where the shell left that to us", async () => {
    const home = temporaryDirectory();
    writeRun(path.join(home, "logs"));
    const { url, err } = await untilServing(
      startWith({ HOME: home }, "--logdir=~/logs", "--port=0", "--index_cache=off"),
    );
    await expect.poll(() => runsAt(url)).toEqual(["run"]);
    expect(err).toBe("");
  });

  test("is read once, and no more, with --reload_interval 0", async () => {
    const logdir = logs();
    const { url } = await serve(logdir, "--port", "0", "--reload_interval", "0");
    await expect.poll(() => runsAt(url)).toEqual(["run"]);
    writeRun(logdir, "second");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await runsAt(url)).toEqual(["run"]);
  });

  // Whoever runs tests as root may read everything.
  test.skipIf(process.getuid?.() === 0)("that may not be read is said", async () => {
    const logdir = logs();
    chmodSync(logdir, 0);
    const { started } = await serve(logdir, "--port", "0");
    await expect.poll(() => started.said()).toMatch(/: cannot be read: EACCES/);
    chmodSync(logdir, 0o700);
  });

  test("that cannot be one is said as the system says it", async () => {
    const { started } = await serve(path.join(writeRun(temporaryDirectory()), "below"), "--port", "0");
    await expect.poll(() => started.said()).toMatch(/below: cannot be read: ENOTDIR/);
  });

  test.each([
    [["--logdir="], "--logdir is empty: say where the logs are (was a variable of the shell not set?)"],
    [["--logdir_spec", " "], "--logdir_spec is empty"],
    [["--logdir", "a", "b"], "two log directories, --logdir a and b"],
    [["a", "b"], "one log directory is served, not 2: several are given as --logdir_spec a,b"],
    [["gs://bucket/logs"], "gs:// is not read: tsboard reads folders of this machine"],
    [["--logdir_spec", "a:s3://bucket/logs"], "s3:// is not read"],
    [["/no/such/logs", "--reload_interval=0"], "/no/such/logs does not exist, and with --reload_interval 0"],
    [["a", "--event_file", "b"], "--event_file needs --inspect"],
    [["a", "--tag", "b"], "--tag needs --inspect"],
  ])("%j is refused", async (args, words) => {
    const { code, out, err } = await runToEnd(...args);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain(words);
  });

  test("that is a file is refused: an event file with the directory to give", async () => {
    const directory = temporaryDirectory();
    const plain = writeFile(directory, "notes.txt", Buffer.from("x"));
    expect((await runToEnd(plain)).err).toBe(`tsboard: ${plain} is a file, not a directory\n`);
    const events = writeRun(directory);
    const { code, err } = await runToEnd("--logdir", events);
    expect(code).toBe(1);
    expect(err).toContain(`give the directory it is in, ${path.dirname(events)}`);
  });
});

describe("an address", () => {
  test.each([
    [["--host", "203.0.113.1"], "--host 203.0.113.1 is no address of this machine"],
    [["--host", "no-such-host.invalid"], "--host no-such-host.invalid: no machine of that name is known"],
    [["--host", "localhost", "--bind_all"], "give --host or --bind_all, not both"],
    [["--port", "65536"], "a port is a number from 0 to 65535"],
    [["--port", "http"], "a port is a number from 0 to 65535"],
  ])("%j is refused", async (args, words) => {
    const { code, err } = await runToEnd(logs(), ...args);
    expect(code).toBe(1);
    expect(err).toContain(words);
    expect(err).toMatch(/^tsboard: /);
  });
});

describe("tensorboard --inspect", () => {
  test.each([
    ["a log directory", (file: string) => ["--logdir", path.dirname(path.dirname(file))], "run"],
    ["an event file", (file: string) => ["--event_file", file], ""],
    ["a log directory by itself", (file: string) => [path.dirname(path.dirname(file))], "run"],
  ])("of %s is what tsboard inspect prints", async (_name, args, run) => {
    const file = writeRun(temporaryDirectory());
    const { code, out } = await runToEnd("--inspect", ...args(file), "--tag", "loss", "--port", "6006");
    expect(code).toBe(0);
    expect(out).toContain(`${run || file}: 1 value of 1 tag in 1 file`);
    expect(out).toMatch(/scalars +1 {2}1 +loss/);
  });

  test("takes one or the other", async () => {
    const { code, err } = await runToEnd("--inspect", "--logdir", "a", "--event_file", "b");
    expect(code).toBe(1);
    expect(err).toContain("give --logdir or --event_file, not both");
  });
});
