/**
 * Disks that refuse while training, for real: a file system that is full (ENOSPC), a directory that must not be
 * written (EACCES). Each is said in one clear line, the training goes on, what was written stays readable, and what
 * was not is written once the disk takes it.
 */

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isInstalled, python } from "../../bench/tools/servers.ts";
import { oracle } from "../interop/written.ts";
import { bundleProgram } from "../tools/bundle.ts";
import { isExhaustive } from "../tools/exhaustive.ts";
import { readEvents, scalarsOf, temporaryDirectory } from "./event-files.ts";

const isRoot = process.getuid?.() === 0;
/** Stock takes ten seconds to start. */
const hasStock = isExhaustive && python !== null && isInstalled("tensorboard");
/** Gives a command mounts of its own, which end with it. */
const NAMESPACE = ["unshare", "--mount", ...(isRoot ? [] : ["--map-root-user"])];
/** A child that file permissions hold for: they do not for root. */
const USER = isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];
const FILL_STEPS = 20_000;

/** Where the program is, for every user. */
const bundles = mkdtempSync(path.join(os.tmpdir(), "tsboard-program-"));
let program: string;

beforeAll(async () => {
  chmodSync(bundles, 0o755);
  const entry = fileURLToPath(new URL("./training-child.ts", import.meta.url));
  program = await bundleProgram(entry, bundles);
});
afterAll(() => rmSync(bundles, { recursive: true, force: true }));

/** For every user. */
function readableDirectory(): string {
  const directory = temporaryDirectory();
  chmodSync(directory, 0o755);
  return directory;
}

function succeeds([command, ...args]: readonly string[]): boolean {
  return spawnSync(command ?? "", args, { stdio: "ignore" }).status === 0;
}

function steps(directory: string): number[] {
  return scalarsOf(readEvents(directory).slice(1)).map((scalar) => Number(scalar.step));
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

const canMount = succeeds([...NAMESPACE, "sh", "-c", "mount -t tmpfs none /mnt"]);

describe.skipIf(!canMount)("ENOSPC (needs unshare and tmpfs)", () => {
  /** Runs a program of training-child.ts on a file system of so many bytes; its run is copied to `result`. */
  function onSmallDisk(how: string, kilobytes: number, ballast: number) {
    const disk = temporaryDirectory();
    const result = path.join(temporaryDirectory(), "run");
    const script = [
      `mount -t tmpfs -o size=${kilobytes}k none "${disk}"`,
      `head -c ${ballast * 1024} /dev/zero > "${disk}/ballast"`,
      `BALLAST="${disk}/ballast" "${process.execPath}" "${program}" ${how} "${disk}/run"`,
      `cp -r "${disk}/run" "${result}"`,
    ].join(" && ");
    const [command = "", ...args] = [...NAMESPACE, "sh", "-c", script];
    return { ...spawnSync(command, args, { encoding: "utf8" }), result };
  }

  test("a clear error, the training goes on, what was written stays readable", () => {
    const { status, stdout, stderr, result } = onSmallDisk("fill", 64, 0);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "trained to the end\n" });
    expect(stderr).toMatch(
      /^tsboard: cannot write .*events\.out\.tfevents.*: ENOSPC: no space left on device/,
    );
    expect(stderr.trimEnd().split("\n")).toHaveLength(2);
    const found = steps(result);
    expect(found.length).toBeGreaterThan(500);
    expect(found).toEqual(range(found.length));
    expect(stderr).toContain(`lost: ${FILL_STEPS - found.length})`);
    if (hasStock) expect(stockSteps(result)).toBe(found.length);
  });

  test("room that is made while training takes everything, in order", () => {
    const { status, stdout, stderr, result } = onSmallDisk("refused", 256, 200);
    expect(status).toBe(0);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    const [, trained] = /^told\ntrained (\d+) steps\n$/.exec(stdout) ?? [];
    expect(steps(result)).toEqual(range(Number(trained)));
    if (hasStock) expect(stockSteps(result)).toBe(Number(trained));
  });

  /** How many steps stock TensorBoard reads, if they are in order. */
  function stockSteps(run: string): unknown {
    return JSON.parse(oracle("count.py", [path.dirname(run)])).run;
  }
});

const canBeUser = USER.length === 0 || succeeds([...USER, "true"]);

describe.skipIf(!canBeUser)("EACCES (needs setpriv when root)", () => {
  /** Starts a program whose run would stand in a directory that it must not write. */
  function inLockedDirectory(how: string) {
    const directory = path.join(readableDirectory(), "locked");
    mkdirSync(directory, { mode: 0o555 });
    const run = path.join(directory, "run");
    const [command = "", ...args] = [...USER, process.execPath, program, how, run];
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (data) => {
      output.stdout += data;
    });
    child.stderr.on("data", (data) => {
      output.stderr += data;
    });
    return { child, output, run, unlock: () => chmodSync(directory, 0o777) };
  }

  test("a clear error, and the training goes on", async () => {
    const { child, output } = inLockedDirectory("fill");
    expect(await once(child, "close")).toEqual([0, null]);
    expect(output.stdout).toBe("trained to the end\n");
    expect(output.stderr).toMatch(/^tsboard: cannot write .*: EACCES: permission denied/);
    // The version record is lost too.
    expect(output.stderr).toContain(`lost: ${FILL_STEPS + 1})`);
  });

  test("once the directory may be written, everything is, in order", async () => {
    const { child, output, run, unlock } = inLockedDirectory("refused");
    child.stdout.on("data", () => {
      if (output.stdout.startsWith("told")) unlock();
    });
    expect(await once(child, "close")).toEqual([0, null]);
    const [, trained] = /^told\ntrained (\d+) steps\n$/.exec(output.stdout) ?? [];
    expect(steps(run)).toEqual(range(Number(trained)));
    expect(output.stderr.trimEnd().split("\n")).toHaveLength(1);
  });
});
