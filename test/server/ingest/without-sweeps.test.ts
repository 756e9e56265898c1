/** What changes is shown by what the system tells of it: sweeps, which would find it too, are too rare to wait for. */
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { Loader } from "../../../server/ingest/loader.ts";
import { fromLogdir } from "../../../server/logdir/source.ts";
import { Store } from "../../../server/store/store.ts";
import { eventFile, scalarEvent, temporaryDirectory, versionEvent, writeFile } from "../../tools/records.ts";

const NAME = "events.out.tfevents.1.host";
const RUN = eventFile(versionEvent, scalarEvent("loss", 0, 0));

/** Follows a directory with a sweep in a quarter of an hour, once changes are told. */
async function watched(directory: string, followLinks: boolean) {
  const store = new Store();
  const loader = new Loader(store, fromLogdir(directory), { reloadInterval: 900, threads: 0, followLinks });
  onTestFinished(() => loader.close());
  await loader.start();
  await loader.watching;
  return {
    names: () => store.runs().map((run) => run.name),
    length: (run: string) => store.run(run)?.scalars("loss")?.length,
    aliases: () => store.aliases.map(({ link, target }) => `${link} -> ${target}`),
    problems: () =>
      loader.problems.map(({ file, message }) => `${path.relative(directory, file)} ${message}`),
  };
}

const eventually = (assertion: () => void) => vi.waitFor(assertion, { timeout: 5000, interval: 10 });

describe.each([
  ["which are followed", true],
  ["which are not", false],
])("links out of the log directory, %s", (_, followLinks) => {
  test("a link that leads through another one has a run once there is one, and follows where the other leads", async () => {
    const directory = temporaryDirectory();
    const at = (name: string) => path.join(directory, name);
    for (const run of ["first/one", "second/best"]) writeFile(directory, `${run}/${NAME}`, RUN);
    symlinkSync(at("first"), at("current"));
    symlinkSync(at("current/best"), at("shortcut"));
    const { aliases } = await watched(directory, followLinks);
    expect(aliases()).toEqual(["current -> first"]);
    writeFile(directory, `first/best/${NAME}`, RUN);
    await eventually(() => expect(aliases()).toEqual(["current -> first", "shortcut -> first/best"]));
    rmSync(at("current"));
    symlinkSync(at("second"), at("current"));
    await eventually(() => expect(aliases()).toEqual(["current -> second", "shortcut -> second/best"]));
  });

  test("a link to a file that becomes a folder has the run in it", async () => {
    const directory = temporaryDirectory();
    writeFileSync(path.join(directory, "a"), "no folder");
    symlinkSync(path.join(directory, "a"), path.join(directory, "b"));
    const { names, aliases } = await watched(directory, followLinks);
    expect(aliases()).toEqual([]);
    rmSync(path.join(directory, "a"));
    writeFile(directory, `a/${NAME}`, RUN);
    await eventually(() => expect(names()).toEqual(["a"]));
    await eventually(() => expect(aliases()).toEqual(["b -> a"]));
  });

  test("what takes the place of a folder is named", async () => {
    const directory = temporaryDirectory();
    const folder = path.join(directory, "run", NAME);
    mkdirSync(folder, { recursive: true });
    writeFile(directory, `other/${NAME}`, RUN);
    const { aliases, problems } = await watched(directory, followLinks);
    rmSync(folder, { recursive: true });
    execFileSync("mkfifo", [folder]);
    await eventually(() => expect(problems()).toEqual([expect.stringContaining("is no regular file")]));
    rmSync(folder);
    mkdirSync(folder);
    await eventually(() => expect(problems()).toEqual([]));
    rmSync(folder, { recursive: true });
    symlinkSync(path.join(directory, "other"), folder);
    await eventually(() => expect(aliases()).toEqual([`run/${NAME} -> other`]));
  });

  test("a file in whose place a link to another one comes grows with that", async () => {
    const directory = temporaryDirectory();
    const file = writeFile(directory, `a/${NAME}`, RUN);
    const target = writeFile(directory, `b/${NAME}`, RUN);
    const { length } = await watched(directory, followLinks);
    symlinkSync(target, `${file}.new`);
    renameSync(`${file}.new`, file);
    // Until the link is known as one.
    await new Promise((resolve) => setTimeout(resolve, 200));
    appendFileSync(target, eventFile(scalarEvent("loss", 1, 1)));
    await eventually(() => expect([length("a"), length("b")]).toEqual([2, 2]));
  });

  test("a file in whose place a link to itself comes is gone", async () => {
    const directory = temporaryDirectory();
    const file = writeFile(directory, `a/${NAME}`, RUN);
    const { names, problems } = await watched(directory, followLinks);
    symlinkSync(file, `${file}.new`);
    renameSync(`${file}.new`, file);
    await eventually(() => expect(names()).toEqual([]));
    // What is wrong is told once the look that found the file gone has ended.
    await eventually(() => expect(problems()).toEqual([expect.stringMatching(/leads nowhere \(ELOOP/)]));
  });
});
