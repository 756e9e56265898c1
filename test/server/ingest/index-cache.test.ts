/** A second start: what large files held is remembered, and never believed where it is not true any more. */
import {
  appendFileSync,
  copyFileSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { Loader } from "../../../server/ingest/loader.ts";
import { trimCache } from "../../../server/ingest/trim-cache.ts";
import { fromLogdir } from "../../../server/logdir/source.ts";
import { Store } from "../../../server/store/store.ts";
import {
  type EventProperties,
  eventFile,
  scalarEvent,
  temporaryDirectory,
  versionEvent,
  writeFile,
} from "../../tools/records.ts";

const STEPS = 24_000;
const text = (step: number): EventProperties => ({
  wallTime: 1e9 + step,
  step,
  summary: {
    value: [
      {
        tag: "note",
        tensor: { dtype: 7, stringVal: [Buffer.from(`at ${step}`)] },
        metadata: { pluginData: { pluginName: "text" } },
      },
    ],
  },
});
const points = (from: number, to: number, value = 1): EventProperties[] =>
  Array.from({ length: to - from }, (_, i) => scalarEvent("loss/train", from + i, value + (from + i) / 8));

let directory: string;
let cache: string;
let file: string;

beforeEach(() => {
  directory = temporaryDirectory();
  cache = temporaryDirectory();
  file = writeFile(
    directory,
    "run/events.out.tfevents.1.host",
    eventFile(versionEvent, ...points(0, STEPS), text(3), text(9)),
  );
  // A whole second, which can be set again.
  utimesSync(file, 1.7e9, 1.7e9);
});

interface Contents {
  readonly steps: (number | bigint)[];
  readonly values: number[];
  readonly notes: (number | bigint)[];
}

let running: Loader | undefined;

/** Starts anew, after what runs has ended; gives what the store holds. */
async function start(): Promise<{ store: Store; loader: Loader; contents: () => Contents }> {
  const store = new Store();
  const loader = new Loader(store, fromLogdir(directory), {
    reloadInterval: 0.1,
    threads: 0,
    indexCache: cache,
  });
  await running?.close();
  running = loader;
  onTestFinished(() => loader.close());
  await loader.start();
  await loader.firstLoad;
  const contents = () => {
    const run = store.run("run");
    const series = run?.scalars("loss/train");
    const found: Contents = { steps: [], values: [], notes: [] };
    for (let s = 0; series && s < series.stretches; s++) {
      const { rows } = series.stretch(s);
      for (let row = 0; row < rows.count; row++) {
        found.steps.push(rows.stepAt(row));
        found.values.push(rows.valueAt(row));
      }
    }
    const notes = run?.series.get("note");
    if (notes?.kind === "records") found.notes.push(...notes.data.refs.map(({ step }) => step));
    return found;
  };
  return { store, loader, contents };
}

const links = () =>
  readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".idx"));

/** Changes bytes in the middle of the event file, and nothing else that can be seen from outside. */
function changeUnseen(): void {
  const { atime, mtime } = statSync(file);
  writeSync(openSync(file, "r+"), Buffer.alloc(5000, 0xff), 0, 5000, 300_000);
  utimesSync(file, atime, mtime);
}

describe("a second start", () => {
  test("takes what is remembered, and does not read the file again", async () => {
    const first = (await start()).contents();
    expect(first.steps).toHaveLength(STEPS);
    expect(links()).toHaveLength(1);
    changeUnseen();
    const { contents, loader } = await start();
    expect(contents()).toEqual(first);
    expect(first.notes).toEqual([3, 9]);
    expect(loader.problems).toEqual([]);
    expect(loader.loading).toMatchObject({ bytes_read: statSync(file).size, loading: false });
  });

  test("reads only what was written since, and remembers that too when it is much", async () => {
    await start();
    appendFileSync(file, eventFile(...points(STEPS, STEPS + 10)));
    changeUnseen();
    expect((await start()).contents().steps).toHaveLength(STEPS + 10);
    expect(links()).toHaveLength(1);
    appendFileSync(file, eventFile(...points(STEPS + 10, 2 * STEPS)));
    expect((await start()).contents().steps).toHaveLength(2 * STEPS);
    expect(links()).toHaveLength(2);
    const { steps, values } = (await start()).contents();
    expect(steps).toEqual(Array.from({ length: 2 * STEPS }, (_, i) => i));
    expect(values.at(-1)).toBe(1 + (2 * STEPS - 1) / 8);
  });

  test("goes on reading live", async () => {
    await start();
    const { contents } = await start();
    appendFileSync(file, eventFile(...points(STEPS, STEPS + 1)));
    await vi.waitFor(() => expect(contents().steps).toHaveLength(STEPS + 1), { timeout: 5000 });
  });
});

describe("what is not true any more is not believed", () => {
  test("another file in the place", async () => {
    await start();
    const other = `${file}.other`;
    writeFileSync(other, eventFile(versionEvent, ...points(0, STEPS, 5), text(3), text(9)));
    rmSync(file);
    renameSync(other, file);
    expect((await start()).contents().values[0]).toBe(5);
  });

  test("a copy of the same bytes is read, and remembered anew", async () => {
    const { contents } = await start();
    copyFileSync(file, `${file}.copy`);
    rmSync(file);
    renameSync(`${file}.copy`, file);
    expect((await start()).contents()).toEqual(contents());
    expect(links()).toHaveLength(1);
  });

  test("a shorter file", async () => {
    await start();
    truncateSync(file, eventFile(versionEvent, ...points(0, 100)).length);
    expect((await start()).contents().steps).toHaveLength(100);
  });

  test("the same length with another end", async () => {
    await start();
    const bytes = eventFile(versionEvent, ...points(0, STEPS), text(3), text(8));
    expect(bytes.length).toBe(statSync(file).size);
    writeFileSync(file, bytes);
    expect((await start()).contents().notes).toEqual([3, 8]);
  });
});

describe("a cache that is damaged or gone", () => {
  const link = () => path.join(cache, links()[0]!);

  test("in what describes it is read past", async () => {
    const { contents } = await start();
    const bytes = readFileSync(link());
    bytes[bytes.length - 100]! ^= 1;
    writeFileSync(link(), bytes);
    expect((await start()).contents()).toEqual(contents());
  });

  test.each([
    ["damaged in its data", () => writeSync(openSync(link(), "r+"), Buffer.alloc(64, 7), 0, 64, 1000)],
    ["deleted while it is in use", () => rmSync(link())],
  ])("%s: the run is read anew", async (_what, harm) => {
    const first = (await start()).contents();
    const { contents, loader } = await start();
    harm();
    expect(contents).toThrow();
    await vi.waitFor(() => expect(contents()).toEqual(first), { timeout: 5000 });
    expect(loader.problems).toEqual([]);
  });

  test("that cannot be written is done without", async () => {
    cache = path.join(file, "not a folder");
    expect((await start()).contents().steps).toHaveLength(STEPS);
  });
});

describe("trimming", () => {
  test("deletes what was used least lately, and what was left half-written", async () => {
    const age = (name: string, seconds: number) => {
      const written = writeFile(cache, name, Buffer.alloc(1000));
      utimesSync(written, Date.now() / 1000 - seconds, Date.now() / 1000 - seconds);
    };
    age("aa/one/0-5-x.idx", 300);
    age("aa/two/0-5-x.idx", 100);
    age("bb/three/0-5-x.idx", 200);
    age("bb/three/y.tmp", 10_000);
    age("bb/three/z.tmp", 1);
    await trimCache(cache, 3000);
    const left = readdirSync(cache, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.includes("."),
    );
    expect(left.sort()).toEqual(["aa/two/0-5-x.idx", "bb/three/0-5-x.idx", "bb/three/z.tmp"]);
  });
});
