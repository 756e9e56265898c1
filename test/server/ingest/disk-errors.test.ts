/**
 * What disks and mounts say that fail for a while (EIO, ESTALE, ENODEV): it is named, what was read stays, and all is as
 * on the disk once it answers again. Calls of the file system are made to fail below a folder, as no disk here does.
 */
import { appendFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { followed } from "../../tools/followed.ts";
import { eventFile, scalarEvent, temporaryDirectory, versionEvent, writeFile } from "../../tools/records.ts";

const disk = vi.hoisted(() => ({
  code: null as string | null,
  /** Calls about paths with this in them fail. */
  under: "",
  /** Reading what is open fails. */
  reads: false,
}));

type Call = (...args: never[]) => unknown;

vi.mock("node:fs", async (original) => failing(await original<Record<string, Call>>(), false));
vi.mock("node:fs/promises", async (original) => failing(await original<Record<string, Call>>(), true));

function failing(real: Record<string, Call>, promised: boolean): Record<string, Call> {
  const guarded = (name: string): Call => {
    const call = real[name]!;
    return (...args) => {
      const [first] = args as unknown[];
      const fails =
        disk.code !== null &&
        (typeof first === "number" ? disk.reads : !disk.reads && String(first).includes(disk.under));
      if (!fails) return call(...args);
      const error = Object.assign(new Error(`${disk.code}: injected, ${name}`), { code: disk.code });
      if (promised) return Promise.reject(error);
      throw error;
    };
  };
  const names = ["openSync", "readSync", "statSync", "lstatSync", "readdirSync", "open", "stat", "readdir"];
  const calls = names.filter((name) => promised === !name.endsWith("Sync"));
  const made = { ...real, ...Object.fromEntries(calls.map((name) => [name, guarded(name)])) };
  return { ...made, default: made as never };
}

const NAME = "events.out.tfevents.1.host";
const runOf = (...steps: number[]) =>
  eventFile(versionEvent, ...steps.map((step) => scalarEvent("loss", step, step)));
const eventually = (assertion: () => void) => vi.waitFor(assertion, { timeout: 5000, interval: 10 });

afterEach(() => {
  Object.assign(disk, { code: null, under: "", reads: false });
});

test.each(["EIO", "ESTALE", "ENODEV", "ETIMEDOUT"])(
  "%s of a run's folder is named, the run stays, and goes on when the disk answers again",
  async (code) => {
    const directory = temporaryDirectory();
    const file = writeFile(directory, `sick/${NAME}`, runOf(0, 1));
    writeFile(directory, `well/${NAME}`, runOf(0));
    const { names, length, problems } = await followed(directory);
    Object.assign(disk, { code, under: `${path.sep}sick` });
    appendFileSync(file, eventFile(scalarEvent("loss", 2, 2)));
    await eventually(() => expect(problems().join()).toContain(code));
    expect([names(), length("sick")]).toEqual([["sick", "well"], 2]);
    appendFileSync(path.join(directory, "well", NAME), eventFile(scalarEvent("loss", 1, 1)));
    await eventually(() => expect(length("well")).toBe(2));
    disk.code = null;
    await eventually(() => expect([length("sick"), problems()]).toEqual([3, []]));
  },
);

test.each(["EIO", "ESTALE"])(
  "%s while a file is read is named, what was read stays, and the rest comes when the disk answers again",
  async (code) => {
    const directory = temporaryDirectory();
    const file = writeFile(directory, `a/${NAME}`, runOf(0, 1));
    const { names, length, problems } = await followed(directory);
    Object.assign(disk, { code, reads: true });
    appendFileSync(file, eventFile(scalarEvent("loss", 2, 2)));
    await eventually(() => expect(problems().join()).toContain(code));
    expect([names(), length("a")]).toEqual([["a"], 2]);
    disk.code = null;
    await eventually(() => expect([length("a"), problems()]).toEqual([3, []]));
  },
);

test.each(["EIO", "ESTALE", "ENOTCONN"])(
  "%s of the log directory itself is named and loses no run",
  async (code) => {
    const directory = temporaryDirectory();
    writeFile(directory, `a/${NAME}`, runOf(0, 1));
    const { loader, names, length } = await followed(directory);
    Object.assign(disk, { code, under: directory });
    await loader.sweep();
    expect(loader.unreadable).toMatchObject([{ message: expect.stringContaining(code) }]);
    expect([names(), length("a")]).toEqual([["a"], 2]);
    disk.code = null;
    await loader.sweep();
    expect(loader.unreadable).toEqual([]);
    expect(length("a")).toBe(2);
  },
);
