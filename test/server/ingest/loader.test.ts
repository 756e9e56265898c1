/** Following log directories: what appears, grows, goes, and what is never read. */
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { Loader } from "../../../server/ingest/loader.ts";
import { aliasesOf } from "../../../server/logdir/aliases.ts";
import { fromLogdir, fromLogdirSpec } from "../../../server/logdir/source.ts";
import { Store } from "../../../server/store/store.ts";
import { asNobody } from "../../tools/as-nobody.ts";
import { eventFile, scalarEvent, temporaryDirectory, versionEvent, writeFile } from "../../tools/records.ts";

const NAME = "events.out.tfevents.1.host";

function write(directory: string, run: string, ...steps: number[]): string {
  const events = steps.map((step) => scalarEvent("loss", step, step));
  return writeFile(directory, path.join(run, NAME), eventFile(versionEvent, ...events));
}

async function follow(sources = fromLogdir(temporaryDirectory()), followLinks = false) {
  const store = new Store();
  const loader = new Loader(store, sources, { reloadInterval: 0.2, threads: 0, followLinks });
  onTestFinished(() => loader.close());
  await loader.start();
  if (loader.unreadable.length === 0) await loader.firstLoad;
  return {
    store,
    loader,
    names: () => store.runs().map((run) => run.name),
    length: (run: string) => store.run(run)?.scalars("loss")?.length ?? 0,
  };
}

const eventually = (assertion: () => void) => vi.waitFor(assertion, { timeout: 5000, interval: 20 });

describe("with no interval", () => {
  test("what is there is read once, of the runs that are wanted", async () => {
    const directory = temporaryDirectory();
    const file = write(directory, "a", 0, 1);
    write(directory, "b", 0);
    const store = new Store();
    const loader = new Loader(store, fromLogdir(directory), {
      reloadInterval: 0,
      threads: 0,
      wanted: (run) => run === "a",
    });
    onTestFinished(() => loader.close());
    await loader.start();
    await loader.firstLoad;
    expect(store.runs().map((run) => run.name)).toEqual(["a"]);
    expect(loader.loading).toMatchObject({ loading: false, files: 1 });
    appendFileSync(file, eventFile(scalarEvent("loss", 2, 2)));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(store.run("a")?.scalars("loss")?.length).toBe(2);
  });
});

describe("what appears", () => {
  test("new points, new files of a run, new runs at any depth", async () => {
    const directory = temporaryDirectory();
    const file = write(directory, "a", 0, 1);
    const { names, length } = await follow(fromLogdir(directory));
    expect(length("a")).toBe(2);

    appendFileSync(file, eventFile(scalarEvent("loss", 2, 2)));
    await eventually(() => expect(length("a")).toBe(3));

    writeFile(directory, "a/events.out.tfevents.2.host", eventFile(scalarEvent("loss", 3, 3)));
    await eventually(() => expect(length("a")).toBe(4));

    write(directory, "b/c/d", 0);
    await eventually(() => expect(names()).toContain("b/c/d"));
    write(directory, "b/c/d/e", 0);
    await eventually(() => expect(names()).toContain("b/c/d/e"));
  });

  test("a log directory that is not there yet", async () => {
    const directory = path.join(temporaryDirectory(), "later");
    const { loader, names } = await follow(fromLogdir(directory));
    expect(loader.unreadable).toMatchObject([{ message: "does not exist (yet)" }]);
    write(directory, "run", 0);
    await eventually(() => expect(names()).toEqual(["run"]));
    expect(loader.unreadable).toEqual([]);
  });
});

describe("what goes", () => {
  test("a deleted run is forgotten, and may come back", async () => {
    const directory = temporaryDirectory();
    write(directory, "a", 0, 1);
    write(directory, "b", 0);
    const { names, length } = await follow(fromLogdir(directory));
    rmSync(path.join(directory, "a"), { recursive: true });
    await eventually(() => expect(names()).toEqual(["b"]));
    write(directory, "a", 5, 6, 7);
    await eventually(() => expect(length("a")).toBe(3));
  });
});

describe("what changes under our hands", () => {
  test("a renamed run goes by its new name", async () => {
    const directory = temporaryDirectory();
    write(directory, "before/run", 0, 1);
    const { names, length } = await follow(fromLogdir(directory));
    renameSync(path.join(directory, "before"), path.join(directory, "after"));
    await eventually(() => expect(names()).toEqual(["after/run"]));
    expect(length("after/run")).toBe(2);
  });

  test("a file that another takes the place of is read from its start", async () => {
    const directory = temporaryDirectory();
    const file = write(directory, "a", 0, 1, 2, 3);
    const { store, loader, length } = await follow(fromLogdir(directory));
    const other = writeFile(
      directory,
      "other",
      eventFile(versionEvent, scalarEvent("loss", 0, 7), scalarEvent("loss", 1, 8)),
    );
    renameSync(other, file);
    await eventually(() => expect(length("a")).toBe(2));
    // Nothing of the old file is left, not even as what a restart overtook.
    expect(store.run("a")?.scalars("loss")?.overtaken).toBe(0);
    expect(loader.loading.points).toBe(2);
  });

  test("a file that is emptied and written anew (copytruncate) is read from its start", async () => {
    const directory = temporaryDirectory();
    const file = write(directory, "a", ...Array.from({ length: 50 }, (_, i) => i));
    const { length } = await follow(fromLogdir(directory));
    truncateSync(file, 0);
    appendFileSync(file, eventFile(versionEvent, scalarEvent("loss", 0, 1), scalarEvent("loss", 1, 1)));
    await eventually(() => expect(length("a")).toBe(2));
  });

  test("the same, when the new contents have grown beyond the old", async () => {
    const directory = temporaryDirectory();
    const file = write(directory, "a", 0, 1, 2);
    const { store, loader } = await follow(fromLogdir(directory));
    const longer = Array.from({ length: 40 }, (_, i) => scalarEvent("loss", i * 10, i));
    writeFileSync(file, eventFile(versionEvent, ...longer));
    await eventually(() => expect(store.run("a")?.scalars("loss")?.length).toBe(40));
    expect(loader.problems).toEqual([]);
  });

  test("a run that is deleted and comes back has nothing of the old one", async () => {
    const directory = temporaryDirectory();
    write(directory, "a", 0, 1, 2);
    const { names, length } = await follow(fromLogdir(directory));
    for (const steps of [[5], [1, 2]]) {
      rmSync(path.join(directory, "a"), { recursive: true });
      await eventually(() => expect(names()).toEqual([]));
      write(directory, "a", ...steps);
      await eventually(() => expect(length("a")).toBe(steps.length));
    }
  });
});

describe("what cannot be read", () => {
  test("is named and left out, and read as soon as it can be", async () => {
    const directory = temporaryDirectory();
    write(directory, "a", 0);
    write(directory, "closed", 0, 1);
    const secret = write(directory, "b", 0, 1, 2);
    chmodSync(directory, 0o755);
    for (const folder of ["a", "b"]) chmodSync(path.join(directory, folder), 0o755);
    chmodSync(path.join(directory, "closed"), 0o000);
    chmodSync(secret, 0o000);
    await asNobody(async (asMyself) => {
      const { names, loader } = await follow(fromLogdir(directory));
      expect(names()).toEqual(["a"]);
      const problems = loader.problems.map(({ file, message }) => [path.relative(directory, file), message]);
      expect(problems).toEqual([
        ["closed", expect.stringContaining("cannot be listed (EACCES")],
        [`b/${NAME}`, expect.stringContaining("cannot be opened; what was read before is kept (EACCES")],
      ]);
      await asMyself(() => {
        chmodSync(path.join(directory, "closed"), 0o755);
        chmodSync(secret, 0o644);
      });
      await loader.sweep();
      await eventually(() => expect(names()).toEqual(["a", "b", "closed"]));
      expect(loader.problems).toEqual([]);
    });
  });
});

describe("links", () => {
  test("out of the log directory are not followed, unless asked for, and said", async () => {
    const outside = temporaryDirectory();
    write(outside, "secret", 0);
    const directory = temporaryDirectory();
    write(directory, "a", 0);
    symlinkSync(path.join(outside, "secret"), path.join(directory, "link"));
    symlinkSync(path.join(outside, "secret", NAME), path.join(directory, "a", "events.out.tfevents.9.link"));
    const closed = await follow(fromLogdir(directory));
    expect(closed.names()).toEqual(["a"]);
    expect(closed.loader.problems.map(({ message }) => message)).toEqual(
      Array(2).fill(expect.stringContaining("out of the log directory")),
    );
    const open = await follow(fromLogdir(directory), true);
    expect(open.names()).toEqual(["a", "link"]);
  });

  test("inside it, in circles too, are followed once", async () => {
    const directory = temporaryDirectory();
    write(directory, "a", 0);
    symlinkSync(directory, path.join(directory, "a", "circle"));
    symlinkSync(path.join(directory, "a"), path.join(directory, "z"));
    const { names } = await follow(fromLogdir(directory));
    expect(names()).toHaveLength(1);
  });

  test("to folders of runs are further names of these, as long as they are there", async () => {
    const directory = temporaryDirectory();
    for (const run of ["sweep/a", "sweep/b", "c"]) write(directory, run, 0);
    const latest = path.join(directory, "latest");
    symlinkSync("sweep/b", latest);
    symlinkSync("sweep", path.join(directory, "best"));
    symlinkSync("..", path.join(directory, "sweep", "circle"));
    symlinkSync(NAME, path.join(directory, "c", "events.out.tfevents.2.host"));
    const { store, names } = await follow(fromLogdirSpec(`x:${directory}`));
    const aliases = () => Object.fromEntries(names().map((run) => [run, aliasesOf(run, store.aliases)]));
    expect(aliases()).toEqual({
      "x/c": [],
      "x/sweep/a": ["x/best/a"],
      "x/sweep/b": ["x/best/b", "x/latest"],
    });
    const { version } = store;
    rmSync(latest);
    symlinkSync("c", latest);
    await eventually(() =>
      expect(aliases()).toEqual({
        "x/c": ["x/latest"],
        "x/sweep/a": ["x/best/a"],
        "x/sweep/b": ["x/best/b"],
      }),
    );
    // Whoever has the catalog learns of it.
    expect(store.version).toBeGreaterThan(version);
  });
});

describe("several sources", () => {
  test("prefix their runs as stock does", async () => {
    const one = temporaryDirectory();
    const two = temporaryDirectory();
    write(one, "a", 0);
    write(two, ".", 0);
    const { names } = await follow(fromLogdirSpec(`x:${one},y:${two}`));
    expect(names()).toEqual(["x/a", "y/."]);
  });

  test("an empty path is refused", () => {
    expect(() => fromLogdirSpec("a:,b:/x")).toThrow("no path");
  });
});

test("names of any kind do no harm", async () => {
  const directory = temporaryDirectory();
  for (const name of ["__proto__", "constructor", "run with spaces", "运行", "a%2fb"])
    write(directory, name, 0);
  mkdirSync(path.join(directory, "empty"));
  const { names } = await follow(fromLogdir(directory));
  expect(new Set(names())).toEqual(new Set(["__proto__", "constructor", "run with spaces", "运行", "a%2fb"]));
});
