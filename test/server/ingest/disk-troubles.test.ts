/** What a disk may say to questions, and what may stand where a file should: each is named, and nothing stops or waits. */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  closeSync,
  constants,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { pb } from "../../../proto/index.ts";
import { type StartOptions, startServer } from "../../../server/index.ts";
import { readValues } from "../../../server/ingest/read-record.ts";
import { asNobody } from "../../tools/as-nobody.ts";
import { followed } from "../../tools/followed.ts";
import { eventFile, scalarEvent, temporaryDirectory, versionEvent, writeFile } from "../../tools/records.ts";

const NAME = "events.out.tfevents.1.host";
const runOf = (...steps: number[]) =>
  eventFile(versionEvent, ...steps.map((step) => scalarEvent("loss", step, step)));

const eventually = (assertion: () => void) => vi.waitFor(assertion, { timeout: 5000, interval: 10 });

describe("asking the disk", () => {
  test("a known file that becomes a link to itself is named, and read when it is a file again", async () => {
    const directory = temporaryDirectory();
    const file = writeFile(directory, `a/${NAME}`, runOf(0, 1));
    writeFile(directory, `b/${NAME}`, runOf(0));
    const { names, length, problems } = await followed(directory);
    unlinkSync(file);
    symlinkSync(NAME, file);
    await eventually(() =>
      expect(problems()).toEqual([expect.stringMatching(/^a\/.*leads nowhere \(ELOOP/)]),
    );
    expect(names()).toEqual(["b"]);
    unlinkSync(file);
    writeFileSync(file, runOf(0, 1, 2));
    await eventually(() => expect(length("a")).toBe(3));
    expect(problems()).toEqual([]);
  });

  test("a folder that is closed while its file grows keeps what was read, and goes on when it is opened", async () => {
    const directory = temporaryDirectory();
    const file = writeFile(directory, `a/${NAME}`, runOf(0, 1));
    chmodSync(directory, 0o755);
    chmodSync(path.dirname(file), 0o755);
    const writer = openSync(file, "a");
    onTestFinished(() => closeSync(writer));
    await asNobody(async (asMyself) => {
      const { length, problems } = await followed(directory);
      await asMyself(() => chmodSync(path.dirname(file), 0o000));
      appendFileSync(writer, eventFile(scalarEvent("loss", 2, 2)));
      await eventually(() => expect(problems().join()).toContain("EACCES"));
      expect(length("a")).toBe(2);
      await asMyself(() => chmodSync(path.dirname(file), 0o755));
      await eventually(() => expect(length("a")).toBe(3));
      await eventually(() => expect(problems()).toEqual([]));
    });
  });

  test("a log directory that is closed for a while loses no run", async () => {
    const directory = temporaryDirectory();
    chmodSync(directory, 0o755);
    const file = writeFile(directory, `a/${NAME}`, runOf(0, 1));
    chmodSync(path.dirname(file), 0o755);
    await asNobody(async (asMyself) => {
      const { loader, names, length } = await followed(directory);
      await asMyself(() => chmodSync(directory, 0o000));
      await loader.sweep();
      expect(loader.unreadable).toMatchObject([{ message: expect.stringContaining("EACCES") }]);
      expect([names(), length("a")]).toEqual([["a"], 2]);
      await asMyself(() => chmodSync(directory, 0o755));
      await loader.sweep();
      expect(loader.unreadable).toEqual([]);
      expect(length("a")).toBe(2);
    });
  });
});

describe("files that are no files", () => {
  const pipe = (file: string) => execFileSync("mkfifo", [file]);

  test("a pipe in the place of a known file is named, and nobody waits for it", async () => {
    const directory = temporaryDirectory();
    const file = writeFile(directory, `a/${NAME}`, runOf(0, 1));
    writeFile(directory, `b/${NAME}`, runOf(0));
    const { names, length, problems } = await followed(directory);
    unlinkSync(file);
    pipe(file);
    await eventually(() => expect(problems()).toEqual([expect.stringContaining("is no regular file")]));
    expect(names()).toEqual(["b"]);
    appendFileSync(path.join(directory, "b", NAME), eventFile(scalarEvent("loss", 1, 1)));
    await eventually(() => expect(length("b")).toBe(2));
  });

  test("a known file that becomes a link out of the log directory is not read, not even once", async () => {
    const outside = writeFile(temporaryDirectory(), NAME, runOf(7, 8, 9));
    const directory = temporaryDirectory();
    const file = writeFile(directory, `a/${NAME}`, runOf(0, 1));
    const { store, names, problems } = await followed(directory);
    const seen = new Set<number>();
    store.subscribe({
      catalogChanged: () => {},
      seriesChanged: () => seen.add(store.run("a")?.scalars("loss")?.length ?? 0),
    });
    symlinkSync(outside, `${file}.link`);
    renameSync(`${file}.link`, file);
    await eventually(() => expect(problems()).toEqual([expect.stringContaining("out of the log directory")]));
    expect([names(), seen.has(3)]).toEqual([[], false]);
  });

  test("values of a file whose folder became a link elsewhere are not read from there", async () => {
    const elsewhere = temporaryDirectory();
    const directory = temporaryDirectory();
    const text = (words: string) =>
      eventFile(versionEvent, {
        wallTime: 5,
        step: 1,
        summary: { value: [{ tag: "t", tensor: { dtype: 7, stringVal: [Buffer.from(words)] } }] },
      });
    writeFile(elsewhere, NAME, text("secret"));
    writeFile(directory, `a/${NAME}`, text("public"));
    const { store, loader } = await followed(directory);
    await loader.close();
    const series = store.run("a")?.series.get("t");
    if (series?.kind !== "records") throw new Error("no values");
    const read = async () => {
      const text = (event: pb.Event) =>
        Buffer.from(event.summary!.value![0]!.tensor!.stringVal![0]!).toString();
      const [words] = await readValues(series.data.refs, (file) => loader.fileOf(file), text);
      return words;
    };
    expect(await read()).toBe("public");
    rmSync(path.join(directory, "a"), { recursive: true });
    symlinkSync(elsewhere, path.join(directory, "a"));
    expect(await read()).toBeNull();
  });

  test("a config of the projector that is a pipe is a problem in words, and holds up nobody", async () => {
    const directory = temporaryDirectory();
    for (const run of ["a", "b", "c", "d", "e"]) {
      writeFile(directory, `${run}/${NAME}`, runOf(0));
      pipe(path.join(directory, run, "projector_config.pbtxt"));
    }
    const options: StartOptions = { logdir: directory, port: 0, threads: 0 };
    const server = await startServer(options);
    onTestFinished(() => server.close());
    await server.loaded;
    const answers = ["a", "b", "c", "d", "e"].map((run) =>
      fetch(new URL(`data/plugin/projector/info?run=${run}`, server.url)),
    );
    for (const answer of await Promise.all(answers)) {
      expect(answer.status).toBe(500); // as stock has it
      expect(await answer.text()).toContain("it is no regular file");
    }
    const vectors = await fetch(new URL("data/plugins_listing", server.url));
    expect(vectors.status).toBe(200);
  });

  test("a folder whose name is not UTF-8 is named", async () => {
    const directory = temporaryDirectory();
    writeFile(directory, `a/${NAME}`, runOf(0));
    mkdirSync(Buffer.concat([Buffer.from(`${directory}/caf`), Buffer.of(0xe9)]));
    const { names, problems } = await followed(directory);
    expect(names()).toEqual(["a"]);
    expect(problems()).toEqual([expect.stringContaining("has a name that is not UTF-8")]);
  });

  test("a pipe under an event file's name is named, and opened by nobody", async () => {
    const directory = temporaryDirectory();
    writeFile(directory, `a/${NAME}`, runOf(0));
    pipe(path.join(directory, "a", "events.out.tfevents.2.pipe"));
    const { length, problems } = await followed(directory);
    expect(length("a")).toBe(1);
    expect(problems()).toEqual([expect.stringContaining("is no regular file")]);
    // Nobody reads it: opening it for writing without waiting fails.
    const flags = constants.O_WRONLY | constants.O_NONBLOCK;
    expect(() => openSync(path.join(directory, "a", "events.out.tfevents.2.pipe"), flags)).toThrow("ENXIO");
  });
});
